// The same story on a real PostgreSQL, as the unprivileged login role: only DATABASE_URL differs.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type TestCluster } from "../packages/server/test-support/postgres.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { begin, demoRunbook, signIn, walk } from "./support/session.ts";

const folder = temporaryFolder();
let cluster: TestCluster;
let product: Product | undefined;

beforeAll(async () => {
  cluster = await startPostgres();
  const { url } = await cluster.createDatabase();
  expect(url).toMatch(/^postgres:\/\/dd0c_login@/);
  product = await startProduct(await freePorts(), folder.path, { env: { DATABASE_URL: url.replace("@/", "@localhost/") } });
});
afterAll(async () => {
  await product?.stop();
  await cluster.stop();
  folder.remove();
});

it("walks the demo incident and verifies the chain", async () => {
  if (product === undefined) throw new Error("the product did not start");
  const session = await signIn(product.base, product.link);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  const started = await begin(session, await demoRunbook(session, /latency/i));
  const done = await walk(session, started.id);
  expect(done.status).toBe("completed");
  expect(done.steps.map(({ label, status, outcome }) => ({ label, status, outcome }))).toEqual(
    done.steps.map(({ label }) => ({ label, status: "completed", outcome: "ok" })),
  );
  expect(await session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
});
