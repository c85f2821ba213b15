// Packet filters: iptables and its kin, nft, ipset, ipvsadm, conntrack, pfctl. Lists read; a rule more or less is a change;
// what empties tables, deletes or turns the default around is dangerous, because nobody may get in to repair it.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { quoteWord, quoteWords } from "../../quote.ts";
import { program } from "../../rule.ts";
import type { Inverse, Risk, Target } from "../../types.ts";
import { operandText, riskOfWords, type WordTable } from "./word-risk.ts";

const has = (inv: Invocation, names: string): boolean => names.split(" ").some((name) => inv.has(name));
const target =
  (kind: string, ...options: readonly string[]) =>
  (inv: Invocation): readonly Target[] => {
    const found = options.flatMap((option) => inv.all(option)).map((arg) => ({ kind, name: arg.text }));
    return found.length > 0 ? found : [{ kind, name: inv.operands[0]?.text ?? "all" }];
  };

/** A rule that drops or refuses without saying what. */
function dropsAll(inv: Invocation): boolean {
  return /^(DROP|REJECT)$/.test(inv.value("-j") ?? "") && !has(inv, "-s -d -p --dport -m -i");
}

function tablesRisk(inv: Invocation): Risk {
  if (has(inv, "-F -X -D -P")) return "dangerous";
  if (has(inv, "-A -I")) return dropsAll(inv) ? "dangerous" : "caution";
  if (has(inv, "-R -N -E -Z")) return "caution";
  return has(inv, "-L -S -C -V -h") ? "safe" : "unknown";
}

/** What was appended or inserted is deleted by the same words. */
function tablesInverse(inv: Invocation): Inverse | undefined {
  const chain = inv.value("-A") ?? inv.value("-I");
  if (chain === undefined || has(inv, "-F -D -X -P -Z") || inv.operands.length > 0) return undefined;
  const words = inv.options.map((use) => ruleWords(use.spec.names[0] ?? "", use.value, chain));
  return words.includes(undefined)
    ? undefined
    : { kind: "command", command: quoteWords([inv.program, ...words.flatMap((each) => each ?? [])]) };
}

/** One option of the rule in the command that deletes it; undefined when it is not written out. */
function ruleWords(name: string, value: Arg | undefined, chain: string): readonly string[] | undefined {
  if (name === "-A" || name === "-I") return ["-D", chain];
  if (value === undefined) return [name];
  return value.shape === "literal" ? [name, value.text] : undefined;
}

export const iptables = program({
  names:
    "iptables|ip6tables|iptables-legacy|iptables-nft|ip6tables-legacy|ip6tables-nft|arptables|ebtables|ebtables-legacy|ebtables-nft|arptables-nft",
  source: "iptables(8), iptables-extensions(8) 1.8; ebtables(8)",
  why: "lists or changes the packet filter",
  safer: "iptables -S",
  risk: tablesRisk,
  flags:
    "-n|--numeric -v|--verbose -x|--exact --line-numbers --Ln --Lc --Lx --Lmac2 -4 -6 -f|--fragment -V|--version -h|--help --syn ! --concurrent",
  values:
    "-t|--table -s|--source|--src -d|--destination|--dst -p|--protocol -i|--in-interface -o|--out-interface -m|--match -j|--jump -g|--goto --dport|--destination-port --sport|--source-port --dports --sports --ports --state --ctstate --comment --limit --limit-burst --to-destination --to-source --to-ports --to-port --icmp-type --reject-with --log-prefix --log-level --uid-owner --gid-owner --set-mark --mark --tcp-flags --match-set --probability --mode --every --mac-source --connlimit-above --connlimit-mask --src-range --dst-range --hashlimit-name --set-xmark --nflog-group --clamp-mss-to-pmtu --string --algo -c|--set-counters",
  optional: "-w|--wait -W|--wait-interval",
  options: {
    "-L|--list|-S|--list-rules": {
      arity: "optional",
      why: "lists rules",
      check: (value) =>
        /^[A-Z]+$/.test(value.text) && value.text.length < 4
          ? { risk: "unknown", why: "may be another option and not a chain" }
          : undefined,
    },
    "-C|--check": { why: "asks whether a rule is there" },
    "-Z|--zero": { arity: "optional", why: "sets counters to zero" },
    "-A|--append|-I|--insert": { why: "adds a rule" },
    "-R|--replace|-N|--new-chain|-E|--rename-chain": { why: "changes rules or chains" },
    "-F|--flush|-X|--delete-chain": { arity: "optional", why: "deletes rules" },
    "-D|--delete|-P|--policy": { why: "deletes a rule, or turns the default around" },
    "-M|--modprobe": { kind: "code", risk: "dangerous", why: "names a program to run" },
  },
  operands: "data*",
  answers: [1],
  targets: target("chain", "-D", "-P", "-F", "-X", "-A", "-I"),
  inverse: tablesInverse,
  noInverse: "iptables-save prints the state before; iptables-restore puts it back",
  examples: {
    "iptables -L -n -v --line-numbers": "safe",
    "iptables -nvL INPUT": "safe",
    "iptables -t nat -S": "safe",
    "ip6tables -C INPUT -p tcp --dport 22 -j ACCEPT": "safe",
    "iptables -A INPUT -s 192.0.2.1 -j DROP": "caution",
    "iptables -L -Z": "caution",
    "iptables -N web": "caution",
    "iptables -F": "dangerous",
    "iptables -t nat -F POSTROUTING": "dangerous",
    "iptables -D INPUT 3": "dangerous",
    "iptables -P INPUT DROP": "dangerous",
    "iptables -I INPUT -j DROP": "dangerous",
    "iptables -L -M ./x": "dangerous",
  },
  nearMisses: ["iptables -nvLZ", "iptables --flu", "iptables -t nat", "iptables -L $x", "iptables -LF"],
});

