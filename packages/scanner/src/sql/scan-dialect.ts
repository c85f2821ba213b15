// SQL of a dialect without a grammar of ours -> SqlVerdict: lex, split at semicolons, judge each statement.
// Concedes (unknown) wherever the lexer doubts, dangerous where something destructive plainly stands in what it could not read.
import { destructiveText } from "../destructive-text.ts";
import { maxRisk } from "../risk.ts";
import type { Risk } from "../types.ts";
import { syntaxes } from "./dialect-statements.ts";
import { SqlJudge } from "./judge-sql.ts";
import { lexSql, type SqlToken } from "./lex-sql.ts";
import type { SqlDialect, SqlVerdict } from "./types.ts";

/** UTF-16 units of SQL that are looked at; more is unknown at once (DESIGN 13). */
const MAX_LENGTH = 16_384;

/** Words that nothing but a destructive statement is likely to hold; only text that could not be read is searched for them. */
const destructiveWord = /\b(drop|truncate|shutdown|purge|xp_cmdshell)\b|\bdelete\s+from\b|\bsystem\b\s+\w/i;

const conceded = (text: string, ruleId: string, message: string): SqlVerdict => {
  const found = destructiveText(text) ?? (destructiveWord.test(text) ? "a statement that destroys" : undefined);
  const risk: Risk = found === undefined ? "unknown" : "dangerous";
  return {
    risk,
    findings: [{ ruleId, risk, start: 0, end: text.length, message: found === undefined ? message : `${message} It contains ${found}.` }],
    targets: [],
    sensitive: false,
    unbounded: false,
  };
};

/** Statements between semicolons, and in T-SQL between the word GO; empty ones are left out. */
function splitStatements(tokens: readonly SqlToken[], dialect: SqlDialect): readonly (readonly SqlToken[])[] {
  const statements: SqlToken[][] = [];
  let open: SqlToken[] = [];
  for (const token of tokens) {
    const ends = (token.kind === "symbol" && token.text === ";") || (dialect === "tsql" && token.kind === "word" && token.text === "GO");
    if (!ends) open.push(token);
    else if (open.length > 0) {
      statements.push(open);
      open = [];
    }
  }
  if (open.length > 0) statements.push(open);
  return statements;
}

/** The strictest meaning of all statements of `text`. */
export function scanDialect(dialect: Exclude<SqlDialect, "postgresql">, text: string): SqlVerdict {
  if (text.length > MAX_LENGTH) return conceded(text, "sql.limit", "This SQL is too long to look at.");
  const { tokens, doubt } = lexSql(text, syntaxes[dialect]);
  if (doubt !== undefined) return conceded(text, "sql.doubt", `This SQL cannot be read with certainty: ${doubt}.`);
  const statements = splitStatements(tokens, dialect);
  if (statements.length === 0) return conceded(text, "sql.empty", "There is no SQL statement.");
  const judge = new SqlJudge(dialect);
  for (const statement of statements) judge.statement(statement);
  if (judge.findings.length === 0) judge.report("safe", "read", tokens, "only reads");
  return {
    risk: judge.findings.reduce<Risk>((risk, finding) => maxRisk(risk, finding.risk), "safe"),
    findings: judge.findings,
    targets: judge.targets,
    sensitive: judge.sensitive,
    unbounded: false,
    fingerprint: () => tokens.map(({ kind, text: word }) => (kind === "string" || kind === "number" ? kind : `${kind}:${word}`)).join(" "),
  };
}
