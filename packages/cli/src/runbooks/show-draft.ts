// Prints what a distiller made of a chat or an incident review: the draft as Markdown, and beside it what was left out and why.
// A draft goes in, texts come out; control characters of the source are shown, never sent to a terminal.
import type { Distilled } from "@dd0c/core";
import { jsonLine, visibleLine } from "@dd0c/executor/paint";

/** One line per note, in the manner of editors: `file:line: left out: ...`. */
export const showNotes = ({ notes }: Distilled, file: string): string =>
  notes.map(({ line, text, reason }) => `${visibleLine(file)}:${String(line)}: ${visibleLine(text)}: ${visibleLine(reason)}\n`).join("");

/** The object of the API's answer; with several files each names its own. */
export const draftAsJson = ({ kind, runbook, notes, markdown }: Distilled, file: string | null): string =>
  jsonLine({ ...(file === null ? {} : { file }), kind, draft: runbook, markdown, notes });
