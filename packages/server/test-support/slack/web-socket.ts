// The server's side of WebSockets (RFC 6455), as far as Socket Mode needs it: text frames, ping, close. No extensions, no fragments out.
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const accept = (key: string): string => createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export interface Socket {
  readonly send: (message: unknown) => void;
  /** With the closing handshake. */
  readonly close: () => void;
  /** As when a cable is pulled. */
  readonly destroy: () => void;
}

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = length < 126 ? Buffer.alloc(2) : Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  if (length < 126) header[1] = length;
  else if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly size: number;
}

/** The frame at the start of what has arrived; undefined while it is not whole. Clients mask theirs. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + lengthBytes + 4;
  if (bytes.length < start) return undefined;
  const length = lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return undefined;
  const mask = bytes.subarray(start - 4, start);
  const payload = Buffer.from(bytes.subarray(start, start + length)).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 0x0f, payload: Buffer.from(payload), size: start + length };
}

/** Answers the upgrade. `onMessage` gets whole texts; `onEnd` is called once. */
export function acceptSocket(
  request: IncomingMessage,
  stream: Duplex,
  events: { readonly onMessage: (text: string) => void; readonly onEnd: () => void },
): Socket {
  const key = String(request.headers["sec-websocket-key"]);
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(key)}\r\n\r\n`,
  );
  let buffered = Buffer.alloc(0);
  const write = (opcode: number, payload: Buffer): void => {
    if (stream.writable) stream.write(frame(opcode, payload));
  };
  const take = (found: Frame): void => {
    if (found.opcode === opcodes.text) events.onMessage(found.payload.toString("utf8"));
    if (found.opcode === opcodes.ping) write(opcodes.pong, found.payload);
    if (found.opcode === opcodes.close) {
      write(opcodes.close, found.payload);
      stream.end();
    }
  };
  stream.on("data", (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    for (let found = readFrame(buffered); found !== undefined; found = readFrame(buffered)) {
      buffered = buffered.subarray(found.size);
      take(found);
    }
  });
  stream.on("error", () => stream.destroy());
  stream.once("close", events.onEnd);
  return {
    send: (message) => write(opcodes.text, Buffer.from(JSON.stringify(message))),
    close: () => write(opcodes.close, Buffer.from([0x03, 0xe8])),
    destroy: () => void stream.destroy(),
  };
}
