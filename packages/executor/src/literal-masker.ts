// Secrets that have no shape of their own: exact values, and the ways in which programs write them down again.
// In: bytes in arbitrary chunks. Out: the same bytes with every occurrence replaced. It holds back only what may be the beginning of one.

import { maskFor } from "@dd0c/scanner";
import type { Masker } from "./masker.ts";

const mask = maskFor("secret");

/** As it is, and as base64 (of either alphabet), in a URL, and inside a JSON text. Longest first: one may be part of another. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  const texts = [secret, base64, bytes.toString("base64url"), encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return texts.map((text) => Buffer.from(text, "utf8").toString("latin1"));
}

/** Length of the longest end of `text` that is the beginning of a pattern. */
function unfinished(text: string, patterns: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(0, ...patterns.map(({ length }) => length - 1)));
  for (let length = longest; length > 0; length--) {
    const end = text.slice(-length);
    if (patterns.some((pattern) => pattern.length > length && pattern.startsWith(end))) return length;
  }
  return 0;
}

/** @param secrets values of at least a few characters */
export function createLiteralMasker(secrets: readonly string[]): Masker {
  const patterns = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  let held = "";
  const replaced = (text: string): string => patterns.reduce((out, pattern) => out.replaceAll(pattern, mask), text);
  return {
    push(bytes) {
      const text = replaced(held + bytes.toString("latin1"));
      const cut = text.length - unfinished(text, patterns);
      held = text.slice(cut);
      return Buffer.from(text.slice(0, cut), "latin1");
    },
    end() {
      const rest = held;
      held = "";
      return Buffer.from(rest, "latin1");
    },
  };
}
