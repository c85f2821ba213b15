// Checkpoints and vacuums the embedded database: it has no background processes that would. Without checkpoints its log grows and a start
// after a crash replays all of it; without vacuum the tables that change grow. Takes turns like any client, one short statement at a time.
import { Client } from "pg";

const everyMs = 5 * 60_000;

/** Tables with many dead rows, or many changed since their statistics were taken. The audit log only grows: it needs the statistics. */
const dueTables = `
  SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables
  WHERE n_dead_tup > 500 + n_live_tup / 5 OR n_mod_since_analyze > 1000 + n_live_tup / 5 ORDER BY 1`;

/** One round. Returns the tables that were vacuumed. */
export async function maintain(socketFolder: string): Promise<string[]> {
  const client = new Client({ host: socketFolder, port: 5432, user: "postgres", database: "postgres", ssl: false });
  await client.connect();
  try {
    await client.query("CHECKPOINT");
    await client.query("SELECT pg_stat_force_next_flush()");
    const due = (await client.query<{ name: string }>(dueTables)).rows.map(({ name }) => name);
    for (const name of due) await client.query(`VACUUM (ANALYZE) ${name}`);
    return due;
  } finally {
    await client.end();
  }
}

/** A round every five minutes. Returns the function that ends it. */
export function startMaintenance(socketFolder: string): () => void {
  const timer = setInterval(() => {
    maintain(socketFolder).catch((error: unknown) => {
      process.stderr.write(`embedded database: maintenance failed: ${error instanceof Error ? error.message : "unknown"}\n`);
    });
  }, everyMs);
  return () => clearInterval(timer);
}
