// Known secret shapes in a byte stream replaced before anything is shown, stored or hashed.
// In: bytes in arbitrary chunks. Out: masked bytes; the result depends on the stream alone, never on where chunks were cut.
// It must never let a secret through because it straddled two chunks, and never hold more than a window.

import { findSecrets, LineMasker, maskFor, replaceSecrets } from "@dd0c/scanner";

/** A line longer than this is masked window by window. */
const WINDOW = 64 * 1024;
/** What may still turn out to be the start of a secret at the end of a window. */
const LOOKAHEAD = 16 * 1024;
/** A private key block ends within this many characters, or it was none. */
const MAX_KEY_BLOCK = 16 * 1024;

const KEY_BEGIN = /-----BEGIN (?:[A-Z0-9 ]*PRIVATE KEY[A-Z ]*|OpenVPN Static key V1)-----/;
const KEY_END = /-----END (?:[A-Z0-9 ]*PRIVATE KEY[A-Z ]*|OpenVPN Static key V1)-----/;
const SECRET_TAIL = /^[A-Za-z0-9+/=_.~%-]*/;

export interface Masker {
  push(bytes: Buffer): Buffer;
  end(): Buffer;
}

/** End of the complete lines at the start of `text`, up to a line too long to be taken whole. */
function endOfLines(text: string): number {
  let end = 0;
  for (;;) {
    const newline = text.indexOf("\n", end);
    if (newline === -1 || newline - end >= WINDOW) return end;
    end = newline + 1;
  }
}

/** Text is handled as Latin-1: one character is one byte, so that any encoding passes unchanged. */
export function createMasker(): Masker {
  const lineMasker = new LineMasker();
  const maskText = (text: string): string => lineMasker.mask(text);
  let held = "";
  let keyBlockLength: number | undefined;
  let inLongSecret = false;

  const insideKeyBlock = (line: string): string => {
    const end = KEY_END.exec(line);
    keyBlockLength = (keyBlockLength ?? 0) + line.length;
    if (end !== null) {
      keyBlockLength = undefined;
      return maskLine(line.slice(end.index + end[0].length));
    }
    if (keyBlockLength > MAX_KEY_BLOCK) keyBlockLength = undefined;
    return "";
  };
  const maskLine = (line: string): string => {
    if (keyBlockLength !== undefined) return insideKeyBlock(line);
    const begin = KEY_BEGIN.exec(line);
    if (begin === null) return maskText(line);
    const head = maskText(line.slice(0, begin.index)) + maskFor("private-key");
    keyBlockLength = 0;
    return head + insideKeyBlock(line.slice(begin.index + begin[0].length));
  };
  const maskLines = (block: string): string => {
    if (keyBlockLength === undefined && !block.includes("-----BEGIN ")) return maskText(block);
    return block
      .split(/(?<=\n)/)
      .map(maskLine)
      .join("");
  };
  const maskWindow = (): string => {
    const window = held.slice(0, WINDOW);
    const matches = findSecrets(window);
    let cut = WINDOW - LOOKAHEAD;
    const straddling = matches.find((match) => match.from < cut && match.end > cut);
    if (straddling !== undefined && straddling.end < WINDOW) cut = straddling.end;
    else if (straddling !== undefined && straddling.from > 0) cut = straddling.from;
    else if (straddling !== undefined) {
      cut = WINDOW;
      inLongSecret = true;
    }
    held = held.slice(cut);
    return replaceSecrets(
      window.slice(0, cut),
      matches.filter((match) => match.end <= cut),
    );
  };
  const skipLongSecret = (): void => {
    const rest = SECRET_TAIL.exec(held)?.[0].length ?? 0;
    if (rest < held.length) inLongSecret = false;
    held = held.slice(rest);
  };
  const drain = (): string => {
    let out = "";
    for (;;) {
      if (inLongSecret) skipLongSecret();
      const lines = endOfLines(held);
      if (lines > 0) {
        const block = held.slice(0, lines);
        held = held.slice(lines);
        out += maskLines(block);
      } else if (held.length >= WINDOW && !held.slice(0, WINDOW).includes("\n")) out += maskWindow();
      else return out;
    }
  };

  return {
    push: (bytes) => {
      held += bytes.toString("latin1");
      return Buffer.from(drain(), "latin1");
    },
    end: () => {
      const rest = drain() + maskLines(held);
      held = "";
      return Buffer.from(rest, "latin1");
    },
  };
}
