// `ip OBJECT [COMMAND]` and `bridge`: objects and commands may be shortened, and the first one in the program's own order that fits wins
// (`ip l s` is `ip link set`, `ip a s` is `ip addr show`). The tables below keep that order.
import type { Invocation } from "../../invocation.ts";
import { quoteWords } from "../../quote.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";
import type { Inverse } from "../../types.ts";

type Effect = "read" | "add" | "change" | "destroy" | "endless" | "secret" | "exec";

/** An object of `ip`: its names, what it does without a command, and its commands in order, each with its effect. */
interface IpObject {
  readonly names: readonly string[];
  readonly alone: Effect;
  readonly commands: readonly (readonly [name: string, effect: Effect])[];
}

const marks: Readonly<Record<string, Effect>> = {
  "": "read",
  "+": "add",
  "~": "change",
  "!": "destroy",
  "@": "endless",
  "?": "secret",
  ">": "exec",
};

/** `"show list add+ del!"`: a mark behind a command says what it does, none that it reads. */
function object(names: string, commands: string, alone: Effect = "read"): IpObject {
  const list = commands.split(" ").map((word): [string, Effect] => {
    const mark = /[+~!@?>]$/.exec(word)?.[0] ?? "";
    return [mark === "" ? word : word.slice(0, -1), marks[mark] ?? "read"];
  });
  return { names: names.split(" "), alone, commands: list };
}

const ipObjects: readonly IpObject[] = [
  object("address", "add+ change~ chg~ replace~ delete! show lst list flush! save showdump restore~ help"),
  object("addrlabel", "list show add+ delete! flush! help"),
  object("maddress", "add+ delete! show list lst help"),
  object("route", "list show lst get add+ append+ change~ chg~ replace~ prepend+ test~ delete! flush! help showdump save restore~"),
  object("rule", "list lst show save restore~ add+ delete! flush! help"),
  object("neighbor neighbour", "add+ change~ chg~ replace~ delete! get show lst list flush! help"),
  object("ntable ntbl", "change~ chg~ replace~ show lst list help"),
  object("link", "add+ set~ change~ replace~ delete! show lst list xstats afstats property~ help"),
  object("l2tp", "add+ delete! show lst list help"),
  object("fou", "add+ delete! show help"),
  object("ila", "list add+ delete! help"),
  object("macsec", "show add+ set~ delete! offload~ help"),
  object("tunnel tunl", "add+ change~ delete! show lst list prl~ 6rd~ help"),
  object("tuntap tap", "add+ delete! show lst list help"),
  object("token", "list show get set~ delete! help"),
  object("tcpmetrics tcp_metrics", "show lst list get delete! flush! help"),
  object("monitor", "all@ help", "endless"),
  object("xfrm", "policy state monitor@ help"),
  object("mroute", "show list lst help"),
  object("mrule", "list lst show add+ delete! flush! help"),
  object("netns", "list show lst list-id help add+ set~ delete! identify pids exec> monitor@ attach+"),
  object("netconf", "show list lst help"),
  object("vrf", "identify pids exec> show lst list help"),
  object("sr", "tunsrc hmac? help"),
  object("nexthop", "list show lst add+ replace~ get bucket delete! flush! help"),
  object("mptcp", "endpoint limits monitor@ help"),
  object("ioam", "namespace schema help"),
  object("help", "help"),
  object("stats", "show set~ help"),
];

const bridgeObjects: readonly IpObject[] = [
  object("link", "set~ show list lst help"),
  object("fdb", "add+ append+ replace~ delete! show list lst flush! get help"),
  object("mdb", "add+ replace~ delete! show list lst flush! get help"),
  object("vlan", "add+ delete! show list lst set~ tunnelshow global help"),
  object("vni", "add+ delete! show help"),
  object("mst", "set~ show list help"),
  object("monitor", "all@ help", "endless"),
];

