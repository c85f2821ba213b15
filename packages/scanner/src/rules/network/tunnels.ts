// Private networks: WireGuard, IPsec, Tailscale, ZeroTier, OpenVPN.
import type { Invocation } from "../../invocation.ts";
import { quoteWords } from "../../quote.ts";
import { program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { changing, destroying, each, listing } from "../verb-rules.ts";

const keys = (inv: Invocation): boolean => inv.operands.some((arg) => /^(private-key|preshared-keys|dump)$/.test(arg.text));
const stateBefore = "wg showconf prints the state before; keep it";

export const wireguard = program({
  names: "wg|awg",
  source: "wg(8) 1.0",
  style: "posix",
  why: "shows or changes tunnels of WireGuard",
  risk: "safe",
  operands: "none",
  verbs: {
    show: listing("shows tunnels and their peers", { sensitive: keys }),
    showconf: listing("prints the settings with the private key", { sensitive: true }),
    "genkey|genpsk": listing("prints a new key", { sensitive: true }),
    pubkey: listing("prints the public key of a private one"),
    "addconf|syncconf": changing("changes a tunnel", stateBefore),
    set: {
      risk: (inv) => (inv.operands.some((arg) => arg.text === "remove") ? "dangerous" : "caution"),
      why: "changes a tunnel or its peers",
      operands: "name*",
      targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "tunnel", name: arg.text })),
      noInverse: stateBefore,
    },
    setconf: destroying("replaces all of a tunnel's settings", "tunnel"),
  },
  examples: {
    wg: "safe",
    "wg show": "safe",
    "wg show wg0 latest-handshakes": "safe",
    "wg show wg0 dump": "caution",
    "wg showconf wg0": "caution",
    "wg syncconf wg0 f": "caution",
    "wg set wg0 peer abc remove": "dangerous",
    "wg setconf wg0 f": "dangerous",
  },
  nearMisses: ["wg set wg0 listen-port 51820", "wg genkey", "wg frob"],
});

export const wgQuick = program({
  names: "wg-quick",
  source: "wg-quick(8) 1.0",
  why: "brings a tunnel up or down",
  verbs: {
    up: { ...changing("brings a tunnel up and runs the commands of its file", "wg-quick down"), inverse: (inv) => switched(inv, "down") },
    down: {
      ...changing("takes a tunnel down: its traffic stops, and commands of its file run", "wg-quick up"),
      inverse: (inv) => switched(inv, "up"),
    },
    save: changing("writes the present settings over the file", "copy the file before"),
    strip: listing("prints the settings with the private key", { sensitive: true }),
  },
  examples: {
    "wg-quick up wg0": "caution",
    "wg-quick strip wg0": "caution",
    "wg-quick down wg0": "caution",
    "wg-quick save wg0": "caution",
  },
  nearMisses: ["wg-quick", "wg-quick frob wg0"],
});

function switched(inv: Invocation, verb: string): Inverse | undefined {
  const name = inv.operand(0);
  return name === undefined ? undefined : { kind: "command", command: quoteWords([inv.program, verb, name]) };
}

export const ipsec = program({
  names: "ipsec|strongswan|strongswan-stroke",
  source: "ipsec(8), strongSwan 5.9; ipsec(8), Libreswan 5.0",
  why: "shows or changes tunnels of IPsec",
  verbs: {
    ...each(
      "status statusall version --version --help --versioncode --confdir --directory briefstatus trafficstatus briefconnectionstatus shuntstatus fipsstatus verify barf listall listalgs listpubkeys listcerts listcacerts listaacerts listocspcerts listacerts listgroups listcainfos listcrls listocsp listplugins listcounters leases",
      listing("prints connections, certificates or the state"),
    ),
    ...each(
      "up route rereadall rereadsecrets rereadcacerts rereadcrls update reload start add checknss initnss",
      changing("brings a connection up or reads settings again", "ipsec down"),
    ),
    ...each(
      "down down-srcip stop restart unroute delete purgecerts purgecrls purgeike purgeocsp resetcounters stroke whack auto",
      destroying("takes connections down or forgets certificates", "connection"),
    ),
  },
  examples: {
    "ipsec statusall": "safe",
    "ipsec up office": "caution",
    "ipsec down office": "dangerous",
    "ipsec restart": "dangerous",
  },
  nearMisses: ["ipsec", "ipsec whack --shutdown", "ipsec auto --down office"],
});

function swanctlRisk(inv: Invocation): Risk {
  if (inv.has("--terminate") || inv.has("--uninstall") || inv.has("--flush-certs")) return "dangerous";
  if (["--initiate", "--install", "--redirect", "--rekey", "--load-all"].some((name) => inv.has(name))) return "caution";
  return inv.options.length > 0 ? "safe" : "unknown";
}

