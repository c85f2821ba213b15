import { program } from "../../rule.ts";

export const grep = program({
  names: "grep|egrep|fgrep",
  source: "grep(1), GNU grep 3.11",
  why: "prints lines that match a pattern",
  flags:
    "-E|--extended-regexp -F|--fixed-strings -G|--basic-regexp -P|--perl-regexp -i|--ignore-case -y --no-ignore-case -v|--invert-match -w|--word-regexp -x|--line-regexp -c|--count -L|--files-without-match -l|--files-with-matches -o|--only-matching -q|--quiet|--silent -s|--no-messages -b|--byte-offset -H|--with-filename -h|--no-filename -n|--line-number -T|--initial-tab -Z|--null -a|--text -I -r|--recursive -R|--dereference-recursive -U|--binary -z|--null-data --line-buffered -V|--version --help -NUM",
  values:
    "-e|--regexp -m|--max-count --label -A|--after-context -B|--before-context -C|--context --group-separator --binary-files -D|--devices -d|--directories --exclude --exclude-dir --include",
  optional: "--color|--colour",
  reads: "-f|--file --exclude-from",
  operands: "data? read*",
  anyWord: true,
  answers: [1],
  examples: {
    "grep -rn timeout /etc/nginx": "safe",
    "grep -c -3 'a b' f.txt": "safe",
    "grep root /etc/shadow": "caution",
  },
  nearMisses: ["grep --frobnicate x", "grep x f > out"],
});
