// The text of a signed document goes in, a typed value or null comes out. Used by grants, announcements and amendments.
// A document is its canonical form or nothing: an unknown, missing or doubled field or another spelling refuses the whole.
import { canonicalJson } from "../canonical-json.ts";

/** One predicate per field of `T`; each must hold, and no other field may be there. */
export type Shape<T> = { readonly [K in keyof T]-?: (value: unknown) => boolean };

/** Parses canonical JSON of exactly this shape; null for anything else. */
export function readSigned<T extends object>(text: string, shape: Shape<T>): T | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return hasShape(value, shape) && canonicalJson(value) === text ? value : null;
}

/** True if `value` has exactly the fields of `shape` and each predicate holds. */
export function hasShape<T extends object>(value: unknown, shape: Shape<T>): value is T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(shape) as (keyof T)[];
  const record = value as Partial<T>;
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name) && shape[name](record[name]));
}

export const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
export const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
export const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
export const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
export const isHashOrNull = (value: unknown): boolean => value === null || isHash(value);
export const isRisk = (value: unknown): boolean => isOneOf("safe", "caution", "unknown", "dangerous")(value);
export const isOneOf =
  (...allowed: readonly (string | number)[]) =>
  (value: unknown): boolean =>
    allowed.some((each) => each === value);
