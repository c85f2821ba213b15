// A whole text goes in, the same text with known secret shapes replaced comes out; what `createMasker` of the executor does to a stream.
// Stands before text leaves for a model or a log. Pure. It must never shorten a key block to its last lines.

import { findSecrets } from "./secret-shapes.ts";

export interface MaskedText {
  readonly text: string;
  /** How many secrets were replaced. */
  readonly masked: number;
}

const KEY_BLOCK = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----(?:[^]*?-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|[^]*$)/g;

/** What stands in place of a secret: "[masked:token]". */
export const maskFor = (kind: string): string => `[masked:${kind}]`;

/**
 * @param text - one or many lines of any length
 * @returns the text with every known secret replaced; a key block that never ends is masked to the end of the text
 */
export function maskText(text: string): MaskedText {
  let blocks = 0;
  const withoutBlocks = text.replace(KEY_BLOCK, () => {
    blocks++;
    return maskFor("private-key");
  });
  const found = findSecrets(withoutBlocks);
  let out = "";
  let at = 0;
  for (const match of found) {
    out += withoutBlocks.slice(at, match.start) + maskFor(match.kind);
    at = match.end;
  }
  return { text: out + withoutBlocks.slice(at), masked: blocks + found.length };
}
