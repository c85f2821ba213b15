// JSON values go to jsonb columns and come back as they were, whatever they hold. PostgreSQL accepts neither U+0000 nor a lone surrogate
// there, and pasted commands can hold both: they are written behind an escape character (U+E000), which itself is written that way too.
// An audited value that came back different would break the hash chain.

const escapeCharacter = "\uE000";
const unstorable = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})|\uE000/g;
const escaped = /\uE000([0-9a-f]{4})/g;

/** Text for a jsonb parameter. `value` must be plain JSON data. */
export function toJsonColumn(value: unknown): string {
  const text = JSON.stringify(value);
  return text.replace(unstorable, (found) => {
    if (found === "\\\\") return found;
    return escapeCharacter + (found === escapeCharacter ? "e000" : found.slice(2));
  });
}

/** The value a jsonb column's text stands for; the inverse of toJsonColumn. Used by the connection for every jsonb it reads. */
export function fromJsonColumn(text: string): unknown {
  return JSON.parse(text.includes(escapeCharacter) ? text.replace(escaped, "\\u$1") : text);
}

/** For text columns that only help searching: what PostgreSQL cannot store is shown as U+FFFD. The exact text is in a jsonb beside it. */
export function toTextColumn(text: string): string;
export function toTextColumn(text: string | null): string | null;
export function toTextColumn(text: string | null): string | null {
  return text === null ? null : text.replaceAll("\0", "\uFFFD");
}
