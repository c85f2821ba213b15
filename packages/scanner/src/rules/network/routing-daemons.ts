// Routing daemons: FRR's vtysh and BIRD's birdc; keepalived and exabgp beside them.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";

/** Read what a shell of commands is told: options, operands, or standard input. */
function judgeCommands(given: readonly string[], reads: RegExp, destroys: RegExp): Risk {
  // A line break inside one word begins another command.
  const commands = given.flatMap((text) => text.split(/[\n;]/));
  if (commands.length === 0) return "unknown";
  if (commands.some((command) => destroys.test(command.trim()))) return "dangerous";
  return commands.every((command) => reads.test(command.trim())) ? "safe" : "caution";
}

function lines(inv: Invocation): readonly string[] {
  if (inv.stdin.kind === "data") return ["?"];
  return inv.stdin.kind === "text" ? inv.stdin.text.split("\n").filter((line) => line.trim() !== "") : [];
}

const vtyReads = /^(show|do show|ping|traceroute|mtrace|find|list|exit|quit|end|terminal|enable)\b(?!.*[|>])/;
const vtyDestroys = /^(clear|no|write erase|copy|reload|debug|graceful-restart|shutdown|configure replace)\b/;

export const vtysh = program({
  names: "vtysh",
  source: "vtysh(1), FRR 10",
  why: "asks or changes the routing daemons",
  safer: "vtysh -c 'show running-config'",
  risk: (inv) => {
    if (inv.has("-b") || inv.has("-f")) return inv.has("-C") ? "safe" : "dangerous";
    if (inv.has("-C") || inv.has("--version") || inv.has("-h") || inv.has("-m")) return "safe";
    if (inv.has("-w")) return "caution";
    const given = inv.all("-c").map((arg) => (arg.shape === "literal" ? arg.text : "?"));
    return judgeCommands(given.length > 0 ? given : lines(inv), vtyReads, vtyDestroys);
  },
  flags:
    "-b|--boot -C|--dryrun -E|--echo -n|--noerror -u|--user -t|--timestamp -m|--markfile -w|--writeconfig --no-fork --version -h|--help -x",
  values: "-c|--command -d|--daemon -N|--pathspace --vty_socket --config_dir",
  reads: "-f|--inputfile",
  options: { "-H|--histfile": { kind: "write", why: "writes what was typed to a file" } },
  operands: "none",
  sensitive: (inv) => inv.all("-c").some((arg) => /running-config|startup-config/.test(arg.text)),
  targets: (inv) => [{ kind: "router", name: inv.all("-c").at(-1)?.text ?? "configuration" }],
  noInverse: "show running-config prints the state before; keep it",
  examples: {
    "vtysh -c 'show ip bgp summary'": "safe",
    "vtysh -d bgpd -c 'show bgp neighbors'": "safe",
    "vtysh -C": "safe",
    "vtysh -c 'show running-config'": "caution",
    "vtysh -c 'conf t' -c 'router bgp 1'": "caution",
    "vtysh -H f -c 'show version'": "caution",
    "vtysh -c 'clear ip bgp *'": "dangerous",
    "vtysh -b": "dangerous",
  },
  nearMisses: [
    "vtysh",
    "vtysh -c 'show version' -c 'no router bgp 1'",
    "vtysh -c $x",
    "vtysh -c 'show version\nconf t'",
    "vtysh -f x",
    "cat f | vtysh",
  ],
});

const birdReads = /^(show|s|sh|sho|help|\?|echo|quit|exit|eval \d|configure check)\b/;
const birdDestroys = /^(down|restart|delete|reset|graceful restart)\b/;

export const birdc = program({
  names: "birdc|birdc6|birdcl|exabgpcli|gobgp",
  source: "bird.network.cz, BIRD 2.15; gobgp 3",
  style: "posix",
  why: "asks or steers the routing daemon",
  safer: "birdc show protocols",
  risk: (inv) => {
    const text = inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?")).join(" ");
    if (inv.program === "gobgp") {
      if (
        /^(neighbor( \S+)?( (local|adj-in|adj-out|accepted))?|global( rib( summary)?)?( -a \S+)?|vrf|policy|version|rpki (server|table))( -.*)?$/.test(
          text,
        )
      )
        return "safe";
      return /\b(del|softreset\w*|reset|shutdown|disable)\b/.test(text) ? "dangerous" : "caution";
    }
    return judgeCommands(text === "" ? lines(inv) : [text], birdReads, birdDestroys);
  },
  flags: "-v -r -l -j --version",
  values: "-s -u -p",
  operands: "data*",
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "protocol", name: arg.text })),
  inverse: (inv) => {
    const opposite = { disable: "enable", enable: "disable" }[inv.operand(0) ?? ""];
    const name = inv.operand(1);
    return opposite === undefined || name === undefined || inv.operands.length !== 2 || !/^\w+$/.test(name)
      ? undefined
      : { kind: "command", command: `${inv.program} ${opposite} ${name}` };
  },
  noInverse: "birdc show protocols all prints the state before; enable or configure puts it back",
  examples: {
    "birdc show protocols all": "safe",
    "birdc -r show route count": "safe",
    "gobgp neighbor": "safe",
    "birdc configure": "caution",
    "birdc disable peer1": "caution",
    "birdc down": "dangerous",
    "gobgp neighbor 10.0.0.1 shutdown": "dangerous",
  },
  nearMisses: ["birdc", "birdc $x", "birdc reload all", "echo down | birdc"],
});
