import { AppError } from "@dd0c/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertSampleTenant } from "../../test-support/sample-execution.ts";
import { openTestDatabase, type TestDatabase } from "../../test-support/test-database.ts";
import type { Caller } from "../identity/caller.ts";
import { createIdempotentAnswers, type IdempotentRequest } from "./idempotent-answers.ts";

let test: TestDatabase;
let caller: Caller;

beforeAll(async () => {
  test = await openTestDatabase("embedded");
  const { tenantId } = await insertSampleTenant(test.db);
  caller = { tenantId, userId: "u", name: "", email: "", role: "operator", via: "web", sourceIp: null } as unknown as Caller;
}, 60_000);
afterAll(() => test.close());

const request = (key: string): IdempotentRequest => ({
  route: "startExecution",
  method: "POST",
  caller,
  key,
  params: null,
  body: { a: 1 },
});
/** A server of this database; another one is what comes after it died. */
const server = (isAlone = true) => createIdempotentAnswers({ db: test.db, clock: { now: () => Date.now() }, isAlone });
const done = async () => ({ status: 201, body: { id: 1 } });
const never = () => new Promise<never>(() => undefined);
const makeOld = (key: string) =>
  test.admin("UPDATE run.idempotency_keys SET created_at = created_at - interval '2 minutes' WHERE key = $1", [key]);

/** Begins and is never heard of again. */
async function beginAndDie(key: string): Promise<ReturnType<typeof server>> {
  const died = server();
  await new Promise<void>((begun) => {
    void died.run(request(key), () => (begun(), never()));
  });
  return died;
}

describe("a request that is not answered", () => {
  it("is waited for while its server works on it", async () => {
    const working = await beginAndDie("working");
    await expect(working.run(request("working"), done)).rejects.toMatchObject({ code: "IDEMPOTENCY_IN_PROGRESS" });
    await makeOld("working");
    await expect(working.run(request("working"), done)).rejects.toMatchObject({ code: "IDEMPOTENCY_IN_PROGRESS" });
  });

  it("is lost at once when its lone server died, and never done again", async () => {
    await beginAndDie("died");
    let runs = 0;
    const again = server().run(request("died"), async () => ((runs += 1), done()));
    await expect(again).rejects.toMatchObject({ code: "IDEMPOTENCY_LOST" });
    expect(runs).toBe(0);
  });

  it("is waited for by another server of several for a minute, and lost then", async () => {
    await beginAndDie("elsewhere");
    const other = server(false);
    await expect(other.run(request("elsewhere"), done)).rejects.toMatchObject({ code: "IDEMPOTENCY_IN_PROGRESS" });
    await makeOld("elsewhere");
    await expect(other.run(request("elsewhere"), done)).rejects.toMatchObject({ code: "IDEMPOTENCY_LOST" });
  });

  it("keeps its key when it failed in the middle: what it did may stand", async () => {
    const one = server();
    const failed = one.run(request("failed"), () => Promise.reject(new Error("the database went away")));
    await expect(failed).rejects.toThrow("went away");
    await expect(one.run(request("failed"), done)).rejects.toMatchObject({ code: "IDEMPOTENCY_LOST" });
  });

  it("frees its key when it was refused", async () => {
    const one = server();
    await expect(one.run(request("refused"), () => Promise.reject(new AppError("AGENT_OFFLINE")))).rejects.toMatchObject({
      code: "AGENT_OFFLINE",
    });
    expect(await one.run(request("refused"), done)).toMatchObject({ status: 201 });
  });
});
