// Where the SQL of a client program comes from: words of the command, standard input, or nowhere. Shared by the clients of databases.
// Text that is written out is judged; data that is known only when it runs is dangerous, a prompt is unknown.
import { type Arg, literalArg } from "../../arg.ts";
import { destructiveText } from "../../destructive-text.ts";
import type { Invocation } from "../../invocation.ts";
import type { RuleContext } from "../../rule.ts";
import type { SqlDialect } from "../../sql/types.ts";
import type { Target } from "../../types.ts";

/** Judges standard input by `judge`, which gets its text as one word. */
export function judgeInput(inv: Invocation, ctx: RuleContext, judge: (text: Arg) => void): void {
  if (inv.stdin.kind === "text") judge(literalArg(inv.stdin.text, inv.span));
  else if (inv.stdin.kind === "data")
    ctx.report({
      risk: "dangerous",
      why: "runs whatever statements it is fed",
      safer: "give the statement in the command, where it can be read",
    });
  else ctx.report({ risk: "unknown", why: "opens a prompt", safer: "give the statement in the command" });
}

/** Judges the statements in `texts`; without any, what stands on standard input. */
export function judgeStatements(inv: Invocation, ctx: RuleContext, dialect: SqlDialect, texts: readonly Arg[]): void {
  for (const text of texts) ctx.scanSql(dialect, text);
  if (texts.length === 0) judgeInput(inv, ctx, (text) => ctx.scanSql(dialect, text));
}

/** `client -e DROP TABLE users`: forgotten quotes leave one word of SQL and further operands. */
export function judgeForgottenQuotes(inv: Invocation, ctx: RuleContext, texts: readonly Arg[]): void {
  if (texts.length !== 1 || inv.operands.length === 0) return;
  const found = destructiveText([...texts, ...inv.operands].map((arg) => arg.text).join(" "));
  if (found !== undefined)
    ctx.report({ risk: "dangerous", why: `contains ${found}, without quotes around the statement`, safer: "quote the statement" });
}

/** Whether one of the options that end a client at once was given. */
export function onlyInforms(inv: Invocation, names: readonly string[]): boolean {
  return names.some((name) => inv.has(name));
}

/** The database that `-d` names. */
export const namedDatabase = (inv: Invocation): readonly Target[] => [
  { kind: "database", name: inv.arg("-d")?.text ?? "database of the connection" },
];

export const rowsBefore = "what undoes a statement depends on the rows it changed; SELECT them before";

/** Reports a statement that the client changes before it sends it. */
export function refuseText(texts: readonly Arg[], pattern: RegExp, why: string, ctx: RuleContext): void {
  for (const arg of texts) if (pattern.test(arg.text)) ctx.report({ risk: "unknown", why, span: arg.span });
}
