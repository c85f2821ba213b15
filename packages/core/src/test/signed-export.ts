// A signed export of any length, as a server would write it, and the tools that verify it; for tests only.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { archiveLine, type ArchiveStatement, archiveText } from "../audit/archive.ts";
import { type Checkpoint, type ExportStatement, keyLine, readCheckpointLine, signedLine, signedText } from "../audit/checkpoint.ts";
import { type AuditDraft, type AuditEvent, emptyHead, sealEvent } from "../audit/envelope.ts";
import { exportLine, readExportLine } from "../audit/verify-chain.ts";
import { emptyExport, type ExportTools, verifyExportEnd, verifyExportLine } from "../audit/verify-export.ts";
import { sha256 } from "./sha256.ts";

export interface Signer {
  readonly id: string;
  readonly publicKey: string;
  readonly line: (statement: Unsigned) => string;
  readonly archive: (statement: Omit<ArchiveStatement, "key_id">) => string;
}

/** A statement whose signer fills in the key's id. */
export type Unsigned = Omit<Checkpoint, "key_id"> | Omit<ExportStatement, "key_id">;

const idOf = (spki: Buffer): string => createHash("sha256").update(spki).digest("hex").slice(0, 16);

export function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ type: "spki", format: "der" });
  const id = idOf(spki);
  const line = (unsigned: Unsigned): string => {
    const statement = { ...unsigned, key_id: id };
    return signedLine(statement, sign(null, Buffer.from(signedText(statement)), privateKey).toString("base64"));
  };
  const archive = (unsigned: Omit<ArchiveStatement, "key_id">): string => {
    const statement = { ...unsigned, key_id: id };
    return archiveLine(statement, sign(null, Buffer.from(archiveText(statement)), privateKey).toString("base64"));
  };
  return { id, publicKey: spki.toString("base64"), line, archive };
}

const keyOf = (publicKey: string): KeyObject => createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });

export const exportTools: ExportTools = {
  sha256Text: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
  keyIdOf: (publicKey) => {
    try {
      return keyOf(publicKey).asymmetricKeyType === "ed25519" ? idOf(Buffer.from(publicKey, "base64")) : null;
    } catch {
      return null;
    }
  },
  isSignedBy: (publicKey, text, signature) => verify(null, Buffer.from(text), keyOf(publicKey), Buffer.from(signature, "base64")),
};

const time = "2026-03-01T03:17:00.000Z";

const draft = (n: number): AuditDraft => ({
  type: "step.executed",
  schema_version: 1,
  tenant: "t1",
  execution: `e${n}`,
  step_execution: null,
  runbook: "r1",
  actor: { type: "agent", id: "a1", via: "agent" },
  occurred_at: time,
  recorded_at: time,
  late: false,
  source_ip: null,
  data: { command: `kubectl get pods -n p${n}`, exit_code: 0, note: "sp\u00e4ter \u2028" },
});

export interface ExportOptions {
  readonly events: number;
  readonly signer: Signer;
  /** Numbers of events at which a checkpoint stands. */
  readonly checkpoints: readonly number[];
  /** Changes an event before it is sealed. */
  readonly alter?: (event: AuditDraft, seq: number) => AuditDraft;
}

/** The lines: the key, the events with their checkpoints, the closing statement. */
export function signedExport({ events, signer, checkpoints, alter = (event) => event }: ExportOptions): readonly string[] {
  const due = new Set(checkpoints);
  const lines = [keyLine({ id: signer.id, public_key: signer.publicKey })];
  let head = emptyHead("t1");
  for (let seq = 1; seq <= events; seq += 1) {
    const sealed: { event: AuditEvent; hash: string; head: typeof head } = sealEvent(alter(draft(seq), seq), head, sha256);
    head = sealed.head;
    lines.push(exportLine(sealed.event, sealed.hash));
    if (due.has(seq)) lines.push(signer.line({ kind: "dd0c.checkpoint.v1", chain: "t1", count: seq, head: head.hash, taken_at: time }));
  }
  lines.push(
    signer.line({ kind: "dd0c.audit-export.v1", chain: "t1", count: events, head: head.hash, checkpoints: due.size, exported_at: time }),
  );
  return lines;
}

/** The stretch of an export from one event to another, as an archive has it. */
export function signedArchive(lines: readonly string[], signer: Signer, first: number, last: number): readonly string[] {
  const seqOf = (line: string): number => readExportLine(line)?.event.seq ?? readCheckpointLine(line)?.statement.count ?? 0;
  const inside = lines.filter((line) => seqOf(line) >= first && seqOf(line) <= last);
  const events = inside.flatMap((line) => readExportLine(line) ?? []);
  const statement = {
    kind: "dd0c.audit-archive.v1",
    chain: "t1",
    first,
    prev: events[0]?.event.prev_hash ?? "",
    count: last,
    head: events.at(-1)?.hash ?? "",
    checkpoints: inside.length - events.length,
  } as const;
  return [keyLine({ id: signer.id, public_key: signer.publicKey }), ...inside, signer.archive(statement)];
}

/** "ok" with the number of events, or the fault and where it shows. */
export function verdictOn(lines: readonly string[]): string {
  let state = emptyExport;
  for (const line of lines) {
    const step = verifyExportLine(state, line, exportTools);
    if (!step.ok) return `${step.fault} at ${step.expectedSeq}${step.foundSeq === null ? "" : `, found ${step.foundSeq}`}`;
    state = step.state;
  }
  const end = verifyExportEnd(state);
  return end.ok ? `ok ${state.head?.seq ?? 0}` : `${end.fault} at ${end.expectedSeq}`;
}
