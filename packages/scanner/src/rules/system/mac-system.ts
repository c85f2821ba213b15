// macOS: facts about the system, its settings and power.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../rule.ts";
import { changing, destroying, listing, reading } from "../verb-rules.ts";

export const macFacts = program({
  ...reading("prints facts about the system"),
  names:
    "sw_vers|vm_stat|system_profiler|mdls|ioreg|zprint|heap|leaks|vmmap|stringdups|malloc_history|kextstat|hostinfo|footprint|atos|symbols|lsbom",
  source: "sw_vers(1), vm_stat(1), system_profiler(8), ioreg(8), vmmap(1), macOS 14",
  options: {
    "-atExit|--atExit|-exec": { arity: "flag", risk: "unknown", why: "runs a program" },
    "-o|-outputGraph|--outputGraph|-saveSignature": { kind: "write", why: "writes a file" },
  },
  unbounded: (inv) =>
    inv.program === "vm_stat" && inv.operands.some((arg) => /^\d/.test(arg.text)) && !inv.unlisted.some((arg) => arg.text.startsWith("-c")),
  examples: {
    sw_vers: "safe",
    vm_stat: "safe",
    "system_profiler SPHardwareDataType": "safe",
    "mdls -name kMDItemKind x": "safe",
    "vm_stat 5": "caution",
    "leaks -outputGraph x 41": "caution",
    "leaks --atExit -- rm x": "unknown",
  },
  nearMisses: ["vm_stat 1", "sw_vers > x"],
});

export const defaults = program({
  names: "defaults",
  source: "defaults(1), macOS 14",
  style: "long",
  why: "reads or changes settings of macOS",
  flags: "-currentHost -g|-globalDomain|NSGlobalDomain",
  values: "-host -app",
  verbs: {
    "read|read-type|domains|find|help": reading("reads settings"),
    write: {
      ...changing("changes a setting", "the setting is not a single plain value"),
      inverse: (inv) => {
        const [domain, key] = [inv.operand(0), inv.operand(1)];
        return domain !== undefined && key !== undefined && /^[\w.]+$/.test(domain + key)
          ? { kind: "capture", capture: `defaults read ${domain} ${key}`, command: `defaults write ${domain} ${key} {capture}` }
          : undefined;
      },
    },
    "rename|import|export": changing("changes settings or writes a file", "defaults read shows the settings before"),
    delete: destroying("deletes settings", "setting"),
  },
  examples: {
    "defaults read com.apple.dock": "safe",
    "defaults -currentHost read": "safe",
    "defaults domains": "safe",
    "defaults write com.apple.dock autohide -bool true": "caution",
    "defaults delete com.apple.dock": "dangerous",
  },
  nearMisses: ["defaults rename a b c", "defaults import a f", "defaults"],
});

/** One question: an option that asks, or a word that asks with options that only say how much. */
function shows({ operands, unlisted }: Invocation, verbs: RegExp): boolean {
  const asking = unlisted.filter((arg) => !/^-(all|v|verbose|type|user)$/.test(arg.text));
  if (asking.length > 0) return asking.length === 1 && verbs.test(asking[0]?.text ?? "");
  return verbs.test(operands[0]?.text ?? "");
}

const macTools: Readonly<Record<string, RegExp>> = {
  pmset: /^-g$/,
  csrutil: /^(status|report)$/,
  fdesetup: /^(status|isactive|supportsauthrestart|version|haspersonalrecoverykey|hasinstitutionalrecoverykey)$/,
  systemsetup: /^-(get\w+|list\w+|version|help)$/i,
  networksetup: /^-(get\w+|list\w+|is\w+|show\w+|version|help|printcommands)$/i,
  softwareupdate: /^(-l|--list|--history|--list-full-installers)$/,
  profiles: /^(status|list|show|help|version|-L|-P|-C)$/,
  spctl: /^(--status|-a|--assess|--list|--disk-status|-v)$/,
  pkgutil:
    /^(--pkgs|--packages|--pkg-info|--files|--pkgs-plist|--volumes|--pkg-groups|--groups|--groups-plist|--group-pkgs|--file-info|--file-info-plist|--lsbom|--only-files|--only-dirs|--payload-files|--check-signature|--export-plist|--pkg-info-plist|--pkgs=.*)$/,
  scselect: /^$/,
  asr: /^(info|help|version)$/,
  bputil: /^(-d|--display-all-policies)$/,
  kmutil: /^(showloaded|inspect|log|libraries|find|check|print-diagnostics)$/,
  DevToolsSecurity: /^-status$/,
};

