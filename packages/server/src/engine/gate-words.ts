// Why the gate decided so, in the words that every face shows: what held the step back, and which layer of the policy said so.
// In: a step of an execution. Out: one or two sentences. Says nothing that the recorded inputs do not show.
import { explainGate, type GateDecision, type GateInputs, layerName, type PolicySource, type StepState } from "@dd0c/core";

type Cause = ReturnType<typeof explainGate>["cause"];

/** Decisions of releases that recorded less than they do now. */
const bareWords: Readonly<Record<GateDecision, string>> = {
  auto: "Proven to be a read, and governance is audit: it runs by itself.",
  ask: "Governance or risk asks for one person's approval.",
  typed: "It cannot be taken back: type the name of what it touches.",
  suggest: "At this trust level you run it yourself and report how it went.",
  blocked: "The runbook's trust level, or a halt, does not allow this.",
};

const said = (inputs: GateInputs, layer: PolicySource | null): string => layerName(layer ?? inputs.policy_layers.governance_mode);

/** What a cause says; undefined: the decision speaks for itself. */
const causeWords: Readonly<Record<Cause, (inputs: GateInputs, layer: PolicySource | null) => string | undefined>> = {
  panic: () => "Panic is on: nothing runs.",
  party: () => "The product halted itself: nothing runs.",
  dangerous_steps: (inputs, layer) => `Blocked by ${said(inputs, layer)}: dangerous steps do not run.`,
  max_trust_level: (inputs, layer) => `Held at trust level ${inputs.policy.max_trust_level} by ${said(inputs, layer)}.`,
  governance_mode: (inputs, layer) => `Governance is strict, by ${said(inputs, layer)}: every step asks.`,
  edited: () => "A person edited it: it is looked at before it runs.",
  trust: (inputs) => `The runbook's trust level was ${inputs.pinned_trust_level} when this run began.`,
  risk: () => undefined,
};

const decisionWords: Readonly<Record<GateDecision, string>> = {
  ...bareWords,
  ask: "One person's approval is needed.",
  blocked: "It does not run.",
};

/** Who may not approve it, and where it is done, where a layer of the policy says so. */
function approvalWords(inputs: GateInputs): readonly string[] {
  if (inputs.risk !== "dangerous") return [];
  const { policy, policy_layers: layers } = inputs;
  // Events of earlier releases do not have the field.
  const onTheWeb = policy.dangerous_step_up === "web" ? [`It is confirmed on the web (${layerName(layers.dangerous_step_up)}).`] : [];
  if (inputs.table === "rollback") return onTheWeb;
  return [
    ...onTheWeb,
    ...(policy.dangerous_approver === "anyone"
      ? []
      : [`Somebody other than whoever started the run approves it (${layerName(layers.dangerous_approver)}).`]),
    ...(policy.author_approval === "at_once"
      ? []
      : [`Not whoever wrote this version within the last 24 hours (${layerName(layers.author_approval)}).`]),
  ];
}

/** From the recorded inputs: what held it back, what is needed, who may not give it. */
function words(gate: GateDecision, inputs: GateInputs): string {
  const { cause, layer } = explainGate(inputs);
  const why = causeWords[cause](inputs, layer);
  if (gate === "blocked" && why !== undefined) return why;
  const rules = gate === "typed" ? approvalWords(inputs) : [];
  return [...(why === undefined ? [] : [why]), decisionWords[gate], ...rules].join(" ");
}

export function gateReason({ gate, gateInputs, prepared, status }: StepState): string | null {
  if (gate === null) return null;
  if (prepared?.notRunnable != null && status === "suggested") return prepared.notRunnable.message;
  return gateInputs == null ? bareWords[gate] : words(gate, gateInputs);
}

/** The layer of the policy that decided; null where no policy did. */
export const gateLayer = ({ gateInputs }: StepState): PolicySource | null => (gateInputs == null ? null : explainGate(gateInputs).layer);
