// Programs above the packet filter: ufw, firewall-cmd, fail2ban. A rule more can be taken back; on, off, reset and less are dangerous.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { quoteWords } from "../../quote.ts";
import { program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";

const text = (inv: Invocation): string => inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?")).join(" ");

function ufwRisk(inv: Invocation): Risk {
  const words = text(inv);
  if (/^(status( verbose| numbered)?|show [a-z-]+|version|app (list|info \S+)|help)$/.test(words)) return "safe";
  if (/^((route )?(allow|deny|reject|limit|insert|prepend)\b|logging|reload|app (default|update))/.test(words))
    return /^(deny|reject)( (in|out|from any|to any|any))*$/.test(words) ? "dangerous" : "caution";
  return /^(enable|disable|reset|(route )?delete|default)\b/.test(words) ? "dangerous" : "unknown";
}

function ufwInverse(inv: Invocation): Inverse | undefined {
  const words = inv.operands.map((arg) => arg.text);
  if (inv.operands.some((arg) => arg.shape !== "literal") || !/^(allow|deny|reject|limit)$/.test(words[0] ?? "")) return undefined;
  return { kind: "command", command: quoteWords(["ufw", "delete", ...words]) };
}

export const ufw = program({
  names: "ufw",
  source: "ufw(8) 0.36",
  why: "shows or changes the firewall",
  safer: "ufw status verbose",
  risk: ufwRisk,
  options: {
    "--force": { arity: "flag", risk: "dangerous", why: "asks nothing" },
    "--dry-run": { arity: "flag", why: "shows what it would do" },
    "--version": { arity: "flag", why: "prints the version" },
  },
  operands: "name*",
  targets: (inv) => [{ kind: "firewall rule", name: text(inv) }],
  inverse: ufwInverse,
  noInverse: "ufw status numbered prints the rules before; keep it",
  examples: {
    "ufw status numbered": "safe",
    "ufw show listening": "safe",
    "ufw allow 443/tcp": "caution",
    "ufw deny from 192.0.2.1": "caution",
    "ufw disable": "dangerous",
    "ufw delete 3": "dangerous",
    "ufw default deny incoming": "dangerous",
    "ufw --force reset": "dangerous",
  },
  nearMisses: ["ufw enable", "ufw --dry-run delete 3", "ufw --version enable", "ufw $x", "ufw reload"],
});

const firewallReads =
  /^--(state|list-|get-|query-|info-|path-|check-config$|version$|help$|direct$|zone=|zone$|permanent$|policy=|policy$|service=|ipset=|timeout=|verbose$|quiet$|runtime$|default-config$)/;
const firewallDestroys =
  /^--(remove-|delete-|panic-on|complete-reload|reset-to-defaults|set-target|set-default-zone|lockdown-on|change-interface|change-source|load-|add-passthrough|passthrough|add-lockdown)/;

function firewalldRisk(inv: Invocation): Risk {
  const words = inv.unlisted.map((arg) => arg.text);
  if (words.length === 0 && inv.operands.length === 0) return "unknown";
  if (words.some((word) => firewallDestroys.test(word))) return "dangerous";
  return words.every((word) => firewallReads.test(word)) &&
    words.some((word) => !/^--(zone|permanent|policy|timeout|quiet|verbose)/.test(word))
    ? "safe"
    : "caution";
}

/** `--add-X` is undone by `--remove-X` with the same words. */
function firewalldInverse(inv: Invocation): Inverse | undefined {
  const words: readonly Arg[] = [...inv.unlisted, ...inv.operands];
  const adds = inv.unlisted.filter((arg) => arg.text.startsWith("--add-"));
  if (adds.length !== 1 || inv.operands.length > 0 || words.some((arg) => arg.shape !== "literal")) return undefined;
  return { kind: "command", command: quoteWords(["firewall-cmd", ...words.map((arg) => arg.text.replace(/^--add-/, "--remove-"))]) };
}

export const firewalld = program({
  names: "firewall-cmd|firewall-offline-cmd",
  source: "firewall-cmd(1), firewalld 2.1",
  style: "long",
  why: "shows or changes the firewall",
  safer: "firewall-cmd --list-all",
  risk: firewalldRisk,
  anyOption: true,
  operands: "data*",
  answers: [1, 252],
  targets: (inv) => inv.unlisted.slice(-1).map((arg) => ({ kind: "firewall rule", name: arg.text })),
  inverse: firewalldInverse,
  noInverse: "firewall-cmd --list-all prints the state before; keep it",
  examples: {
    "firewall-cmd --state": "safe",
    "firewall-cmd --zone=public --list-all": "safe",
    "firewall-cmd --permanent --zone public --query-port=443/tcp": "safe",
    "firewall-cmd --zone=public --add-port=443/tcp": "caution",
    "firewall-cmd --reload": "caution",
    "firewall-cmd --remove-service=ssh": "dangerous",
    "firewall-cmd --panic-on": "dangerous",
  },
  nearMisses: [
    "firewall-cmd",
    "firewall-cmd --zone=public",
    "firewall-cmd --runtime-to-permanent",
    "firewall-cmd --list-all --add-port=1/tcp",
    "firewall-cmd $x",
  ],
});

function banRisk(inv: Invocation): Risk {
  const words = text(inv);
  if (/^(status( \S+)?( --all| basic| cymru)?|ping( \S+)?|version|-?-?help|banned( .*)?|get .*|statistics?)$/.test(words)) return "safe";
  if (/^set \S+ (unbanip|banip|addignoreip|bantime|findtime|maxretry|loglevel)\b/.test(words) || /^(reload|unban (?!--all)\S)/.test(words))
    return "caution";
  return /^(stop|restart|unban|set|start|flushlogs|add)\b/.test(words) ? "dangerous" : "unknown";
}

function banInverse(inv: Invocation): Inverse | undefined {
  const [set, jail, verb, address] = inv.operands.map((arg) => arg.text);
  const opposite = { unbanip: "banip", banip: "unbanip" }[verb ?? ""];
  if (set !== "set" || opposite === undefined || jail === undefined || address === undefined || inv.operands.length !== 4) return undefined;
  return { kind: "command", command: quoteWords(["fail2ban-client", "set", jail, opposite, address]) };
}

export const fail2ban = program({
  names: "fail2ban-client|fail2ban-regex",
  source: "fail2ban-client(1) 1.1",
  style: "posix",
  why: "shows or changes who is banned",
  safer: "fail2ban-client status",
  risk: (inv) => (inv.program === "fail2ban-regex" ? "safe" : banRisk(inv)),
  flags: "-v -vv -q -d -i -b -t -V|--version -h|--help",
  values: "-s -p -l",
  options: {
    "-c|--conf|--logtarget": { kind: "code", risk: "unknown", why: "another configuration" },
    "-x": { arity: "flag", risk: "dangerous", why: "removes the socket by force" },
  },
  operands: "data*",
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "jail", name: arg.text })),
  inverse: banInverse,
  noInverse: "fail2ban-client get JAIL SETTING prints the value before",
  examples: {
    "fail2ban-client status sshd": "safe",
    "fail2ban-client get sshd bantime": "safe",
    "fail2ban-regex /var/log/auth.log sshd": "safe",
    "fail2ban-client set sshd unbanip 192.0.2.1": "caution",
    "fail2ban-client reload": "caution",
    "fail2ban-client stop": "dangerous",
    "fail2ban-client unban --all": "dangerous",
    "fail2ban-client -c d status": "unknown",
    "fail2ban-client -x start": "dangerous",
  },
  nearMisses: ["fail2ban-client", "fail2ban-client set sshd action x actionban 'rm x'", "fail2ban-client $x"],
});
