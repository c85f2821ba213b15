// A sealed secret opens with its key for its owner, and with nothing else.
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSeal } from "./seal.ts";

describe("a sealed secret", () => {
  const seal = createSeal(randomBytes(32));
  it("opens for its owner, and looks different each time", () => {
    const [one, two] = [seal.seal("whsec_ü", "a"), seal.seal("whsec_ü", "a")];
    expect([seal.open(one, "a"), seal.open(two, "a")]).toEqual(["whsec_ü", "whsec_ü"]);
    expect(one).not.toBe(two);
    expect(Buffer.from(one, "base64").toString("latin1")).not.toContain("whsec_");
  });
  it("does not open for another owner, with another key, changed or cut", () => {
    const sealed = seal.seal("secret", "a");
    const changed = Buffer.from(sealed, "base64");
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    const attempts = [
      () => seal.open(sealed, "b"),
      () => createSeal(randomBytes(32)).open(sealed, "a"),
      () => seal.open(changed.toString("base64"), "a"),
      () => seal.open(sealed.slice(0, 12), "a"),
      () => seal.open("", "a"),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(expect.objectContaining({ code: "KEYS_MISMATCH" }));
  });
});
