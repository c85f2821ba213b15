// Signed statements about a chain: a checkpoint (so many events, this head, at this time) and the statement that closes an export.
// Values go in, the text that is signed and the line of an export come out, and back. Whether a signature holds is asked elsewhere.
import { canonicalJson } from "../canonical-json.ts";
import { hasShape, isCount, isHash, isOneOf, isText, readSigned, type Shape } from "../execution/signed-shape.ts";

/** A chain has a checkpoint at every multiple of this, and more wherever a minute passed. */
export const checkpointEvery = 100;

export interface Checkpoint {
  readonly kind: "dd0c.checkpoint.v1";
  /** The tenant's id, or "system". */
  readonly chain: string;
  /** Number of events. */
  readonly count: number;
  /** Hash of the last of them. */
  readonly head: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly taken_at: string;
  /** First 16 hex digits of the SHA-256 of the public key. */
  readonly key_id: string;
}

/** The last line of an export: what it must hold. Without it, an export that was cut at a checkpoint would look whole. */
export interface ExportStatement {
  readonly kind: "dd0c.audit-export.v1";
  readonly chain: string;
  readonly count: number;
  readonly head: string;
  /** Number of checkpoints in the export. */
  readonly checkpoints: number;
  readonly exported_at: string;
  readonly key_id: string;
}

/** A public key as an export names it: its id and its SPKI DER in base64. */
export interface ExportKey {
  readonly id: string;
  readonly public_key: string;
}

const isTime = (value: unknown): boolean => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
export const isKeyId = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{16}$/.test(value);

const checkpointShape: Shape<Checkpoint> = {
  kind: isOneOf("dd0c.checkpoint.v1"),
  chain: isText,
  count: isCount,
  head: isHash,
  taken_at: isTime,
  key_id: isKeyId,
};

const statementShape: Shape<ExportStatement> = {
  kind: isOneOf("dd0c.audit-export.v1"),
  chain: isText,
  count: isCount,
  head: isHash,
  checkpoints: isCount,
  exported_at: isTime,
  key_id: isKeyId,
};

/** The text that is signed. */
export function signedText(statement: Checkpoint | ExportStatement): string {
  return canonicalJson(statement);
}

/** The checkpoint of a signed text; null for anything but its one spelling. */
export function readCheckpoint(text: string): Checkpoint | null {
  return readSigned(text, checkpointShape);
}

/** A line of an export, without its newline. @param signature base64 of 64 bytes */
export function signedLine(statement: Checkpoint | ExportStatement, signature: string): string {
  const name = statement.kind === "dd0c.checkpoint.v1" ? "checkpoint" : "export";
  return `{"${name}":${signedText(statement)},"signature":"${signature}"}`;
}

/** The line that names a key; before the first event. */
export function keyLine(key: ExportKey): string {
  return `{"key":${canonicalJson({ id: key.id, public_key: key.public_key })}}`;
}

export interface SignedStatement<T> {
  readonly statement: T;
  readonly text: string;
  readonly signature: string;
}

/** Ed25519: 64 bytes in base64, of which the last character has one spelling only. */
const signatureEnd = /^,"signature":"([A-Za-z0-9+/]{85}[AQgw]==)"\}$/;
const signatureLength = 104;

/** A signed line of this name, taken apart. Says nothing about its truth. */
export function splitLine(line: string, name: string): { readonly text: string; readonly signature: string } | null {
  const prefix = `{"${name}":`;
  const signature = signatureEnd.exec(line.slice(-signatureLength))?.[1];
  if (signature === undefined || !line.startsWith(prefix)) return null;
  return { text: line.slice(prefix.length, -signatureLength), signature };
}

export function readCheckpointLine(line: string): SignedStatement<Checkpoint> | null {
  const split = splitLine(line, "checkpoint");
  const statement = split === null ? null : readCheckpoint(split.text);
  return split === null || statement === null ? null : { statement, ...split };
}

export function readStatementLine(line: string): SignedStatement<ExportStatement> | null {
  const split = splitLine(line, "export");
  const statement = split === null ? null : readSigned(split.text, statementShape);
  return split === null || statement === null ? null : { statement, ...split };
}

/** 44 bytes, of which the last character has one spelling only. */
const isPublicKey = (value: unknown): boolean => typeof value === "string" && /^[A-Za-z0-9+/]{58}[AEIMQUYcgkosw048]=$/.test(value);

const keyShape: Shape<{ key: ExportKey }> = {
  key: (value) => hasShape<ExportKey>(value, { id: isKeyId, public_key: isPublicKey }),
};

export function readKeyLine(line: string): ExportKey | null {
  return readSigned(line, keyShape)?.key ?? null;
}
