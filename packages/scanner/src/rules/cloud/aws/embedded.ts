// Operations that carry a program of their own: shell text for machines and containers, SQL and PartiQL. Part of the aws rule (aws.ts).
// Text that cannot be read out of the request is dangerous for shells and unknown for queries.
import { type Arg, literalArg } from "../../../arg.ts";
import { destructiveText } from "../../../destructive-text.ts";
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, RuleContext } from "../../../rule.ts";
import type { Risk, Target } from "../../../types.ts";
import { isWrittenOut, makesNoCall, shortens } from "./globals.ts";
import { judgeWords, read, remote, start, unlessNoCall } from "./kinds.ts";

const shellDocument = "AWS-RunShellScript";

/** The commands in `--parameters`: `commands=df -h`, `commands=["a","b"]` or `{"commands":["a","b"]}`; undefined when not understood. */
export function commandsOf(parameters: string): string | undefined {
  const text = parameters.trim();
  if (text.startsWith("{")) return jsonCommands(text);
  const short = /^"?commands"?=(.*)$/s.exec(text)?.[1];
  if (short === undefined) return undefined;
  if (short.startsWith("[")) return jsonCommands(`{"commands":${short}}`);
  return /[[\]'"\\,]/.test(short) ? undefined : short;
}

function jsonCommands(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("commands" in value) || Object.keys(value).length !== 1) return undefined;
  const { commands } = value;
  if (typeof commands === "string") return commands;
  return Array.isArray(commands) && commands.every((each) => typeof each === "string") ? commands.join("\n") : undefined;
}

/** Several words behind --parameters would be lost, so only one word counts. */
function shellText(inv: Invocation): string | undefined {
  const parameters = inv.value("--parameters");
  if (parameters === undefined || inv.value("--document-name") !== shellDocument || inv.all("--parameters").length !== 1) return undefined;
  if (shortens(inv, "--parameters") || shortens(inv, "--document-name")) return undefined;
  if (inv.operands.some((arg) => arg.head.includes("commands") || arg.shape !== "literal")) return undefined;
  return commandsOf(parameters);
}

/** The values of the first of `options` that was given. */
function whereItRuns(...options: readonly string[]): (inv: Invocation) => readonly Target[] {
  return (inv) => {
    const option = options.find((each) => inv.has(each));
    return option === undefined ? [] : inv.all(option).map((arg) => ({ kind: option.slice(2).replace(/-ids$/, ""), name: arg.text }));
  };
}

const sendCommand: CommandRule = {
  ...remote,
  targets: whereItRuns("--instance-ids", "--targets"),
  risk: (inv) => (makesNoCall(inv) ? "safe" : shellText(inv) === undefined ? "dangerous" : "caution"),
  why: "runs a command on machines",
  noInverse: "what ran on the machines stays",
  inspect: (inv, ctx) => {
    judgeWords(inv, ctx);
    const text = makesNoCall(inv) ? undefined : shellText(inv);
    const parameters = inv.arg("--parameters");
    if (text !== undefined && parameters !== undefined) ctx.scanText(literalArg(text, parameters.span));
    else if (!makesNoCall(inv)) ctx.report({ risk: "dangerous", why: "what it runs on the machines is not written out" });
  },
};

const interactive = /^(\S*\/)?(ba|da|z|k|a)?sh( -[il]+)?$/;

const executeCommand: CommandRule = {
  ...remote,
  targets: whereItRuns("--task", "--container", "--cluster"),
  risk: unlessNoCall("caution"),
  why: "runs a command in a container",
  noInverse: "what ran in the container stays",
  inspect: (inv, ctx) => {
    judgeWords(inv, ctx);
    if (makesNoCall(inv)) return;
    const command = inv.arg("--command");
    if (command === undefined || shortens(inv, "--command") || inv.all("--command").length > 1)
      ctx.report({ risk: "dangerous", why: "what it runs in the container is not written out" });
    else if (interactive.test(command.text)) ctx.report({ risk: "dangerous", why: "opens a shell in a container", span: command.span });
    else ctx.scanText(command);
  },
};

