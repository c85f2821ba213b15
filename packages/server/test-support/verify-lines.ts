// What an auditor's program says about the lines of an export: "ok" with the number of events, or the fault and the event.
import { createHash, createPublicKey, verify } from "node:crypto";
import { emptyExport, type ExportTools, verifyExportEnd, verifyExportLine } from "@dd0c/core";

const tools: ExportTools = {
  sha256Text: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
  keyIdOf: (publicKey) => createHash("sha256").update(publicKey, "base64").digest("hex").slice(0, 16),
  isSignedBy: (publicKey, text, signature) =>
    verify(
      null,
      Buffer.from(text),
      createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" }),
      Buffer.from(signature, "base64"),
    ),
};

export function verdictOn(lines: readonly string[]): string {
  let state = emptyExport;
  for (const line of lines) {
    const step = verifyExportLine(state, line, tools);
    if (!step.ok) return `${step.fault} at ${step.expectedSeq}`;
    state = step.state;
  }
  const end = verifyExportEnd(state);
  return end.ok ? `ok ${state.head?.seq ?? 0}` : `${end.fault} at ${end.expectedSeq}`;
}
