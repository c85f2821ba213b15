// What the scanner calls safe does nothing in a real bash: random shell text made of dangerous pieces is scanned, and every text that comes
// out safe is run with stub programs in an empty folder. A destructive stub that runs, or a file that appears, is a false safe.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { scan } from "./scan.ts";

const folder = mkdtempSync(join(tmpdir(), "scan-effects-"));
const bin = join(folder, "bin");
const cwd = join(folder, "cwd");
const mark = join(folder, "mark");
mkdirSync(bin);
mkdirSync(cwd);
afterAll(() => rmSync(folder, { recursive: true }));

function stub(name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
}
for (const name of ["ls", "cat", "grep", "wc"]) stub(name, "exit 0");
for (const name of ["rm", "touch", "sh", "bash"]) stub(name, `echo "$0 $*" >> ${mark}`);
stub("find", `for a in "$@"; do if [ "$a" = -delete ]; then echo find >> ${mark}; fi; done`);
stub("sort", `for a in "$@"; do if [[ "$a" == -o* ]]; then echo sort >> ${mark}; fi; done`);

const pieces =
  'ls|cat|grep x|find .|sort|rm|rm x|touch x|-delete|-o f|x=|x=rm|x=-delete|$x|"$x"|${x}|${x:-|${x/|}|$(|$( |)|`|\\`|((|))|$((|[[ | ]]|[ | ]| | | |\t|\'|\'|"|"|\\|$\'|\\x72m|\n|\n|;|; |&&|&| & |<<E\n|<<\'E\'\n|\nE\n|<<<|> f|>f|2>&1|>/dev/null|</dev/null|<(|>(|if |then |fi|else |for i in a b|for x in rm|; do |; done|while |case x in |x) |;;|esac|{ |; }|( | )|! |time |f() |f|echo |#| #|{rm,x}|{a,b}|*|?|!|~|=|a[0]=|$i|${!x}|eval |exec |command |set -- rm x;|"$@"|$1|alias ls=rm\n|read x|printf -v x rm|export x=rm|local x=ls|readonly x=rm|IFS=m|\\\n|1|-eq|a[$(rm)]|trap rm EXIT|true|false|env |xargs '.split(
    "|",
  );
const operators = ["|", "||", "|&"];
const vocabulary = [...pieces, ...operators];

/** A small generator with a fixed seed, so that a failure can be seen again. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

function effectOf(text: string): string {
  spawnSync("/bin/bash", ["--norc", "-c", text], {
    env: { PATH: bin, LC_ALL: "C.UTF-8", HOME: cwd },
    cwd,
    timeout: 2000,
    input: "rm q\n",
    killSignal: "SIGKILL",
  });
  const left = readdirSync(cwd);
  const seen = existsSync(mark) ? "a destructive program ran" : left.length > 0 ? `files appeared: ${left.join(" ")}` : "";
  rmSync(mark, { force: true });
  for (const name of left) rmSync(join(cwd, name), { recursive: true });
  return seen;
}

it("runs 400 safe texts without any effect, and sees the effect of an unsafe one", { timeout: 120_000 }, () => {
  expect(effectOf("ls; rm x")).toBe("a destructive program ran");
  expect(effectOf("ls > f")).toBe("files appeared: f");
  const random = generator(20_260_401);
  const falseSafe: { readonly text: string; readonly effect: string }[] = [];
  for (let run = 0; run < 400; ) {
    const text = Array.from(
      { length: 2 + Math.floor(random() * 16) },
      () => vocabulary[Math.floor(random() * vocabulary.length)] ?? "",
    ).join("");
    if (!/rm|touch|-delete|-o f|>|sh/.test(text) || scan(text).risk !== "safe") continue;
    run++;
    const effect = effectOf(text);
    if (effect !== "") falseSafe.push({ text, effect });
  }
  expect(falseSafe).toEqual([]);
});
