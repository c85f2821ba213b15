// The lines of a file of any size, in blocks, in constant memory. Lines end at a line feed and nowhere else, as they were written.
// Bytes that are no UTF-8 never turn into text that could pass for another: such a line is read as Latin-1, and its hash tells.
import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";

const blockBytes = 1 << 18;
/** Longer than any line that a server writes; what is longer is cut here and fits nothing. */
const maxLineBytes = 32 << 20;
const lineFeed = 0x0a;

/** Throws what the file system throws. */
export function* lineBlocks(file: string): Generator<readonly string[]> {
  const handle = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(blockBytes);
    let pending = Buffer.alloc(0);
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) {
      const end = buffer.lastIndexOf(lineFeed, read - 1) + 1;
      if (end > 0) yield linesOf(Buffer.concat([pending, buffer.subarray(0, end - 1)]));
      pending = end > 0 ? Buffer.from(buffer.subarray(end, read)) : Buffer.concat([pending, buffer.subarray(0, read)]);
      if (pending.length > maxLineBytes) break;
    }
    if (pending.length > 0) yield linesOf(pending);
  } finally {
    closeSync(handle);
  }
}

function linesOf(bytes: Buffer): readonly string[] {
  if (isUtf8(bytes)) return bytes.toString("utf8").split("\n");
  return bytes
    .toString("latin1")
    .split("\n")
    .map((line) => {
      const own = Buffer.from(line, "latin1");
      return isUtf8(own) ? own.toString("utf8") : line;
    });
}
