// Results leave a batch only while the canaries hold, whenever the scanner begins to err.
import { describe, expect, it } from "vitest";
import { doctoredScanner } from "../../test-support/doctored-scanner.ts";
import { createScannerGuard, type Extent } from "./scanner-guard.ts";

const refused = (canary: { readonly id: string }) => ({ code: "PARTY_MODE_ACTIVE", details: { canaries: [canary.id] } });
const ask = (guard: ReturnType<typeof createScannerGuard>, extent: Extent = "all", text = "ls") =>
  guard.batch([text], extent, (scan) => scan(text).risk);

describe("the scanner guard", () => {
  it("lets results out while everything holds", async () => {
    const guard = createScannerGuard();
    expect(guard.checkAll()).toBe(true);
    expect([await ask(guard), await ask(guard, "some"), await ask(guard, "all", "psql -c 'SELECT 1'")]).toEqual(["safe", "safe", "safe"]);
    expect([guard.isSound(), guard.missed()]).toEqual([true, []]);
  });

  it("refuses from the start when the scanner errs then", async () => {
    const doctored = doctoredScanner({ errs: true });
    const guard = createScannerGuard(doctored.scan);
    expect([guard.checkAll(), guard.isSound(), guard.missed()]).toEqual([false, false, [doctored.canary.id]]);
    let classified = 0;
    await expect(guard.batch(["ls"], "some", () => ++classified)).rejects.toMatchObject(refused(doctored.canary));
    expect(classified).toBe(0);
  });

  it("withholds the batch whose own text makes the scanner err", async () => {
    const doctored = doctoredScanner({ errs: false });
    const guard = createScannerGuard(doctored.scan);
    const breaking = guard.batch(["ls"], "all", () => {
      doctored.errs = true;
      return "result";
    });
    await expect(breaking).rejects.toMatchObject(refused(doctored.canary));
  });

  it("finds within sixty-four small batches what it would find in a whole one", async () => {
    const doctored = doctoredScanner({ errs: true });
    const guard = createScannerGuard(doctored.scan);
    const answers: unknown[] = [];
    for (let at = 0; at < 64; at++) answers.push(await ask(guard, "some").catch((error: { code: string }) => error.code));
    expect(answers).toContain("PARTY_MODE_ACTIVE");
  });

  it("checks the canaries of SQL before the first verdict about SQL", async () => {
    const doctored = doctoredScanner({ errs: true, sql: true });
    const guard = createScannerGuard(doctored.scan);
    expect([guard.checkAll(), await ask(guard)]).toEqual([true, "safe"]);
    await expect(ask(guard, "some", "psql -c 'SELECT 1'")).rejects.toMatchObject(refused(doctored.canary));
    await expect(ask(guard, "some", "ls")).rejects.toMatchObject(refused(doctored.canary));
  });

  it("explains what is stored even then, and tells once per refusal", async () => {
    const guard = createScannerGuard(doctoredScanner({ errs: true }).scan);
    let told = 0;
    guard.onMiss(() => (told += 1));
    guard.checkAll();
    await guard.prepare(["psql -c 'SELECT 1'"]);
    await expect(ask(guard)).rejects.toBeDefined();
    expect(told).toBe(2);
  });

  it("goes on only when everything held again", async () => {
    const doctored = doctoredScanner({ errs: true });
    const guard = createScannerGuard(doctored.scan);
    guard.checkAll();
    expect(guard.checkAll()).toBe(false);
    doctored.errs = false;
    await expect(ask(guard)).rejects.toMatchObject(refused(doctored.canary));
    expect(guard.checkAll()).toBe(true);
    expect(await ask(guard)).toBe("safe");
  });
});
