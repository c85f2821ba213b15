// Disguises -> which of them real bash carries out: stub programs record what they were called with. Test code only.
// Nothing destructive can run: PATH holds stubs alone and is read-only in every shell, `kill` is switched off, root becomes nobody,
// and no disguise names a program by its path. What the shell itself would carry out is never given to it.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { destructiveCores } from "./destructive-cores.ts";
import type { Disguise } from "./disguise.ts";
import { callWrappers, textWrappers } from "./wrapper-words.ts";

/** Programs that only hand data on. They start nothing but what PATH holds. */
const real = ["cat", "tr", "rev", "base64", "xargs"];
const shells = ["bash", "sh", "dash", "zsh"];
const silent = ["ls", "grep", "diff"];

/** How each stub records: number of arguments, name, arguments, each ended by NUL. */
const RECORD = `printf '%s\\0' "$#" "\${0##*/}" "$@" >>"$PWD/record"`;

/** Runs every case of a folder, each in a shell and a folder of its own. */
const DRIVER = `
for folder in "$1"/*/; do
  cd "$folder" && /usr/bin/timeout -k 1 10 /bin/bash --noprofile --norc ./text </dev/null >/dev/null 2>&1
done
`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A stub that starts what follows known words, and records any other call. */
function stubText(program: string): string {
  const known = [...callWrappers, ...textWrappers]
    .filter(({ words }) => words[0] === program)
    .map(({ words, takes }) => ({ rest: words.slice(1), takes }))
    .sort((a, b) => b.rest.length - a.rest.length);
  const arms = known.map(({ rest, takes }) => {
    const pattern = rest.length === 0 ? "*" : `${quoted(`${rest.join(" ")} `)}*`;
    return `  ${pattern}) shift ${rest.length}; ${takes === "call" ? 'exec "$@"' : 'exec bash -c "$*"'} ;;`;
  });
  if (program === "find") arms.push(`  '. -maxdepth 0 -exec sh -c '*) exec sh -c "$7" ;;`);
  return `#!/bin/sh\ncase "$*" in\n${arms.join("\n")}\nesac\n${RECORD}\n`;
}

function makeBin(root: string): void {
  const bin = join(root, "bin");
  mkdirSync(bin);
  const write = (name: string, text: string): void => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  const setup = join(root, "setup");
  writeFileSync(setup, `PATH=${quoted(bin)}; readonly PATH; enable -n kill\n`);
  for (const name of real) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  for (const name of shells) write(name, `#!/bin/bash\nBASH_ENV=${quoted(setup)} exec /bin/bash --noprofile --norc "$@"\n`);
  for (const name of silent) write(name, "#!/bin/sh\n");
  const programs = [...callWrappers, ...textWrappers].map(({ words }) => words[0] ?? "");
  for (const name of new Set([...programs, ...destructiveCores.map(({ argv }) => argv[0] ?? "")])) {
    if (!existsSync(join(bin, name))) write(name, stubText(name));
  }
}

function runDriver(root: string, folder: string): Promise<void> {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const env = { PATH: join(root, "bin"), BASH_ENV: join(root, "setup"), LANG: "C.UTF-8" };
  return new Promise((resolve, reject) => {
    const args = ["--noprofile", "--norc", "-c", DRIVER, "bash", folder];
    const child = spawn("/bin/bash", args, { cwd: folder, env, stdio: "ignore", ...nobody });
    child.on("error", reject).on("close", () => resolve());
  });
}

/** The calls that a case recorded. */
function callsOf(folder: string): readonly (readonly string[])[] {
  const path = join(folder, "record");
  const fields = existsSync(path) ? readFileSync(path, "utf8").split("\0") : [];
  const calls: (readonly string[])[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const next = at + 2 + Number(fields[at]);
    calls.push(fields.slice(at + 1, next));
    at = next;
  }
  return calls;
}

export interface Arrival {
  readonly arrived: number;
  /** Those whose destructive call was not carried out, with the reason. */
  readonly lost: readonly (Disguise & { readonly why: "not run" | "other calls" | "no call" })[];
}

/** How many of the disguises real bash understands as we meant them. Needs /bin/bash; two run at a time. */
export async function arrivalOf(disguises: readonly Disguise[]): Promise<Arrival> {
  const root = mkdtempSync(join(tmpdir(), "arrival-"));
  try {
    chmodSync(root, 0o755);
    makeBin(root);
    const folders = disguises.map((_, index) => join(root, `half${index % 2}`, String(index)));
    for (const [index, { text, core }] of disguises.entries()) {
      const folder = folders[index] ?? root;
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o777);
      writeFileSync(join(folder, "text"), core.offline === true ? "" : text);
    }
    const halves = [0, 1].map((half) => join(root, `half${half}`)).filter((half) => existsSync(half));
    await Promise.all(halves.map((half) => runDriver(root, half)));
    const lost = disguises.flatMap((disguise, index) => {
      const calls = callsOf(folders[index] ?? root);
      if (calls.some((call) => JSON.stringify(call) === JSON.stringify(disguise.core.argv))) return [];
      const why =
        disguise.core.offline === true ? ("not run" as const) : calls.length > 0 ? ("other calls" as const) : ("no call" as const);
      return [{ ...disguise, why }];
    });
    return { arrived: disguises.length - lost.length, lost };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