export const tableSaves = program({
  names:
    "iptables-save|ip6tables-save|iptables-legacy-save|iptables-nft-save|ebtables-save|arptables-save|iptables-xml|iptables-translate|xtables-monitor",
  source: "iptables-save(8) 1.8",
  why: "prints the packet filter",
  flags: "-c|--counters -V|--version -h|--help -4 -6",
  values: "-t|--table",
  options: {
    "-f|--file": { kind: "write", why: "writes the rules to a file" },
    "-M|--modprobe": { kind: "code", risk: "dangerous", why: "names a program to run" },
  },
  unbounded: (inv) => inv.program === "xtables-monitor",
  examples: {
    "iptables-save -c -t nat": "safe",
    "iptables-save -f rules": "caution",
    "iptables-save -M ./x": "dangerous",
    "xtables-monitor": "caution",
  },
  nearMisses: ["iptables-save x"],
});

export const tableRestores = program({
  names:
    "iptables-restore|ip6tables-restore|iptables-legacy-restore|iptables-nft-restore|ebtables-restore|arptables-restore|iptables-apply|netfilter-persistent|nfct",
  source: "iptables-restore(8) 1.8; netfilter-persistent(8)",
  why: "replaces all rules of the packet filter",
  risk: (inv) => (inv.operand(0) === "save" ? "caution" : "dangerous"),
  safer: "iptables-save keeps the present rules first",
  anyOption: true,
  operands: "name*",
  targets: () => [{ kind: "packet filter", name: "rules" }],
  noInverse: "what was saved before is overwritten",
  examples: { "iptables-restore rules.v4": "dangerous", "netfilter-persistent save": "caution", "netfilter-persistent flush": "dangerous" },
  nearMisses: ["iptables-restore --test rules.v4"],
});

/** Commands inside quotes may be several; a semicolon or a brace ends what is understood. */
const nftWords: WordTable = [
  [/^((list|describe|export)\b[^;{}?\n]*|monitor( [a-z ]*)?)$/, "safe"],
  [/\b(delete|flush|destroy|reset)\b|^(replace|import)\b/, "dangerous"],
  [/^$/, "unknown"],
];

function nftRisk(inv: Invocation): Risk {
  const text = operandText(inv).trim();
  if (inv.has("-v") || inv.has("-h")) return "safe";
  if (inv.has("-f")) return inv.has("-c") && text === "" ? "safe" : "dangerous";
  if (inv.has("-i")) return "unknown";
  return riskOfWords(text, nftWords, "caution");
}

