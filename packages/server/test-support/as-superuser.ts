// The door of somebody who has a whole embedded database in hand: no tenant, no role, and triggers only if the statement leaves them on.
import { join } from "node:path";
import { Client } from "pg";

/** @param folder the server's data folder */
export async function asSuperuser(folder: string, statement: string): Promise<void> {
  const client = new Client({ host: join(folder, "database", "socket"), port: 5432, database: "postgres", user: "postgres" });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
