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
  /(?:^|[|;&(]\s*)(?:(?:sudo|doas|time|nohup)\s+)*(?:find|java|javac|openssl|keytool|jarsigner|terraform|nomad|consul|vault|hdfs|hadoop|yarn|jstat|jmap|nodetool|sqlplus|x509|mount\.\w+|ffmpeg|certutil|diskpart|robocopy)\s[^|;&]*$/;

/** Programs whose options are letters that stand together: `rm -rf`, `curl -sI`, `ps -ef`. */
const LETTERS =
  /(?:^|[|;&(]\s*)(?:(?:sudo|doas|time|nohup)\s+)*(?:rm|ls|cp|mv|tar|ps|df|du|grep|egrep|zgrep|curl|chmod|chown|kill|ss|netstat|ln|mkdir|sort|uniq|cut|head|tail|wc|xargs|sed|awk|ssh|scp|rsync|lsof|mount|umount|free|top|date|id|cat|test|dig|host|ping|psql|mysql|lsblk|ip|iptables|unzip|gzip|zcat|docker|podman)\s[^|;&]*$/;
/** Words that are no letters standing together, short as they are. */
const SHORT_WORD =
  /^(?:all|get|put|url|key|pid|del|dir|max|sum|tcp|udp|yes|now|set|env|dry|sep|out|end|log|raw|tls|ssl|tag|one|utc|rm|no)$/;

/** How far back the program of an option is looked for. */
const MAX_STAGE = 400;

/** @param before - the text up to the option; the program is that of its own pipeline member */
function hasOneDash(before: string, word: string): boolean {
  if (SINGLE_DASH.test(before)) return true;
  const isMixed = /^[a-z]*[A-Z][A-Za-z]*$/.test(word);
  return /^[A-Za-z]{1,4}$/.test(word) && (isMixed || (word.length <= 3 && !SHORT_WORD.test(word) && LETTERS.test(before)));
}

/**
 * A dash that starts a word is `--`, or `-` for a program that knows no other, before letters that stand together and before a single one; between letters or
 * digits it is `-`; with blanks on both sides it is punctuation and stays.
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
    .replace(
      /(^|\s)[–—]-?(?=(\w[\w-]*))/g,
      (_, blank: string, word: string, at: number, whole: string) =>
        blank + (hasOneDash(whole.slice(Math.max(0, at - MAX_STAGE), at + 1), word) ? "-" : "--"),
    )
    .replace(/(?<=\w)[–—](?=\w)/g, "-")
    .replace(/(?<=\S)[–—](?=\w)/g, "-")
    .replace(/…/g, "...");
}