export const nft = program({
  names: "nft",
  source: "nft(8) 1.1",
  why: "lists or changes the packet filter",
  safer: "nft list ruleset",
  risk: nftRisk,
  flags:
    "-a|--handle -c|--check -e|--echo -j|--json -n|--numeric -N|--reversedns -o|--optimize -p|--numeric-protocol -s|--stateless -S|--service -t|--terse -T|--numeric-time -u|--guid -y|--numeric-priority -v|--version -V -h|--help -i|--interactive",
  reads: "-f|--file",
  values: "-I|--includepath -d|--debug -D|--define",
  operands: "data*",
  unbounded: (inv) => inv.operand(0)?.startsWith("monitor") === true,
  targets: (inv) => [
    {
      kind: "ruleset",
      name:
        inv.operands
          .slice(1)
          .map((arg) => arg.text)
          .join(" ") ||
        operandText(inv) ||
        "ruleset",
    },
  ],
  noInverse: "nft list ruleset prints the state before; nft -f puts it back",
  examples: {
    "nft list ruleset": "safe",
    "nft -a list table inet filter": "safe",
    "nft 'list chain inet filter input'": "safe",
    "nft -c -f rules.nft": "safe",
    "nft monitor": "caution",
    "nft add rule inet filter input tcp dport 80 accept": "caution",
    "nft flush ruleset": "dangerous",
    "nft delete rule inet filter input handle 4": "dangerous",
    "nft -f rules.nft": "dangerous",
  },
  nearMisses: ["nft 'list ruleset; flush ruleset'", "nft -i", "nft", "nft list $x", "nft 'flush ruleset'"],
});

function setRisk(inv: Invocation): Risk {
  const verb = inv.operand(0) ?? inv.unlisted[0]?.text ?? "";
  if (/^(list|save|test|version|help|-L|--list|-T|--test|-S|--save|-v|-V|--version|-h|--help)$/.test(verb)) return "safe";
  return /^(create|add|-N|-A|--create|--add|swap|rename|-W|-E)$/.test(verb) ? "caution" : "dangerous";
}

export const ipset = program({
  names: "ipset",
  source: "ipset(8) 7.22",
  style: "long",
  why: "lists or changes sets of addresses for the packet filter",
  safer: "ipset list",
  risk: setRisk,
  anyOption: true,
  options: { "-f|-file": { kind: "write", why: "reads from or writes to a file" }, "-o|-output": { why: "the form of the list" } },
  operands: "name*",
  answers: [1],
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "set", name: arg.text })),
  inverse: (inv) =>
    inv.operand(0) === "add" && inv.operand(1) !== undefined && inv.operand(2) !== undefined
      ? { kind: "command", command: quoteWords(["ipset", "del", inv.operand(1) ?? "", inv.operand(2) ?? ""]) }
      : undefined,
  noInverse: "ipset save prints the state before; ipset restore puts it back",
  examples: {
    "ipset list": "safe",
    "ipset -o json list blocked": "safe",
    "ipset test blocked 192.0.2.1": "safe",
    "ipset add blocked 192.0.2.1": "caution",
    "ipset -f x save": "caution",
    "ipset flush blocked": "dangerous",
    "ipset destroy": "dangerous",
  },
  nearMisses: ["ipset -X", "ipset del blocked 192.0.2.1", "ipset -exist add a 192.0.2.1"],
});

export const ipvsadm = program({
  names: "ipvsadm",
  source: "ipvsadm(8) 1.31",
  why: "lists or changes the kernel's load balancer",
  safer: "ipvsadm -Ln",
  risk: (inv) => {
    if (has(inv, "-C -D -d -R --stop-daemon")) return "dangerous";
    return has(inv, "-A -a -E -e -Z --set --start-daemon") ? "caution" : "safe";
  },
  flags:
    "-L|-l|--list -n|--numeric -S|--save -c|--connection --stats --rate --timeout --daemon --thresholds --persistent-conn --sort --nosort --exact -h|--help -v -g|--gatewaying -i|--ipip -m|--masquerading -o|--ops -6|--ipv6",
  values:
    "-t|--tcp-service -u|--udp-service -f|--fwmark-service -r|--real-server -w|--weight -s|--scheduler -p|--persistent -x|--u-threshold -y|--l-threshold --sctp-service -M|--netmask",
  options: {
    "-A|--add-service|-a|--add-server|-E|--edit-service|-e|--edit-server|-Z|--zero": { arity: "flag", why: "adds or changes a service" },
    "-C|--clear|-D|--delete-service|-d|--delete-server|-R|--restore": { arity: "flag", why: "deletes services or replaces all" },
    "--set": { why: "changes how long connections are kept" },
    "--start-daemon|--stop-daemon": { why: "changes how the balancer works" },
  },
  operands: "data*",
  targets: target("service", "-t", "-u", "-f"),
  noInverse: "ipvsadm -Sn prints the state before; ipvsadm -R puts it back",
  examples: {
    ipvsadm: "safe",
    "ipvsadm -Ln --stats": "safe",
    "ipvsadm -Lnc": "safe",
    "ipvsadm -e -t 10.0.0.1:80 -r 10.0.0.2 -w 0": "caution",
    "ipvsadm --set 900 120 300": "caution",
    "ipvsadm -C": "dangerous",
    "ipvsadm -d -t 10.0.0.1:80 -r 10.0.0.2": "dangerous",
  },
  nearMisses: ["ipvsadm -LnZ", "ipvsadm --clear", "ipvsadm -R"],
});

