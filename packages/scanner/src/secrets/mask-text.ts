// A whole text goes in, the same text with known secret shapes replaced comes out; what `createMasker` of the executor does to a stream.
// Stands before text leaves for a model or a log. Pure. It must never shorten a key block to its last lines.

import { LineMasker, maskFor, replaceSecrets } from "./mask-lines.ts";

export interface MaskedText {
  readonly text: string;
  /** How many secrets were replaced. */
  readonly masked: number;
}

const KEY_BLOCK =
  /-----BEGIN (?:[A-Z0-9 ]*PRIVATE KEY[A-Z ]*|OpenVPN Static key V1)-----(?:[^]*?-----END (?:[A-Z0-9 ]*PRIVATE KEY[A-Z ]*|OpenVPN Static key V1)-----|[^]*$)/g;

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
  const found = new LineMasker().find(withoutBlocks);
  return { text: replaceSecrets(withoutBlocks, found), masked: blocks + found.length };
}
