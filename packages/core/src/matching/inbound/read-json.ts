// Reads fields of a JSON value that an outsider chose: every reader takes anything and gives a text, a list or null, never an error.
// Texts lose NUL characters (no database text can hold them) and what is longer than a person would read.

export type JsonObject = Readonly<Record<string, unknown>>;

const maxText = 1_000;
const maxLongText = 16_000;
const maxEntries = 100;
const maxName = 200;

export const asObject = (value: unknown): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const cleaned = (value: unknown, most: number): string | null => {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return null;
  const text = value.replaceAll("\0", "").trim();
  return text === "" ? null : text.slice(0, most);
};

/** A line of text; null for anything that is none. */
export const asText = (value: unknown): string | null => cleaned(value, maxText);

/** A text of several lines. */
export const asLongText = (value: unknown): string | null => cleaned(value, maxLongText);

/** The first that is a text. */
export const firstText = (...values: readonly unknown[]): string | null => {
  for (const value of values) {
    const text = asText(value);
    if (text !== null) return text;
  }
  return null;
};

export const asTexts = (value: unknown): readonly string[] =>
  asList(value)
    .slice(0, maxEntries)
    .flatMap((each) => asText(each) ?? []);

/** Names and texts of an object; nested values are left out. */
export function asTextMap(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value)).slice(0, maxEntries);
  return Object.fromEntries(
    entries.flatMap(([name, each]): [string, string][] => {
      const [key, text] = [asText(name), asLongText(each)];
      return key === null || text === null || key === "__proto__" ? [] : [[key.slice(0, maxName), text]];
    }),
  );
}

/** An address that a browser may be sent to: http or https, nothing else. */
export function asAddress(value: unknown, base: string | null = null): string | null {
  const text = cleaned(value, 2_000);
  if (text === null) return null;
  const whole = text.startsWith("?") && base !== null ? `${base}${text}` : text;
  return /^https?:\/\/[^\s<>"'\\]+$/i.test(whole) ? whole : null;
}

/** Of the listed names the first that the map has. */
export const pick = (map: Readonly<Record<string, string>>, names: readonly string[]): string | null => {
  const name = names.find((each) => Object.hasOwn(map, each));
  return name === undefined ? null : (map[name] ?? null);
};
