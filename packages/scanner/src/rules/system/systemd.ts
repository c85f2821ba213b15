// systemd's tools: what only reports is safe, what starts or stops can be undone and is caution, the rest is named.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../rule.ts";
import type { Inverse } from "../../types.ts";

const source = "systemctl(1), journalctl(1), systemd 252";
const reads: CommandRule = { why: "reports the state of units", operands: "data*", anyWord: true, anyOption: true, answers: [1, 2, 3, 4] };
const units = operandTargets("unit");

const unitWords = (inv: Invocation): string | undefined =>
  inv.operands.length > 0 && inv.operands.every((arg) => arg.shape === "literal")
    ? inv.operands.map((arg) => arg.text).join(" ")
    : undefined;

const undoneBy =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = unitWords(inv);
    return words === undefined ? undefined : { kind: "command", command: `systemctl ${verb} ${words}` };
  };

/** Stopping what was not running needs no start to undo it: the state is captured first. */
const stateFirst =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = unitWords(inv);
    return words === undefined
      ? undefined
      : { kind: "capture", capture: `systemctl is-active ${words}`, command: `systemctl ${verb} ${words}` };
  };

const change = (why: string, inverse?: (inv: Invocation) => Inverse | undefined): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyWord: true,
  targets: units,
  ...(inverse === undefined ? {} : { inverse }),
});

export const systemctl = program({
  names: "systemctl",
  source,
  globals: "anywhere",
  why: "lists units",
  risk: "safe",
  flags:
    "-a|--all -l|--full --failed --no-pager --no-legend --plain -q|--quiet -r|--recursive --reverse --after --before --user --system --no-ask-password --show-types --value --with-dependencies --no-block --wait --now --runtime -h|--help --version -T --show-transaction",
  values: "-t|--type --state -p|--property -P -n|--lines -o|--output --timestamp --what --job-mode",
  options: {
    "-H|--host|-M|--machine": { risk: "unknown", why: "acts on another machine" },
    "--root|--image": { risk: "unknown", why: "acts on another file system" },
    "-f|--force": { arity: "flag", risk: "caution", why: "skips checks" },
    "-s|--signal|--kill-whom|--kill-who": { risk: "caution", why: "chooses a signal" },
  },
  verbs: {
    "status|show|cat|help|is-active|is-enabled|is-failed|is-system-running|list-units|list-unit-files|list-sockets|list-timers|list-jobs|list-dependencies|list-machines|list-automounts|list-paths|get-default|show-environment":
      { ...reads, sensitive: (inv) => inv.path[0] === "show-environment" },
    start: change("starts units", stateFirst("stop")),
    stop: change("stops units", stateFirst("start")),
    "restart|try-restart|reload-or-restart|try-reload-or-restart|condrestart|force-reload": change("restarts units: a short interruption"),
    reload: change("makes units read their configuration again"),
    enable: change("starts units at boot", undoneBy("disable")),
    disable: change("no longer starts units at boot", undoneBy("enable")),
    unmask: change("allows units to be started", undoneBy("mask")),
    mask: change("forbids units to be started", undoneBy("unmask")),
    "reset-failed": change("forgets that units failed"),
    "daemon-reload|daemon-reexec": { risk: "caution", why: "makes systemd read its files again", operands: "data?" },
    "set-property|revert|preset|link|add-wants|add-requires|reenable": change("changes how units run"),
    "kill|isolate|rescue|emergency|default|halt|poweroff|reboot|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|switch-root|clean|freeze|edit|set-default|set-environment|unset-environment|import-environment":
      {
        risk: "dangerous",
        why: "ends processes, changes what the machine is or stops it",
        operands: "name*",
        anyWord: true,
        anyOption: true,
        targets: units,
      },
    thaw: change("resumes frozen units", undoneBy("freeze")),
  },
  examples: {
    systemctl: "safe",
    "systemctl status nginx --no-pager": "safe",
    "systemctl list-units --failed": "safe",
    "systemctl restart nginx": "caution",
    "systemctl --user stop x": "caution",
    "systemctl reboot": "dangerous",
    "systemctl kill -s KILL x": "dangerous",
    "systemctl show-environment": "caution",
  },
  nearMisses: ["systemctl -H db1 status x", "systemctl frob x", "systemctl isolate rescue.target", "systemctl edit nginx"],
});

export const service = program({
  names: "service",
  source: "service(8), init-system-helpers 1.65",
  style: "posix",
  why: "asks or changes a service",
  risk: (inv) => (inv.has("--status-all") || inv.operand(1) === "status" ? "safe" : "caution"),
  flags: "--status-all",
  operands: "name*",
  answers: [1, 2, 3, 4],
  inspect: (inv, ctx) => {
    const verb = inv.operand(1);
    if (
      !inv.has("--status-all") &&
      (verb === undefined || !["status", "start", "stop", "restart", "reload", "force-reload"].includes(verb))
    ) {
      ctx.report({ risk: "unknown", why: "this verb of the service's own script is not known" });
    }
  },
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "unit", name: arg.text })),
  examples: {
    "service nginx status": "safe",
    "service --status-all": "safe",
    "service nginx restart": "caution",
    "service mysql bootstrap": "unknown",
  },
  nearMisses: ["service nginx", "service nginx frob"],
});

