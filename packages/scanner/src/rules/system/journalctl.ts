// The journal, and dumps of crashed processes.
import { operandTargets, program } from "../../rule.ts";
import { destroying, listing } from "../verb-rules.ts";

export const journalctl = program({
  names: "journalctl",
  source: "journalctl(1), systemd 257",
  why: "prints the journal",
  flags:
    "-a|--all -e|--pager-end -k|--dmesg -m|--merge -q|--quiet -r|--reverse -x|--catalog --list-boots --list-namespaces --list-invocations --disk-usage --utc --no-hostname --no-tail --no-full -l|--full --no-pager --header --show-cursor --list-catalog --dump-catalog --system --user --verify --truncate-newline -NUM -N|--fields -I -h|--help --version",
  values:
    "-u|--unit --user-unit -S|--since -U|--until -p|--priority -g|--grep -o|--output --output-fields -t|--identifier -T|--exclude-identifier --facility -F|--field -c|--cursor --after-cursor --namespace --invocation --interval --image-policy",
  optional: "-b|--boot -n|--lines --case-sensitive",
  reads: "-D|--directory -i|--file --root --image --verify-key",
  options: {
    "-f|--follow": { arity: "flag", unbounded: true, why: "follows the journal without end", safer: "leave -f out and say --since -10m" },
    "--vacuum-size|--vacuum-time|--vacuum-files": { risk: "dangerous", why: "deletes old journal files", safer: "journalctl --disk-usage" },
    "--rotate|--flush|--sync|--relinquish-var|--smart-relinquish-var": { arity: "flag", risk: "caution", why: "changes journal files" },
    "--setup-keys|--update-catalog|--force": { arity: "flag", risk: "caution", why: "writes keys or the catalogue" },
    "--cursor-file": { kind: "write", why: "writes its position to FILE" },
    "-M|--machine": { risk: "unknown", why: "reads in another machine" },
  },
  operands: "data*",
  answers: [1],
  targets: () => [{ kind: "log", name: "journal" }],
  examples: {
    "journalctl -u payment-svc --since '10 min ago' --no-pager": "safe",
    "journalctl -p err -n 100": "safe",
    "journalctl -xeu web -n50 -o cat": "safe",
    "journalctl -k -b -1": "safe",
    "journalctl _PID=41 + _UID=1000": "safe",
    "journalctl --list-boots": "safe",
    "journalctl --disk-usage": "safe",
    "journalctl -f": "caution",
    "journalctl --rotate": "caution",
    "journalctl --update-catalog": "caution",
    "journalctl --cursor-file=x": "caution",
    "journalctl --vacuum-size=100M": "dangerous",
    "journalctl -n --vacuum-time=1s": "dangerous",
    "journalctl -M web": "unknown",
  },
  nearMisses: [
    "journalctl --vacuum-ti=1d",
    "journalctl -fu x",
    "journalctl -n --rotate",
    "journalctl -I --flush",
    "journalctl -b --rotate",
  ],
});

const dumpReads = {
  flags: "-q|--quiet -r|--reverse -1 --no-pager --no-legend --all -h|--help --version",
  values: "-F|--field -n -S|--since -U|--until --json",
  reads: "-D|--directory --file --root --image",
} as const;

export const coredumpctl = program({
  names: "coredumpctl",
  source: "coredumpctl(1), systemd 257",
  why: "lists or shows dumps of crashed processes",
  ...dumpReads,
  globals: "anywhere",
  risk: "safe",
  verbs: {
    "list|info": listing("lists dumps of crashed processes", { answers: [1] }),
    dump: {
      risk: "caution",
      why: "writes the memory of a crashed process",
      options: { "-o|--output": { kind: "write", why: "writes the memory of a process to a file" } },
      operands: "data*",
      sensitive: true,
      noInverse: "it only writes a new file",
    },
    "debug|gdb": {
      risk: "unknown",
      why: "starts a debugger",
      values: "--debugger",
      options: { "-A|--debugger-arguments": { kind: "code", why: "commands for the debugger" } },
      operands: "data*",
    },
  },
  answers: [1],
  examples: {
    coredumpctl: "safe",
    "coredumpctl list --since today": "safe",
    "coredumpctl info 41": "safe",
    "coredumpctl dump 41 -o /tmp/core": "caution",
    "coredumpctl dump 41": "caution",
    "coredumpctl gdb 41": "unknown",
    "coredumpctl debug -A '-ex bt' 41": "unknown",
  },
  nearMisses: ["coredumpctl dump -o /etc/x 1", "coredumpctl frob"],
});

