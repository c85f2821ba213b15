// Older programs for interfaces and their tables: ifconfig, route, arp; and those for cards, radios, bridges and traffic shaping.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { quoteWords } from "../../quote.ts";

const literal = (inv: Invocation, index: number): string => inv.operand(index) ?? "";

/** `ifconfig -a down` of the BSDs does its words to every interface; a kind of address only chooses what is shown. */
function everyInterface(inv: Invocation): boolean {
  return inv.has("-a") && inv.operands.length === 1 && !/^(inet6?|link|ether)$/.test(literal(inv, 0));
}

function tableRisk(inv: Invocation): Risk {
  const { length } = inv.operands;
  if (inv.program === "route") return length === 0 ? "safe" : routeChange(literal(inv, 0), inv);
  if (inv.program === "arp") return length < 2 ? "safe" : "dangerous";
  if (length < 2) return everyInterface(inv) ? "dangerous" : "safe";
  const words = inv.operands.slice(1).map((arg) => arg.text);
  return words.includes("up") && words.length === 1 ? "caution" : "dangerous";
}

/** `route get HOST` of the BSDs reads; `route add` of anything but a default route is undone by `route del`. */
function routeChange(verb: string, inv: Invocation): Risk {
  if (verb === "get" || verb === "show") return "safe";
  return verb === "add" && !inv.operands.some((arg) => arg.text === "default") ? "caution" : "dangerous";
}

function tableInverse(inv: Invocation): Inverse | undefined {
  const words = inv.operands.map((arg) => arg.text);
  if (inv.operands.some((arg) => arg.shape !== "literal") || inv.options.length > 0) return undefined;
  if (inv.program === "route" && words[0] === "add") return { kind: "command", command: quoteWords(["route", "del", ...words.slice(1)]) };
  return inv.program === "ifconfig" && words[1] === "up"
    ? { kind: "command", command: quoteWords(["ifconfig", words[0] ?? "", "down"]) }
    : undefined;
}

export const routeTables = program({
  names: "route|arp|ifconfig",
  source: "route(8), arp(8), ifconfig(8), net-tools 2.10",
  why: "shows or changes routes, neighbours or interfaces",
  risk: tableRisk,
  flags: "-n|--numeric -e|--extend -ee -v|--verbose -a -C|--cache -F|--fib -4 -6 -s --inet --inet6 -D|--use-device -V|--version -h|--help",
  values: "-A -i|--device -H|--hw-type -t",
  options: {
    "-d|--delete|-f|--file|-S|--set": { arity: "flag", risk: "dangerous", why: "changes the table" },
    "-net|-host": { arity: "flag", why: "says what the route leads to" },
  },
  operands: "name*",
  targets: (inv) => inv.operands.slice(inv.program === "route" ? 1 : 0).map((arg) => ({ kind: "network setting", name: arg.text })),
  inverse: tableInverse,
  noInverse: "route -n and ifconfig print the state before; keep it",
  inspect: (inv, ctx) => {
    if (inv.program === "arp" && inv.has("-s")) ctx.report({ risk: "dangerous", why: "changes the neighbour table" });
  },
  examples: {
    "route -n": "safe",
    "arp -an": "safe",
    "arp -n 10.0.0.1": "safe",
    "ifconfig eth0": "safe",
    "ifconfig -a": "safe",
    "ifconfig eth0 up": "caution",
    "route add -net 10.1.0.0/16 gw 10.0.0.1": "caution",
    "route del default": "dangerous",
    "ifconfig eth0 down": "dangerous",
    "arp -d 10.0.0.1": "dangerous",
  },
  nearMisses: ["arp -s 10.0.0.1 aa:bb", "route add default gw 1.1.1.1", "ifconfig eth0 10.0.0.9", "route flush"],
});

