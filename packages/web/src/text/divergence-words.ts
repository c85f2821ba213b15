// What a run did beside its runbook, in words: sentences for the page, a word per step for the timeline, shares of its time. Pure.
import type { WireDivergence } from "@dd0c/protocol/http";
import { formatDuration } from "./format-time.ts";

const FATE_WORD: Readonly<Partial<Record<WireDivergence["steps"][number]["fate"], string>>> = {
  edited: "edited",
  typed: "typed by hand",
  moved: "ran elsewhere",
};

/** By step execution. What a step's own status says already has no mark. */
export function stepMarks(divergence: WireDivergence | undefined): ReadonlyMap<string, string> {
  if (divergence === undefined) return new Map();
  const planned = divergence.steps.flatMap(({ step_execution_id, fate }) => {
    const word = FATE_WORD[fate];
    return word === undefined ? [] : [[step_execution_id, word] as const];
  });
  const unlisted = (divergence.unlisted_actions ?? []).flatMap(({ step_execution_id }) =>
    step_execution_id === null ? [] : [[step_execution_id, "not in the runbook"] as const],
  );
  return new Map([...planned, ...unlisted]);
}

export interface DivergenceLine {
  readonly key: string;
  readonly kind: string;
  /** The step of the timeline that it is about; null for what was done elsewhere. */
  readonly label: string | null;
  readonly text: string;
  /** Shown as commands are. */
  readonly commands: readonly { readonly name: string; readonly command: string }[];
}

const place = (label: string | null): string => (label === null ? "before the first step" : `after step ${label}`);

/** In the order of the kinds; empty where the run followed its runbook. */
export function divergenceLines(divergence: WireDivergence): readonly DivergenceLine[] {
  const { skipped_steps, modified_commands, unlisted_actions, reordered_steps, failed_then_worked } = divergence;
  return [
    ...skipped_steps.map(({ label, reason }) => ({
      ...{ key: `skipped-${label}`, kind: "Skipped", label, commands: [] },
      text: reason === null ? "No reason was given." : reason,
    })),
    ...modified_commands.map(({ label, original_command, command }) => ({
      ...{ key: `edited-${label}`, kind: "Edited", label, text: "" },
      commands: [
        { name: "In the runbook", command: original_command },
        { name: "What ran", command },
      ],
    })),
    ...(unlisted_actions ?? []).map(unlistedLine),
    ...reordered_steps.map(({ label, after_label }) => ({
      ...{ key: `moved-${label}`, kind: "Ran elsewhere", label, commands: [] },
      text: `Its command was entered ${place(after_label)}.`,
    })),
    ...failed_then_worked.map(({ label, tries, worked_with }) => ({
      ...{ key: `again-${label}`, kind: "Failed, then worked", label, commands: [] },
      text: `At try ${tries}, ${worked_with === "same" ? "with the same text" : "with an edited text"}.`,
    })),
  ];
}

function unlistedLine(action: NonNullable<WireDivergence["unlisted_actions"]>[number], at: number): DivergenceLine {
  const { kind, text, observed_by, after_label, repeats_label } = action;
  const where = observed_by === "declared" ? "Done elsewhere and declared" : "Entered in this run";
  const repeats = repeats_label === null ? "" : ` The same command is step ${repeats_label}.`;
  return {
    key: `unlisted-${at}`,
    kind: "Not in the runbook",
    label: null,
    text: `${where}, ${place(after_label)}.${repeats}${kind === "description" ? ` ${text}` : ""}`,
    commands: kind === "command" ? [{ name: "What ran", command: text }] : [],
  };
}

export interface TimeShare {
  readonly name: string;
  readonly ms: number;
  /** Of the whole, in percent with one decimal. */
  readonly percent: number;
  readonly words: string;
}

/** Where the time went, the parts that took any; the part in front of the start is no time of the run. */
export function timeShares({ running_ms, waiting_ms, agent_ms }: WireDivergence["times"]): readonly TimeShare[] {
  const total = running_ms + waiting_ms + agent_ms;
  const parts = [
    { name: "running", ms: running_ms },
    { name: "waiting for people", ms: waiting_ms },
    { name: "waiting for the agent", ms: agent_ms },
  ];
  return parts
    .filter(({ ms }) => ms > 0)
    .map(({ name, ms }) => ({ name, ms, percent: Math.round((1000 * ms) / total) / 10, words: `${formatDuration(ms)} ${name}` }));
}
