// The masker against outputs that were labelled by readers who had not seen it: no known secret survives, and nothing else is masked.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

interface Sample {
  readonly id: string;
  readonly text: string;
  readonly secrets: readonly string[];
}

const corpus = join(import.meta.dirname, "../corpus");
const plain = (base64: string): string => Buffer.from(base64, "base64").toString();
const samples: readonly Sample[] = readdirSync(corpus)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(join(corpus, name), "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line) as Sample)
  .map(({ id, text, secrets }) => ({ id, text: plain(text), secrets: secrets.map(plain) }));

/** Masked although no secret stands in them, each for a reason that costs nothing. */
const maskedAnyway: ReadonlyMap<string, string> = new Map([
  ["m031", "a public key in two pieces, the second as long as a key of a store"],
  ["m120", "user:password in an address of a manual"],
  ["m138", "the address of a secret behind its name in a table"],
  ["n018", "the name of a program that is also a word for password, and a colon"],
  ["n106", "USER:PASSWORD in an address of a manual"],
]);

/** Secrets that nothing in the text tells from other words; a sample that is masked after all has to leave this list. */
const survives: ReadonlyMap<string, string> = new Map([
  ["n017", "an attribute called insecure_value"],
  ["n035", "words of a router's configuration behind a zero and in a key chain"],
  ["n055", "short words inside a YAML list in one line"],
  ["n081", "user:password lines of cloud-init"],
  ["n092", "a plain word at the end of a password file's line"],
  ["n109", "a user's line of a load balancer"],
  ["n124", "a word that a shell printed into a pipe"],
  ["n127", "the same word once more, by itself, and in base64"],
  ["n135", "ids below the words agent and default"],
  ["n143", "a cookie of capital letters below the command that shows it"],
]);

function mask(text: string, chunkSize: number): string {
  const masker = createMasker();
  const bytes = Buffer.from(text);
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) out.push(masker.push(bytes.subarray(at, at + chunkSize)));
  return Buffer.concat([...out, masker.end()]).toString();
}

describe("labelled outputs", () => {
  it("are all there", () => {
    expect(samples.length).toBe(400);
  });

  it.each(samples.filter(({ secrets }) => secrets.length > 0))("$id keeps no secret", ({ id, text, secrets }) => {
    const masked = mask(text, text.length);
    expect(secrets.some((secret) => masked.includes(secret))).toBe(survives.has(id));
    expect(mask(text, 7)).toBe(masked);
  });

  it.each(samples.filter(({ id, secrets }) => secrets.length === 0 && !maskedAnyway.has(id)))("$id keeps all of its text", ({ text }) => {
    expect(mask(text, 64)).toBe(text);
  });
});
