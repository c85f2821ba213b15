// What an alert said, as far as it may not get into a runbook: its words and values, less those that the runbook's own commands have.
// In: every text of the alert, whatever field it stood in. Out: what a typed text is held against. Whoever can raise an alert chooses all of it.

/** `null`: there was an alert, and what it said is not known any more: then nothing that was typed is proposed. */
export type AlertWords = {
  readonly words: ReadonlySet<string>;
  /** Fields of one word, as they stood there. */
  readonly values: readonly string[];
} | null;

/** Shorter words are in every text. */
export const namesIn = (text: string): readonly string[] => text.toLowerCase().match(/\w{3,}/g) ?? [];

const isWordPart = /\w/;

/** `value` stands in `text`, and is no part of a longer word there. */
export function holdsWhole(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    if (!isWordPart.test(text[at - 1] ?? " ") && !isWordPart.test(text[at + value.length] ?? " ")) return true;
  }
  return false;
}

const minimumValue = 2;

/** @param texts of the alert; none for a run without one. @param commands of the runbook: what stands there is not the alert's word */
export function alertWords(texts: readonly string[] | null, commands: readonly string[]): AlertWords {
  if (texts === null) return null;
  const own = new Set(commands.flatMap(namesIn));
  const words = new Set(texts.flatMap(namesIn).filter((word) => !own.has(word)));
  const values = texts
    .map((text) => text.trim())
    .filter((text) => text.length >= minimumValue && !/\s/.test(text) && !commands.some((command) => holdsWhole(command, text)));
  return { words, values: [...new Set(values)] };
}

/** Something of the alert is in it, or nobody can tell. */
export function holdsAlert(text: string, alert: AlertWords): boolean {
  if (alert === null) return text !== "";
  return namesIn(text).some((word) => alert.words.has(word)) || alert.values.some((value) => holdsWhole(text, value));
}

/** Every text in a JSON value, at any depth; names of fields are the sender's kind's, not the alert's. */
export function textsIn(json: unknown): readonly string[] {
  if (typeof json === "string") return [json];
  if (typeof json === "number") return [String(json)];
  return typeof json === "object" && json !== null ? Object.values(json).flatMap(textsIn) : [];
}
