// NetworkManager's nmcli, whose words may be shortened, and older programs that bring interfaces up and down.
import type { Invocation } from "../../invocation.ts";
import { quoteWords } from "../../quote.ts";
import { program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { operandText, riskOfWords, type WordTable } from "./word-risk.ts";

type Commands = readonly (readonly [name: string, risk: Risk])[];

/** Objects of nmcli and their commands in the order in which shortened words are looked up; "" is the object alone. */
const objects: readonly (readonly [name: string, commands: Commands])[] = [
  [
    "general",
    [
      ["", "safe"],
      ["status", "safe"],
      ["hostname", "safe"],
      ["permissions", "safe"],
      ["logging", "safe"],
      ["reload", "caution"],
      ["help", "safe"],
    ],
  ],
  [
    "networking",
    [
      ["", "safe"],
      ["on", "caution"],
      ["off", "dangerous"],
      ["connectivity", "safe"],
      ["help", "safe"],
    ],
  ],
  [
    "radio",
    [
      ["", "safe"],
      ["all", "safe"],
      ["wifi", "safe"],
      ["wwan", "safe"],
      ["help", "safe"],
    ],
  ],
  [
    "connection",
    [
      ["", "safe"],
      ["show", "safe"],
      ["up", "caution"],
      ["down", "dangerous"],
      ["modify", "caution"],
      ["add", "caution"],
      ["edit", "unknown"],
      ["clone", "caution"],
      ["delete", "dangerous"],
      ["monitor", "safe"],
      ["reload", "caution"],
      ["load", "caution"],
      ["import", "caution"],
      ["export", "safe"],
      ["migrate", "caution"],
      ["help", "safe"],
    ],
  ],
  [
    "device",
    [
      ["", "safe"],
      ["status", "safe"],
      ["show", "safe"],
      ["set", "caution"],
      ["up", "caution"],
      ["connect", "caution"],
      ["reapply", "caution"],
      ["modify", "caution"],
      ["down", "dangerous"],
      ["disconnect", "dangerous"],
      ["delete", "dangerous"],
      ["monitor", "safe"],
      ["wifi", "safe"],
      ["lldp", "safe"],
      ["checkpoint", "caution"],
      ["help", "safe"],
    ],
  ],
  ["agent", [["", "unknown"]]],
  ["monitor", [["", "safe"]]],
  ["help", [["", "safe"]]],
];

const find = <T>(word: string, list: readonly (readonly [string, T])[]): readonly [string, T] | undefined =>
  list.find(([name]) => name !== "" && name.startsWith(word));

interface Meaning {
  readonly object: string;
  readonly command: string;
  readonly risk: Risk;
}

/** The object and command in full; undefined when a word of them is not written out or in no table. */
function meaning(inv: Invocation): Meaning | undefined {
  if (inv.operands.length === 0) return { object: "general", command: "", risk: "safe" };
  const found = find(inv.operand(0) ?? "?", objects);
  if (found === undefined) return undefined;
  const [object, commands] = found;
  const named = inv.operands.length === 1 ? commands[0] : find(inv.operand(1) ?? "?", commands);
  return named === undefined ? undefined : { object, command: inv.operands.length === 1 ? "" : named[0], risk: alone(inv, named) };
}

/** Without a command an object only says how it is, where it says anything. */
const alone = (inv: Invocation, [name, risk]: Commands[number]): Risk => (inv.operands.length === 1 && name !== "" ? "unknown" : risk);

/** Some reading words change something when more follows: `radio wifi off`, `general hostname NAME`, `device wifi connect`. */
const followed: WordTable = [
  [/^radio \S+ off\b/, "dangerous"],
  [/^(radio|general (hostname|logging)) .*\S/, "caution"],
  [/^device wifi (l|li|lis|list)( .*)?$/, "safe"],
  [/^device wifi /, "caution"],
];

function nmcliRisk(inv: Invocation): Risk {
  if (inv.has("-v") || inv.has("-h")) return "safe";
  const found = meaning(inv);
  if (found === undefined) return "unknown";
  const more = inv.operands.slice(2).map((arg) => (arg.shape === "literal" ? arg.text : "?"));
  return more.length === 0 ? found.risk : riskOfWords([found.object, found.command, ...more].join(" "), followed, found.risk);
}

function nmcliInverse(inv: Invocation): Inverse | undefined {
  const { object, command } = meaning(inv) ?? {};
  const words = inv.operands.map((arg) => arg.text);
  if (inv.operands.some((arg) => arg.shape !== "literal")) return undefined;
  const opposite =
    object === "connection"
      ? { up: "down" }[command ?? ""]
      : object === "device"
        ? { connect: "disconnect", up: "down" }[command ?? ""]
        : undefined;
  return opposite === undefined
    ? undefined
    : { kind: "command", command: quoteWords(["nmcli", object ?? "", opposite, ...words.slice(2)]) };
}

export const nmcli = program({
  names: "nmcli",
  source: "nmcli(1), NetworkManager 1.48",
  style: "posix",
  why: "shows or changes connections",
  safer: "nmcli connection show",
  risk: nmcliRisk,
  flags: "-o|--overview -t|--terse -p|--pretty -a|--ask -h|--help -v|--version -c",
  values: "-m|--mode -f|--fields -g|--get-values -e|--escape -w|--wait --colors",
  options: { "-s|--show-secrets": { arity: "flag", sensitive: true, why: "prints passwords" } },
  operands: "data*",
  sensitive: (inv) => inv.operands.some((arg) => /^(--show-secrets|-s|show-password|secrets)$/.test(arg.text)),
  unbounded: (inv) => {
    const { object, command } = meaning(inv) ?? {};
    return object === "monitor" || command === "monitor";
  },
  targets: (inv) =>
    inv.operands
      .slice(2, 4)
      .slice(-1)
      .map((arg) => ({ kind: "connection", name: arg.text })),
  inverse: nmcliInverse,
  noInverse: "nmcli connection show NAME prints the settings before; keep them",
  examples: {
    nmcli: "safe",
    "nmcli con show": "safe",
    "nmcli -t -f NAME,UUID c s --active": "safe",
    "nmcli d wifi list": "safe",
    "nmcli con show web -s": "caution",
    "nmcli -s con show web": "caution",
    "nmcli monitor": "caution",
    "nmcli con up web": "caution",
    "nmcli con mod web ipv4.dns 10.0.0.2": "caution",
    "nmcli con down web": "dangerous",
    "nmcli c del web": "dangerous",
    "nmcli networking off": "dangerous",
    "nmcli radio wifi off": "dangerous",
  },
  nearMisses: ["nmcli d wifi connect x password y", "nmcli general hostname web2", "nmcli con $x", "nmcli con edit web", "nmcli d m"],
});

const switchWords: WordTable = [
  [/^(ifquery|ifplugstatus) /, "safe"],
  [/^netplan (status|get|info|help)\b/, "safe"],
  [/^wpa_cli (status|list_networks|scan_results|ping|list_sta|get_network|interface|help)\b/, "safe"],
  [/^wicked (ifstatus|show|show-config|show-xml|help)\b/, "safe"],
  [/^(ifup|pon) |^netplan generate\b/, "caution"],
];

export const interfaceSwitches = program({
  names:
    "ifup|ifdown|ifreload|netplan|dhclient|dhcpcd|udhcpc|wpa_cli|iwctl|nmtui|nmtui-edit|wicked|pppd|pon|poff|vconfig|ifenslave|ifquery|ifplugstatus",
  source: "ifup(8), netplan(8) 1.0, dhclient(8), wpa_cli(8), wicked(8)",
  why: "shows the interfaces, or brings them up or down",
  safer: "ip -br link",
  risk: (inv) => riskOfWords(`${inv.program} ${operandText(inv)}`, switchWords, "dangerous"),
  values: "-i -p -C",
  flags: "-a|--all -v|--verbose -n|--no-act -l|--list -f|--format --diff --debug -x",
  anyOption: true,
  operands: "data*",
  options: { "-B": { arity: "flag", risk: "caution", why: "stays behind" }, "-P": { kind: "write", why: "writes a file" } },
  inspect: (inv, ctx) => {
    if ((inv.program === "wpa_cli" && inv.has("-a")) || (inv.program === "ifquery" && inv.has("-i")))
      ctx.report({ risk: "unknown", why: "runs a script, or those that a file names" });
  },
  sensitive: (inv) => inv.program === "netplan" && inv.operand(0) === "get",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "interface", name: arg.text })),
  inverse: (inv) =>
    inv.program === "ifup" && inv.operand(0) !== undefined && inv.options.length === 0
      ? { kind: "command", command: quoteWords(["ifdown", inv.operand(0) ?? ""]) }
      : undefined,
  noInverse: "ip addr and ip route print the state before; keep it",
  examples: {
    "netplan status": "safe",
    "wpa_cli -i wlan0 status": "safe",
    "wpa_cli -a/tmp/x.sh -i wlan0 status": "unknown",
    "wpa_cli -B status": "caution",
    "wpa_cli -P x status": "caution",
    "ifquery -i x eth0": "unknown",
    "ifquery --list": "safe",
    "netplan get": "caution",
    "ifup eth1": "caution",
    "ifdown eth0": "dangerous",
    "netplan apply": "dangerous",
    "dhclient -r eth0": "dangerous",
  },
  nearMisses: ["netplan try", "wpa_cli disconnect", "wicked ifdown eth0", "netplan"],
});
