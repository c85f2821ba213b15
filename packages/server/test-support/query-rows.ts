// A test's PostgreSQL, past our doors. In: an address of the superuser.
import { Client } from "pg";

/** Who opens it ends it. */
export async function openClient(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

/** One statement; its rows. */
export async function queryRows<T extends object>(connectionString: string, sql: string): Promise<T[]> {
  const client = await openClient(connectionString);
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
