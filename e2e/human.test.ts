// Machines do not approve: an API key is refused on every route that is for people, over real HTTP, whatever its role.
import { ApiError, type Route, type RouteName, routes } from "@dd0c/protocol/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { begin, clientWith, demoRunbook, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
let product: Product;
let session: Session;
let key: string;

beforeAll(async () => {
  product = await startProduct(await freePorts(), folder.path);
  session = await signIn(product.base, product.link);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  key = (await session.call("createApiKey", { body: { name: "pipeline", role: "operator" } })).key;
});
afterAll(async () => {
  await product.stop();
  folder.remove();
});

const anyId = "00000000-0000-4000-8000-000000000000";
const humanRoutes = (Object.entries(routes) as [RouteName, Route][])
  .filter(([, route]) => route.humanOnly === true)
  .map(([name, route]) => [name, route] as const);

const codeOf = async (route: Route): Promise<string> => {
  const path = route.path.replace(/:[a-z_]+/g, anyId);
  const answer = await fetch(`${product.base}/v1/run${path}`, {
    method: route.method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(route.body === undefined ? {} : { body: "{}" }),
  });
  return `${answer.status} ${((await answer.json()) as { error: { code: string } }).error.code}`;
};

describe("an API key", () => {
  it("knows the routes that are for people", () => {
    expect(humanRoutes.map(([name]) => name)).toEqual(
      expect.arrayContaining(["approveStep", "modifyStep", "resumeExecution", "panicOff", "confirmPreflight"]),
    );
  });

  it.each(humanRoutes)("is refused by %s", async (_name, route) => {
    expect(await codeOf(route)).toMatch(/^403 (HUMAN_REQUIRED|FORBIDDEN)$/);
  });

  it("cannot approve a step that waits for exactly that", async () => {
    const started = await begin(session, await demoRunbook(session, /latency/i));
    const waiting = await until(
      "a step that waits",
      () => readExecution(session, started.id),
      (now) => openStep(now) !== undefined,
    );
    const step = openStep(waiting);
    const machine = clientWith(product.base, { authorization: `Bearer ${key}` });
    const refused = await machine
      .call("approveStep", {
        params: { id: started.id, sid: step?.id ?? "" },
        body: { digest: step?.digest ?? "", acknowledge_no_rollback: true },
      })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ status: 403, code: "HUMAN_REQUIRED" });
    expect(openStep(await readExecution(session, started.id))).toMatchObject({ id: step?.id, status: "awaiting_approval" });
  });

  it("may stop everything", async () => {
    const machine = clientWith(product.base, { authorization: `Bearer ${key}` });
    expect((await machine.call("panicOn", { body: { reason: "a red button" } })).on).toBe(true);
    expect((await session.call("panicOff", { body: { reason: "looked at it" } })).on).toBe(false);
  });
});