const loses = /^\s*(drop|truncate|delete|vacuum|grant|revoke|alter|unload|merge|msck|copy|optimize)\b/i;

/** SQL that runs in the background of a service: at least caution, since the answer is kept there. */
function judgeSql(option: string): (inv: Invocation, ctx: RuleContext) => void {
  return (inv, ctx) => {
    judgeWords(inv, ctx);
    const sql = inv.arg(option);
    if (sql === undefined || makesNoCall(inv)) return;
    if (shortens(inv, option) || inv.all(option).length > 1)
      report(ctx, "dangerous", "another statement may count instead of this one", sql);
    if (sql.shape !== "literal" || sql.text.startsWith("file:")) report(ctx, "unknown", "the SQL is not written out", sql);
    else if (loses.test(sql.text) || destructiveText(sql.text) !== undefined)
      report(ctx, "dangerous", "the SQL deletes, overwrites or changes rights", sql);
  };
}

function report(ctx: RuleContext, risk: Risk, why: string, arg: Arg): void {
  ctx.report({ risk, why, span: arg.span });
}

const sql = (option: string, why: string): CommandRule => ({
  ...start,
  why,
  noInverse: "what the statement changed stays",
  inspect: judgeSql(option),
});

const query = /^\s*(select|show|describe)\b/i;
const partiqlRead = /^\s*select\b[^;]*;?\s*$/i;

/** A statement that is a read when it is written out and nothing but one SELECT. */
function readingStatement(option: string, reading: RegExp, why: string): CommandRule {
  const judge = judgeSql(option);
  const isRead = (inv: Invocation): boolean =>
    reading.test(inv.value(option) ?? "") && inv.all(option).length === 1 && !shortens(inv, option);
  return {
    ...start,
    risk: (inv) => (makesNoCall(inv) || isRead(inv) ? "safe" : "caution"),
    why,
    noInverse: "what the statement changed stays",
    inspect: (inv, ctx) => {
      judge(inv, ctx);
      if (!isWrittenOut(inv)) ctx.report({ risk: "unknown", why: "a word of the call may become another statement" });
      if (inv.arg(option) === undefined && !makesNoCall(inv)) ctx.report({ risk: "unknown", why: "the statement is not written out" });
    },
  };
}

/** By service: operations with a rule of their own. */
export const embedded: Readonly<Record<string, Readonly<Record<string, CommandRule>>>> = {
  athena: { "start-query-execution": sql("--query-string", "runs SQL in Athena and keeps the answer in S3") },
  dynamodb: {
    "execute-statement": readingStatement("--statement", partiqlRead, "runs a PartiQL statement"),
    "batch-execute-statement|execute-transaction": {
      ...start,
      why: "runs PartiQL statements",
      noInverse: "what the statements changed stays",
    },
  },
  ecs: { "execute-command": executeCommand },
  logs: {
    tail: {
      ...read,
      why: "prints log events",
      values: "--since --format --filter-pattern --log-stream-names --log-stream-name-prefix --log-group-name",
      options: { "--follow|--follo|--foll|--fol": { arity: "flag", unbounded: true, why: "follows without end", safer: "drop --follow" } },
    },
  },
  "rds-data": {
    "execute-statement": sql("--sql", "runs SQL in a database"),
    "batch-execute-statement": sql("--sql", "runs SQL in a database"),
    "execute-sql": sql("--sql-statements", "runs SQL in a database"),
  },
  "redshift-data": {
    "execute-statement": sql("--sql", "runs SQL in Redshift"),
    "batch-execute-statement": sql("--sqls", "runs SQL in Redshift"),
  },
  ssm: { "send-command": sendCommand },
  "timestream-query": { query: readingStatement("--query-string", query, "runs a Timestream query") },
};
