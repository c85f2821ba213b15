// Filters that can only read and print: none of their options names a file to write or a program to run.
import { program } from "../../rule.ts";

const coreutils = "GNU coreutils 9.4";

export const cut = program({
  names: "cut|gcut",
  source: `cut(1), ${coreutils}`,
  why: "prints parts of lines",
  flags: "-n --complement -s|--only-delimited -z|--zero-terminated --help --version",
  values: "-b|--bytes -c|--characters -d|--delimiter -f|--fields --output-delimiter",
  operands: "read*",
  anyWord: true,
  examples: { "cut -d: -f1 /etc/passwd": "safe", "cut -c1-20": "safe" },
  nearMisses: ["cut --frob x", "cut -f1 /etc/shadow"],
});

export const tr = program({
  names: "tr|gtr",
  source: `tr(1), ${coreutils}`,
  why: "translates characters of its input",
  flags: "-c|-C|--complement -d|--delete -s|--squeeze-repeats -t|--truncate-set1 --help --version",
  operands: "data*",
  anyWord: true,
  examples: { "tr -d '\\n'": "safe", "tr a-z A-Z": "safe" },
  nearMisses: ["tr --frob a b"],
});

export const wc = program({
  names: "wc|gwc",
  source: `wc(1), ${coreutils}`,
  why: "counts lines, words and bytes",
  flags: "-c|--bytes -m|--chars -l|--lines -L|--max-line-length -w|--words --debug --help --version",
  values: "--total",
  reads: "--files0-from",
  operands: "data*",
  anyWord: true,
  examples: { "wc -l": "safe", "wc -lw a b": "safe" },
  nearMisses: ["wc --frob"],
});

export const columns = program({
  names: "column|fold|expand|unexpand|fmt|colrm",
  source: `column(1), colrm(1), util-linux 2.39; fold(1), expand(1), fmt(1), ${coreutils}`,
  why: "lays out lines of text",
  flags:
    "-t|--table -J|--json -x|--fillrows -L|--keep-empty-lines -e|--table-header-repeat -b|--bytes -s|--spaces|--separator-spaces -i|--initial -a|--all --first-only -u|--uniform-spacing --split-only --tagged-paragraph -h|--help -V|--version",
  values:
    "-o|--output-separator --separator -c|--output-width -w|--width -N|--table-columns -n|--table-name -R|--table-right -H|--table-hide -O|--table-order --tabs",
  operands: "read*",
  anyOption: true,
  anyWord: true,
  examples: { "column -t -s, data.csv": "safe", "fold -w 80 x": "safe", "expand x": "safe" },
  nearMisses: ["column -t > out", "fold /etc/shadow"],
});

export const joining = program({
  names: "comm|join|paste",
  source: `comm(1), join(1), paste(1), ${coreutils}`,
  why: "merges lines of files and prints them",
  flags: "-1 -2 -3 --check-order --nocheck-order --total -z|--zero-terminated -i|--ignore-case --header -s|--serial --help --version",
  values: "--output-delimiter -a -e -o -t -v -j -d|--delimiters",
  operands: "read*",
  anyWord: true,
  examples: { "comm -12 a b": "safe", "paste -sd+": "safe", "join -t: a b": "safe" },
  nearMisses: ["comm --frob a b", "join /etc/shadow b"],
});

export const sequence = program({
  names: "seq|gseq|jot|factor|numfmt|expr",
  source: `seq(1), factor(1), numfmt(1), expr(1), ${coreutils}`,
  why: "prints numbers",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  unbounded: (inv) => /seq$/.test(inv.program) && inv.operands.some((arg) => /inf|e\+?\d|\d{10}/i.test(arg.text)),
  safer: "seq 1 10",
  examples: { "seq 1 10": "safe", "seq -w 3": "safe", "expr 1 + 2": "safe", "numfmt --to=iec 1000": "safe" },
  nearMisses: ["seq 3 > x", "seq 1 inf"],
});

export const yes = program({
  names: "yes",
  source: `yes(1), ${coreutils}`,
  why: "prints a line without end",
  flags: "--help --version",
  operands: "data*",
  anyWord: true,
  unbounded: true,
  examples: { yes: "caution" },
  nearMisses: ["yes y"],
});

export const shuf = program({
  names: "shuf",
  source: `shuf(1), ${coreutils}`,
  why: "prints lines in random order",
  flags: "-e|--echo -r|--repeat -z|--zero-terminated --help --version",
  values: "-i|--input-range -n|--head-count",
  reads: "--random-source",
  options: { "-o|--output": { kind: "write", why: "writes FILE" } },
  operands: "read*",
  examples: { "shuf -n 5 hosts.txt": "safe", "shuf -o out in": "caution" },
  nearMisses: ["shuf -n 5 -o out", "shuf --outp=x in"],
});
