// The policy in words: what each field asks, what each value means, and who said it. One place for settings, locks and what holds.
import type { WirePolicySource, WirePolicyValues } from "@dd0c/protocol/http";
import type { Choice } from "../ui/choice-group.tsx";
import { DANGEROUS_STEPS, GOVERNANCE, TRUST_LEVEL } from "./words.ts";

export type PolicyName = keyof WirePolicyValues;
export type ChosenName = Exclude<PolicyName, "max_auto_share_percent">;

export interface PolicyField<N extends ChosenName = ChosenName> {
  readonly name: N;
  readonly question: string;
  /** Loosest first. */
  readonly choices: readonly Choice<string>[];
}

const named = (value: string, { name, meaning }: { readonly name: string; readonly meaning: string }): Choice<string> => ({
  value,
  name,
  meaning,
});

/** Values travel as text in forms; `policyValue` brings them back. */
export const POLICY_FIELDS: readonly PolicyField[] = [
  {
    name: "governance_mode",
    question: "How closely are people involved?",
    choices: [named("strict", GOVERNANCE.strict), named("audit", GOVERNANCE.audit)],
  },
  {
    name: "dangerous_steps",
    question: "Dangerous steps",
    choices: [named("typed", DANGEROUS_STEPS.typed), named("block", DANGEROUS_STEPS.block)],
  },
  {
    name: "max_trust_level",
    question: "Highest trust level",
    choices: [2, 1, 0].map((level) => ({
      value: String(level),
      name: `At most ${level}`,
      meaning: TRUST_LEVEL[level]?.meaning ?? "",
    })),
  },
  {
    name: "dangerous_approver",
    question: "Who approves dangerous steps?",
    choices: [
      { value: "anyone", name: "Any approver", meaning: "Also whoever started the run." },
      { value: "not_the_starter", name: "Somebody else", meaning: "Not whoever started the run." },
    ],
  },
  {
    name: "dangerous_step_up",
    question: "Where are dangerous steps confirmed?",
    choices: [
      { value: "not_needed", name: "Anywhere", meaning: "Also in Slack, by typing the names." },
      { value: "web", name: "Only on the web", meaning: "In a signed-in browser. Slack links to the step." },
    ],
  },
  {
    name: "author_approval",
    question: "May authors approve dangerous steps of their own version?",
    choices: [
      { value: "at_once", name: "At once", meaning: "No waiting time." },
      { value: "after_24_hours", name: "After 24 hours", meaning: "On the first day somebody else approves them." },
    ],
  },
  {
    name: "peer_review",
    question: "Peer review of changed runbooks",
    choices: [
      { value: "not_needed", name: "Not needed", meaning: "A new version can run as soon as it is saved." },
      { value: "required", name: "Required", meaning: "A new version runs after another author or admin has reviewed it." },
    ],
  },
];

export const policyValue = (name: ChosenName, text: string): string | number => (name === "max_trust_level" ? Number(text) : text);

const SOURCES: Readonly<Record<WirePolicySource, string>> = {
  system: "by policy.json",
  tenant: "by the organisation",
  runbook: "by this runbook's lock",
  default: "where nobody chose",
};

export const sourceWords = (source: WirePolicySource): string => SOURCES[source];

/** The value that holds, as its choice is called. */
export const valueWords = (field: PolicyField, values: WirePolicyValues): string =>
  field.choices.find(({ value }) => value === String(values[field.name]))?.name ?? String(values[field.name]);
