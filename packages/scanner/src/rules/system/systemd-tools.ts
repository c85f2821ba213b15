// The smaller tools of systemd: reports, names and clocks, sessions, containers, the bus and boot.
import { program } from "../../rule.ts";
import { changing, destroying } from "../verb-rules.ts";
import { capture, common, other, report } from "./systemd-common.ts";

export const systemdFacts = program({
  names:
    "systemd-analyze|systemd-cgls|systemd-cgtop|systemd-detect-virt|systemd-path|systemd-delta|systemd-escape|systemd-id128|systemd-ac-power",
  source: "systemd-analyze(1), systemd-cgls(1), systemd 257",
  why: "reports about systemd",
  flags:
    "--no-pager --user --system --global --all -l|--full -n1 -b|--batch --raw -h|--help --version -q|--quiet -1 --cpu -k -x -P -m -p|--path --offline --no-legend -c|--container -v|--vm -r|--chroot --list -t -i -u|--unescape",
  values:
    "-n|--iterations -d|--delay --depth --order --unit --fuzz --security-policy --threshold --base-time --man --from-pattern --to-pattern --diff --type --suffix --template --profile --instance --json",
  operands: "data*",
  risk: (inv) => (inv.program !== "systemd-analyze" || analyses.has(inv.operand(0) ?? "time") ? "safe" : "unknown"),
  unbounded: (inv) => inv.program === "systemd-cgtop" && !inv.has("-n") && !inv.has("-n1") && !inv.has("-1"),
  safer: "systemd-cgtop -n 1",
  examples: {
    "systemd-analyze blame": "safe",
    "systemd-analyze critical-chain web.service": "safe",
    "systemd-analyze calendar 'Mon *-*-* 00:00'": "safe",
    "systemd-cgls": "safe",
    "systemd-cgtop -n 1 -b": "safe",
    "systemd-detect-virt": "safe",
    "systemd-analyze set-log-level debug": "unknown",
  },
  nearMisses: ["systemd-analyze log-level debug", "systemd-cgtop", "systemd-analyze log-target kmsg"],
});

const analyses: ReadonlySet<string> = new Set(
  "time blame critical-chain plot dot unit-paths exit-status capability condition calendar timestamp timespan security verify syscall-filter filesystems cat-config unit-files fdstore inspect-elf".split(
    " ",
  ),
);

export const timedatectl = program({
  ...common,
  names: "timedatectl",
  source: "timedatectl(1), systemd 257",
  risk: "safe",
  why: "reports the clock and its zone",
  verbs: {
    "status|show|list-timezones|timesync-status|show-timesync": {
      ...report("reports the clock and its zone"),
      options: { "--monitor": { arity: "flag", unbounded: true, why: "follows the clock without end" } },
    },
    "set-timezone": {
      ...changing("sets the time zone", other),
      inverse: capture("timedatectl show -p Timezone --value", "timedatectl set-timezone"),
    },
    "set-ntp": {
      ...changing("switches the synchronisation of the clock", other),
      inverse: capture("timedatectl show -p NTP --value", "timedatectl set-ntp"),
    },
    "set-local-rtc|ntp-servers|revert": changing("changes how the clock is kept", other),
    "set-time": destroying("sets the clock of the machine", "clock"),
  },
  examples: {
    timedatectl: "safe",
    "timedatectl show -p NTPSynchronized": "safe",
    "timedatectl list-timezones --no-pager": "safe",
    "timedatectl set-timezone UTC": "caution",
    "timedatectl timesync-status --monitor": "caution",
    "timedatectl set-time 12:00": "dangerous",
    "timedatectl -H db1 status": "unknown",
  },
  nearMisses: ["timedatectl set-ntp false", "timedatectl frob"],
});

export const hostnamectl = program({
  ...common,
  names: "hostnamectl",
  source: "hostnamectl(1), systemd 257",
  flags: `${common.flags} --static --transient --pretty`,
  risk: "safe",
  why: "reports or sets the name of the machine",
  verbs: {
    status: report("reports the name of the machine"),
    "hostname|set-hostname|icon-name|set-icon-name|chassis|set-chassis|deployment|set-deployment|location|set-location": {
      why: "shows or sets a name of the machine",
      risk: (inv) => (inv.operands.length === 0 ? "safe" : "caution"),
      operands: "name?",
      inverse: (inv) =>
        /^(set-)?hostname$/.test(inv.path[0] ?? "")
          ? { kind: "capture", capture: "hostnamectl hostname", command: "hostnamectl hostname {capture}" }
          : undefined,
      noInverse: other,
    },
  },
  examples: {
    hostnamectl: "safe",
    "hostnamectl --static": "safe",
    "hostnamectl hostname": "safe",
    "hostnamectl hostname web-9": "caution",
    "hostnamectl -M x status": "unknown",
  },
  nearMisses: ["hostnamectl set-hostname x", "hostnamectl set-location x"],
});

