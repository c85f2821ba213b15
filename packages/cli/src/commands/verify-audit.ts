// `dd0c verify-audit FILE [--witness FILE]`: proves an audit export offline, line by line in constant memory.
// Exit 0 and "OK: N events, head ..."; 1 and what is broken at which event; 2 on wrong usage. Reads files, changes nothing.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type ChainFault, type ChainHead, type Sha256, verifyLine } from "@dd0c/core";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const faults: Readonly<Record<ChainFault, string>> = {
  malformed: "the line is no event in canonical form",
  unsupported_version: "the event is of a version that this program does not know",
  changed: "the event was changed: its content does not give its hash",
  foreign_chain: "the event belongs to another chain",
  gap: "events before it are missing",
  duplicated: "the event stands twice",
  reordered: "the event stands in the wrong place",
  wrong_prev_hash: "it does not follow the event before it",
};

/** Heads that somebody else kept: sequence number -> hash. One JSON object per line with `seq` (or `count`) and `hash` (or `head`). */
type Witness = ReadonlyMap<number, string>;

const unreadable = (file: string, error: unknown): UsageError =>
  new UsageError(`${file} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unreadable"}).`);

function witnessLine(file: string, line: string): readonly [number, string] {
  try {
    const { seq, count, hash, head } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const [number, text] = [seq ?? count, hash ?? head];
    if (typeof number === "number" && typeof text === "string") return [number, text];
  } catch {
    // Said below, in the same words as for a line without the fields.
  }
  throw new UsageError(`${file}: a line is no {"seq": ..., "hash": ...}.`);
}

async function readWitness(file: string | undefined): Promise<Witness> {
  if (file === undefined) return new Map();
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return new Map(lines.map((line) => witnessLine(file, line)));
}

type Verified = { readonly head: ChainHead | null } | { readonly problem: string };

async function verifyFile(file: string, witness: Witness): Promise<Verified> {
  let head: ChainHead | null = null;
  try {
    for await (const line of createInterface({ input: createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 20 }) })) {
      if (line === "") continue;
      const step = verifyLine(head, line, sha256);
      if (!step.ok)
        return {
          problem: `at event ${step.expectedSeq}${step.foundSeq === null || step.foundSeq === step.expectedSeq ? "" : ` (found ${step.foundSeq})`}: ${faults[step.fault]}`,
        };
      head = step.head;
      const kept = witness.get(head.seq);
      if (kept !== undefined && kept !== head.hash) return { problem: `at event ${head.seq}: the witness kept another hash` };
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  return { head };
}

export const run = async (line: CommandLine): Promise<number> => {
  const { values, positionals } = readOptions(line.args, { witness: { type: "string" } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("verify-audit takes one export file.");
  const witness = await readWitness(values.witness);
  const verified = await verifyFile(file, witness);
  const fail = async (problem: string): Promise<number> => {
    await write(line.stdout, `BROKEN ${problem}\n`);
    return 1;
  };
  if ("problem" in verified) return fail(verified.problem);
  if (verified.head === null) return fail("at event 1: the export is empty");
  const last = Math.max(0, ...witness.keys());
  if (last > verified.head.seq) return fail(`after event ${verified.head.seq}: the witness knows ${last} events, the tail was cut off`);
  await write(line.stdout, `OK: ${verified.head.seq} events, head ${verified.head.hash}\n`);
  return 0;
};
