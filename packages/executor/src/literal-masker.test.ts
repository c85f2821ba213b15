import { describe, expect, it } from "vitest";
import { createLiteralMasker } from "./literal-masker.ts";

const secret = 'pa"ss wörd/1';

/** Masked with the input cut after every `size` bytes. */
function masked(text: string, size: number, secrets: readonly string[] = [secret]): string {
  const masker = createLiteralMasker(secrets);
  const bytes = Buffer.from(text, "utf8");
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) out.push(masker.push(bytes.subarray(at, at + size)));
  return Buffer.concat([...out, masker.end()]).toString("utf8");
}

describe("a secret without a shape", () => {
  it.each([1, 2, 3, 7, 1_000])("never comes out, however the stream is cut (%i bytes at a time)", (size) => {
    expect(masked(`a ${secret}${secret} b pa"ss wör c`, size)).toBe('a [masked:secret][masked:secret] b pa"ss wör c');
  });

  it.each([
    ["base64", Buffer.from(secret).toString("base64")],
    ["base64url", Buffer.from(secret).toString("base64url")],
    ["a URL", encodeURIComponent(secret)],
    ["JSON", JSON.stringify(secret).slice(1, -1)],
  ])("is known in %s", (_name, spelt) => {
    expect(masked(`x=${spelt};`, 5)).toMatch(/^x=\[masked:secret\]=*;$/);
  });

  it("holds nothing back that cannot become one", () => {
    const masker = createLiteralMasker([secret]);
    expect(masker.push(Buffer.from("progress 10 %")).toString()).toBe("progress 10 %");
    expect(masker.push(Buffer.from(" pa")).toString()).toBe(" ");
    expect(masker.end().toString()).toBe("pa");
  });

  it("changes nothing without secrets", () => {
    expect(masked("pässword=x", 3, [])).toBe("pässword=x");
  });
});
