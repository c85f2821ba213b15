import { program } from "../../rule.ts";

export const diff = program({
  names: "diff|gdiff|colordiff|diff3|cmp|sdiff|zdiff|zcmp|bzdiff|bzcmp|xzdiff|xzcmp|icdiff|wdiff|dwdiff",
  source: "diff(1), cmp(1), diff3(1), sdiff(1), GNU diffutils 3.10; zdiff(1); icdiff 2.0; wdiff(1) 1.2",
  why: "prints how files differ",
  flags:
    "-a|--text -b|--ignore-space-change -B|--ignore-blank-lines -c -u -e|--ed -E|--ignore-tab-expansion -f -i|--ignore-case -N|--new-file -p|--show-c-function -P -q|--brief -r|--recursive -s|--report-identical-files|--silent|--quiet -t|--expand-tabs -T|--initial-tab -w|--ignore-all-space -y|--side-by-side -Z|--ignore-trailing-space --left-column --suppress-common-lines --strip-trailing-cr --no-dereference --speed-large-files -d|--minimal --normal -v|--version --help -NUM -l|--paginate -A|--show-all -m|--merge -1 -2 -3 -H --print-bytes --verbose --line-numbers --highlight --whole-file --statistics --avoid-wraps",
  values:
    "-U|--unified -C|--context -I|--ignore-matching-lines -F|--show-function-line -x|--exclude -W|--width --label --horizon-lines --tabsize -S|--starting-file -n|--bytes --palette",
  optional: "--color",
  reads: "-X|--exclude-from --from-file --to-file",
  options: {
    "-o|--output": { kind: "write", why: "writes FILE" },
    "--diff-program": { kind: "code", risk: "dangerous", why: "runs a program" },
  },
  operands: "read*",
  anyWord: true,
  answers: [1],
  examples: { "diff -u a b": "safe", "diff -rq a b": "safe", "cmp a b": "safe", "sdiff -o c a b": "caution" },
  nearMisses: ["sdiff --diff-program=sh a b", "diff a /etc/shadow", "sdiff --outp=c a b"],
});
