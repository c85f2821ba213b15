// Clients of ZooKeeper: the command stands behind the options, or comes from standard input.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";
import { judgeInput } from "./sql-input.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const reads = words(
  "ls ls2 get stat getAcl getAllChildrenNumber getEphemerals listquota config version whoami printwatches history help quit close sync",
);
const changes = words("create set setquota delquota addWatch removewatches reconfig connect");
const destroys = words("delete deleteall rmr setAcl addauth");

/** One command of the shell. */
function judgeWords(command: readonly string[]): Finding | undefined {
  const name = command[0] ?? "";
  const watches = command.includes("-w") || command.at(-1) === "watch";
  if (reads.has(name)) return watches ? { risk: "caution", why: "sets a watch" } : undefined;
  if (destroys.has(name)) return { risk: "dangerous", why: "deletes nodes or changes who may see them" };
  if (changes.has(name)) return { risk: "caution", why: "changes nodes" };
  return { risk: "unknown", why: "is no known command of the shell" };
}

function judgeLines(text: Arg, ctx: RuleContext): void {
  for (const line of text.text.split("\n").slice(0, 200)) {
    const finding = line.trim() === "" ? undefined : judgeWords(line.trim().split(/\s+/));
    if (finding !== undefined) ctx.report(finding);
  }
}

/** zookeeper-shell takes the server as its first operand, zkCli as an option. */
function commandOf(inv: Invocation): readonly Arg[] {
  return inv.program.startsWith("zookeeper-shell") ? inv.operands.slice(1) : inv.operands;
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  const command = commandOf(inv);
  if (command.length === 0) return judgeInput(inv, ctx, (text) => judgeLines(text, ctx));
  const finding = command.every((arg) => arg.shape === "literal")
    ? judgeWords(command.map((arg) => arg.text))
    : { risk: "unknown" as const, why: "the command is not written out" };
  if (finding !== undefined) ctx.report(finding);
}

export const zkCli = program({
  names: "zkCli.sh|zkCli|zookeeper-shell|zookeeper-shell.sh|zookeepercli|zkcli",
  source: "zookeeper.apache.org 3.9, zkCli; Apache Kafka 3.8, zookeeper-shell",
  style: "posix",
  why: "asks ZooKeeper",
  values: "-server -timeout -client-configuration -zk-tls-config-file",
  flags: "-r -waitforconnection",
  operands: "data*",
  inspect,
  targets: (inv) => [{ kind: "node", name: commandOf(inv)[1]?.text ?? "/" }],
  noInverse: "get shows the value before; note it",
  examples: {
    "zkCli.sh -server zk1:2181 ls /brokers/ids": "safe",
    "zookeeper-shell.sh zk1:2181 get /controller": "safe",
    "zkCli.sh <<< 'stat /a'": "safe",
    "zkCli.sh -server zk1:2181 create /a b": "caution",
    "zookeeper-shell zk1:2181 deleteall /brokers": "dangerous",
    "zkCli.sh -server zk1:2181 rmr /a": "dangerous",
    "zkCli.sh -server zk1:2181": "unknown",
  },
  nearMisses: ["zkCli.sh", "zkCli.sh -server zk1:2181 $x /a", "zookeeper-shell zk1:2181", "zkCli.sh get -w /a"],
});

export const zkServer = program({
  names: "zkServer.sh|zkServer",
  source: "zookeeper.apache.org 3.9, zkServer",
  risk: (inv) => (/^(status|version|print-cmd)$/.test(inv.operand(0) ?? "") ? "safe" : "caution"),
  why: "starts, stops or shows a server",
  operands: "data data?",
  noInverse: "the opposite command",
  examples: { "zkServer.sh status": "safe", "zkServer.sh restart": "caution" },
  nearMisses: ["zkServer.sh stop"],
});

export const memcachedTools = program({
  names: "memcached-tool|memcstat|memcping|memccat|memcdump|memcexist",
  source: "memcached-tool(1) 1.6; libmemcached 1.1",
  risk: (inv) =>
    inv.program === "memcached-tool" && !/^(display|stats|settings|sizes|dump|keys)?$/.test(inv.operand(1) ?? "") ? "caution" : "safe",
  why: "asks memcached",
  options: { "--file": { kind: "write", why: "writes the value to a file" } },
  anyOption: true,
  operands: "data*",
  sensitive: (inv) => /dump/.test(`${inv.program} ${inv.operand(1) ?? ""}`),
  noInverse: "memcached only caches",
  examples: {
    "memcached-tool mc1:11211 stats": "safe",
    "memcached-tool mc1:11211 dump": "caution",
    "memcstat --servers=mc1": "safe",
    "memcached-tool mc1:11211 move 1 2": "caution",
  },
  nearMisses: ["memcached-tool mc1:11211 settings-x"],
});

export const memcachedChanges = program({
  names: "memcflush|memcrm|memccp|memctouch",
  source: "libmemcached 1.1",
  risk: (inv) => (inv.program === "memcflush" || inv.program === "memcrm" ? "dangerous" : "caution"),
  why: "deletes from or stores in memcached",
  anyOption: true,
  operands: "name*",
  targets: (inv) => [{ kind: "cache", name: inv.operands[0]?.text ?? "memcached" }],
  noInverse: "memcached only caches",
  examples: { "memcflush --servers=mc1": "dangerous", "memctouch --servers=mc1 a": "caution" },
  nearMisses: ["memcrm a"],
});
