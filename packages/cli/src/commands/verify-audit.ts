// `dd0c verify-audit FILE [--witness FILE] [--key ID]`: proves an audit export offline, line by line in constant memory.
// Exit 0 and "OK: N events, head ..."; 1 and what is broken at which event; 2 on wrong usage. Reads files, changes nothing.
import { emptyExport, type ExportState, type ExportStep, verifyExportEnd, verifyExportLine } from "@dd0c/core";
import { exportFaults } from "../audit/export-faults.ts";
import { lineBlocks } from "../audit/line-blocks.ts";
import { exportTools } from "../audit/signatures.ts";
import { noWitness, readWitness, type Witness } from "../audit/witness.ts";
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

/** What the witness knows better, right after a line; null otherwise. */
function contradiction({ heads, chains }: Witness, { head }: ExportState): string | null {
  if (head === null) return null;
  if (chains.size > 0 && !chains.has(head.chain)) return "the witness is of another chain";
  const kept = heads.get(head.seq);
  return kept === undefined || kept === head.hash ? null : "the witness kept another hash";
}

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
    const problem = contradiction(witness, state);
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

/** Keys of the export that the caller did not name; none where no key was named. */
function strangers(state: ExportState, trusted: readonly string[] | undefined): readonly string[] {
  return trusted === undefined ? [] : [...state.keys.keys()].filter((id) => !trusted.includes(id));
}

function verify(file: string, witness: Witness, trusted: readonly string[] | undefined): Verified {
  let verified: Verified;
  try {
    verified = verifyFile(file, witness);
  } catch (error) {
    throw unreadable(file, error);
  }
  if ("problem" in verified) return verified;
  if (trusted !== undefined && verified.state.keys.size === 0) return { problem: "at event 1: nobody signed it, and you named a key" };
  const foreign = strangers(verified.state, trusted);
  return foreign.length === 0 ? verified : { problem: `at event 1: signed by key ${foreign.join(", ")}, which you did not name` };
}

const signedBy = (keys: ExportState["keys"], checkpoints: number): string =>
  keys.size === 0
    ? "The record of a walk in a terminal: nobody signed it, and a cut end would not show."
    : `${checkpoints} checkpoints, signed by key ${[...keys.keys()].join(", ")}`;

export const run = async (line: CommandLine): Promise<number> => {
  const { values, positionals } = readOptions(line.args, { witness: { type: "string" }, key: { type: "string", multiple: true } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("verify-audit takes one export file.");
  const verified = verify(file, openWitness(values.witness), values.key);
  if ("problem" in verified) {
    await write(line.stdout, `BROKEN ${verified.problem}\n`);
    return 1;
  }
  const { head, keys, checkpoints } = verified.state;
  await write(line.stdout, `OK: ${head?.seq ?? 0} events, head ${head?.hash ?? ""}\n`);
  await write(line.stderr, `${signedBy(keys, checkpoints)}\n`);
  return 0;
};
