// A model's words go in; what may be shown of them comes out: one line, no invisible or direction-changing characters, of bounded length.
// For people only: a command is never taken from its result.

/** Control characters, soft hyphen, zero-width and bidirectional marks, tags, variation selectors, lone surrogates. */
const HIDDEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]|[\uD800-\uDFFF]/gu;

/** Without what cannot be seen; line ends and tabs stay. */
export const visibleText = (text: string): string => text.replace(HIDDEN, "");

/** @param maxLength - UTF-16 units; a longer text ends in "..." */
export function shownText(text: string, maxLength: number): string {
  const line = visibleText(text.slice(0, 4 * maxLength))
    .replace(/\s+/g, " ")
    .trim();
  return line.length <= maxLength ? line : visibleText(`${line.slice(0, maxLength - 3)}...`);
}
