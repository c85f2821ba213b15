// Undoes what word processors and web pages do to commands: curly quotes, dashes, non-breaking blanks, entities.
// A command as written goes in; the runnable spelling comes out with what was repaired. The caller keeps the written one for the record.

export interface Repaired {
  readonly text: string;
  readonly punctuation: boolean;
  readonly entities: boolean;
  readonly invisible: boolean;
}

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
const BLANK = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#39|#34|#x27);/gi;
const ENTITY_TEXT: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
  "#34": '"',
  "#x27": "'",
};

/** @param literal - the source protected this text from markup (CDATA): entities stay */
export function repairText(source: string, literal = false): Repaired {
  const visible = source.replace(INVISIBLE, "");
  const decoded = literal ? visible : decodeEntities(visible);
  const text = repairPunctuation(decoded);
  return { text, punctuation: text !== decoded, entities: decoded !== visible, invisible: visible !== source };
}

/** Decodes the entities that occur in commands; one pass, so `&amp;lt;` becomes `&lt;`. */
export function decodeEntities(text: string): string {
  return text.includes("&") ? text.replace(ENTITY, (whole, name: string) => ENTITY_TEXT[name.toLowerCase()] ?? whole) : text;
}

/** Programs whose options are words behind a single dash. */
const SINGLE_DASH =
  /^(?:(?:sudo|doas|time|nohup)\s+)*(?:find|java|javac|openssl|keytool|jarsigner|terraform|nomad|consul|vault|hdfs|hadoop|yarn|jstat|jmap|nodetool|sqlplus|x509|mount\.\w+|ffmpeg|certutil|diskpart|robocopy)\s/;

/**
 * A dash that starts a word is `--`, or `-` for a program that knows no other, or `-` before a single letter; between letters or digits it is `-`; with blanks on both sides it is
 * punctuation and stays.
 */
function repairPunctuation(text: string): string {
  if (!/[^\t\n\x20-\x7E]/.test(text)) return text;
  return text
    .replace(BLANK, " ")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[\u2010\u2011\u2212]/g, "-")
    .replace(/(^|\s)[–—]{2}(?=\w|\s|$)/g, "$1--")
    .replace(/(^|\s)[–—](?=[A-Za-z](?:[\s=]|$)|\d)/g, "$1-")
    .replace(/(^|\s)[–—]-?(?=\w)/g, SINGLE_DASH.test(text) ? "$1-" : "$1--")
    .replace(/(?<=\w)[–—](?=\w)/g, "-")
    .replace(/(?<=\S)[–—](?=\w)/g, "-")
    .replace(/…/g, "...");
}
