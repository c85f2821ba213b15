// What an auditor's program says about the lines of an export: "ok" with the number of events, or the fault and the event.
import { emptyExport, verifyExportEnd, verifyExportLine } from "@dd0c/core";
import { exportTools } from "../src/app/export-tools.ts";

export function verdictOn(lines: readonly string[]): string {
  let state = emptyExport;
  for (const line of lines) {
    const step = verifyExportLine(state, line, exportTools);
    if (!step.ok) return `${step.fault} at ${step.expectedSeq}`;
    state = step.state;
  }
  const end = verifyExportEnd(state);
  return end.ok ? `ok ${state.head?.seq ?? 0}` : `${end.fault} at ${end.expectedSeq}`;
}