export const ethtool = program({
  names: "ethtool",
  source: "ethtool(8) 6.10",
  style: "long",
  why: "shows a network card",
  flags:
    "-a|--show-pause -c|--show-coalesce -g|--show-ring -k|--show-features|--show-offload -l|--show-channels -i|--driver -d|--register-dump -e|--eeprom-dump -n|-u|--show-nfc|--show-ntuple -x|--show-rxfh|--show-rxfh-indir -S|--statistics -T|--show-time-stamping -m|--dump-module-eeprom|--module-info -P|--show-permaddr --phy-statistics --show-priv-flags --show-eee --show-fec --show-tunnels --show-module --show-phy-tunable --get-phy-tunable --get-tunable --get-plca-cfg --get-plca-status --show-mm --show-pse --show-phys --json --debug -I|--include-statistics -h|--help --version --groups --all-groups --src",
  options: {
    "-A|--pause|-C|--coalesce|-G|--set-ring|-K|--features|--offload|-L|--set-channels|--set-priv-flags|--set-eee|--set-fec|--set-phy-tunable|--set-tunable|--set-module|--set-plca-cfg|--set-mm|--set-pse|-X|--set-rxfh-indir|--rxfh|-W|--set-dump|-Q|--per-queue":
      { arity: "flag", risk: "caution", why: "changes how the card works; it may drop the link for a moment" },
    "-s|--change": { arity: "flag", risk: "caution", why: "changes speed or power of the card, which may cut the machine off" },
    "-r|--negotiate": { arity: "flag", risk: "caution", why: "negotiates again: the link drops for a moment" },
    "-t|--test": { arity: "flag", risk: "dangerous", why: "tests the card, offline by default" },
    "-E|--change-eeprom|-f|--flash|--flash-module-firmware": { arity: "flag", risk: "dangerous", why: "rewrites the card's own memory" },
    "--reset": { arity: "flag", risk: "dangerous", why: "resets the card" },
    "-N|-U|--config-nfc|--config-ntuple": { arity: "flag", risk: "dangerous", why: "changes where packets go" },
    "-p|--identify": { arity: "flag", unbounded: true, why: "blinks a lamp until it is stopped" },
    "-w|--get-dump": { arity: "flag", risk: "caution", why: "writes a dump to a file" },
    "--cable-test|--cable-test-tdr": { arity: "flag", risk: "caution", why: "tests the cable: the link drops for a moment" },
    "--monitor": { arity: "flag", unbounded: true, why: "prints changes without end" },
  },
  operands: "data*",
  targets: (inv) => [{ kind: "interface", name: inv.operands[0]?.text ?? "interface" }],
  noInverse: "the matching small letter (-k for -K, -g for -G) prints the state before; keep it",
  examples: {
    "ethtool eth0": "safe",
    "ethtool -S eth0": "safe",
    "ethtool --show-offload eth0": "safe",
    "ethtool -K eth0 gro off": "caution",
    "ethtool -r eth0": "caution",
    "ethtool -w eth0 data f": "caution",
    "ethtool --cable-test eth0": "caution",
    "ethtool -p eth0": "caution",
    "ethtool --monitor": "caution",
    "ethtool -s eth0 speed 100": "caution",
    "ethtool -t eth0": "dangerous",
    "ethtool -E eth0 magic 1": "dangerous",
    "ethtool --reset eth0 all": "dangerous",
    "ethtool -N eth0 flow-type tcp4 action -1": "dangerous",
  },
  nearMisses: ["ethtool -G eth0 rx 4096", "ethtool --flash eth0 f", "ethtool $X"],
});

/** `OBJECT VERB`: the verb of tc, brctl, iw and tuning programs, found by a table of those that read. */
const reads: Readonly<Record<string, RegExp>> = {
  tc: /^((qdisc|class|filter|action|actions|chain)( (show|list|ls|lst|get|help)\b.*)?|exec help.*)$/,
  brctl: /^(show|showmacs|showstp|--version|-V)\b.*$/,
  iw: /^(dev|phy|list|reg get|features|commands|help|wlan features)$|^(dev|phy|wdev) \S+ (info|link|station (dump|get \S+)|survey dump|mpath dump|get power_save|scan dump|interface|channels)$|^dev \S+$|^phy \S+$/,
  iwconfig: /^\S*$/,
  devlink: /^(\S+ show\b.*|\S+)$/,
  rdma: /^\S+( show\b.*)?$/,
  dcb: /^\S+ show\b.*$/,
  tipc: /^(\S+ )+(list|get|show)\b.*$/,
  teamdctl: /^\S+ (state( (dump|view|item get .*))?|config dump|port (present|config dump) .*|port config dump .*)$/,
  lldpcli: /^show (?!.*watch)\S.*$/,
  lldpctl: /^(\S+( |$))*$/,
};

