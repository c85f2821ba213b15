// `dd0c verify-audit FILE... [--witness FILE] [--key ID]`: proves an audit export offline, line by line in constant memory, and archives of old months
// (Parquet), each of which must begin where the one before it ended. An export after archives must hold the same events.
// With an agent's journal as a witness, what the agent was sent and did is compared too.
// Exit 0 and "OK: N events, head ..."; 1 and what is broken at which event; 2 on wrong usage. Reads files, changes nothing.
import {
  type AgentComparer,
  type AgentComparison,
  type ChainHead,
  compareAgentRecord,
  emptyExport,
  emptyHead,
  type ExportState,
  type ExportStep,
  readExportLine,
  readStatementLine,
  verifyExportEnd,
  verifyExportLine,
} from "@dd0c/core";
import { agentProblem, agentRemarks } from "../audit/agent-faults.ts";
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
  if (witness === null) throw new UsageError(`${file}: a line is no {"count": ..., "head": ...}, or a journal was changed.`);
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

function verifyFile(file: string, witness: Witness, comparers: readonly AgentComparer[]): Verified {
  const tools = exportTools();
  let state = emptyExport;
  for (const line of linesIn(file)) {
    const step = verifyExportLine(state, line, tools);
    if (!step.ok) return described(step);
    state = step.state;
    showEvent(line, comparers);
    const problem = contradiction(witness, state.head);
    if (problem !== null) return { problem: `at event ${state.head?.seq ?? 0}: ${problem}` };
  }
  return verifyEnd(state, witness);
}

/** Read once more only where an agent has something to say about it. */
function showEvent(line: string, comparers: readonly AgentComparer[]): void {
  const event = comparers.length === 0 ? undefined : readExportLine(line)?.event;
  if (event !== undefined) for (const comparer of comparers) comparer.see(event);
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
  /** What each agent's journal says against it. */
  readonly agents: readonly AgentComparison[];
}

type Outcome = { readonly proved: Proved } | { readonly problem: string };

async function verifyArchive(file: string, before: Proved | null, witness: Witness): Promise<Outcome> {
  const { archived = null, first, checkpoints = 0 } = before ?? {};
  const verified = await verifyArchiveFile(file, archived, witness);
  if ("problem" in verified) return verified;
  const { inner, start } = verified.state;
  const head = inner.head ?? emptyHead("");
  const began = first ?? (start ?? emptyHead("")).seq + 1;
  return { proved: { archived: head, first: began, head, keys: inner.keys, checkpoints: inner.checkpoints + checkpoints, agents: [] } };
}

/** The end of the archives is one more head that somebody kept. */
function withArchived(witness: Witness, before: Proved | null): Witness {
  const { archived } = before ?? { archived: null };
  if (archived === null) return witness;
  const kept = witness.heads.get(archived.seq) ?? [];
  const heads = new Map([...witness.heads, [archived.seq, [...kept.filter((each) => each !== archived.hash), archived.hash]]]);
  return { ...witness, heads, chains: new Set([archived.chain]), last: Math.max(witness.last, archived.seq) };
}

function verifyExport(file: string, before: Proved | null, witness: Witness): Outcome {
  const comparers = witness.journals.map((journal) => compareAgentRecord(journal, exportTools().sha256Text));
  const verified = verifyFile(file, withArchived(witness, before), comparers);
  if ("problem" in verified) return verified;
  const { head, keys, checkpoints } = verified.state;
  const agents = comparers.map((comparer) => comparer.end(exportedAt(file)));
  return { proved: { archived: null, first: 1, head: head ?? emptyHead(""), keys, checkpoints, agents } };
}

/** Of a verified export: its last line says it. The record of a walk in a terminal says nothing, and everything must be in it. */
function exportedAt(file: string): string {
  let last = "";
  for (const line of linesIn(file)) last = line;
  return readStatementLine(last)?.statement.exported_at ?? "9999";
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

/** Says what agents' journals have against the export, every contradiction in a line of its own. */
async function agentsAgree({ stdout, stderr }: CommandLine, { agents, archived }: Proved, { journals }: Witness): Promise<boolean> {
  if (archived !== null && journals.length > 0)
    throw new UsageError("an agent's journal is compared with an export, not with archives alone.");
  await write(stderr, agents.map(agentRemarks).join(""));
  const problems = agents.flatMap(({ contradictions }) => contradictions.map(agentProblem));
  await write(stdout, problems.map((problem) => `BROKEN ${problem}\n`).join(""));
  return problems.length === 0;
}

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
  if (!(await agentsAgree(line, proved, witness))) return 1;
  await write(line.stdout, `OK: ${proved.head.seq - proved.first + 1} events, head ${proved.head.hash}${stretch(proved)}\n`);
  await write(line.stderr, `${signedBy(proved)}\n`);
  return 0;
};