/** Commands of the objects below which a further word stands: `ip xfrm state flush`. */
const second: Readonly<Record<string, IpObject>> = {
  "xfrm policy": object("policy", "add+ update~ set~ delete! list show lst get deleteall! delall! flush! count setdefault~ getdefault"),
  "xfrm state": object("state", "add+ update~ allocspi+ delete! list? show? lst? get? deleteall! delall! flush! count help", "secret"),
  "sr tunsrc": object("tunsrc", "show set~"),
  "nexthop bucket": object("bucket", "list show lst get help"),
  "mptcp endpoint": object("endpoint", "add+ delete! show list lst flush! change~ help"),
  "mptcp limits": object("limits", "show set~ help"),
  "ioam namespace": object("namespace", "show add+ del! set~"),
  "ioam schema": object("schema", "show add+ del!"),
  "vlan global": object("global", "show set~"),
};

interface Meaning {
  readonly effect: Effect;
  readonly object: string;
  /** How many operands name object and command. */
  readonly length: number;
}

const first = (text: string, names: readonly string[]): boolean => names.some((name) => name.startsWith(text));

/** What the operands mean; undefined when a word that decides is not written out or in no table. */
function meaning(inv: Invocation): Meaning | undefined {
  if (inv.operands.length === 0) return { effect: "read", object: "", length: 0 };
  const word = inv.operand(0);
  const found =
    word === undefined ? undefined : (inv.program === "bridge" ? bridgeObjects : ipObjects).find((each) => first(word, each.names));
  const name = found?.names[0];
  return found === undefined || name === undefined ? undefined : command(found, name, inv, 1);
}

function command(object: IpObject, name: string, inv: Invocation, at: number): Meaning | undefined {
  if (inv.operands[at] === undefined) return { effect: object.alone, object: name, length: at };
  const word = inv.operand(at);
  if (word === undefined || word === "") return undefined;
  const [full, effect] = object.commands.find(([each]) => each.startsWith(word)) ?? [];
  if (full === undefined || effect === undefined)
    return object.alone === "endless" ? { effect: "endless", object: name, length: at } : undefined;
  const below = second[`${name} ${full}`];
  return below === undefined ? { effect, object: name, length: at + 1 } : command(below, `${name} ${full}`, inv, at + 1);
}

/** A change that takes the machine off the network, or its traffic elsewhere, by its words. */
function cutsOff(inv: Invocation): boolean {
  const words = inv.operands.map((arg) => arg.text);
  return (
    words.includes("down") ||
    (/^r/.test(words[0] ?? "") && words.includes("default")) ||
    words.some((word) => /^(blackhole|unreachable|prohibit)$/.test(word))
  );
}

function riskOf(inv: Invocation): "safe" | "caution" | "unknown" | "dangerous" {
  if (inv.has("-V")) return "safe";
  const effect = meaning(inv)?.effect;
  if (effect === undefined) return "unknown";
  if (effect === "add" || effect === "change") return cutsOff(inv) ? "dangerous" : "caution";
  if (effect === "exec") return "caution";
  return effect === "destroy" ? "dangerous" : "safe";
}

const undone: ReadonlySet<string> = new Set([
  "address",
  "maddress",
  "route",
  "rule",
  "neighbor",
  "tunnel",
  "tuntap",
  "fdb",
  "mdb",
  "vlan",
  "addrlabel",
]);

/** What was added is deleted by the same words; `link set X up` is undone by down. */
function inverse(inv: Invocation): Inverse | undefined {
  const found = meaning(inv);
  if (found === undefined || inv.operands.some((arg) => arg.shape !== "literal")) return undefined;
  const words = inv.operands.map((arg) => arg.text);
  const flags = inv.options.flatMap((use) => (use.value === undefined ? [use.spec.names[0] ?? ""] : []));
  const start = [inv.program, ...flags, words[0] ?? ""];
  if (found.effect === "add" && undone.has(found.object))
    return { kind: "command", command: quoteWords([...start, "del", ...words.slice(found.length)]) };
  return found.effect === "change" && words.at(-1) === "up"
    ? { kind: "command", command: quoteWords([...start, ...words.slice(1, -1), "down"]) }
    : undefined;
}

