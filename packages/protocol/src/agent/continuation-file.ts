// What was done under a capsule, as it lies on the agent's disk and travels in its hello: one line per signed document, the capsule first.
// In: documents or text. Out: the other. It verifies nothing; a line that is not whole (a crash while it was written) is left out.

import type { SignedDocument } from "./generated/agent.ts";

export interface ContinuationFile {
  readonly capsule: SignedDocument;
  readonly records: readonly SignedDocument[];
}

/** One document as a line, with its line end. */
const lineOf = ({ payload, signature, keyId }: SignedDocument): string =>
  `${JSON.stringify([keyId, Buffer.from(signature).toString("base64"), Buffer.from(payload).toString("base64")])}\n`;

export const writeContinuationFile = (documents: readonly SignedDocument[]): string => documents.map(lineOf).join("");

function documentOf(line: string): SignedDocument | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value) || value.length !== 3 || !value.every((part) => typeof part === "string")) return undefined;
    const [keyId = "", signature = "", payload = ""] = value as string[];
    return { keyId, signature: Buffer.from(signature, "base64"), payload: Buffer.from(payload, "base64") };
  } catch {
    return undefined;
  }
}

/** @returns undefined where the text holds no capsule, or something else than documents in front of its last line end */
export function readContinuationFile(text: string): ContinuationFile | undefined {
  const documents = text.split("\n").slice(0, -1).map(documentOf);
  const [capsule, ...records] = documents.filter((document) => document !== undefined);
  return capsule === undefined || records.length + 1 !== documents.length ? undefined : { capsule, records };
}