export const macSettings = program({
  names: Object.keys(macTools).join("|"),
  source:
    "pmset(1), csrutil(8), fdesetup(8), systemsetup(8), networksetup(8), softwareupdate(8), profiles(1), spctl(8), pkgutil(1), macOS 14",
  style: "long",
  risk: (inv) => (readsSetting(inv) ? "safe" : givesRights(inv) ? "dangerous" : "caution"),
  why: "shows or changes how macOS is set up",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("setting"),
  noInverse: "the matching -get, -list or status shows the setting before",
  unbounded: (inv) => inv.program === "pmset" && inv.operands.some((arg) => /log$|live$/.test(arg.text) && arg.text !== "log"),
  examples: {
    "pmset -g batt": "safe",
    "csrutil status": "safe",
    "networksetup -getdnsservers Wi-Fi": "safe",
    "networksetup -listallhardwareports": "safe",
    "softwareupdate -l": "safe",
    "spctl --status": "safe",
    "pkgutil --pkgs": "safe",
    "pmset -g pslog": "caution",
    "networksetup -setdnsservers Wi-Fi 1.1.1.1": "caution",
    "pmset sleep 0": "caution",
    "csrutil disable": "dangerous",
    "spctl --master-disable": "dangerous",
    "pkgutil --forget com.example.x": "dangerous",
  },
  nearMisses: [
    "profiles remove -all",
    "softwareupdate -ia",
    "systemsetup -setremotelogin on",
    "pkgutil --expand a b",
    "spctl --add x",
    "networksetup -getinfo x -setdnsservers y z",
  ],
});

function readsSetting(inv: Invocation): boolean {
  const verbs = macTools[inv.program];
  if (verbs === undefined) return false;
  if (inv.program === "pmset" && inv.unlisted.length === 1) return inv.unlisted[0]?.text === "-g" && inv.operands.length < 2;
  return inv.program === "pkgutil" || inv.program === "spctl"
    ? inv.unlisted.length > 0 && inv.unlisted.every((arg) => verbs.test(arg.text))
    : shows(inv, verbs);
}

function givesRights(inv: Invocation): boolean {
  const words = [...inv.operands, ...inv.unlisted].map((arg) => arg.text);
  return (
    /^(csrutil|fdesetup|asr|bputil|kmutil)$/.test(inv.program) ||
    words.some((word) =>
      /(disable|remove|delete|forget|reset|restore|unload|-setremotelogin|schedule|sleepnow|erase|^remove|unlink)/i.test(word),
    )
  );
}

export const scutil = program({
  names: "scutil",
  source: "scutil(8), macOS 14",
  style: "long",
  why: "shows or sets names and network state",
  risk: (inv) => (inv.options.length === 0 ? "unknown" : "safe"),
  flags: "--dns --proxy --nwi --help",
  values: "--get -r",
  options: {
    "--nc": { allow: "status show", risk: "caution", why: "connects or disconnects a network service" },
    "-W": { arity: "flag", unbounded: true, why: "follows changes without end" },
    "--set": { risk: "caution", why: "sets a name of the machine" },
    "--prefs|--renew|-w|-t": { risk: "unknown", why: "opens or changes settings" },
  },
  operands: "data*",
  noInverse: "scutil --get prints the name before",
  examples: {
    "scutil --dns": "safe",
    "scutil --get HostName": "safe",
    "scutil --nc status": "safe",
    "scutil --set HostName web": "caution",
    "scutil -W -r db1": "caution",
    "scutil --nc start x": "caution",
    "scutil --renew en0": "unknown",
    scutil: "unknown",
  },
  nearMisses: ["scutil --set ComputerName x", "scutil --prefs x"],
});

const speaks: CommandRule = { why: "shows or says something to whoever sits at the machine", operands: "data*" };

export const macDesk = program({
  ...speaks,
  names: "say|pbcopy|pbpaste|open|shortcuts|automator|screencapture|osacompile|qlmanage",
  source: "say(1), pbcopy(1), open(1), shortcuts(1), automator(1), screencapture(1), macOS 14",
  risk: (inv) =>
    inv.program === "shortcuts" && inv.operand(0) === "list" && inv.operands.length === 1
      ? "safe"
      : inv.program === "say" && inv.options.length === 0
        ? "caution"
        : "unknown",
  sensitive: (inv) => inv.program === "pbpaste",
  noInverse: "what was said or copied stays",
  examples: { "shortcuts list": "safe", "say done": "caution", "open x.app": "unknown", "automator x": "unknown", pbpaste: "unknown" },
  nearMisses: ["shortcuts run x", "open -a Terminal", "say -o x y"],
});

export const macLog = program({
  names: "log",
  source: "log(1), macOS 14",
  why: "prints the log of macOS",
  verbs: {
    "show|stats|help": listing("prints the log", {
      flags:
        "--info --debug --no-signpost --signpost --backtrace --loss --mach-continuous-time --no-pager --no-info --no-debug --overview --per-book --per-file",
      values: "--last --start --end --predicate --style --color --timezone --process --source --archive --sort --count --type",
    }),
    stream: {
      why: "follows the log without end",
      operands: "data*",
      flags: "--info --debug",
      values: "--predicate --style --level --process --type --timeout --color",
      unbounded: (inv) => !inv.has("--timeout"),
      safer: "log show --last 10m",
    },
    "collect|config": changing("writes an archive of logs, or changes what is kept", "log config --status shows the settings before"),
    erase: destroying("deletes logs", "log"),
  },
  examples: {
    "log show --last 10m --predicate 'process == \"web\"'": "safe",
    "log stream": "caution",
    "log collect": "caution",
    "log erase --all": "dangerous",
  },
  nearMisses: ["log config --mode level:debug", "log"],
});