export const localectl = program({
  ...common,
  names: "localectl",
  source: "localectl(1), systemd 257",
  risk: "safe",
  why: "reports or sets the language of the machine",
  verbs: {
    "status|list-locales|list-keymaps|list-x11-keymap-models|list-x11-keymap-layouts|list-x11-keymap-variants|list-x11-keymap-options":
      report("reports the language of the machine"),
    "set-locale|set-keymap|set-x11-keymap": changing("sets the language or keyboard of the machine", other),
  },
  examples: {
    localectl: "safe",
    "localectl list-locales": "safe",
    "localectl set-locale LANG=C": "caution",
    "localectl -H a status": "unknown",
  },
  nearMisses: ["localectl set-keymap de"],
});

export const loginctl = program({
  ...common,
  names: "loginctl",
  source: "loginctl(1), systemd 257",
  options: { ...common.options, "--kill-whom|--kill-who|-s|--signal": { risk: "dangerous", why: "chooses a signal" } },
  risk: "safe",
  why: "reports sessions and users",
  verbs: {
    "list|list-sessions|list-users|list-seats|session-status|user-status|seat-status|show-session|show-user|show-seat":
      report("reports sessions and users"),
    "enable-linger": changing("keeps services of a user running without a session", "loginctl disable-linger takes it back"),
    "disable-linger|lock-session|lock-sessions|unlock-session|unlock-sessions|activate|attach|flush-devices": changing(
      "changes sessions",
      other,
    ),
    "terminate-session|terminate-user|terminate-seat|kill-session|kill-user": destroying(
      "ends sessions and every process in them",
      "session",
    ),
  },
  examples: {
    loginctl: "safe",
    "loginctl list-sessions": "safe",
    "loginctl show-user app -p Linger": "safe",
    "loginctl enable-linger app": "caution",
    "loginctl terminate-user app": "dangerous",
    "loginctl kill-session -s KILL 3": "dangerous",
    "loginctl -H a list-users": "unknown",
  },
  nearMisses: ["loginctl kill-user app"],
});

export const busctl = program({
  ...common,
  names: "busctl|gdbus|dbus-send",
  source: "busctl(1), systemd 257",
  risk: (inv) => (inv.program === "busctl" ? "safe" : "unknown"),
  why: "asks programs over the message bus",
  flags: `${common.flags} --unique --acquired --activatable --list -j -v|--verbose`,
  verbs: {
    "list|status|tree|introspect|get-property": report("asks programs over the message bus"),
    "monitor|capture": { why: "follows the message bus without end", operands: "data*", unbounded: true, sensitive: true },
    "call|emit|set-property": {
      risk: "unknown",
      why: "tells a program to do something",
      operands: "data*",
      targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "service", name: arg.text })),
      inspect: (inv, ctx) => {
        const word = inv.operands.find((arg) =>
          /(reboot|poweroff|halt|kexec|suspend|kill|stop|terminate|delete|remove|uninstall|erase|format|revoke)/i.test(arg.text),
        );
        if (word !== undefined) ctx.report({ risk: "dangerous", why: `${word.text} stops or removes something`, span: word.span });
      },
    },
  },
  examples: {
    busctl: "safe",
    "busctl tree org.freedesktop.login1": "safe",
    "busctl monitor": "caution",
    "busctl call a b c d": "unknown",
    "busctl call a b c Reboot": "dangerous",
    "busctl -H a list": "unknown",
  },
  nearMisses: ["dbus-send --system /x", "gdbus call --system", "busctl set-property a b c d e", "busctl frob"],
});

export const bootctl = program({
  ...common,
  names: "bootctl",
  source: "bootctl(1), systemd 257",
  flags: `${common.flags} --print-esp-path --print-boot-path --print-root-device`,
  risk: "safe",
  why: "reports the boot loader",
  verbs: {
    "status|list|is-installed|kernel-identify|kernel-inspect": report("reports the boot loader"),
    "install|update|remove|unlink|cleanup|random-seed|set-default|set-oneshot|set-timeout|set-timeout-oneshot|reboot-to-firmware|systemd-efi-options":
      destroying("changes how the machine starts", "boot entry"),
  },
  examples: { "bootctl status": "safe", "bootctl list": "safe", "bootctl remove": "dangerous", "bootctl -M a": "unknown" },
  nearMisses: ["bootctl set-default x"],
});
