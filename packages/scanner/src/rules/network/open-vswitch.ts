// Open vSwitch and OVN. One call may hold several commands joined by `--`; every one of them must read.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";

const vsctlReads =
  /^(show|list|find|get|get-\S+|list-\S+|br-exists|port-to-br|iface-to-br|br-to-vlan|br-to-parent|br-get-external-id|wait-until|comment|\S+-list|lb-list|trace)$/;
const ofctlReads = /^(show|dump-\S+|probe|ofp-\S+|parse-\S+|diff-flows|bundle-show)$/;
const appctlReads =
  /^(\S+\/(show|list|dump|stats-show|show-\S+|dump-\S+|trace|status|get)|version|list-commands|coverage\/show|upcall\/show|memory\/show)$/;
const destroys =
  /^(del|delete|remove|destroy|clear|emer-reset|flush|purge)|^\S+-(del|destroy|clear|flush)\b|\/(exit|flush|kick|reset|disconnect|clear|change-state)|^exit/;

/** The first word of each command. */
function commandWords(inv: Invocation): readonly string[] {
  const all = [...inv.operands, ...inv.unlisted].toSorted((a, b) => a.span.start - b.span.start);
  const words: string[] = [];
  let begins = true;
  for (const arg of all) {
    if (arg.text === "--") begins = true;
    else if (begins && !arg.text.startsWith("-")) {
      words.push(arg.shape === "literal" ? arg.text : "?");
      begins = false;
    }
  }
  return words;
}

function readsOf(name: string): RegExp {
  if (name === "ovs-ofctl" || name === "ovs-dpctl") return ofctlReads;
  return name === "ovs-appctl" || name === "ovn-appctl" ? appctlReads : vsctlReads;
}

function riskOf(inv: Invocation): Risk {
  const words = commandWords(inv);
  if (words.length === 0) return inv.unlisted.some((arg) => /^(-V|--version|-h|--help)$/.test(arg.text)) ? "safe" : "unknown";
  const later = inv.operands.some((arg, index) => index > 0 && destroys.test(arg.text) && inv.operands[index - 1]?.text === "--");
  if (later || words.some((word) => destroys.test(word))) return "dangerous";
  return words.every((word) => readsOf(inv.program).test(word)) ? "safe" : "caution";
}

export const openVswitch = program({
  names: "ovs-vsctl|ovs-ofctl|ovs-dpctl|ovs-appctl|ovn-nbctl|ovn-sbctl|ovn-appctl|ovn-trace|ovsdb-client",
  source: "ovs-vsctl(8), ovs-ofctl(8), ovs-appctl(8), Open vSwitch 3.3; ovn-nbctl(8), OVN 24.03",
  style: "none",
  why: "shows or changes a virtual switch",
  safer: "ovs-vsctl show",
  risk: (inv) => (inv.program === "ovn-trace" ? "safe" : riskOf(inv)),
  operands: "data*",
  unbounded: (inv) => inv.operands.some((arg) => /^(monitor|snoop|watch)$/.test(arg.text)),
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "switch", name: arg.text })),
  noInverse: "ovs-vsctl show and ovs-ofctl dump-flows print the state before; keep it",
  examples: {
    "ovs-vsctl show": "safe",
    "ovs-vsctl list-ports br0": "safe",
    "ovs-ofctl dump-flows br0": "safe",
    "ovs-appctl fdb/show br0": "safe",
    "ovn-nbctl ls-list": "safe",
    "ovs-vsctl add-br br1": "caution",
    "ovs-ofctl monitor br0": "caution",
    "ovs-vsctl del-br br0": "dangerous",
    "ovs-ofctl del-flows br0": "dangerous",
    "ovs-vsctl show -- del-br br0": "dangerous",
  },
  nearMisses: ["ovs-vsctl", "ovs-vsctl set port a tag=1", "ovs-vsctl list port -- set port a tag=1", "ovs-appctl exit", "ovs-vsctl $x"],
});
