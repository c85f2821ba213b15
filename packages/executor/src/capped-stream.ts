// One output stream cut to a size: the beginning passes at once, the end is kept back, the middle is counted.
// In: masked bytes in order. Out: pieces with their offset in the whole stream. It must never reorder, and never hold more than the cap.

/** `elided` stands where bytes were left out; offsets count masked bytes from the start of the stream. */
export type OutputPiece =
  | { readonly kind: "data"; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: "elided"; readonly offset: number; readonly omittedBytes: number };

export interface CappedStream {
  push(bytes: Buffer): readonly OutputPiece[];
  /** The kept end, preceded by the elision if anything is missing. */
  end(): readonly OutputPiece[];
  readonly totalBytes: number;
  readonly truncated: boolean;
}

/** @param maxBytes half of it is for the head, half for the tail; at least 2 */
export function createCappedStream(maxBytes: number): CappedStream {
  const headLimit = Math.ceil(maxBytes / 2);
  const tailLimit = Math.floor(maxBytes / 2);
  const tail: Buffer[] = [];
  let tailBytes = 0;
  let total = 0;

  const keepTail = (bytes: Buffer): void => {
    tail.push(bytes);
    tailBytes += bytes.length;
    while (tailBytes > tailLimit) {
      const first = tail[0];
      if (first === undefined) return;
      const surplus = tailBytes - tailLimit;
      if (first.length <= surplus) tail.shift();
      // A copy lets go of the large buffer that the slice would keep alive.
      else tail[0] = Buffer.from(first.subarray(surplus));
      tailBytes -= Math.min(surplus, first.length);
    }
  };

  return {
    push: (bytes) => {
      const offset = total;
      total += bytes.length;
      const head = bytes.subarray(0, Math.max(0, headLimit - offset));
      if (head.length < bytes.length) keepTail(bytes.subarray(head.length));
      return head.length === 0 ? [] : [{ kind: "data", offset, bytes: head }];
    },
    end: () => {
      const tailStart = total - tailBytes;
      const omittedBytes = Math.max(0, tailStart - headLimit);
      const kept = tailBytes === 0 ? [] : [{ kind: "data" as const, offset: tailStart, bytes: Buffer.concat(tail) }];
      return omittedBytes === 0 ? kept : [{ kind: "elided", offset: headLimit, omittedBytes }, ...kept];
    },
    get totalBytes() {
      return total;
    },
    get truncated() {
      return total > headLimit + tailLimit;
    },
  };
}
