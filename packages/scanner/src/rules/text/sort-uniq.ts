import { operandTargets, program } from "../../rule.ts";
import { writeFinding } from "../../write-paths.ts";

export const sort = program({
  names: "sort|gsort",
  source: "sort(1), GNU coreutils 9.4",
  why: "prints lines in order",
  flags:
    "-b|--ignore-leading-blanks -d|--dictionary-order -f|--ignore-case -g|--general-numeric-sort -i|--ignore-nonprinting -M|--month-sort -h|--human-numeric-sort -n|--numeric-sort -R|--random-sort -r|--reverse -V|--version-sort -c|-C -m|--merge -s|--stable -u|--unique -z|--zero-terminated --debug --help --version",
  values: "-k|--key -t|--field-separator -S|--buffer-size --sort --batch-size --parallel",
  optional: "--check",
  reads: "--files0-from --random-source",
  options: {
    "-o|--output": { kind: "write", why: "writes the result to FILE, which may be its input", safer: "leave -o out and read the output" },
    "-T|--temporary-directory": { kind: "write", why: "writes temporary files into DIR" },
    "--compress-program": { kind: "code", risk: "dangerous", why: "runs PROG on its temporary files" },
  },
  operands: "read*",
  examples: { "sort -rn -k2 x": "safe", "sort -t: -k3n /etc/passwd": "safe", "sort -o f f": "caution", "sort -uo f f": "caution" },
  nearMisses: ["sort --outp=f f", "sort -nof f", "sort --compress-program sh f", "sort --comp=sh f", "sort *", "sort -T /tmp/x f"],
});

export const uniq = program({
  names: "uniq|guniq",
  source: "uniq(1), GNU coreutils 9.4",
  why: "prints lines without repeats",
  flags: "-c|--count -d|--repeated -D -i|--ignore-case -u|--unique -z|--zero-terminated --help --version",
  values: "-f|--skip-fields -s|--skip-chars -w|--check-chars",
  optional: "--all-repeated --group",
  operands: "read? data?",
  inspect: (inv, ctx) => {
    const output = inv.operands[1];
    const finding = output === undefined || output.text === "-" ? undefined : writeFinding(output, undefined, undefined, undefined);
    if (finding !== undefined) ctx.report(finding);
  },
  targets: operandTargets("path", 1),
  examples: { "uniq -c": "safe", "uniq -d x": "safe", "uniq x -": "safe", "uniq a b": "caution" },
  nearMisses: ["uniq -c a b", "uniq a -- b", "uniq *"],
});
