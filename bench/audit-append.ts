// How many chained events a second eight executions of one tenant can record, three in each transaction, as the engine appends them; on a real
// PostgreSQL (synchronous_commit on) and on the embedded database. Prints JSON lines. `node scripts/run-ts.mjs bench/audit-append.ts`
import { randomUUID } from "node:crypto";
import type { AuditDraft } from "@dd0c/core";
import { appendEvents, type OpenDatabase, openDatabase } from "../packages/server/src/db/index.ts";
import { insertTenant } from "../packages/server/src/db/stores/tenant-store.ts";
import { startPostgres } from "../packages/server/test-support/postgres.ts";
import { type DatabaseKind, openTestDatabase } from "../packages/server/test-support/test-database.ts";
import { figure, atLeast } from "./measure.ts";

const executions = 8;
const eventsPerTransaction = 3;
const seconds = 10;
const warmUpSeconds = 2;
const budgets: Readonly<Record<DatabaseKind, number>> = { postgres: 1_500, embedded: 800 };

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

function drafts(tenant: string, execution: string): readonly AuditDraft[] {
  const time = new Date().toISOString();
  const actor = { type: "system", id: "engine", via: "system" } as const;
  const data = { command: "kubectl get pods -n payments", exit_code: 0, duration_ms: 120, digest: "0".repeat(64) };
  const draft = { schema_version: 1, tenant, execution, step_execution: randomUUID(), runbook: execution, actor, occurred_at: time };
  const rest = { recorded_at: time, late: false, source_ip: null, data };
  return Array.from({ length: eventsPerTransaction }, () => ({ ...draft, ...rest, type: "step.executed" }));
}

/** Appends until the time is over. Returns the milliseconds of each transaction. */
async function record(db: OpenDatabase, tenant: string, until: number): Promise<readonly number[]> {
  const execution = randomUUID();
  const times: number[] = [];
  while (performance.now() < until) {
    const started = performance.now();
    await db.withTenant(tenant, (tx) => appendEvents(tx, drafts(tenant, execution)));
    times.push(performance.now() - started);
  }
  return times;
}

const together = async (db: OpenDatabase, tenant: string, forSeconds: number): Promise<readonly number[]> => {
  const until = performance.now() + forSeconds * 1_000;
  return (await Promise.all(Array.from({ length: executions }, () => record(db, tenant, until)))).flat();
};

/** As an installation has it: what is committed is on the disk. */
async function openDurable(): Promise<{ readonly db: OpenDatabase; readonly close: () => Promise<void> }> {
  const cluster = await startPostgres({ durable: true });
  const db = await openDatabase({ kind: "postgres", url: (await cluster.createDatabase()).url });
  return { db, close: () => db.close().then(() => cluster.stop()) };
}

for (const kind of ["postgres", "embedded"] as const) {
  const test = kind === "postgres" ? await openDurable() : await openTestDatabase(kind);
  try {
    const tenant = randomUUID();
    await test.db.withSystem("create-tenant", (tx) => insertTenant(tx, { id: tenant, name: tenant, slug: tenant }));
    const setting = await test.db.withTenant(tenant, ({ query }) =>
      query
        .selectNoFrom(({ fn, val }) => [
          fn<string>("current_setting", [val("synchronous_commit")]).as("synchronous_commit"),
          fn<string>("current_setting", [val("fsync")]).as("fsync"),
        ])
        .executeTakeFirst(),
    );
    await together(test.db, tenant, warmUpSeconds);
    const started = performance.now();
    const times = await together(test.db, tenant, seconds);
    const perSecond = (times.length * eventsPerTransaction * 1_000) / (performance.now() - started);
    const facts = kind === "postgres" ? `, synchronous_commit ${setting?.synchronous_commit}, fsync ${setting?.fsync}` : "";
    const path = `audit append, ${kind} (${executions} at once, one tenant${facts})`;
    say(atLeast(path, "events/s", perSecond, `>= ${budgets[kind]}`, budgets[kind]));
    say(figure(`audit append, ${kind}, one transaction of ${eventsPerTransaction} events`, "ms", times, "reported", {}));
  } finally {
    await test.close();
  }
}
process.exit(0);
