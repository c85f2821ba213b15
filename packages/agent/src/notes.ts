// What the server said and this agent did not believe, or could not check: kept in the journal, where the server cannot reach it.
// In: what and about what, by id. Out: a record, once each; a flood fills no disk. `dd0c verify-audit --witness` reads them. Never command text.

import type { AgentNote } from "@dd0c/core";
import type { Journal } from "@dd0c/executor";
import type { Log } from "./log.ts";

export type TakeNote = (note: AgentNote, detail?: Readonly<Record<string, string>>) => void;

/** Kept per life of the agent. Whoever has caused so many has been found out. */
const maxNotes = 1_000;
/** Ids are the server's words and may be of any length. */
const maxDetail = 100;

export function notes(journal: Pick<Journal, "append">, log: Log): TakeNote {
  const taken = new Set<string>();
  const keep = (note: AgentNote, detail: Readonly<Record<string, string>>) => {
    journal.append({ type: "noted", note, detail }).catch(() => log("error", "journal_unavailable", { note }));
  };
  return (note, given = {}) => {
    const detail = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.slice(0, maxDetail)]));
    const key = JSON.stringify([note, detail]);
    if (taken.size > maxNotes || taken.has(key)) return;
    taken.add(key);
    if (taken.size > maxNotes) return keep("more_left_out", {});
    keep(note, detail);
  };
}
