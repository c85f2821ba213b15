// One of the two output streams of a step, from the pipe to the caller.
// In: the read end of a pipe. Out: masked, capped pieces in order, and a SHA-256 over all masked bytes. It must never read ahead of a
// caller that is still busy (back-pressure reaches the writing process), and never pass or hash a byte that was not masked.

import { createHash } from "node:crypto";
import { Socket } from "node:net";
import { type CappedStream, createCappedStream, type OutputPiece } from "./capped-stream.ts";
import { createLiteralMasker } from "./literal-masker.ts";
import { createMasker, type Masker } from "./masker.ts";

export type OutputStream = "stdout" | "stderr";

/** A piece of one stream; see OutputPiece for offsets and elisions. */
export type OutputChunk = OutputPiece & { readonly stream: OutputStream };

export type OutputCallback = (chunk: OutputChunk) => Promise<void> | void;

export interface StreamSummary {
  /** Over all masked bytes, hex, also those that were left out. */
  readonly sha256: string;
  readonly totalBytes: number;
  readonly truncated: boolean;
}

export interface OutputReader {
  /** Ends with the stream; rejects with what the callback threw. */
  readonly summary: Promise<StreamSummary>;
  /** Milliseconds since the last byte; 0 while the caller is busy with one, infinite after the end. */
  quietMs(): number;
  /** Stops waiting for writers that still hold the pipe; what has arrived counts. */
  close(): void;
}

/**
 * @param fd read end, non-blocking; owned by the reader from here on
 * @param emit awaited before more is read
 * @param secrets values that must not come out, beside what has the shape of a secret
 */
export function readOutput(
  fd: number,
  stream: OutputStream,
  maxBytes: number,
  emit: OutputCallback,
  secrets: readonly string[] = [],
): OutputReader {
  const socket = new Socket({ fd, readable: true, writable: false });
  const masker = secrets.length === 0 ? createMasker() : maskedBy(createLiteralMasker(secrets), createMasker());
  const capped: CappedStream = createCappedStream(maxBytes);
  const hash = createHash("sha256");
  let closed = false;
  let quietSince: number | undefined = performance.now();
  let ended = false;

  const pass = async (masked: Buffer): Promise<void> => {
    if (masked.length === 0) return;
    hash.update(masked);
    for (const piece of capped.push(masked)) await emit({ ...piece, stream });
  };
  const read = async (): Promise<StreamSummary> => {
    try {
      for await (const chunk of socket) {
        quietSince = undefined;
        await pass(masker.push(chunk as Buffer));
        quietSince = performance.now();
      }
    } catch (error) {
      if (!closed) throw error;
    } finally {
      ended = true;
      socket.destroy();
    }
    await pass(masker.end());
    for (const piece of capped.end()) await emit({ ...piece, stream });
    return { sha256: hash.digest("hex"), totalBytes: capped.totalBytes, truncated: capped.truncated };
  };

  return {
    summary: read(),
    quietMs: () => {
      if (ended) return Number.POSITIVE_INFINITY;
      return quietSince === undefined ? 0 : performance.now() - quietSince;
    },
    close: () => {
      closed = true;
      socket.destroy();
    },
  };
}

/** Makes one caller out of two streams: a chunk starts only when the one before it has been taken. */
export function inTurn(callback: OutputCallback): OutputCallback {
  let last: Promise<void> = Promise.resolve();
  return (chunk) => {
    const turn = last.then(() => callback(chunk));
    // The failure belongs to the reader that caused it; the other one goes on and meets its own.
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Exact values first: a shape that is found around one would take only its own part away. */
function maskedBy(values: Masker, shapes: Masker): Masker {
  return {
    push: (bytes) => shapes.push(values.push(bytes)),
    end: () => Buffer.concat([shapes.push(values.end()), shapes.end()]),
  };
}
