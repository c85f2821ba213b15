// Pagers and manuals. They print files; what a pager may be told to run or write is named. Keys that a person presses are that person's act.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";

/** The first command of less: a place to go to or a pattern, on one line. */
function checkStart(word: string, span: Arg["span"]): Finding | undefined {
  if (/^\++(F|\d*F)$/.test(word)) {
    return { risk: "caution", unbounded: true, why: "follows the file without end", safer: "leave +F out", span };
  }
  if (/^\++(G|g|\d{1,12}[gGp%]?|[/?][^\n!|&]{1,200})$/.test(word)) return undefined;
  const runs = /[!|#vsE]/.test(word.slice(1, 3));
  return { risk: runs ? "dangerous" : "unknown", why: `${word.slice(0, 40)} is a command of the pager, which can run programs`, span };
}

function judgeStart(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands) {
    const finding = arg.head.startsWith("+") ? checkStart(arg.text, arg.span) : undefined;
    if (finding !== undefined) ctx.report(finding);
  }
}

function onOneLine(value: Arg): Finding | undefined {
  return value.shape === "literal" && !/[\n!|]/.test(value.text)
    ? undefined
    : { risk: "unknown", why: "this pattern may end and begin a command", span: value.span };
}

export const less = program({
  names: "less|more|most|pg|zless|bzless|xzless|zstdless|zmore|bzmore|xzmore",
  source: "less(1) 643; more(1), util-linux 2.39; most(1) 5.2; zless(1)",
  why: "shows files page by page",
  safer: "cat, head or tail print the file",
  flags:
    "-a -A -B -c|-C -d|--dumb -e|-E -f|--force -F|--quit-if-one-screen -g|-G -i|-I -J -K -l -m|-M -n|-N|--LINE-NUMBERS -q|-Q -r|-R|--RAW-CONTROL-CHARS|--raw-control-chars -s|--squeeze-blank-lines -S|--chop-long-lines -u|-U -w|-W -X|--no-init -V|--version --help --use-color --mouse --no-keypad --file-size --line-numbers --ignore-case --quit-at-eof --quit-on-intr --exit-follow-on-close -NUM",
  values: "-b|--buffers -h -j|--jump-target -x|--tabs -y -z|--window -D --header --shift",
  options: {
    "-p|--pattern": { check: onOneLine, why: "jumps to a pattern" },
    "-o|-O|--log-file|--LOG-FILE": { kind: "write", why: "writes what it shows to a file" },
    "-k|--lesskey-file|--lesskey-src|--lesskey-content": { kind: "code", risk: "unknown", why: "binds keys to commands" },
    "-P|--prompt|-t|--tag|-T|--tag-file": { risk: "unknown", why: "an option that is not needed for reading" },
    "--follow-name": { arity: "flag", risk: "caution", unbounded: true, why: "follows the file without end" },
  },
  operands: "read*",
  inspect: judgeStart,
  examples: {
    "less /var/log/syslog": "safe",
    "less -SRN +G app.log": "safe",
    "less -p error app.log": "safe",
    "more +20 x": "safe",
    "zless x.gz": "safe",
    "less +F x": "caution",
    "less --follow-name x": "caution",
    "less '+!id' x": "dangerous",
    "less -o copy x": "caution",
    "less -k keys x": "unknown",
    "less -P x y": "unknown",
    "less ~/.ssh/id_rsa": "caution",
  },
  nearMisses: ["less '+|$sh' x", "less -K -o /etc/passwd x", "less +vx x", "less '-p!sh' x", "less --log-f=x y"],
});

export const bat = program({
  names: "bat|batcat",
  source: "bat(1) 0.24",
  why: "prints files with colours",
  flags:
    "-A|--show-all -p|--plain -n|--number -d|--diff -u|--unbuffered -f|--force-colorization -L|--list-languages -s|--squeeze-blank -S|--chop-long-lines -P --list-themes --no-paging --diagnostic --config-file --config-dir --cache-dir -h|--help -V|--version",
  values:
    "-l|--language -H|--highlight-line -r|--line-range -m|--map-syntax --theme --theme-dark --theme-light --style --color --decorations --italic-text --paging --tabs --wrap --terminal-width --file-name --diff-context --ignored-suffix --nonprintable-notation --squeeze-limit --strip-ansi",
  options: {
    "--pager": { kind: "code", risk: "dangerous", why: "runs a program as pager" },
    "--generate-config-file|--acknowledgements": { arity: "flag", risk: "caution", why: "writes a configuration file" },
  },
  operands: "read*",
  anyWord: true,
  inspect: (inv, ctx) => {
    if (inv.operand(0) === "cache") ctx.report({ risk: "caution", why: "builds or clears its cache" });
  },
  examples: {
    "bat -pp app.conf": "safe",
    "batcat -n --color=never x y": "safe",
    "bat --pager sh x": "dangerous",

    "bat --generate-config-file": "caution",
  },
  nearMisses: ["bat --pager=./x y", "bat /etc/shadow", "bat cache", "bat cache --build"],
});

export const man = program({
  names: "man|info|tldr|apropos|whatis|whereis|manpath",
  source: "man(1), man-db 2.11; info(1), texinfo 7.0; tldr client 3.3; whereis(1), util-linux 2.39",
  why: "shows a page of the manual",
  flags:
    "-a|--all -d|--debug -f|--whatis -k|--apropos -i|--ignore-case -I|--match-case -w|--where|--path|--location -W -K|--global-apropos -c|--catman -7|--ascii -t|--troff -e|--exact -r|--regex -l|--long -b -v -?|--help -V|--version --wildcard --names-only --no-hyphenation --no-justification --usage",
  values: "-s|-S|--sections|--section -L|--locale -m|--systems -E|--encoding -R|--recode -n|--node --language --platform",
  options: {
    "-P|--pager|-p|--preprocessor": { risk: "dangerous", why: "names a program to run" },
    "-u|--update": { arity: "flag", risk: "caution", why: "brings a cache up to date" },
    "-H|--html|-X|--gxditview|-T|--troff-device": { arity: "optional", risk: "dangerous", why: "shows the page in a program of its own" },
    "-C|--config-file|-M|--manpath|-B": { risk: "unknown", why: "takes pages or programs from elsewhere" },
    "-o|--output|--restore|--dribble": { kind: "write", why: "writes a file" },
  },
  operands: "data*",
  answers: [16, 1],
  examples: {
    "man 5 crontab": "safe",
    "man -k network": "safe",
    "tldr tar": "safe",
    "whereis -b nginx": "safe",
    "man -P sh ls": "dangerous",
    "man -M /tmp ls": "unknown",
    "info -o x ls": "caution",
  },
  nearMisses: ["man --pager='sh -c x' ls", "man -Hsh ls", "man --pag=sh ls", "man -Tps ls"],
});
