// A change and the labels of the version -> one sentence about the runs and the question that follows from it. Words only.
import type { SupportedChange, VersionStep } from "./suggestion.ts";

export function describeChange({ change, runs, of }: SupportedChange, steps: readonly VersionStep[]): string {
  const label = (stepId: string | null): string => steps.find((step) => step.stepId === stepId)?.label ?? "";
  const counted = `in ${runs.length} of ${of} runs`;
  switch (change.kind) {
    case "remove":
      return removal(change.step_ids.map(label), counted);
    case "edit":
      return `Step ${label(change.step_id)} was edited to the same text ${counted}. Change the command to \`${change.to}\`?`;
    case "add":
      return `A command that is not in the runbook ran ${place(label(change.after))} ${counted}. Add \`${change.command}\`?`;
    case "reorder":
      return `Step ${label(change.step_id)} was run ${place(label(change.after))} ${counted}. Move it there?`;
  }
}

const place = (label: string): string => (label === "" ? "before the first step" : `after step ${label}`);

function removal(labels: readonly string[], counted: string): string {
  const [first = "", last = ""] = [labels[0], labels.at(-1)];
  if (labels.length === 1) return `Step ${first} was skipped ${counted}. Remove it?`;
  return `Steps ${first}-${last} were skipped ${counted}. Remove them?`;
}