const endings = /\b(del|delete|delbr|delif|flush|reset|remove|destroy|disconnect|leave)\b/;

function objectRisk(inv: Invocation): Risk {
  if (inv.has("-V")) return "safe";
  const text = inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?")).join(" ");
  if (reads[inv.program]?.test(text) === true) return "safe";
  return endings.test(text) ? "dangerous" : "caution";
}

/** `tc qdisc add dev X ...` is undone by `tc qdisc del dev X root`. */
function objectInverse(inv: Invocation): Inverse | undefined {
  const words = inv.operands.map((arg) => arg.text);
  if (inv.operands.some((arg) => arg.shape !== "literal")) return undefined;
  if (inv.program === "tc" && words[0] === "qdisc" && words[1] === "add" && words[2] === "dev")
    return { kind: "command", command: quoteWords(["tc", "qdisc", "del", ...words.slice(2, 5)]) };
  const opposite = { addbr: "delbr", addif: "delif" }[words[0] ?? ""];
  return inv.program === "brctl" && opposite !== undefined
    ? { kind: "command", command: quoteWords(["brctl", opposite, ...words.slice(1)]) }
    : undefined;
}

export const objectTools = program({
  names: "tc|brctl|iw|iwconfig|devlink|rdma|dcb|tipc|teamdctl|lldpcli|lldpctl",
  source: "tc(8), devlink(8), rdma(8), iproute2 6.10; brctl(8); iw(8) 6.9; teamdctl(8); lldpcli(8)",
  style: "posix",
  why: "shows or changes traffic shaping, bridges, radios or neighbours",
  risk: objectRisk,
  flags:
    "-s|-stats|-statistics -d|-details|-detail -r|-raw -p|-pretty -i|-iec -g|-graph -j|-json -c|-color -o|-oneline -br -nm|-name -h -V|-Version|--version -v|--verbose -t|-timestamp -n|-no-nice-names -u|-hex",
  values: "-f -cf -N|-Numeric",
  options: {
    "-b|-batch": { kind: "code", risk: "dangerous", why: "runs commands from a file" },
    "-force": { arity: "flag", risk: "dangerous", why: "goes on after errors" },
    "-netns": { why: "looks into another network namespace" },
  },
  operands: "data*",
  unbounded: (inv) => inv.operand(0) === "monitor" || inv.operand(0) === "watch" || inv.operand(0) === "event",
  targets: operandTargets("network setting", 2),
  inverse: objectInverse,
  noInverse: "the same object with show prints the state before; keep it",
  examples: {
    "tc -s qdisc show dev eth0": "safe",
    "tc filter show dev eth0": "safe",
    "brctl show": "safe",
    "iw dev wlan0 link": "safe",
    "iwconfig wlan0": "safe",
    lldpctl: "safe",
    "devlink dev show": "safe",
    "lldpcli show neighbors": "safe",
    "tc qdisc add dev eth0 root netem delay 100ms": "caution",
    "brctl addbr br0": "caution",
    "tc monitor": "caution",
    "tc qdisc del dev eth0 root": "dangerous",
    "brctl delif br0 eth1": "dangerous",
    "tc -b f": "dangerous",
    "tc -force qdisc": "dangerous",
    "tc -netns blue qdisc show": "safe",
  },
  nearMisses: ["tc qdisc replace dev eth0 root fq", "iw dev wlan0 scan", "iw reg set US", "tc $X", "lldpcli watch", "iw wlan0 disconnect"],
});
