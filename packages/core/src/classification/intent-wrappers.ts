// Commands that run another command: what stands in front, and what is run. Part of the intent advisor.
// The words behind the wrapper go in; the inner words, a text for another shell, or "it only prints by itself" comes out.

/** `shell`: a text for another shell; `words`: a command of its own; `prints`: nothing else is run; `lost`: it cannot be followed. */
export type Wrapped =
  | { readonly kind: "shell"; readonly text: string }
  | { readonly kind: "words"; readonly words: readonly string[]; readonly fed: boolean }
  | { readonly kind: "prints" }
  | { readonly kind: "lost" };

type Unwrap = (rest: readonly string[]) => Wrapped;

const LOST: Wrapped = { kind: "lost" };

/** Drops options; `valued` are the letters that take the next word when nothing is glued to them. Null for an option that is not known. */
function behindOptions(rest: readonly string[], valued: string, flags: string, longs: readonly string[] = []): readonly string[] | null {
  let at = 0;
  for (; /^-./.test(rest[at] ?? ""); at++) {
    const word = rest[at] ?? "";
    if (word === "--") return rest.slice(at + 1);
    const used = word.startsWith("--") ? longOption(word, longs) : shortOption(word, valued, flags);
    if (used === null) return null;
    at += used;
  }
  return rest.slice(at);
}

/** @returns how many further words it takes, or null when it is not known */
function shortOption(word: string, valued: string, flags: string): number | null {
  if (valued.includes(word.charAt(1))) return word.length === 2 ? 1 : 0;
  return [...word.slice(1)].every((each) => flags.includes(each) || /\d/.test(each)) ? 0 : null;
}

function longOption(word: string, longs: readonly string[]): number | null {
  return longs.some((long) => word === `--${long}` || word.startsWith(`--${long}=`)) ? 0 : null;
}

function plain(valued: string, flags: string, operands = 0, longs: readonly string[] = []): Unwrap {
  return (rest) => {
    const behind = behindOptions(rest, valued, flags, longs);
    if (behind === null) return LOST;
    return behind.length === 0 ? { kind: "prints" } : { kind: "words", words: behind.slice(operands), fed: false };
  };
}

const xargs: Unwrap = (rest) => {
  const behind = behindOptions(rest, "aIndPLsE", "0rtx", [
    "null",
    "no-run-if-empty",
    "max-args",
    "max-procs",
    "arg-file",
    "delimiter",
    "max-lines",
  ]);
  if (behind === null) return LOST;
  return behind.length === 0 ? { kind: "prints" } : { kind: "words", words: behind, fed: true };
};

/** `sh -c 'text'`; a shell without one reads a file or its input. */
const shell: Unwrap = (rest) => {
  const at = rest.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
  const isPlain = at >= 0 && rest.slice(0, at + 1).every((word) => /^-[eluxicov]+$/.test(word) || word === "pipefail");
  const text = isPlain ? rest[at + 1] : undefined;
  if (text !== undefined) return { kind: "shell", text };
  return rest.length === 1 && /^(?:--version|--help)$/.test(rest[0] ?? "") ? { kind: "prints" } : LOST;
};

const environment: Unwrap = (rest) => {
  const behind = behindOptions(rest, "u", "i0", ["ignore-environment", "unset", "null"]);
  return behind === null || behind.length === 0 ? LOST : { kind: "words", words: behind, fed: false };
};

export const WRAPPERS: ReadonlyMap<string, Unwrap> = new Map<string, Unwrap>([
  ...["bash", "sh", "zsh", "dash", "ksh"].map((name): [string, Unwrap] => [name, shell]),
  ["nice", plain("n", "")],
  ["ionice", plain("cn", "t")],
  ["stdbuf", plain("oei", "")],
  ["builtin", plain("", "")],
  ["busybox", plain("", "")],
  ["nohup", plain("", "")],
  ["setsid", plain("", "wcf")],
  ["taskset", plain("", "ca", 1)],
  ["timeout", plain("ks", "v", 1, ["foreground", "preserve-status", "kill-after", "signal", "verbose"])],
  ["time", plain("f", "vpq")],
  ["command", plain("", "p")],
  ["env", environment],
  ["xargs", xargs],
]);
