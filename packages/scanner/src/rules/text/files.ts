// Programs that copy, move and make files. What can be undone is caution, what cannot is dangerous.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import { writeFinding } from "../../write-paths.ts";
import { isSink, isSystemPath } from "./system-paths.ts";
import type { Inverse, Risk, Target } from "../../types.ts";

const lastOperand = (inv: Invocation): readonly Target[] => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text }));

const any = { anyOption: true, anyWord: true, operands: "name*" } as const;

/** Overwriting is caution; forcing it, system files and moving something into nowhere cannot be taken back. */
function copyRisk(inv: Invocation): Risk {
  if (inv.operands.length === 0 && (inv.has("--help") || inv.has("--version"))) return "safe";
  return isForced(inv) || isSystemPath(inv.arg("-t")?.text ?? "") || losesSomething(inv) ? "dangerous" : "caution";
}

/** A link that is put in the place of another loses nothing; a file does. */
function isForced(inv: Invocation): boolean {
  return (inv.has("-f") && !inv.program.endsWith("ln")) || inv.has("--remove-destination");
}

function losesSomething(inv: Invocation): boolean {
  const names = inv.operands.map((arg) => arg.text);
  const [sources, others] = [names.slice(0, -1), names.slice(1)];
  if (others.some(isSystemPath)) return true;
  if (inv.program === "cp" || inv.program === "gcp") return sources.some(isSink);
  return others.some(isSink) || (inv.program !== "ln" && (sources.some(isSink) || sources.some(isSystemPath)));
}

const literalPair = (inv: Invocation): readonly [string, string] | undefined => {
  const [from, to, more] = [inv.operand(0), inv.operand(1), inv.operands[2]];
  return from === undefined || to === undefined || more !== undefined || /[\s'"\\$`*?]/.test(from + to) ? undefined : [from, to];
};

export const copy = program({
  ...any,
  names: "cp|gcp|mv|gmv|ln|gln|link|install|rename|prename|mmv|ditto",
  source: "cp(1), mv(1), ln(1), install(1), GNU coreutils 9.4; rename(1), util-linux 2.39",
  flags:
    "-f|--force --remove-destination -T|--no-target-directory -r -R -a -p -v -n -i -u -d -s -b -l -x -L -P -H -Z -D -c -C -h -o -w --help --version",
  values: "-t|--target-directory",
  risk: copyRisk,
  why: "writes files; what has the same name is overwritten",
  safer: "-n does not overwrite; ls the destination first",
  targets: lastOperand,
  inverse: (inv): Inverse | undefined => {
    const pair = literalPair(inv);
    return pair === undefined || inv.program !== "mv" ? undefined : { kind: "command", command: `mv ${pair[1]} ${pair[0]}` };
  },
  noInverse: "what had the same name before is gone unless it was copied aside",
  examples: {
    "cp app.conf app.conf.bak": "caution",
    "mv a b": "caution",
    "cp --help": "safe",
    "cp -f x y": "dangerous",
    "cp -rf x y": "dangerous",
    "ln -sfn releases/42 current": "caution",
    "cp x /dev/sda": "dangerous",
    "cp -t /usr/bin x": "dangerous",
    "cp --remove-destination a b": "dangerous",
    "mv data.db /dev/null": "dangerous",
    "cp /dev/null app.log": "dangerous",
    "cp x.conf /etc/app/x.conf": "caution",
  },
  nearMisses: ["ln -sf /tmp/x /usr/bin/x", "cp -n a b", "mv /usr /tmp/usr", "rename s/a/b/ x", "cp --help a b"],
});

export const makePath = program({
  ...any,
  names: "mkdir|touch|mktemp|mkfifo|mknod|gmkdir|gtouch",
  source: "mkdir(1), touch(1), mktemp(1), mkfifo(1), GNU coreutils 9.4",
  risk: "caution",
  why: "makes files or directories",
  noInverse: "what it makes is new or only gets a new time; rm takes it away",
  targets: operandTargets("path"),
  inverse: (inv) => {
    const [path, more] = [inv.operand(0), inv.operands[1]];
    return inv.program !== "mkdir" || path === undefined || more !== undefined || /[^\w./-]/.test(path)
      ? undefined
      : { kind: "command", command: `rmdir ${path}` };
  },
  examples: { "mkdir -p /tmp/x": "caution", "touch x": "caution" },
  nearMisses: ["mktemp"],
});

export const tee = program({
  names: "tee|sponge|gtee",
  source: "tee(1), GNU coreutils 9.4; sponge(1), moreutils 0.67",
  why: "copies its input to files",
  safer: "tee /dev/stderr only shows it",
  flags: "-i|--ignore-interrupts -p --help --version",
  optional: "--output-error",
  options: { "-a|--append": { arity: "flag", risk: "safe", why: "appends to the file" } },
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      const intoProcess = arg.shape === "one" && arg.text.startsWith(">(");
      const finding = intoProcess ? undefined : writeFinding(arg, undefined, undefined, "leave tee out, or write to /dev/null");
      if (finding !== undefined) ctx.report(finding);
    }
  },
  targets: operandTargets("path"),
  examples: {
    "tee /dev/null": "safe",
    "ls | tee >(wc -l)": "safe",
    "tee -a log": "caution",
    "tee report.txt": "caution",
    "tee /etc/hosts": "dangerous",
  },
  nearMisses: ["tee x", "tee -- -a", "tee -a /etc/passwd", "tee >(bash)", "tee $x", "tee *"],
});

export const overwrite = program({
  ...any,
  names: "truncate|gtruncate|fallocate|dpkg-divert|wipe|scrub|srm|bleachbit|trash-empty",
  source: "truncate(1), GNU coreutils 9.4; fallocate(1), util-linux 2.39; srm(1)",
  risk: "dangerous",
  why: "changes or destroys the content of files without a way back",
  targets: lastOperand,
  examples: { "truncate -s 0 app.log": "dangerous", "srm x": "dangerous" },
  nearMisses: ["truncate -s +0 x"],
});
