// The journal as it lies on the disk, read without changing it: whole, whose, and whether an agent has it open now.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ExecutorError, inspectJournal } from "@dd0c/executor";
import { type Finding, ok, problem, warning } from "./finding.ts";

const newJournal =
  "Keep the file for an investigation, move the journal folder away and start the agent: its steps in flight become outcome unknown.";

export async function checkJournal(dataFolder: string): Promise<readonly Finding[]> {
  const folder = join(dataFolder, "journal");
  if (!existsSync(folder)) return [ok("JOURNAL", "There is no journal yet; the first start makes one.")];
  try {
    const { journalId, records, tornBytes, isOpen } = await inspectJournal(folder);
    const owner = isOpen
      ? ok("JOURNAL_LOCK", "An agent runs on this data folder.")
      : ok("JOURNAL_LOCK", "No agent runs on this data folder.");
    const whole = ok("JOURNAL", `Journal ${journalId} is whole: ${records} records, each chained to the one before.`);
    // While an agent writes, the last line may be half there.
    if (tornBytes === 0 || isOpen) return [owner, whole];
    return [
      owner,
      whole,
      warning(
        "JOURNAL_TORN",
        `The last ${tornBytes} bytes are half a record, as a crash leaves them.`,
        "Start the agent: it cuts them off and says so.",
      ),
    ];
  } catch (error) {
    const code = error instanceof ExecutorError ? error.code : "JOURNAL_UNREADABLE";
    return [problem(code, `The journal cannot be used: ${error instanceof Error ? error.message : "unknown"}.`, newJournal)];
  }
}
