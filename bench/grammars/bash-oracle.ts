// What real bash makes of shell texts: how it prints them after parsing, and which calls come out of running them. Test code only.
// Printing runs nothing. Running is for texts that our generator wrote: every call goes to a function that records it, there is no PATH,
// builtins are off, root becomes nobody, and a text with a slash outside of /dev/null is not run at all.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const printer = `
cd "$1" || exit
for ((i = 0; i < $2; i++)); do /bin/bash --norc --pretty-print "$i" >"$i.out" 2>"$i.err" || echo >"$i.bad"; done
`;

/** bash's own form of each text: one blank between words, substitutions read and printed anew. Undefined where bash does not accept it. */
export function prettyPrinted(texts: readonly string[]): readonly (string | undefined)[] {
  return inFolder((folder) => {
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, String(index)), text);
    runBash(printer, [folder, String(texts.length)], folder, {});
    return texts.map((_, index) => {
      const complained = readFileSync(join(folder, `${index}.err`), "utf8") !== "";
      return complained || existsSync(join(folder, `${index}.bad`)) ? undefined : readFileSync(join(folder, `${index}.out`), "utf8");
    });
  });
}

export type Call = readonly string[];

/**
 * Each text in a shell of its own. A call that is no function of the text is recorded, argument by argument, in one write: bash writes
 * line by line, so newlines become another character.
 */
const recorder = `
folder=$1; cd "$folder/cwd" || exit
ulimit -t 5 -u 2000 -f 64
mapfile -d '' -t texts <"$folder/texts"
for name in $(compgen -b); do case $name in eval | enable | wait) ;; *) off+=("$name") ;; esac; done
command_not_found_handle() { enable builtin printf; builtin printf '%s\\0' "$#" "\${@//$'\\n'/$'\\001'}" >>"$folder/$index"; }
set -f; set --; unset name
for index in "\${!texts[@]}"; do
  ( enable -n "\${off[@]}"; eval "\${texts[index]}"; wait ) </dev/null >/dev/null 2>&1
done
/bin/sleep 0.2
`;

/** Whether a text may be run at all. */
export function mayRun(text: string): boolean {
  const named = ["/dev/null", "${u/a/b}", "${u//\\//x}"].reduce((rest, each) => rest.replaceAll(each, " "), text);
  return !named.includes("/") && !/\b(eval|enable|exec|wait)\b/.test(text);
}

/** The calls that each text makes, in the order of their recording; every call ends well and prints nothing. `f` and `g` are empty files. */
export function callsIn(texts: readonly string[]): readonly (readonly Call[])[] {
  if (!texts.every(mayRun)) throw new Error("a text that must not run");
  return inFolder((folder) => {
    mkdirSync(join(folder, "cwd"));
    for (const name of ["f", "g"]) writeFileSync(join(folder, "cwd", name), "");
    for (const path of ["", "cwd", "cwd/f", "cwd/g"]) chmodSync(join(folder, path), 0o777);
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    writeFileSync(join(folder, "texts"), texts.map((text) => `${text}\0`).join(""));
    runBash(recorder, [folder], folder, nobody);
    return texts.map((_, index) => recorded(join(folder, String(index))));
  });
}

function recorded(path: string): readonly Call[] {
  const fields = existsSync(path) ? readFileSync(path, "utf8").split("\0") : [];
  const calls: Call[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const next = at + 1 + Number(fields[at]);
    calls.push(fields.slice(at + 1, next).map((field) => field.replaceAll("\u0001", "\n")));
    at = next;
  }
  return calls;
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "grammars-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface RunOptions {
  readonly uid?: number;
  readonly gid?: number;
}

function runBash(script: string, args: readonly string[], cwd: string, options: RunOptions): void {
  const { status, signal } = spawnSync("/bin/bash", ["--norc", "--noprofile", "-c", script, "bash", ...args], {
    cwd,
    env: { PATH: "/nonexistent", LC_ALL: "C.UTF-8", HOME: cwd },
    timeout: 120_000,
    killSignal: "SIGKILL",
    stdio: "ignore",
    ...options,
  });
  if (status === null) throw new Error(`bash ended by ${signal}`);
}
