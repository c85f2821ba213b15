// What each fault of an export means, in words for whoever runs `dd0c verify-audit`.
import type { ExportFault } from "@dd0c/core";

export const exportFaults: Readonly<Record<ExportFault, string>> = {
  malformed: "the line is no event in canonical form",
  unsupported_version: "the event is of a version that this program does not know",
  changed: "the event was changed: its content does not give its hash",
  foreign_chain: "it belongs to another chain",
  gap: "events before it are missing",
  duplicated: "the event stands twice",
  reordered: "the event stands in the wrong place",
  wrong_prev_hash: "it does not follow the event before it",
  unsigned: "the export is not signed: it names no key before its first event",
  key_invalid: "a key that the export names is none, or is not the one of its id",
  unknown_key: "a checkpoint is signed by a key that the export does not name",
  forged_checkpoint: "a checkpoint is forged: its signature is not of these words",
  forged_statement: "the closing statement is forged or of another export",
  other_head: "a signed checkpoint names another hash: the events before it were rewritten",
  misplaced_checkpoint: "a checkpoint stands in the wrong place, or events before it were removed or added",
  missing_checkpoint: "a checkpoint is missing",
  cut_tail: "the tail was cut off",
  after_end: "something follows the end of the export",
};