export const logChanges = program({
  names: "logger",
  source: "logger(1), util-linux 2.39",
  risk: (inv) => (inv.has("--no-act") || inv.has("--help") || inv.has("--version") ? "safe" : "caution"),
  why: "writes a line to the log of the machine",
  flags: "-d|--udp -e|--skip-empty -i --no-act --octet-count --prio-prefix -s|--stderr -T|--tcp --rfc3164 --help --version",
  values: "-P|--port -p|--priority -S|--size -t|--tag --sd-id --sd-param --msgid",
  optional: "--id --rfc5424 --journald",
  reads: "-f|--file",
  options: {
    "-n|--server": { risk: "unknown", why: "sends text to another machine" },
    "-u|--socket": { risk: "unknown", why: "sends text to a socket" },
  },
  operands: "data*",
  anyWord: true,
  noInverse: "a log is only added to",
  examples: {
    "logger -t deploy 'starts'": "caution",
    "logger --help": "safe",
    "logger -n h x": "unknown",
    "logger -u /run/x y": "unknown",
  },
  nearMisses: ["logger -f /etc/shadow", "logger x"],
});

export const auditReports = program({
  names: "ausearch|aureport|aulast|aulastlog|ausyscall|auvirt",
  source: "ausearch(8), aureport(8), audit 3.1",
  why: "reports what the kernel's audit recorded",
  anyOption: true,
  options: {
    "--checkpoint": { kind: "write", why: "writes its position to a file" },
    "--extract": { arity: "flag", risk: "caution", why: "writes a file into this folder" },
  },
  style: "long",
  operands: "data*",
  answers: [1],
  examples: {
    "ausearch -m avc -ts recent": "safe",
    "aureport --auth --summary": "safe",
    "ausearch --checkpoint x": "caution",
    "aulast --extract": "caution",
  },
  nearMisses: ["ausearch --checkpoint=x -m avc", "ausearch $x"],
});

export const auditctl = program({
  names: "auditctl|augenrules",
  source: "auditctl(8), augenrules(8), audit 3.1",
  risk: (inv) =>
    inv.program === "auditctl" && inv.options.length === 1 && ["-l", "-s", "-h", "-v"].some((name) => inv.has(name)) ? "safe" : "dangerous",
  why: "changes what the kernel records, which may hide what happens next",
  safer: "auditctl -l",
  flags: "-l -s -h -v -i -c -D -t --loginuid-immutable --reset-lost --signal --check --load",
  values: "-a -A -d -w -W -p -k -F -S -C -e -f -r -b -q",
  reads: "-R",
  operands: "none",
  targets: operandTargets("audit rule"),
  examples: {
    "auditctl -l": "safe",
    "auditctl -s": "safe",
    "auditctl -D": "dangerous",
    "auditctl -e 0": "dangerous",
    "augenrules --load": "dangerous",
  },
  nearMisses: ["auditctl -l -D", "auditctl -W /etc/shadow -p w"],
});

export const logFollowers = program({
  names: "lnav|multitail",
  source: "lnav(1) 0.12",
  risk: "caution",
  why: "shows logs on a screen that runs commands",
  unbounded: true,
  safer: "tail -n 200 FILE",
  operands: "read*",
  flags: "-n -q -r -R",
  options: { "-c|-f|-e|-l|-i|-u": { risk: "unknown", why: "runs commands or installs formats" } },
  noInverse: "it changes nothing by itself",
  examples: { "lnav /var/log/syslog": "caution", "lnav -c ':shell-exec x' y": "unknown" },
  nearMisses: ["multitail -l 'reboot'"],
});

export const journalRemote = program({
  ...destroying("keeps, sends or serves the journal elsewhere", "journal"),
  names: "systemd-journal-remote|systemd-journal-upload|systemd-journal-gatewayd",
  source: "systemd-journal-remote(8), systemd 257",
  examples: { "systemd-journal-upload --url=http://x": "dangerous" },
  nearMisses: ["systemd-journal-gatewayd"],
});
