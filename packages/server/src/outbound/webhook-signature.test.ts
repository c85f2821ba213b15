// The reference's vector, and an independent library that verifies what we sign.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { repositoryPath } from "../package-root.ts";
import { newWebhookSecret, signedHeaders } from "./webhook-signature.ts";

const body = '{"type":"run.completed"}';
const vector = "whsec_cnVuYm9vay1hdXRvbWF0aW9uLXRlc3Qta2V5LTAwMDE=";

describe("signedHeaders", () => {
  it("is the reference's vector", () => {
    expect(signedHeaders("msg_test_1", new Date(1_795_142_631_999), body, [vector])).toEqual({
      "webhook-id": "msg_test_1",
      "webhook-timestamp": "1795142631",
      "webhook-signature": "v1,CoaQgCXyeRmaSAnb4nvRtkyJCX6boDy5Lgq82GzrBLo=",
    });
  });

  it("is verified by the standardwebhooks library with any of several secrets, and with no other", () => {
    const [one, two, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const headers = { ...signedHeaders("id-1", new Date(), body, [one, two]) };
    for (const secret of [one, two]) expect(new Webhook(secret).verify(body, headers)).toEqual({ type: "run.completed" });
    expect(() => new Webhook(other).verify(body, headers)).toThrow("No matching signature found");
    expect(() => new Webhook(one).verify(`${body} `, headers)).toThrow("No matching signature found");
    expect(() => new Webhook(one).verify(body, { ...headers, "webhook-id": "id-2" })).toThrow("No matching signature found");
    const old = { ...signedHeaders("id-1", new Date(Date.now() - 6 * 60_000), body, [one]) };
    expect(() => new Webhook(one).verify(body, old)).toThrow("too old");
  });

  it("has secrets of 32 random bytes", () => {
    const secret = newWebhookSecret();
    expect(Buffer.from(secret.slice("whsec_".length), "base64")).toHaveLength(32);
    expect(newWebhookSecret()).not.toBe(secret);
  });

  it("is verified by the lines that docs/webhooks.md gives", async () => {
    const [, code = ""] = /```js\n([\s\S]+?)```/.exec(readFileSync(repositoryPath("docs", "webhooks.md"), "utf8")) ?? [];
    const folder = mkdtempSync(join(tmpdir(), "dd0c-doc-"));
    const file = join(folder, "verify.mjs");
    writeFileSync(file, code);
    type Verified = (headers: Readonly<Record<string, string>>, body: string, secret: string) => boolean;
    const { verified } = (await import(pathToFileURL(file).href)) as { readonly verified: Verified };
    rmSync(folder, { recursive: true });
    const [one, two] = [newWebhookSecret(), newWebhookSecret()];
    const headers = signedHeaders("id-1", new Date(), body, [one, two]);
    expect([verified(headers, body, one), verified(headers, body, two)]).toEqual([true, true]);
    const old = signedHeaders("id-1", new Date(Date.now() - 301_000), body, [one]);
    const wrong = [verified(headers, `${body} `, one), verified(headers, body, newWebhookSecret()), verified(old, body, one)];
    expect(wrong).toEqual([false, false, false]);
    expect(verified({ ...headers, "webhook-timestamp": "soon" }, body, one)).toBe(false);
  });
});
