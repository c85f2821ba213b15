// Reads a parsed JSON object field by field. In: a value of unknown shape. Out: typed fields, or an AppError that names the field.
// A field that nobody asked for is an error too: a misspelt limit must not silently be no limit.

import { AppError } from "@dd0c/core";

export interface Fields {
  text(name: string, fallback?: string): string;
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T;
  integer(name: string, min: number, max: number, fallback: number): number;
  texts(name: string, fallback: readonly string[]): readonly string[];
  /** Names and values. */
  map(name: string): Readonly<Record<string, string>>;
  object(name: string): Fields;
  objects(name: string): readonly Fields[];
  /** Of an object whose fields are names that somebody chose. */
  names(): readonly string[];
  /** True if the field is there and not null. */
  has(name: string): boolean;
  /** Every field has been asked for, here and in the objects inside. */
  done(): void;
}

/** Starts reading. @param where names the object in messages. @throws AppError CONFIG_INVALID, here and from every reader */
export function readFields(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(where, "must be an object");
  const record = new Map<string, unknown>(Object.entries(value));
  const asked = new Set<string>();
  const inside: Fields[] = [];
  const take = (name: string): unknown => {
    asked.add(name);
    return record.get(name) ?? undefined;
  };
  const at = (name: string) => `${where}.${name}`;
  const nested = (inner: unknown, name: string): Fields => {
    const fields = readFields(inner, name);
    inside.push(fields);
    return fields;
  };
  return {
    names: () => [...record.keys()],
    has: (name) => (record.get(name) ?? undefined) !== undefined,
    text(name, fallback) {
      const found = take(name) ?? fallback;
      if (typeof found !== "string" || found === "" || found.includes("\0")) throw invalid(at(name), "must be a text");
      return found;
    },
    oneOf(name, allowed, fallback) {
      const found = take(name) ?? fallback;
      const match = allowed.find((each) => each === found);
      if (match === undefined) throw invalid(at(name), `must be one of ${allowed.join(", ")}`);
      return match;
    },
    integer(name, min, max, fallback) {
      const found = take(name) ?? fallback;
      if (!Number.isSafeInteger(found) || !((found as number) >= min && (found as number) <= max)) {
        throw invalid(at(name), `must be a whole number from ${min} to ${max}`);
      }
      return found as number;
    },
    texts(name, fallback) {
      const found = take(name) ?? fallback;
      if (!Array.isArray(found) || !found.every((each): each is string => typeof each === "string" && !each.includes("\0"))) {
        throw invalid(at(name), "must be a list of texts");
      }
      return found;
    },
    map(name) {
      const entries = Object.entries((take(name) ?? {}) as object);
      if (!entries.every((each): each is [string, string] => typeof each[1] === "string")) throw invalid(at(name), "must hold texts only");
      return Object.fromEntries(entries);
    },
    object: (name) => nested(take(name) ?? {}, at(name)),
    objects(name) {
      const found = take(name) ?? [];
      if (!Array.isArray(found)) throw invalid(at(name), "must be a list of objects");
      return found.map((each, index) => nested(each, `${at(name)}[${index}]`));
    },
    done() {
      for (const name of record.keys()) if (!asked.has(name)) throw invalid(at(name), "is not a known field");
      for (const fields of inside) fields.done();
    },
  };
}

function invalid(where: string, what: string): AppError {
  return new AppError("CONFIG_INVALID", `${where} ${what}.`);
}
