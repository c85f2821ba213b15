// Programs that keep servers running: supervisord, circus, monit.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";

const reads =
  /^(status|pid|avail|version|summary|report|procmatch|maintail|tail|help|stats|list|numprocesses|globaloptions|listsockets|dstats)$/;
const destroys = /^(shutdown|remove|clear|kill|signal|quit|rm|decr)$/;

function riskOf(inv: Invocation): Risk {
  const verb = inv.operand(0) ?? "";
  if (reads.test(verb) || (inv.program === "monit" && (inv.has("-t") || inv.has("-V")))) return "safe";
  if (destroys.test(verb)) return "dangerous";
  return verb === "" ? "unknown" : "caution";
}

const opposites: Readonly<Record<string, string>> = { start: "stop", stop: "start", monitor: "unmonitor", unmonitor: "monitor" };

function inverse(inv: Invocation): Inverse | undefined {
  const [verb = "", name = ""] = [inv.operand(0), inv.operand(1)];
  const opposite = opposites[verb];
  const plain = inv.operands.length === 2 && inv.options.length === 0 && /^[\w:.*-]+$/.test(name);
  return opposite !== undefined && plain ? { kind: "command", command: `${inv.program} ${opposite} ${name}` } : undefined;
}

export const supervisor = program({
  names: "supervisorctl|circusctl|monit",
  source: "supervisord.org 4.2; circus.readthedocs.io 0.18; mmonit.com, monit 5.34",
  style: "posix",
  why: "shows or switches supervised programs",
  safer: "supervisorctl status",
  risk: riskOf,
  flags: "-i -t -V -v -h -B",
  values: "-s -u -p -g",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "data*",
  unbounded: (inv) => /^(maintail|tail)$/.test(inv.operand(0) ?? "") && inv.operands.some((arg) => arg.text === "-f"),
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "program", name: arg.text })),
  inverse,
  noInverse: "supervisorctl status shows the state before; start what ran",
  examples: {
    "supervisorctl status": "safe",
    "supervisorctl tail web stderr": "safe",
    "monit summary": "safe",
    "supervisorctl tail -f web": "caution",
    "supervisorctl restart web": "caution",
    "supervisorctl stop web": "caution",
    "monit unmonitor web": "caution",
    "supervisorctl shutdown": "dangerous",
    "supervisorctl signal KILL web": "dangerous",
    "supervisorctl -c x status": "unknown",
  },
  nearMisses: ["supervisorctl", "supervisorctl update", "monit reload", "supervisorctl $x"],
});