export const swanctl = program({
  names: "swanctl",
  source: "swanctl(8), strongSwan 5.9",
  why: "shows or changes tunnels of IPsec",
  safer: "swanctl --list-sas",
  risk: swanctlRisk,
  flags:
    "-l|--list-sas -P|--list-pols -L|--list-conns -x|--list-certs -B|--list-authorities -A|--list-pools -g|--list-algs -S|--stats -C|--counters -v|--version -h|--help -n|--noblock -r|--raw --pretty --leases --reset -m|--monitor-sa",
  values: "-i|--ike -c|--child --ike-id --child-id -u|--uri -s|--source --timeout --type --subject --flag",
  options: {
    "-T|--log": { arity: "flag", unbounded: true, why: "follows the log without end" },
    "--terminate|-t|--uninstall|--flush-certs|-f": { arity: "flag", why: "takes tunnels down" },
    "--initiate|--install|--redirect|-d|--rekey|-R": { arity: "flag", why: "brings tunnels up or makes new keys" },
    "--load-all|-q|--load-conns|--load-creds|--load-pools|--load-authorities|-b|--reload-settings|-Q|--load-certs": {
      arity: "flag",
      why: "reads settings again",
    },
  },
  operands: "none",
  unbounded: (inv) => inv.has("-m"),
  targets: (inv) => [{ kind: "connection", name: inv.value("-i") ?? inv.value("-c") ?? "all" }],
  noInverse: "swanctl --terminate takes a tunnel down again",
  examples: {
    "swanctl --list-sas": "safe",
    "swanctl -L": "safe",
    "swanctl --log": "caution",
    "swanctl --initiate --child net": "caution",
    "swanctl --load-all": "caution",
    "swanctl --terminate --ike office": "dangerous",
  },
  nearMisses: ["swanctl", "swanctl -l -t -i office", "swanctl --term --ike office"],
});

export const tailscale = program({
  names: "tailscale",
  source: "tailscale.com, CLI reference 1.72",
  style: "goflag",
  why: "shows or changes the private network",
  values: "--socket",
  verbs: {
    ...each(
      "status ip version whois netcheck dns_status dns_query licenses exit-node_list exit-node_suggest serve_status funnel_status appc-routes metrics_print lock_status lock_log drive_list",
      {
        why: "prints peers, addresses or the state",
        flags: "--active --json --peers --self -4 -6 --1 --verbose --upstream --daemon --every --all --filter",
        values: "--format",
        operands: "data*",
      },
    ),
    ping: {
      why: "asks whether a peer answers",
      flags: "--verbose --until-direct --tsmp --icmp --peerapi",
      values: "--c --timeout --size",
      operands: "data",
    },
    ...each(
      "up login set switch ssh serve funnel file configure update lock bugreport drive nc cert exit-node",
      changing("changes the private network, or opens this machine to others", "tailscale status shows the state before"),
    ),
    ...each("down logout lock_disable debug serve_reset funnel_reset", destroying("takes this machine off the private network", "machine")),
  },
  examples: {
    "tailscale status": "safe",
    "tailscale ip -4": "safe",
    "tailscale ping db1": "safe",
    "tailscale netcheck": "safe",
    "tailscale up": "caution",
    "tailscale down": "dangerous",
    "tailscale logout": "dangerous",
  },
  nearMisses: ["tailscale", "tailscale file cp f x:", "tailscale debug prefs", "tailscale status --web"],
});

export const otherTunnels = program({
  names:
    "zerotier-cli|openvpn|nebula|netbird|twingate|cloudflared|ngrok|frpc|chisel|sshuttle|stunnel|stunnel4|bore|vpnc|openconnect|pptp|xl2tpd",
  source: "zerotier-cli(1) 1.14; openvpn(8) 2.6; cloudflared, ngrok, netbird --help",
  why: "shows a tunnel, or opens one between networks",
  risk: (inv) => {
    const words = inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?")).join(" ");
    if (/^(--version|-v|version|help|--help|-h)$/.test(words) || (words === "" && inv.has("--version"))) return "safe";
    if (inv.program === "zerotier-cli") return zerotier(words);
    if (inv.program === "netbird") return /^status$/.test(words) ? "safe" : "dangerous";
    if (inv.program === "cloudflared") return /^(tunnel (list|info)|tail --help)\b/.test(words) ? "safe" : "dangerous";
    return "dangerous";
  },
  flags: "-j --version -d --detail --json -h --help",
  values: "-o --output -D",
  options: { "--logfile|--log-directory|--trace-output|--pidfile": { kind: "write", why: "writes a file" } },
  anyOption: true,
  operands: "data*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "network", name: arg.text })),
  noInverse: "zerotier-cli leave takes the machine off the network again",
  examples: {
    "zerotier-cli listnetworks": "safe",
    "zerotier-cli -j info": "safe",
    "cloudflared tunnel list": "safe",
    "cloudflared tunnel list --logfile x": "caution",
    "netbird status": "safe",
    "zerotier-cli join abc": "caution",
    "zerotier-cli leave abc": "dangerous",
    "ngrok http 80": "dangerous",
    "cloudflared tunnel delete web": "dangerous",
  },
  nearMisses: ["openvpn --config x.ovpn", "zerotier-cli set abc allowDefault=1", "chisel client x R:80"],
});

function zerotier(words: string): Risk {
  if (/^(info|status|list(networks|peers|moons)|peers|get \S+ \S+|bond( list| \S+ show)?|dump-help)$/.test(words)) return "safe";
  return /^(join|set|orbit)\b/.test(words) ? "caution" : "dangerous";
}
