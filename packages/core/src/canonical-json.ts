// A JSON value goes in, its one canonical text comes out: keys sorted by UTF-16 code unit, no blanks, numbers as ECMAScript prints them (RFC 8785).
// Everything that is hashed or signed goes through here; two equal values must never give two texts, nor two different ones the same.
import { invariant } from "./invariant.ts";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const maxDepth = 200;

/**
 * Canonical text of a value made of null, booleans, finite numbers, strings, arrays and plain objects.
 * Properties whose value is undefined do not exist, as in JSON.
 * @throws InvariantError for anything else (NaN, functions, symbols, cycles): such a value must never be signed.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  invariant(depth <= maxDepth, "value too deep for canonical JSON");
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    invariant(Number.isFinite(value), "number not finite in canonical JSON");
    return JSON.stringify(value);
  }
  invariant(typeof value === "object", "value has no canonical JSON");
  return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
}

function writeArray(items: readonly unknown[], depth: number): string {
  return `[${items.map((item) => write(item, depth + 1)).join(",")}]`;
}

function writeObject(object: object, depth: number): string {
  const members: string[] = [];
  // Default order of sort() on strings is by UTF-16 code unit, which is what RFC 8785 asks for.
  for (const key of Object.keys(object).sort()) {
    const value: unknown = object[key as keyof typeof object];
    if (value !== undefined) members.push(`${JSON.stringify(key)}:${write(value, depth + 1)}`);
  }
  return `{${members.join(",")}}`;
}
