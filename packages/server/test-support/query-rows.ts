// One statement on a test's PostgreSQL, past our doors. In: an address of the superuser. Out: the rows.
import { Client } from "pg";

export async function queryRows<T extends object>(connectionString: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
