// Service managers other than systemctl: scripts, OpenRC, runit, supervisors.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { changing, destroying, reading } from "../verb-rules.ts";
import { stopFinding } from "./units.ts";

const opposite: Readonly<Record<string, string>> = { start: "stop", stop: "start" };
const verbsOfScripts: ReadonlySet<string> = new Set([
  "start",
  "stop",
  "restart",
  "reload",
  "force-reload",
  "condrestart",
  "try-restart",
  "graceful",
]);

function scriptRisk(inv: Invocation): Risk {
  if (inv.has("--status-all") || inv.has("--help") || inv.has("--version")) return inv.operands.length === 0 ? "safe" : "unknown";
  const verb = inv.operand(1) ?? "";
  if (verb === "status" && inv.operands.length === 2) return "safe";
  return verbsOfScripts.has(verb) ? "caution" : "unknown";
}

function scriptInverse(inv: Invocation): Inverse | undefined {
  const name = inv.operand(0);
  const back = opposite[inv.operand(1) ?? ""];
  if (name === undefined || back === undefined || !/^[\w@.-]+$/.test(name)) return undefined;
  return { kind: "capture", capture: `${inv.program} ${name} status`, command: `${inv.program} ${name} ${back}` };
}

export const service = program({
  names: "service|rc-service|invoke-rc.d",
  source: "service(8), init-system-helpers 1.65; rc-service(8), OpenRC 0.48",
  style: "posix",
  risk: scriptRisk,
  why: "asks or changes a service",
  flags: "--status-all --help --version -q|--quiet",
  operands: "name*",
  answers: [1, 2, 3, 4],
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "unit", name: arg.text })),
  inverse: scriptInverse,
  noInverse: "a restart or reload cannot be taken back",
  inspect: (inv, ctx) => {
    const finding = inv.operand(1) === "stop" ? stopFinding(inv) : undefined;
    if (finding !== undefined) ctx.report(finding);
  },
  examples: {
    "service nginx status": "safe",
    "service --status-all": "safe",
    "rc-service nginx status": "safe",
    "service nginx restart": "caution",
    "service nginx stop": "caution",
    "service ssh stop": "dangerous",
    "service mysql bootstrap": "unknown",
  },
  nearMisses: ["service nginx", "service nginx frob", "service nginx status; reboot", "service nginx status rm"],
});

const bootLists: Readonly<Record<string, (inv: Invocation) => boolean>> = {
  chkconfig: (inv) => inv.has("--list") && inv.options.length === 1,
  "rc-status": () => true,
  "rc-update": (inv) => inv.options.length <= 1 && (inv.has("-v") || inv.options.length === 0) && /^(show)?$/.test(inv.operand(0) ?? ""),
};

export const bootServices = program({
  names: "chkconfig|rc-update|rc-status|sysv-rc-conf|insserv|systemd-sysv-install|deb-systemd-helper|deb-systemd-invoke",
  source: "chkconfig(8), rc-update(8)",
  risk: (inv) => (inv.unlisted.length === 0 && bootLists[inv.program]?.(inv) === true ? "safe" : "caution"),
  why: "lists or changes what is started at boot",
  safer: "chkconfig --list",
  flags: "--list -a|--all -v -s|--servicelist -r|--runlevel -c|--crashed -f --add --level --override",
  options: { "--del": { arity: "flag", risk: "dangerous", why: "removes a service from every level" } },
  anyOption: true,
  operands: "name*",
  targets: operandTargets("unit"),
  noInverse: "chkconfig --list and rc-update show tell what was started before",
  examples: {
    "chkconfig --list": "safe",
    "rc-status -a": "safe",
    "rc-update show": "safe",
    "chkconfig nginx off": "caution",
    "chkconfig --del nginx": "dangerous",
  },
  nearMisses: ["rc-update add nginx", "rc-update del nginx", "chkconfig --list --add x"],
});

/** Managers of which one word says what they do. */
const asks: Readonly<Record<string, RegExp>> = {
  sv: /^(status|check)$/,
  initctl: /^(list|status|version|show-config|check-config)$/,
  "s6-svstat": /^/,
  "s6-rc": /^(help|list|listall)$/,
  svstat: /^/,
  dinitctl: /^(status|list|is-started|is-failed)$/,
  eye: /^(info|xinfo|status)$/,
};

const stops = /^(stop|down|shutdown|exit|force-stop|force-shutdown|kill|quit|terminate|remove|unmonitor|rm|delete|d|x|e)$/;

function managerRisk(inv: Invocation): Risk {
  const word = inv.operand(0) ?? "";
  const simple = inv.unlisted.length === 0 && inv.options.length === 0;
  if (simple && asks[inv.program]?.test(word) === true) return "safe";
  if (stops.test(word) && (inv.operands.length < 2 || inv.operands.some((arg) => arg.text === "all" || arg.text.includes("*"))))
    return "dangerous";
  return "caution";
}

export const otherManagers = program({
  names: "sv|initctl|s6-svstat|s6-rc|s6-svc|svstat|svc|dinitctl|eye|runsv|runsvdir",
  source: "sv(8), runit 2.1; initctl(8), upstart 1.12; s6.skarnet.org 2.12",
  style: "posix",
  risk: managerRisk,
  why: "asks or changes services",
  safer: "sv status; initctl list",
  anyOption: true,
  operands: "name*",
  answers: [1, 3, 100],
  targets: operandTargets("unit", 1),
  noInverse: "the same tool's status shows what was running before",
  examples: {
    "sv status web": "safe",
    "initctl list": "safe",
    "s6-svstat /run/service/web": "safe",
    "sv restart web": "caution",
  },
  nearMisses: ["svc -d /service/web", "sv stop web"],
});

const launchReads: CommandRule = reading("asks launchd");

export const launchctl = program({
  names: "launchctl",
  source: "launchctl(1), macOS 14",
  why: "asks or changes services of macOS",
  verbs: {
    "list|print|print-disabled|blame|version|error|help|hostinfo|resolveport|managername|managerpid|manageruid|dumpstate|plist|procinfo|variant":
      launchReads,
    "print-cache|dumpjpcategory|examine": { ...launchReads, risk: "unknown", why: "shows the insides of launchd" },
    getenv: reading("prints a variable of services", { sensitive: true }),
    "start|load|bootstrap|enable|kickstart|attach|debug": changing("starts services", "launchctl bootout or disable takes it back"),
    "stop|unload|bootout|disable|remove|kill|submit|setenv|unsetenv|asuser|bsexec|uncache|reboot|userswitch|limit|config": destroying(
      "stops services, changes their environment or runs programs as another user",
      "service",
    ),
  },
  examples: {
    "launchctl list": "safe",
    "launchctl print system/com.example.web": "safe",
    "launchctl blame system/com.example.web": "safe",
    "launchctl getenv HOME": "caution",
    "launchctl kickstart -k system/com.example.web": "caution",
    "launchctl bootout system/com.example.web": "dangerous",
    "launchctl reboot": "dangerous",
  },
  nearMisses: ["launchctl submit -l x -- rm y", "launchctl asuser 0 rm x", "launchctl", "launchctl print-cache"],
});
