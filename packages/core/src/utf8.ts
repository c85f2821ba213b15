// A string goes in, its UTF-8 bytes come out; pure packages have no TextEncoder.
// Used before every hash and signature, and for limits in bytes. A lone surrogate becomes U+FFFD, as everywhere else.

const replacement = 0xfffd;

/** UTF-8 bytes of a string, byte for byte what TextEncoder gives. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: Uint8Array = new Uint8Array(utf8Length(text));
  let at = 0;
  for (const char of text) at = writePoint(bytes, at, codePoint(char));
  return bytes;
}

/** Number of UTF-8 bytes of a string. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) length += pointLength(codePoint(char));
  return length;
}

function codePoint(char: string): number {
  const point = char.codePointAt(0) ?? replacement;
  return point >= 0xd800 && point <= 0xdfff ? replacement : point;
}

function pointLength(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

function writePoint(bytes: Uint8Array, at: number, point: number): number {
  const length = pointLength(point);
  if (length === 1) {
    bytes[at] = point;
    return at + 1;
  }
  // First byte: as many leading ones as there are bytes. The others carry six bits each.
  bytes[at] = ((0xf00 >> length) & 0xff) | (point >> (6 * (length - 1)));
  for (let i = 1; i < length; i++) bytes[at + i] = 0x80 | ((point >> (6 * (length - 1 - i))) & 0x3f);
  return at + length;
}

/** The one hash of the product, injected: bytes in, 64 lower-case hexadecimal characters out. */
export type Sha256 = (bytes: Uint8Array) => string;