/** `netns exec NAME COMMAND`, `vrf exec NAME COMMAND`. */
function inspect(inv: Invocation, ctx: RuleContext): void {
  const found = meaning(inv);
  if (found?.effect === "endless")
    ctx.report({ risk: "caution", unbounded: true, why: "prints changes without end", safer: `timeout 10 ${inv.program}` });
  if (found?.effect === "secret" && !inv.operands.some((arg) => arg.text === "nokeys"))
    ctx.report({ risk: "caution", sensitive: true, why: "prints keys", safer: "add nokeys" });
  if (found?.effect !== "exec") return;
  if (inv.has("-a")) return ctx.report({ risk: "unknown", why: "runs a command in every namespace" });
  const inner = inv.operands.slice(found.length + 1);
  if (inner.length === 0) ctx.report({ risk: "unknown", why: "there is no command to run" });
  ctx.scanArgv(inner);
}

const rule: CommandRule = {
  why: "shows or changes addresses, links, routes and neighbours",
  risk: riskOf,
  flags:
    "-4 -6 -B -0 -M -a|-all -br|-brief -c|-color -d|-details -h|-human|-human-readable -iec -j|-json -N|-Numeric -o|-oneline -p|-pretty -r|-resolve -s|-stats|-statistics -t|-timestamp -ts|-tshort -V|-Version -echo -compressvlans",
  values: "-f|-family -l|-loops -rc|-rcvbuf",
  optional: "-color=always",
  options: {
    "-b|-batch": { kind: "code", risk: "dangerous", why: "runs commands from a file" },
    "-n|-netns": { why: "looks into another network namespace" },
    "-force": { arity: "flag", risk: "dangerous", why: "goes on after errors" },
  },
  operands: "inner*",
  inspect,
  inverse,
  noInverse: "the same object with show prints the state before; keep it",
  targets: (inv) => {
    const word = inv.operands.slice(meaning(inv)?.length ?? 1).find((arg) => arg.text !== "dev");
    return [{ kind: "network setting", name: word?.text ?? inv.operands.map((arg) => arg.text).join(" ") }];
  },
};

export const ip = program({
  names: "ip|bridge",
  source: "ip(8), bridge(8), iproute2 6.10, and the order of commands in its sources",
  style: "posix",
  ...rule,
  examples: {
    "ip a": "safe",
    "ip -br addr show": "safe",
    "ip -4 -o a s dev eth0 up": "safe",
    "ip route get 10.0.0.1": "safe",
    "ip r s table all": "safe",
    "ip -s link show eth0": "safe",
    "ip neigh": "safe",
    "ip ru": "safe",
    "ip netns exec blue ip route": "caution",
    "ip -n blue addr": "safe",
    "ip xfrm policy": "safe",
    "ip xfrm state": "caution",
    "ip monitor": "caution",
    "bridge fdb show br br0": "safe",
    "ip addr add 10.0.0.5/24 dev eth0": "caution",
    "ip link set eth0 up": "caution",
    "ip route del default": "dangerous",
    "ip route replace default via 10.0.0.1": "dangerous",
    "ip link set eth0 down": "dangerous",
    "ip l s eth0 down": "dangerous",
    "ip netns exec blue iptables -F": "dangerous",
    "ip -b cmds": "dangerous",
    "ip -force link": "dangerous",
  },
  nearMisses: [
    "ip addr flush eth0",
    "ip a f dev eth0",
    "ip netns exec x sh",
    "ip netns exec",
    "ip -all netns exec ip a",
    "ip a a 10.0.0.1/8 dev eth0",
    "ip l s eth0 mtu 9000",
    "ip link $x",
    "ip $x",
    "ip xfrm state flush",
    "bridge vlan add vid 2 dev eth0",
    "ip mptcp limits set subflows 2",
  ],
});
