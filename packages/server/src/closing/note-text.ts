// What a run was -> the note that an incident gets: plain text, a few lines, the link last. The link is also how the note is known again.
import type { DivergenceCounts, RunFacts } from "./closing-payload.ts";

const endWords: Readonly<Record<string, string>> = {
  completed: "completed",
  failed: "ended with a failure",
  aborted: "was ended by a person before its last step",
};

const sinceWords: Readonly<Record<NonNullable<RunFacts["mttr_since"]>, string>> = {
  alert_start: "from the alert's own start",
  alert_received: "from the arrival of the alert",
  run_start: "from the start of the run",
};

const divergenceWords: Readonly<Record<keyof DivergenceCounts, string>> = {
  skipped: "skipped",
  edited: "edited",
  unlisted: "not in the runbook",
  reordered: "run at another place",
  failed_then_worked: "failed, then worked",
};

/** "3 min 47 s", "41 s", "1 h 04 min". */
export function spellLength(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const two = (value: number): string => String(value).padStart(2, "0");
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${two(seconds % 60)} s`;
}

function divergenceLine(counts: DivergenceCounts): string {
  const parts = Object.entries(divergenceWords).flatMap(([kind, words]) => {
    const count = counts[kind as keyof DivergenceCounts];
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return parts.length === 0 ? "The run followed its runbook." : `Beside the runbook: ${parts.join(", ")}.`;
}

function people({ started_by: starter, in_charge: charge }: RunFacts): string {
  const started = starter === null ? "Started by a program" : `Started by ${starter}`;
  return charge === null || charge === starter ? `${started}.` : `${started}; in charge at the end: ${charge}.`;
}

/** A title is a person's text: one line of it. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 200);

/** The link under which a run is known to whoever reads the note. */
export const runLink = (webUrl: string, executionId: string): string => `${webUrl}/executions/${executionId}`;

export function noteText(run: RunFacts, link: string): string {
  const took = run.duration_seconds === null ? "" : ` after ${spellLength(run.duration_seconds)}`;
  const { mttr_seconds: mttr, mttr_since: since } = run;
  return [
    `dd0c/run: the runbook "${oneLine(run.runbook_title)}" (version ${run.runbook_version}) ${endWords[run.status] ?? run.status}${took}.`,
    `Steps: ${run.steps_executed} done, ${run.steps_skipped} skipped, ${run.steps_failed} failed.`,
    ...(run.divergences === null ? [] : [divergenceLine(run.divergences)]),
    ...(mttr === null || since === null ? [] : [`Time to resolution: ${spellLength(mttr)}, ${sinceWords[since]}.`]),
    people(run),
    link,
  ].join("\n");
}
