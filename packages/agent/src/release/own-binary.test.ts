import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { checkBinary, describeBinary, ownBinary } from "./own-binary.ts";
import { releaseMark, releaseStatement } from "./release-trailer.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-release-"));
afterAll(() => rmSync(folder, { recursive: true }));

const pair = generateKeyPairSync("ed25519");
const pemOf = ({ publicKey }: typeof pair): string => publicKey.export({ type: "spki", format: "pem" }).toString();
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const content = Buffer.alloc((1 << 20) + 17, "x");
const whole = Buffer.concat([content, releaseMark, sign(null, releaseStatement(sha256(content)), pair.privateKey)]);

function check(bytes: Uint8Array, key = pemOf(pair)): string {
  const file = join(folder, "agent");
  writeFileSync(file, bytes);
  try {
    return checkBinary(file, key).sha256;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

it("a file as it was released starts and knows its hash", () => {
  expect(check(whole)).toBe(sha256(whole));
});

it.each([0, 1 << 20, content.length - 1, content.length, content.length + releaseMark.length, whole.length - 1])(
  "a changed byte at %s is refused",
  (at) => {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(check(changed)).toBe("BINARY_INTEGRITY_FAILED");
  },
);

it.each([
  ["without its end", whole.subarray(0, -1)],
  ["without its signature", content],
  ["with something behind it", Buffer.concat([whole, Buffer.from("x")])],
  ["with nothing in it", Buffer.alloc(0)],
  ["with no more than an end", whole.subarray(content.length)],
])("a file %s is refused", (_what, bytes) => {
  expect(check(bytes)).toBe("BINARY_INTEGRITY_FAILED");
});

it("another key's signature is refused", () => {
  expect(check(whole, pemOf(generateKeyPairSync("ed25519")))).toBe("BINARY_INTEGRITY_FAILED");
});

it("a program that runs from its sources is no release and says so", () => {
  expect(ownBinary()).toBeUndefined();
  expect(describeBinary(undefined)).toMatch(/^dd0c-agent \S+\npatterns [0-9a-f]+\nsha256 none: not a release\n$/);
});
