// Programs that print lines matching a pattern: grep, its wrappers for compressed files, and the newer search tools.
// None of them writes; what executes is named: rg --pre, pagers, --search-zip.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";

const secretPattern = /passw|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credential/i;

/** Looks for a secret in files that are no logs, and prints what it finds. */
function findsSecrets(inv: Invocation): boolean {
  const pattern = inv.arg("-e")?.text ?? inv.operands[0]?.text ?? "";
  if (!secretPattern.test(pattern) || ["-c", "-l", "-L", "-q"].some((option) => inv.has(option))) return false;
  const files = inv.operands.slice(inv.has("-e") ? 0 : 1);
  return files.some(
    (file) =>
      /^\/?(etc|home|root|opt|srv|var\/lib|run)\/|\.(env|properties|ini|cnf|conf|cfg)$/.test(file.text) && !/\blogs?\b/.test(file.text),
  );
}

export const grep = program({
  names:
    "grep|egrep|fgrep|ggrep|rgrep|zgrep|zegrep|zfgrep|bzgrep|bzegrep|bzfgrep|xzgrep|xzegrep|xzfgrep|lzgrep|lz4grep|zstdgrep|zipgrep|pcregrep",
  source: "grep(1), GNU grep 3.11; zgrep(1), gzip 1.13; xzgrep(1); pcregrep(1), PCRE 8.39",
  why: "prints lines that match a pattern",
  flags:
    "-E|--extended-regexp -F|--fixed-strings -G|--basic-regexp -P|--perl-regexp -i|--ignore-case -y --no-ignore-case -v|--invert-match -w|--word-regexp -x|--line-regexp -c|--count -L|--files-without-match -l|--files-with-matches -o|--only-matching -q|--quiet|--silent -s|--no-messages -b|--byte-offset -H|--with-filename -h|--no-filename -n|--line-number -T|--initial-tab -Z|--null -a|--text -I -r|--recursive -R|--dereference-recursive -U|--binary -u|--unix-byte-offsets -z|--null-data --line-buffered -V|--version --help -NUM -M|--multiline",
  values:
    "-e|--regexp -m|--max-count --label -A|--after-context -B|--before-context -C|--context --group-separator --binary-files -D|--devices -d|--directories --exclude --exclude-dir --include --include-dir",
  optional: "--color|--colour --no-group-separator",
  reads: "-f|--file --exclude-from --include-from",
  operands: "data? read*",
  anyWord: true,
  answers: [1],
  sensitive: findsSecrets,
  examples: {
    "grep -i password /etc/app/app.properties": "caution",
    "grep -i token /var/log/app.log": "safe",
    "grep -rn timeout /etc/nginx": "safe",
    "grep -c -3 'a b' f.txt": "safe",
    "grep root /etc/shadow": "caution",
    "zgrep -h -e timeout /var/log/app.log.2.gz": "safe",
    "grep key $HOME/.ssh/id_rsa": "caution",
  },
  nearMisses: ["grep --frobnicate x", "grep x f > out", "zgrep x ~/.aws/credentials"],
});

export const ripgrep = program({
  names: "rg|ripgrep",
  source: "rg(1), ripgrep 14.1",
  why: "prints lines that match a pattern",
  flags:
    "-s|--case-sensitive -i|--ignore-case -S|--smart-case -F|--fixed-strings -v|--invert-match -w|--word-regexp -x|--line-regexp -c|--count -l|--files-with-matches -o|--only-matching -q|--quiet -n|--line-number -N|--no-line-number -H|--with-filename -I|--no-filename -0|--null -a|--text -L|--follow -U|--multiline -P|--pcre2 -p|--pretty -u|--unrestricted -.|--hidden -b|--byte-offset -h|--help -V|--version --files --json --stats",
  values:
    "-e|--regexp -g|--glob --iglob -t|--type -T|--type-not -A|--after-context -B|--before-context -C|--context -m|--max-count -M|--max-columns -d|--max-depth -E|--encoding -r|--replace -j|--threads --color --colors --sort --sortr --engine --max-filesize --type-add --type-clear --context-separator --field-match-separator --field-context-separator --path-separator --pre-glob --dfa-size-limit --regex-size-limit --generate --hyperlink-format",
  reads: "-f|--file --ignore-file",
  options: {
    "--pre": { kind: "code", risk: "dangerous", why: "runs a program on every file", safer: "leave --pre out" },
    "--hostname-bin": { kind: "code", risk: "dangerous", why: "runs a program to learn the host's name" },
    "-z|--search-zip": { arity: "flag", risk: "unknown", why: "starts whatever unpacking program is found", safer: "zgrep" },
  },
  anyOption: true,
  anyWord: true,
  operands: "data? read*",
  answers: [1],
  examples: {
    "rg -n 'timed out' /var/log/app": "safe",
    "rg -tpy --stats import .": "safe",
    "rg --files --hidden": "safe",
    "rg --pre cat x": "dangerous",
    "rg --hostname-bin=./x y": "dangerous",
    "rg -z error logs": "unknown",
    "rg token ~/.aws/credentials": "caution",
  },
  nearMisses: ["rg -iz x logs", "rg --pre=sh x", "rg x > out", "rg --foo -- --pre sh"],
});

const pager = { risk: "dangerous", why: "runs a program as pager" } as const;

export const ack = program({
  names: "ag|ack|ack-grep|ugrep|ug",
  source: "ag(1) 2.2, ack(1) 3.7, ugrep(1) 5.1",
  why: "prints lines that match a pattern",
  flags:
    "-a -c -f -F -h -H -i -l -L -n -N -o -q -r -R -s -S -u -U -v -w -x -y -1 -E -G -I -0 -e -k -K -j -b -O -D -T -Y -B -. --help --version --count --color --nocolor --nopager --noenv --hidden --literal --smart-case",
  values: "-A -C -m -g -p -t -d -J -M",
  options: {
    "--pager": { arity: "optional", ...pager },
    "--filter|--filter-magic-label": { ...pager, why: "runs a program on every file" },
    "--output|--save-config|--config|--ackrc": { arity: "optional", risk: "unknown", why: "names a file or a program text" },
    "-z|--decompress|--search-zip": { arity: "flag", risk: "unknown", why: "may start an unpacking program", safer: "zgrep" },
    "-Z|--fuzzy": { arity: "optional" },
    "--view|-@": { arity: "optional", risk: "dangerous", why: "runs a program to show each file" },
    "--query": { arity: "optional", risk: "unknown", why: "is interactive" },
  },
  anyOption: true,
  anyWord: true,
  operands: "data? read*",
  answers: [1],
  examples: {
    "ag timeout /etc/nginx": "safe",
    "ack --type=perl 'use strict' lib": "safe",
    "ugrep -rn timeout .": "safe",
    "ag --pager less x": "dangerous",
    "ack --pager=sh x": "dangerous",
    "ugrep --filter='gz:sh' x": "dangerous",
    "ug -z x .": "unknown",
    "ack --output='x' y": "unknown",
    "ug --view=sh x": "dangerous",
    "ug --query": "unknown",
    "ug -Z x .": "safe",
  },
  nearMisses: ["ag --pager=./x y", "ug --save-config", "ack -f --pager sh"],
});
