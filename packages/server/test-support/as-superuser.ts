// The door of somebody who has a whole embedded database in hand: no tenant, no role, and triggers only if the statement leaves them on.
import { join } from "node:path";
import { Client, type ClientConfig } from "pg";

/** @param folder the server's data folder */
export const asSuperuser = (folder: string, statement: string): Promise<void> =>
  run({ host: join(folder, "database", "socket"), port: 5432, database: "postgres", user: "postgres" }, statement);

/** The same door of a PostgreSQL. @param connectionString of its superuser */
export const asSuperuserAt = (connectionString: string, statement: string): Promise<void> => run({ connectionString }, statement);

async function run(config: ClientConfig, statement: string): Promise<void> {
  const client = new Client(config);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