export const journalctl = program({
  names: "journalctl",
  source,
  why: "prints the journal",
  flags:
    "-a|--all -e|--pager-end -k|--dmesg -m|--merge -q|--quiet -r|--reverse -x|--catalog --list-boots --disk-usage --utc --no-hostname --no-tail --no-full -l|--full --no-pager --header --list-catalog --dump-catalog --system --user --verify --truncate-newline -NUM -N|--fields -h|--help --version",
  values:
    "-u|--unit --user-unit -n|--lines -S|--since -U|--until -p|--priority -g|--grep --case-sensitive -o|--output --output-fields -t|--identifier -T --facility -F|--field -c|--cursor --after-cursor --namespace -I --invocation",
  optional: "-b|--boot",
  reads: "-D|--directory --file --root --image",
  options: {
    "-f|--follow": { arity: "flag", unbounded: true, why: "follows the journal without end", safer: "leave -f out and say --since -10m" },
    "--vacuum-size|--vacuum-time|--vacuum-files": { risk: "dangerous", why: "deletes old journal files" },
    "--rotate|--flush|--sync|--relinquish-var|--smart-relinquish-var": { arity: "flag", risk: "caution", why: "changes journal files" },
    "--setup-keys|--update-catalog": { arity: "flag", risk: "caution", why: "writes keys or the catalogue" },
    "--cursor-file": { kind: "write", why: "writes its position to FILE" },
    "-M|--machine": { risk: "unknown", why: "reads in another machine" },
  },
  operands: "data*",
  answers: [1],
  examples: {
    "journalctl -u payment-svc --since '10 min ago' --no-pager": "safe",
    "journalctl -p err -n 100": "safe",
    "journalctl -k -b -1": "safe",
    "journalctl -f": "caution",
    "journalctl --vacuum-size=100M": "dangerous",
  },
  nearMisses: ["journalctl --vacuum-ti=1d", "journalctl -fu x", "journalctl --cursor-file=x", "journalctl --rotate"],
});

export const systemdFacts = program({
  names: "systemd-analyze|systemd-cgls|systemd-cgtop|systemd-detect-virt|systemd-path|systemd-delta",
  source: "systemd-analyze(1), systemd-cgls(1), systemd 252",
  why: "reports about systemd",
  flags: "--no-pager --user --system --all -l|--full -n1 -b|--batch --raw -h|--help --version -q|--quiet",
  values: "-n|--iterations -d|--delay --depth --order -u --unit",
  operands: "data*",
  risk: (inv) =>
    inv.program !== "systemd-analyze" ||
    [undefined, "time", "blame", "critical-chain", "verify", "calendar", "timespan", "timestamp", "unit-paths", "security"].includes(
      inv.operand(0),
    )
      ? "safe"
      : "unknown",
  unbounded: (inv) => inv.program === "systemd-cgtop" && !inv.has("-n"),
  examples: { "systemd-analyze blame": "safe", "systemd-cgls": "safe", "systemd-analyze set-log-level debug": "unknown" },
  nearMisses: ["systemd-analyze log-level debug", "systemd-cgtop"],
});

export const timeAndNames = program({
  names: "timedatectl|hostnamectl|localectl|loginctl|resolvectl|networkctl|bootctl|coredumpctl|busctl",
  source: "timedatectl(1), hostnamectl(1), loginctl(1), resolvectl(1), systemd 252",
  globals: "anywhere",
  why: "reports settings",
  risk: (inv) => (inv.program === "busctl" ? "unknown" : "safe"),
  flags:
    "--no-pager --no-legend -a|--all -l|--full -q|--quiet --static --transient --pretty --value -r|--reverse -1 -4 -6 -h|--help --version",
  values: "-p|--property -n|--lines -o|--output --json -S|--since -U|--until",
  verbs: {
    "status|show|list|list-sessions|list-users|list-seats|session-status|user-status|show-session|show-user|list-timezones|timesync-status|show-timesync|list-locales|list-keymaps|statistics|query|lldp|info|list-links":
      { why: "reports settings", operands: "data*", anyWord: true },
  },
  examples: { timedatectl: "safe", "hostnamectl status": "safe", "loginctl list-sessions": "safe", "resolvectl query db1": "safe" },
  nearMisses: [
    "timedatectl set-time 12:00",
    "hostnamectl set-hostname x",
    "loginctl terminate-user app",
    "hostnamectl hostname web-9",
    "resolvectl dns eth0 1.1.1.1",
    "coredumpctl dump",
  ],
});
