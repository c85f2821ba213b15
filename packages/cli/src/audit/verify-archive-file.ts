// One archive file proves itself, and that it begins where the one before it ended. In: the file, what was verified before, the witness.
// Out: where it begins and ends, or the first thing that is wrong.
import {
  type ArchiveState,
  type ChainHead,
  emptyArchive,
  type ExportFault,
  type ExportTools,
  verifyArchiveEnd,
  verifyArchiveLine,
} from "@dd0c/core";
import { archiveLines } from "./archive-rows.ts";
import { exportFaults } from "./export-faults.ts";
import { exportTools } from "./signatures.ts";
import { contradiction, type Witness } from "./witness.ts";

export type VerifiedArchive = { readonly state: ArchiveState } | { readonly problem: string };

const at = (seq: number, fault: ExportFault): VerifiedArchive => ({ problem: `at event ${seq}: ${exportFaults[fault]}` });

/** @param before the end of the archive before; null for the first */
function followingFault(before: ChainHead | null, { start }: ArchiveState): VerifiedArchive | null {
  if (before === null || start === null) return null;
  if (start.chain !== before.chain) return at(start.seq + 1, "foreign_chain");
  if (start.seq !== before.seq) return { problem: `at event ${before.seq + 1}: the archive does not begin where the one before it ended` };
  return start.hash === before.hash ? null : at(start.seq + 1, "wrong_prev_hash");
}

const seqOf = ({ inner }: ArchiveState): number => inner.head?.seq ?? 0;

/** One line; null in place of one that does not fit its columns. */
function takeLine(state: ArchiveState, line: string | null, tools: ExportTools, witness: Witness): VerifiedArchive {
  if (line === null)
    return { problem: `at event ${seqOf(state) + 1}: the file is no whole archive, or its columns say something else than its events` };
  const step = verifyArchiveLine(state, line, tools);
  if (!step.ok) return at(step.expectedSeq, step.fault);
  const problem = contradiction(witness, step.state.inner.head);
  return problem === null ? step : { problem: `at event ${seqOf(step.state)}: ${problem}` };
}

export async function verifyArchiveFile(file: string, before: ChainHead | null, witness: Witness): Promise<VerifiedArchive> {
  const tools = exportTools();
  let state = emptyArchive;
  for await (const line of archiveLines(file)) {
    const taken = takeLine(state, line, tools, witness);
    if ("problem" in taken) return taken;
    state = taken.state;
  }
  const end = verifyArchiveEnd(state);
  if (!end.ok) return at(end.expectedSeq, end.fault);
  return followingFault(before, state) ?? { state };
}
