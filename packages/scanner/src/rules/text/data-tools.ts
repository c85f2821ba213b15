// Tools for structured data: yq, xq, dasel, jless, xmllint, csvkit, miller, datamash, gron. Their programs can read and compute;
// what edits in place, writes or runs is named.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import { sensitivePath } from "../../sensitive-paths.ts";

/** The environment and other files: a filter that shows them is no plain read of its input. */
const looksElsewhere =
  /\$ENV|\benv\b|\benvsubst\b|\bstrenv\b|\binput_filename\b|\bimport\b|\binclude\b|\$__prog|\bload(_\w+)?\b|\bget_search_list\b|\bsystem\b/;

/** Judges a jq or yq program text. */
/** Generators of jq that go on for ever by themselves. */
const endless = /\brepeat\s*\(|\binfinite\b|\bwhile\s*\(\s*true\b|\buntil\s*\(\s*false\b/;

function judgeFilter(filter: Arg | undefined, ctx: RuleContext): void {
  if (filter === undefined) return;
  if (filter.shape !== "literal") ctx.report({ risk: "unknown", why: "the filter is not written out", span: filter.span });
  if (endless.test(filter.text) && !/\b(limit|first|until|any|all|input)\b/.test(filter.text))
    ctx.report({ risk: "caution", unbounded: true, why: "the filter has no end", span: filter.span });
  if (/\bsystem\b|\bexec\b/.test(filter.text)) ctx.report({ risk: "unknown", why: "the filter may run a command", span: filter.span });
  else if (looksElsewhere.test(filter.text))
    ctx.report({ risk: "caution", why: "the filter can print the environment or read other files", span: filter.span, sensitive: true });
}

export const jq = program({
  names: "jq|gojq|jaq",
  source: "jq(1), jq 1.7; gojq 0.12; jaq 1.4",
  why: "prints what a jq filter makes of JSON",
  flags:
    "-n|--null-input -r|--raw-output -j|--join-output -a|--ascii-output -s|--slurp -c|--compact-output -C|--color-output -M|--monochrome-output -S|--sort-keys -e|--exit-status -R|--raw-input -h|--help -V|--version -b|--binary --tab --unbuffered --stream --stream-errors --seq --raw-output0 --args --jsonargs --yaml-input --yaml-output --build-configuration --debug-dump-disasm",
  values: "--indent",
  options: {
    "--arg|--argjson": { arity: "pair" },
    "--slurpfile|--rawfile|--argfile": { arity: "pair", kind: "read" },
    "-f|--from-file": { kind: "code", why: "the filter is in a file that is not seen here" },
    "-L|--library-path": { kind: "code", why: "loads filters from elsewhere" },
    "-i|--in-place": { arity: "flag", risk: "caution", why: "edits the files in place" },
  },
  operands: "text? read*",
  inspect: (inv, ctx) => judgeFilter(inv.operands[0], ctx),
  answers: [1, 4],
  examples: {
    "jq .": "safe",
    "jq -r '.items[].metadata.name' x.json": "safe",
    "jq --arg ns prod '.[$ns]' x.json": "safe",
    "jq -n --slurpfile a a.json '$a'": "safe",
    "jq -n env": "caution",
    "jq -n --rawfile k ~/.ssh/id_rsa '$k'": "caution",
    "jq -f prog.jq x": "unknown",
    "jq -L lib 'x' y": "unknown",
    "jaq -i '.a = 1' x.json": "caution",
  },
  nearMisses: [
    "jq --arg x 1 '$ENV.TOKEN'",
    "jq -f x.jq y",
    "jq '$ENV.TOKEN'",
    "jq -L /x 'import \"a\" as a; .'",
    "jq --arg $x y '.a'",
    "jq $filter x",
  ],
});

export const yq = program({
  names: "yq|xq|tomlq",
  source: "yq (Go) 4.40, yq (Python) 3.2",
  why: "prints what a filter makes of YAML, XML or TOML",
  flags:
    "-n|--null-input -r|--raw-output|--unwrapScalar -c|--compact-output -C|--colors|--color-output -M|--no-colors|--monochrome-output -S|--sort-keys -e|--exit-status -P|--prettyPrint -N|--no-doc -R|--raw-input -0|--nul-output -V|--version -v|--verbose -h|--help -y|--yaml-output -Y|--yaml-roundtrip -x|--xml-output -t|--toml-output -j|--tojson|--join-output -s -a -m|--multi --header-preprocess --string-interpolation --csv-auto-parse --tsv-auto-parse --security-disable-env-ops --security-disable-file-ops",
  values:
    "-o|--output-format -p|--input-format -I|--indent --indent-sequence -w|--width --xml-attribute-prefix --xml-content-name --xml-dtd --xml-root --xml-item-depth --csv-separator --tsv-separator --properties-separator --lua-prefix --lua-suffix --shell-key-separator --expression --read --write -q --query",
  options: {
    "--arg|--argjson": { arity: "pair" },
    "-i|--inplace|--in-place": {
      arity: "flag",
      risk: "caution",
      why: "edits the file in place",
      safer: "leave -i out to see the result first",
    },
    "--split-exp|--split-exp-file": { risk: "caution", why: "writes one file for each document" },
    "--from-file": { kind: "code", why: "the filter is in a file that is not seen here" },
  },
  operands: "data*",
  inspect: judgeYq,
  answers: [1],
  examples: {
    "yq .metadata.name x.yaml": "safe",
    "yq eval -o=json '.spec' x.yaml": "safe",
    "xq -r '.a.b' x.xml": "safe",
    yq: "safe",
    "yq -i '.a = 1' x.yaml": "caution",
    "yq --split-exp .name x.yaml": "caution",
    "yq -s .name x.yaml": "caution",
    "yq --from-file f x.yaml": "unknown",
    "yq .users ~/.kube/config": "caution",
    "yq .tls.key x.yaml": "safe",
    "yq 'strenv(TOKEN)'": "caution",
  },
  nearMisses: ["yq '.a = 1' -i x.yaml", "yq eval --inpl '.a' x.yaml", "yq $f x", "yq 'load(\"/etc/shadow\")'"],
});

function judgeYq(inv: Invocation, ctx: RuleContext): void {
  const [first, second] = inv.operands;
  const verb = first?.text ?? "";
  if (inv.program === "yq" && inv.has("-s"))
    ctx.report({ risk: "caution", why: "writes one file for each document", safer: "leave -s out" });
  const evaluates = /^(e|ea|eval|eval-all)$/.test(verb);
  judgeFilter(evaluates ? second : first, ctx);
  for (const file of inv.operands.slice(evaluates ? 2 : 1)) {
    const why = sensitivePath(file.head);
    if (why !== undefined) ctx.report({ risk: "caution", why: `${file.text} ${why}`, sensitive: true, span: file.span });
  }
}

export const dasel = program({
  names: "dasel",
  source: "dasel 2.5",
  why: "prints the part of a file that a selector names",
  flags: "-m|--multiple -c|--compact -n|--null --plain --color --colour --escape-html -h|--help --version",
  values: "-s|--selector -r|--read -w|--write -p|--parser --indent --length --format",
  reads: "-f|--file",
  operands: "data*",
  verbs: {
    "put|delete": {
      risk: "caution",
      why: "changes a file in place",
      anyOption: true,
      operands: "data*",
      noInverse: "the former content is gone unless the file was copied aside",
    },
  },
  risk: "safe",
  examples: { "dasel -f x.yaml .spec": "safe", "dasel put -f x.yaml -v 1 .a": "caution" },
  nearMisses: ["dasel delete -f x.yaml .a", "dasel -f ~/.kube/config .users"],
});

export const jless = program({
  names: "jless|fx|jid|jnv|visidata|vd",
  source: "jless(1) 0.9, fx 31, visidata 3.0",
  risk: "unknown",
  why: "is interactive, and some of its keys write or run programs",
  safer: "jq . prints the data",
  flags: "-h|--help -V|--version",
  operands: "read*",
  examples: { "jless x.json": "unknown" },
  nearMisses: ["fx x.json", "vd x.csv"],
});

export const xmllint = program({
  names: "xmllint",
  source: "xmllint(1), libxml2 2.12",
  style: "long",
  why: "checks, formats or searches XML",
  flags:
    "--noout --format --recover --huge --nonet --noent --nocdata --noblanks --nowrap --nodefdtd --dropdtd --debug --html --xmlout --valid --postvalid --insert --compress --c14n --c14n11 --exc-c14n --pushsmall --push --memory --stream --copy --timing --repeat --sax --sax1 --oldxml10 --version --nowarning --quiet --testIO --walker --nsclean --pedantic --noenc --dtdattr --auto --htmlout -noout -format -nonet",
  values: "--xpath --encode --pattern --pretty --maxmem --max-ampl",
  reads: "--schema --relaxng --schematron",
  options: {
    "--output|-o": { kind: "write", why: "writes a file" },
    "--shell": { arity: "flag", risk: "unknown", why: "opens a shell that can write files" },
    "--loaddtd|--xinclude|--noxincludenode|--catalogs|--nocatalogs|--load-trace": {
      arity: "flag",
      risk: "unknown",
      why: "loads other files or addresses",
    },
    "--dtdvalid|--dtdvalidfpi|--path": { risk: "unknown", why: "loads other files or addresses" },
  },
  operands: "read*",
  anyWord: true,
  examples: {
    "xmllint --xpath '//a/@b' x.xml": "safe",
    "xmllint --noout x.xml": "safe",
    "xmllint --format --output y x.xml": "caution",
    "xmllint --shell x.xml": "unknown",
    "xmllint --xinclude x.xml": "unknown",
    "xmllint --dtdvalid http://x/y x.xml": "unknown",
  },
  nearMisses: ["xmllint -o /etc/passwd x", "xmllint --format x > y"],
});

export const csv = program({
  names: "csvcut|csvgrep|csvlook|csvstat|csvsort|csvstack|csvjoin|csvjson|csvformat|in2csv|datamash",
  source: "csvkit 1.3, datamash(1) 1.8",
  why: "prints what it makes of tables and records",
  options: { "--write-sheets|--output|-o": { arity: "optional", risk: "caution", why: "writes files" } },
  anyOption: true,
  anyWord: true,
  operands: "read*",
  examples: { "csvcut -c 1,3 x.csv": "safe", "datamash -t, mean 2": "safe" },
  nearMisses: ["csvlook x > y", "csvstat ~/.aws/credentials"],
});
