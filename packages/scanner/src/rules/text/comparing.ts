import { program } from "../../rule.ts";

export const diff = program({
  names: "diff|colordiff|diff3|cmp|sdiff",
  source: "diff(1), cmp(1), diff3(1), sdiff(1), GNU diffutils 3.10",
  why: "prints how files differ",
  flags:
    "-a|--text -b|--ignore-space-change -B|--ignore-blank-lines -c -u -e|--ed -E|--ignore-tab-expansion -f -i|--ignore-case -N|--new-file -p|--show-c-function -P -q|--brief -r|--recursive -s|--report-identical-files|--silent|--quiet -t|--expand-tabs -T|--initial-tab -w|--ignore-all-space -y|--side-by-side -Z|--ignore-trailing-space --left-column --suppress-common-lines --strip-trailing-cr --no-dereference --speed-large-files -d|--minimal --normal -v|--version --help -NUM",
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

export const jq = program({
  names: "jq|gojq",
  source: "jq(1), jq 1.7",
  why: "prints what a jq filter makes of JSON",
  flags:
    "-n|--null-input -r|--raw-output -j|--join-output -a|--ascii-output -s|--slurp -c|--compact-output -C|--color-output -M|--monochrome-output -S|--sort-keys -e|--exit-status -R|--raw-input --tab --unbuffered --stream --stream-errors --seq --raw-output0 --args --jsonargs -h|--help -V|--version",
  values: "--indent --arg --argjson",
  reads: "--slurpfile --rawfile",
  options: {
    "-f|--from-file": { kind: "code", why: "the filter is in a file that is not seen here" },
    "-L|--library-path": { kind: "code", why: "loads filters from elsewhere" },
  },
  operands: "text? read*",
  inspect: (inv, ctx) => {
    const filter = inv.operands[0];
    if (filter === undefined) return;
    if (filter.shape !== "literal") ctx.report({ risk: "unknown", why: "the filter is not written out", span: filter.span });
    if (/\$ENV|\benv\b|\binput_filename\b|\bimport\b|\binclude\b|\b\$__prog/.test(filter.text)) {
      ctx.report({ risk: "caution", why: "the filter can print the environment or load others", span: filter.span });
    }
  },
  answers: [1, 4],
  examples: { "jq .": "safe", "jq -r '.items[].metadata.name' x.json": "safe", "jq -n env": "caution" },
  nearMisses: ["jq -f x.jq y", "jq '$ENV.TOKEN'", "jq -L /x 'import \"a\" as a; .'"],
});
