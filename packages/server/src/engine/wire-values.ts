// The variables of a run and what was done outside of it, as every face shows them: where a value came from, which are still missing.
import { type ExecutionState, fillsByItself, type StepState } from "@dd0c/core";
import type { WireExecution } from "@dd0c/protocol/http";
import type { MemberNames } from "../app/read-runbooks.ts";
import { wireActor } from "../http/wire/runbook.ts";
import type { Material } from "./prepare-execution.ts";

export function wireVariables(state: ExecutionState, material: Material): WireExecution["variables"] {
  const values = new Map(state.variables.map((each) => [each.name, each]));
  return material.version.parsed.variables.map((variable) => {
    const known = values.get(variable.name);
    const source = known === undefined ? variable.source : known.source === "default" ? "manual" : known.source;
    return {
      name: variable.name,
      value: known?.value ?? null,
      source,
      description: variable.description ?? null,
      choices: [...(variable.choices ?? [])],
      needs_typing: known !== undefined && !fillsByItself(known),
      may_wait: state.laterVariables.includes(variable.name),
    };
  });
}

/** Variables of the step's text that the run has still to show. */
export const missingVariables = (state: ExecutionState, step: StepState, material: Material): string[] => {
  const used = material.steps.find(({ stepId }) => stepId === step.stepId)?.variables ?? [];
  const open = state.laterVariables.filter((name) => !state.variables.some((each) => each.name === name));
  return used.filter((name) => open.includes(name));
};

/** Nothing of ours sees what happens outside a run: that is said, and beside it what people told. */
export const wireOutside = (state: ExecutionState, names: MemberNames): WireExecution["outside_actions"] => ({
  observed: "not_observed",
  declared: state.declared.map((action) => ({
    kind: action.kind,
    text: action.text,
    declared_by: wireActor({ type: "user", id: action.by, via: "web" }, names),
    done_at: new Date(action.doneAtMs).toISOString(),
    declared_at: new Date(action.declaredAtMs).toISOString(),
    note: action.note,
  })),
});