export const conntrack = program({
  names: "conntrack",
  source: "conntrack(8) 1.4",
  why: "lists or changes tracked connections",
  safer: "conntrack -L",
  risk: (inv) => {
    if (has(inv, "-D -F")) return "dangerous";
    if (has(inv, "-I -U -A")) return "caution";
    return has(inv, "-L -G -C -S -E -V -h") ? "safe" : "unknown";
  },
  flags: "-n|--src-nat -g|--dst-nat -j|--any-nat -z|--zero -e -V|--version -h|--help",
  values:
    "-s|--src|--orig-src -d|--dst|--orig-dst -r|--reply-src -q|--reply-dst -p|--proto -f|--family -t|--timeout -u|--status -m|--mark -c|--secmark -o|--output -b|--buffer-size --sport|--orig-port-src --dport|--orig-port-dst --reply-port-src --reply-port-dst --state -l|--label -w|--zone --tuple-src --tuple-dst --mask-src --mask-dst --icmp-type --icmp-code --id",
  options: {
    "-L|--dump|-G|--get|-C|--count|-S|--stats": { arity: "optional", why: "lists connections" },
    "-E|--event": { arity: "optional", unbounded: true, why: "prints events without end" },
    "-D|--delete|-F|--flush": { arity: "optional", why: "forgets connections: they break" },
    "-I|--create|-U|--update|-A|--add": { arity: "optional", why: "changes connections" },
    "-R|--load-file": { kind: "read", risk: "dangerous", why: "runs commands from a file" },
  },
  operands: "data*",
  answers: [1],
  targets: target("connection", "-s", "-d", "-p"),
  noInverse: "connections come back when the other side tries again",
  inspect: (inv, ctx) => {
    if (inv.has("-z")) ctx.report({ risk: "caution", why: "sets counters to zero" });
  },
  examples: {
    "conntrack -L -p tcp --state ESTABLISHED": "safe",
    "conntrack -S": "safe",
    "conntrack -C": "safe",
    "conntrack -E": "caution",
    "conntrack -L -z": "caution",
    "conntrack -U -s 10.0.0.1 -m 1": "caution",
    "conntrack -D -s 10.0.0.1": "dangerous",
    "conntrack -F": "dangerous",
    "conntrack -R f": "dangerous",
  },
  nearMisses: ["conntrack", "conntrack --flu", "conntrack -L -D -s 10.0.0.1"],
});

function pfRisk(inv: Invocation): Risk {
  const action = inv.value("-T");
  if (has(inv, "-F -d -k -K") || (action !== undefined && /^(delete|flush|kill|replace|zero|expire)$/.test(action))) return "dangerous";
  if (inv.has("-f")) return inv.has("-n") ? "safe" : "dangerous";
  if (action !== undefined) return /^(show|test)$/.test(action) ? "safe" : "caution";
  return has(inv, "-s") && !has(inv, "-e -E -x -z") ? "safe" : "caution";
}

export const pfctl = program({
  names: "pfctl",
  source: "pfctl(8), OpenBSD 7.5, FreeBSD 14",
  why: "lists or changes the packet filter",
  safer: "pfctl -sr",
  risk: pfRisk,
  flags: "-A -d -e -E -g -h -m -n -N -o -O -P -q -r -R -v -z",
  values: "-a -D -F -f -i -k -K -L -p -s -S -t -T -x -X -w",
  operands: "data*",
  targets: (inv) => [{ kind: "packet filter", name: inv.value("-F") ?? inv.value("-k") ?? inv.value("-t") ?? "rules" }],
  inverse: (inv) => (inv.has("-e") ? { kind: "command", command: `pfctl ${quoteWord("-d")}` } : undefined),
  noInverse: "pfctl -sr prints the rules before",
  examples: {
    "pfctl -sr": "safe",
    "pfctl -s info": "safe",
    "pfctl -nf /etc/pf.conf": "safe",
    "pfctl -t bad -T show": "safe",
    "pfctl -t bad -T add 192.0.2.1": "caution",
    "pfctl -e": "caution",
    "pfctl -F all": "dangerous",
    "pfctl -d": "dangerous",
    "pfctl -f /etc/pf.conf": "dangerous",
  },
  nearMisses: ["pfctl -sr -Fa", "pfctl -k 10.0.0.1", "pfctl -srz -e"],
});
