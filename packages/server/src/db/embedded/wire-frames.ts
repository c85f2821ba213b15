// In: bytes of one PostgreSQL frontend connection (protocol 3.0). Out: whole frames, and the few backend messages the bridge itself sends.
// Stands between the unix socket and the embedded database. Never interprets SQL; a frame larger than the limit is an error, never a wait.

/** Longest accepted frontend message in bytes; larger ones end the connection. */
export const maxFrameBytes = 64 * 1024 * 1024;

const protocolVersion3 = 196_608;
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;

/** What a client says before it may send typed messages. */
export type Opening =
  | { kind: "startup"; parameters: ReadonlyMap<string, string> }
  | { kind: "encryption_request" }
  | { kind: "cancel_request" }
  | { kind: "unsupported"; version: number };

/** One typed frontend message: `type` is its letter, `bytes` the whole message with type and length. */
export type Frame = { type: string; bytes: Buffer };

/** A frame that cannot be: the peer does not speak the protocol, or the message is over the limit. */
export class FrameError extends Error {
  readonly code = "PROTOCOL_VIOLATION";
}

/** Collects chunks of one connection and cuts them into messages. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private buffered = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
  }

  /** The next opening message, or undefined while it is incomplete. Throws FrameError. */
  nextOpening(): Opening | undefined {
    const bytes = this.take(0);
    if (bytes === undefined) return undefined;
    const version = bytes.readInt32BE(4);
    if (version === sslRequest || version === gssRequest) return { kind: "encryption_request" };
    if (version === cancelRequest) return { kind: "cancel_request" };
    if (version >> 16 !== protocolVersion3 >> 16) return { kind: "unsupported", version };
    return { kind: "startup", parameters: readParameters(bytes.subarray(8)) };
  }

  /** The next typed message, or undefined while it is incomplete. Throws FrameError. */
  nextFrame(): Frame | undefined {
    const bytes = this.take(1);
    return bytes === undefined ? undefined : { type: String.fromCharCode(bytes.readUInt8(0)), bytes };
  }

  private take(lengthOffset: 0 | 1): Buffer | undefined {
    if (this.buffered < lengthOffset + 4) return undefined;
    const length = this.joined().readInt32BE(lengthOffset);
    const minimum = lengthOffset === 0 ? 8 : 4;
    if (length < minimum || length > maxFrameBytes) throw new FrameError(`a message of ${length} bytes is not acceptable`);
    const total = lengthOffset + length;
    if (this.buffered < total) return undefined;
    const all = this.joined();
    this.chunks = all.length === total ? [] : [all.subarray(total)];
    this.buffered -= total;
    return all.subarray(0, total);
  }

  private joined(): Buffer {
    const [first] = this.chunks;
    if (this.chunks.length === 1 && first !== undefined) return first;
    const all = Buffer.concat(this.chunks, this.buffered);
    this.chunks = [all];
    return all;
  }
}

function readParameters(bytes: Buffer): Map<string, string> {
  const words = bytes.toString("utf8").split("\0");
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) {
    const name = words[i];
    if (name === undefined || name === "") break;
    parameters.set(name, words[i + 1] ?? "");
  }
  return parameters;
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const zeroTerminated = (text: string): Buffer => Buffer.from(`${text}\0`, "utf8");

/** A simple query, as a frontend would send it. */
export function queryFrame(sql: string): Buffer {
  return message("Q", zeroTerminated(sql));
}

/** Sync, as a frontend would send it: ends a half-sent extended query. */
export function syncFrame(): Buffer {
  return message("S", Buffer.alloc(0));
}

/** Close of a prepared statement, as a frontend would send it. */
export function closeStatementFrame(name: string): Buffer {
  return message("C", zeroTerminated(`S${name}`));
}

/** What the backend says when it has parsed a statement. */
export const parseCompleteFrame = message("1", Buffer.alloc(0));

/** A Parse of the unnamed statement, for a named one. */
export function renameParse(parse: Buffer, name: string): Buffer {
  return message("P", Buffer.concat([zeroTerminated(name), parse.subarray(6)]));
}

/** A Bind of the unnamed statement to the unnamed portal, for a named statement. */
export function renameBind(bind: Buffer, name: string): Buffer {
  return message("B", Buffer.concat([Buffer.from([0]), zeroTerminated(name), bind.subarray(7)]));
}

/** What the backend says when a connection is accepted: authentication, parameters, key, ready. */
export function greetingFrames(parameters: Readonly<Record<string, string>>): Buffer {
  const ok = message("R", Buffer.alloc(4));
  const statuses = Object.entries(parameters).map(([name, value]) =>
    message("S", Buffer.concat([zeroTerminated(name), zeroTerminated(value)])),
  );
  const key = message("K", Buffer.alloc(8));
  return Buffer.concat([ok, ...statuses, key, message("Z", Buffer.from("I"))]);
}

/** An ErrorResponse with a SQLSTATE. */
export function errorFrame(severity: "ERROR" | "FATAL", sqlState: string, text: string): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${sqlState}`, `M${text}`].map(zeroTerminated);
  return message("E", Buffer.concat([...fields, Buffer.from([0])]));
}

/** What a backend answer says about the session: the state after it, and whether it held an error. */
export type AnswerState = { transaction: "idle" | "open" | "failed" | "unfinished"; hasError: boolean };

/** Walks the messages of one backend answer. `unfinished` = no ReadyForQuery was sent (a Flush, not a Sync). */
export function readAnswer(answer: Buffer): AnswerState {
  let transaction: AnswerState["transaction"] = "unfinished";
  let hasError = false;
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    const type = answer[at];
    if (type === 0x45) hasError = true;
    if (type === 0x5a) transaction = transactionState(answer[at + 5]);
  }
  return { transaction, hasError };
}

/** What commands one backend answer says were completed: `INSERT 0 1`, `CREATE TABLE`. */
export function completedTags(answer: Buffer): readonly string[] {
  const tags: string[] = [];
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] === 0x43) tags.push(answer.toString("latin1", at + 5, at + answer.readInt32BE(at + 1)));
  }
  return tags;
}

function transactionState(letter: number | undefined): AnswerState["transaction"] {
  if (letter === 0x49) return "idle";
  return letter === 0x54 ? "open" : "failed";
}
