// gcloud commands that carry a program: shell text for another machine and SQL for Spanner. Part of the gcloud rule.
// What is carried is judged by its own language; a shell on another machine is at least caution.
import { joinArgs } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import { isWrittenOut } from "../aws/globals.ts";
import type { CommandRule, RuleContext } from "../../../rule.ts";
import type { Target } from "../../../types.ts";
import { printsManual, remote } from "./kinds.ts";

const machine = (inv: Invocation): readonly Target[] =>
  inv.operands.slice(0, 1).map((arg) => ({ kind: "instance", name: arg.text.replace(/^.*@/, "") }));

/** `--command TEXT`, or words behind `--`, which go to ssh as they are. */
function runRemote(inv: Invocation, ctx: RuleContext): void {
  if (stays(inv)) return;
  const text = inv.arg("--command");
  const rest = inv.operands.slice(1);
  if (text !== undefined) ctx.scanText(text);
  if (rest[0]?.dash === true)
    ctx.report({ risk: "dangerous", why: "hands options to ssh, tunnels among them", safer: "--command", span: rest[0].span });
  else if (rest.length > 0) ctx.scanText(joinArgs(rest, inv.span));
  else if (text === undefined) reportShell(inv, ctx);
}

/** Without a command, the shell on the other side takes its input from the person or from a pipe. */
function reportShell(inv: Invocation, ctx: RuleContext): void {
  if (inv.stdin.kind === "none")
    ctx.report({ risk: "unknown", why: "opens an interactive shell on another machine", safer: "--command 'the command'" });
  else ctx.report({ risk: "dangerous", why: "feeds its input to a shell on another machine", safer: "--command" });
}

/** Nothing leaves this machine: the manual, or the ssh command that would run, is printed. */
function stays(inv: Invocation): boolean {
  return printsManual(inv) || (inv.has("--dry-run") && isWrittenOut(inv));
}

const ssh: CommandRule = {
  risk: (inv) => (stays(inv) ? "safe" : "caution"),
  why: "runs a command on an instance",
  operands: "name inner*",
  flags: "--dry-run --tunnel-through-iap --internal-ip --plain --force-key-file-overwrite --troubleshoot",
  values:
    "--zone --command --container --strict-host-key-checking --ssh-key-file --ssh-key-expire-after --ssh-key-expiration --network --region",
  options: { "--ssh-flag": { risk: "dangerous", why: "hands an option to ssh" } },
  inspect: runRemote,
  targets: machine,
  noInverse: "what the command changes there is not known here",
};

const scp: CommandRule = {
  risk: (inv) => (stays(inv) ? "safe" : "caution"),
  why: "copies files to or from an instance, over what was there",
  operands: "read*",
  flags: "--dry-run --recurse --compress --tunnel-through-iap --internal-ip --plain --force-key-file-overwrite",
  values: "--zone --port --strict-host-key-checking --ssh-key-file --network --region",
  options: { "--scp-flag": { risk: "dangerous", why: "hands an option to scp" } },
  inspect: (inv, ctx) => {
    for (const arg of inv.operands)
      if (/:\/(etc|usr|bin|boot|root|lib)|authorized_keys/.test(arg.head) && arg === inv.operands.at(-1))
        ctx.report({ risk: "dangerous", why: `writes ${arg.text}, which the system depends on`, span: arg.span });
  },
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text })),
  noInverse: "what it overwrites is not kept",
};

/** GoogleSQL of Spanner has the statements and comments of BigQuery's. */
function judgeSql(inv: Invocation, ctx: RuleContext): void {
  const sql = inv.arg("--sql");
  if (printsManual(inv)) return;
  if (sql === undefined) ctx.report({ risk: "unknown", why: "the statement is not in --sql" });
  else ctx.scanSql("bigquery", sql);
}

const executeSql: CommandRule = {
  why: "runs SQL in Spanner",
  operands: "data?",
  flags: "--enable-partitioned-dml",
  values: "--instance --query-mode --timeout --database-role --priority --strong --read-timestamp --max-staleness --min-read-timestamp",
  options: { "--sql": { kind: "code", risk: "safe" }, "--directed-read": { kind: "data" } },
  inspect: judgeSql,
  targets: (inv) => inv.operands.map((arg) => ({ kind: "database", name: arg.text })),
  noInverse: "rows that it changes are not kept",
};

/** Schema changes are DDL texts; only what plainly adds is left at caution. */
function judgeDdl(inv: Invocation, ctx: RuleContext): void {
  if (printsManual(inv)) return;
  for (const ddl of inv.all("--ddl")) ctx.scanSql("bigquery", ddl);
}

const updateDdl: CommandRule = {
  risk: (inv) => (printsManual(inv) ? "safe" : "caution"),
  why: "changes the schema of a database",
  operands: "name?",
  values: "--instance --proto-descriptors-file",
  flags: "--async",
  options: { "--ddl": { kind: "code", risk: "safe" }, "--ddl-file": { risk: "unknown", why: "takes the statements from a file" } },
  inspect: judgeDdl,
  targets: (inv) => inv.operands.map((arg) => ({ kind: "database", name: arg.text })),
  noInverse: "the schema before is not kept",
};

const rows: CommandRule = { ...remote, risk: "caution", why: "changes rows", noInverse: "the rows before are not kept" };

export const embedded: Readonly<Record<string, CommandRule>> = {
  "compute ssh": ssh,
  "compute scp": scp,
  "spanner databases execute-sql": executeSql,
  "spanner databases ddl update": updateDdl,
  "spanner rows insert|update": rows,
};
