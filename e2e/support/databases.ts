// The two databases that a story has to work on: `describe.each(databases)("... on %s", (name, environment) => ...)`.
import { startPostgres, type TestCluster } from "../../packages/server/test-support/postgres.ts";

const clusters: TestCluster[] = [];

/** A name, and the environment of a product that is to use it. */
export const databases = [
  ["the embedded database", async () => ({})],
  [
    "PostgreSQL",
    async () => {
      const cluster = await startPostgres();
      clusters.push(cluster);
      return { DATABASE_URL: (await cluster.createDatabase()).url.replace("@/", "@localhost/") };
    },
  ],
] as const;

/** Ends what the environments started; call when no product uses it any more. */
export const stopDatabases = async (): Promise<void> => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
};
