// A string goes in, its UTF-8 bytes come out; pure packages have no TextEncoder.
// Used before every hash and signature, and for limits in bytes. A lone surrogate becomes U+FFFD, as everywhere else.
// Written over char codes, because every audited byte passes through here.

const replacement = 0xfffd;

/** UTF-8 bytes of a string, byte for byte what TextEncoder gives. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: Uint8Array = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else {
      const point = pointAt(text, i);
      at = writePoint(bytes, at, point);
      if (point > 0xffff) i++;
    }
  }
  return bytes;
}

/** Number of UTF-8 bytes of a string. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    const point = pointAt(text, i);
    // A pair is two units and four bytes.
    length += point < 0x800 ? 1 : 2;
    if (point > 0xffff) i++;
  }
  return length;
}

function pointAt(text: string, index: number): number {
  const point = text.codePointAt(index) ?? replacement;
  return point >= 0xd800 && point <= 0xdfff ? replacement : point;
}

/** Writes a code point of two to four bytes and returns the position after it. */
function writePoint(bytes: Uint8Array, at: number, point: number): number {
  const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  // First byte: as many leading ones as there are bytes. The others carry six bits each.
  bytes[at] = ((0xf00 >> (more + 1)) & 0xff) | (point >> (6 * more));
  for (let i = 1; i <= more; i++) bytes[at + i] = 0x80 | ((point >> (6 * (more - i))) & 0x3f);
  return at + more + 1;
}

/** The one hash of the product, injected: bytes in, 64 lower-case hexadecimal characters out. */
export type Sha256 = (bytes: Uint8Array) => string;
