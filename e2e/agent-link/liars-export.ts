// What a liar shows an auditor: any events, chained and signed as they should be, and the program that auditors check it with.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { writeFileSync } from "node:fs";
import { type AuditDraft, type Checkpoint, emptyHead, exportLine, keyLine, sealEvent, signedLine, signedText } from "@dd0c/core";
import { run } from "../../packages/cli/src/commands/verify-audit.ts";
import type { ControlPlane } from "./control-plane.ts";

export type Shown = Pick<AuditDraft, "type" | "data"> & Partial<AuditDraft>;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const tenant = "tenant-1";
/** The same events give the same chain. */
const happenedAt = "2026-03-01T03:17:00.000Z";

/** Writes the export: a checkpoint at the end, the closing statement, every signature good. @returns its file, and the head at each number of events */
export function showExport(
  plane: ControlPlane,
  events: readonly Shown[],
  name = "shown",
): { readonly file: string; readonly heads: readonly string[] } {
  const now = new Date().toISOString();
  const { id, spkiDer } = plane.engineKey;
  const sign = (statement: Parameters<typeof signedText>[0]): string =>
    signedLine(statement, plane.engineKey.sign(Buffer.from(signedText(statement))).signature.toString("base64"));
  const lines = [keyLine({ id, public_key: spkiDer.toString("base64") })];
  const heads: string[] = [];
  let head = emptyHead(tenant);
  for (const event of events) {
    const draft: AuditDraft = {
      schema_version: 1,
      tenant,
      execution: null,
      step_execution: null,
      runbook: "runbook-1",
      actor: { type: "system", id: "engine", via: "system" },
      occurred_at: happenedAt,
      recorded_at: happenedAt,
      late: false,
      source_ip: null,
      ...event,
    };
    const sealed = sealEvent(draft, head, sha256);
    head = sealed.head;
    heads.push(head.hash);
    lines.push(exportLine(sealed.event, sealed.hash));
  }
  const signed = { chain: tenant, count: head.seq, head: head.hash, key_id: id };
  lines.push(sign({ kind: "dd0c.checkpoint.v1", ...signed, taken_at: now }));
  lines.push(sign({ kind: "dd0c.audit-export.v1", ...signed, checkpoints: 1, exported_at: now }));
  const file = join(plane.folder, `${name}.jsonl`);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return { file, heads };
}

/** A checkpoint as an agent is handed it. */
export function checkpoint(plane: ControlPlane, count: number, head: string, change: Partial<Checkpoint> = {}) {
  const taken_at = new Date().toISOString();
  return plane.engineKey.sign(
    Buffer.from(signedText({ kind: "dd0c.checkpoint.v1", chain: tenant, count, head, taken_at, key_id: plane.engineKey.id, ...change })),
  );
}

/** `dd0c verify-audit FILE --witness WITNESS`, in this process. */
export async function verifyAudit(file: string, witness: string) {
  const said = { stdout: "", stderr: "" };
  const streamOf = (name: keyof typeof said) => new PassThrough().on("data", (chunk: Buffer) => void (said[name] += chunk.toString()));
  const [stdout, stderr] = [streamOf("stdout"), streamOf("stderr")];
  const status = await run({ args: [file, "--witness", witness], stdin: new PassThrough(), stdout, stderr });
  await Promise.all([stdout, stderr].map((stream) => finished(stream.end())));
  return { status, ...said };
}
