// Programs that look at processes and at the files that processes hold.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";

/** One word without a dash (`auxe`, `eww`): letters up to one that takes the rest of the word, or the next word, as its value. */
const cluster = /^([A-Za-z]*?)(?:([oOpqtUkN])(.*))?$/;

/** Whether such a word asks for the environment of processes. Words that are values are skipped. */
function asksEnvironment(inv: Invocation): boolean {
  let isValue = false;
  for (const { text } of inv.operands) {
    const [, letters = "", takes, rest]: readonly (string | undefined)[] = isValue ? [] : (cluster.exec(text) ?? []);
    if (letters.includes("e")) return true;
    isValue = takes !== undefined && rest === "";
  }
  return false;
}

const showsEnvironment = (inv: Invocation): boolean =>
  asksEnvironment(inv) || [...inv.all("-o"), ...inv.all("-O"), ...inv.operands].some((arg) => /environ/i.test(arg.text));

export const ps = program({
  names: "ps",
  source: "ps(1), procps 4.0; ps(1), macOS 14",
  why: "lists processes",
  safer: "leave the letter e without a dash out: ps -ef",
  flags:
    "-A -a -c -d -e -f -F -H -h -j -l -L -m -M -N -P -r -S -T -v -V -w -x -X -y -Z --context --cumulative --deselect --forest --headers|--heading --no-headers|--noheaders|--no-heading|--noheading --info --signames --version",
  values:
    "-C -G -g -o -O -p -q -s -t -u -U --cols|--columns|--width --date-format --format --Group --group --lines --rows --pid --ppid --quick-pid --sid --sort --tty --User --user",
  optional: "--help",
  options: { "-E": { arity: "flag", sensitive: true, why: "shows the environment of processes on macOS" } },
  operands: "data*",
  anyWord: true,
  answers: [1],
  sensitive: showsEnvironment,
  examples: {
    ps: "safe",
    "ps aux": "safe",
    "ps auxwwf --sort=-%mem": "safe",
    "ps -ef --forest": "safe",
    "ps -o pid,rss,cmd -p 1": "safe",
    "ps -eLo pid,tid,pcpu,comm --no-headers": "safe",
    "ps axo pid,etime,comm": "safe",
    "ps -fp $(pgrep -d, java)": "safe",
    "ps U deploy": "safe",
    "ps auxe": "caution",
    "ps eww 41": "caution",
    "ps -p 41 e": "caution",
    "ps -E -p 41": "caution",
    "ps -p 41 -o environ": "caution",
  },
  nearMisses: ["ps aux > x", "ps axe -o pid", "ps e", "ps -ww e -p 1", "ps --frobnicate"],
});

export const pgrep = program({
  names: "pgrep|pidof|pstree|pwdx",
  source: "pgrep(1), pidof(1), pwdx(1), procps 4.0; pstree(1), psmisc 23.6",
  why: "finds processes",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  answers: [1],
  examples: {
    "pgrep -fa payment": "safe",
    "pgrep -u app -d, java": "safe",
    "pidof nginx": "safe",
    "pstree -aps 1": "safe",
    "pwdx 1": "safe",
  },
  nearMisses: ["pgrep x > y"],
});

export const pidwait = program({
  names: "pidwait|pwait",
  source: "pidwait(1), procps 4.0",
  why: "waits until processes end",
  anyOption: true,
  operands: "data*",
  unbounded: true,
  safer: "pgrep -a NAME",
  examples: { "pidwait -f importer": "caution" },
  nearMisses: ["pwait 41"],
});

export const pmap = program({
  names: "pmap",
  source: "pmap(1), procps 4.0",
  why: "prints the memory map of a process",
  flags: "-x|--extended -d|--device -q|--quiet -p|--show-path -X -XX -c|--read-rc -k -h|--help -V|--version",
  values: "-A|--range",
  reads: "-C|--read-rc-from",
  options: {
    "-n|--create-rc": { arity: "flag", risk: "caution", why: "writes a new ~/.pmaprc" },
    "-N|--create-rc-to": { kind: "write", why: "writes a configuration file" },
  },
  operands: "data*",
  answers: [1, 42],
  examples: { "pmap -x 1": "safe", "pmap -n": "caution", "pmap -N x": "caution" },
  nearMisses: ["pmap --create-rc-to=/etc/x"],
});

export const lsof = program({
  names: "lsof",
  source: "lsof(8) 4.98",
  why: "lists open files",
  // -D keeps a file of devices, but not on Linux; -A, -k and -m read other kernels and are left out.
  flags: "-a -b -C -E -h -H -I -l -M -n -N -O -P -Q -R -t -U -v -V -w -X -Z",
  values: "-c -d -e -p -u",
  optional: "-f -F -g -i -K -L -o -s -S -T -x",
  options: {
    "-r": { arity: "optional", unbounded: true, why: "repeats its list without end", safer: "leave -r out" },
  },
  operands: "data*",
  anyWord: true,
  answers: [1],
  unbounded: (inv) => inv.operands.some((arg) => /^\+\w*r/.test(arg.text)),
  examples: {
    "lsof -nP -iTCP:8080 -sTCP:LISTEN": "safe",
    "lsof -i :443": "safe",
    "lsof +D /var/log": "safe",
    "lsof +L1": "safe",
    "lsof -p 41 -a -d cwd,txt": "safe",
    "lsof -t /var/lib/x.lock": "safe",
    "lsof -p $(pidof java) | wc -l": "safe",
    "lsof -r 5 -i :443": "caution",
    "lsof +r 2 -p 41": "caution",
    "lsof -Db": "unknown",
  },
  nearMisses: ["lsof -nr", "lsof -m core", "lsof -r2m"],
});

export const fuser = program({
  names: "fuser",
  source: "fuser(1), psmisc 23.6",
  why: "lists the processes that hold a file or port",
  flags:
    "-a|--all -I|--inode -l|--list-signals -m|--mount -M|--ismountpoint -s|--silent -u|--user -v|--verbose -V|--version -4|--ipv4 -6|--ipv6 -c -f",
  values: "-n|--namespace",
  options: {
    "-k|--kill": { arity: "flag", risk: "dangerous", why: "kills every process that holds the file", safer: "leave -k out" },
    "-i|--interactive|-w|--writeonly": { arity: "flag", risk: "unknown", why: "belongs to killing" },
  },
  operands: "data*",
  answers: [1],
  targets: operandTargets("file"),
  examples: {
    "fuser -v 8080/tcp": "safe",
    "fuser -vm /data": "safe",
    "fuser -k 8080/tcp": "dangerous",
    "fuser -km /data": "dangerous",
    "fuser -i x": "unknown",
  },
  nearMisses: ["fuser --ki x", "fuser -vk x", "fuser $x"],
});
