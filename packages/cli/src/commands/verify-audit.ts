// `dd0c verify-audit FILE... [--witness FILE] [--key ID]`: proves an audit export offline, line by line in constant memory, and archives of old months
// (Parquet), each of which must begin where the one before it ended. An export after archives must hold the same events.
// Exit 0 and "OK: N events, head ..."; 1 and what is broken at which event; 2 on wrong usage. Reads files, changes nothing.
import { type ChainHead, emptyExport, emptyHead, type ExportState, type ExportStep, verifyExportEnd, verifyExportLine } from "@dd0c/core";
import { isArchive } from "../audit/archive-rows.ts";
import { exportFaults } from "../audit/export-faults.ts";
import { lineBlocks } from "../audit/line-blocks.ts";
import { exportTools } from "../audit/signatures.ts";
import { verifyArchiveFile } from "../audit/verify-archive-file.ts";
import { contradiction, noWitness, readWitness, type Witness } from "../audit/witness.ts";
import { type CommandLine, readOptions, UsageError, write } from "../command-line.ts";

const unreadable = (file: string, error: unknown): UsageError =>
  new UsageError(`${file} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unreadable"}).`);

function openWitness(file: string | undefined): Witness {
  if (file === undefined) return noWitness;
  let witness: Witness | null;
  try {
    witness = readWitness(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (witness === null) throw new UsageError(`${file}: a line is no {"count": ..., "head": ...}, or two lines contradict each other.`);
  return witness;
}

type Verified = { readonly state: ExportState } | { readonly problem: string };

const described = (step: Extract<ExportStep, { ok: false }>): Verified => {
  const found = step.foundSeq === null || step.foundSeq === step.expectedSeq ? "" : ` (found ${step.foundSeq})`;
  return { problem: `at event ${step.expectedSeq}${found}: ${exportFaults[step.fault]}` };
};

/** An empty line says nothing and is passed over. */
function* linesIn(file: string): Generator<string> {
  for (const lines of lineBlocks(file)) for (const line of lines) if (line !== "") yield line;
}

function verifyFile(file: string, witness: Witness): Verified {
  const tools = exportTools();
  let state = emptyExport;
  for (const line of linesIn(file)) {
    const step = verifyExportLine(state, line, tools);
    if (!step.ok) return described(step);
    state = step.state;
    const problem = contradiction(witness, state.head);
    if (problem !== null) return { problem: `at event ${state.head?.seq ?? 0}: ${problem}` };
  }
  return verifyEnd(state, witness);
}

function verifyEnd(state: ExportState, witness: Witness): Verified {
  if (state.head === null) return { problem: "at event 1: the export is empty" };
  const { seq } = state.head;
  if (witness.last > seq) return { problem: `after event ${seq}: the witness knows ${witness.last} events, the tail was cut off` };
  const end = verifyExportEnd(state);
  return end.ok ? { state } : described(end);
}

/** Keys of a file that the caller did not name; none where no key was named. */
function strangers(keys: ExportState["keys"], trusted: readonly string[] | undefined): readonly string[] {
  return trusted === undefined ? [] : [...keys.keys()].filter((id) => !trusted.includes(id));
}

/** What all files together have shown so far. */
interface Proved {
  /** The end of the last archive; null before the first. */
  readonly archived: ChainHead | null;
  /** The first event that was proved. */
  readonly first: number;
  readonly head: ChainHead;
  readonly keys: ExportState["keys"];
  readonly checkpoints: number;
}

type Outcome = { readonly proved: Proved } | { readonly problem: string };

async function verifyArchive(file: string, before: Proved | null, witness: Witness): Promise<Outcome> {
  const { archived = null, first, checkpoints = 0 } = before ?? {};
  const verified = await verifyArchiveFile(file, archived, witness);
  if ("problem" in verified) return verified;
  const { inner, start } = verified.state;
  const head = inner.head ?? emptyHead("");
  const began = first ?? (start ?? emptyHead("")).seq + 1;
  return { proved: { archived: head, first: began, head, keys: inner.keys, checkpoints: inner.checkpoints + checkpoints } };
}

/** The end of the archives is one more head that somebody kept. */
function withArchived(witness: Witness, before: Proved | null): Witness {
  const { archived } = before ?? { archived: null };
  if (archived === null) return witness;
  const heads = new Map([...witness.heads, [archived.seq, archived.hash]]);
  return { heads, chains: new Set([archived.chain]), last: Math.max(witness.last, archived.seq) };
}

function verifyExport(file: string, before: Proved | null, witness: Witness): Outcome {
  const verified = verifyFile(file, withArchived(witness, before));
  if ("problem" in verified) return verified;
  const { head, keys, checkpoints } = verified.state;
  return { proved: { archived: null, first: 1, head: head ?? emptyHead(""), keys, checkpoints } };
}

/** Of archives alone, the witness may know later events. */
async function verifyOne(file: string, before: Proved | null, witness: Witness, trusted: readonly string[] | undefined): Promise<Outcome> {
  let outcome: Outcome;
  try {
    outcome = isArchive(file) ? await verifyArchive(file, before, witness) : verifyExport(file, before, witness);
  } catch (error) {
    throw unreadable(file, error);
  }
  if ("problem" in outcome) return outcome;
  const { keys } = outcome.proved;
  if (trusted !== undefined && keys.size === 0) return { problem: "at event 1: nobody signed it, and you named a key" };
  const foreign = strangers(keys, trusted);
  return foreign.length === 0 ? outcome : { problem: `at event 1: signed by key ${foreign.join(", ")}, which you did not name` };
}

const signedBy = ({ keys, checkpoints }: Proved): string =>
  keys.size === 0
    ? "The record of a walk in a terminal: nobody signed it, and a cut end would not show."
    : `${checkpoints} checkpoints, signed by key ${[...keys.keys()].join(", ")}`;

/** An archive that does not begin at event 1 proves its own stretch and says so. */
const stretch = ({ first }: Proved): string => (first === 1 ? "" : `, from event ${first}`);

export const run = async (line: CommandLine): Promise<number> => {
  const { values, positionals } = readOptions(line.args, { witness: { type: "string" }, key: { type: "string", multiple: true } });
  if (positionals.length === 0) throw new UsageError("verify-audit takes an export file, or archive files in order and then an export.");
  const witness = openWitness(values.witness);
  let proved: Proved | null = null;
  for (const [place, file] of positionals.entries()) {
    if (proved !== null && proved.archived === null) throw new UsageError("verify-audit takes one export file, after all archives.");
    const outcome: Outcome = await verifyOne(file, proved, witness, values.key);
    if ("problem" in outcome) {
      const where = positionals.length === 1 ? "" : `in file ${place + 1}, `;
      await write(line.stdout, `BROKEN ${where}${outcome.problem}\n`);
      return 1;
    }
    proved = outcome.proved;
  }
  if (proved === null) return 1;
  await write(line.stdout, `OK: ${proved.head.seq - proved.first + 1} events, head ${proved.head.hash}${stretch(proved)}\n`);
  await write(line.stderr, `${signedBy(proved)}\n`);
  return 0;
};
