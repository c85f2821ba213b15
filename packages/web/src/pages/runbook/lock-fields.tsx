// A runbook's lock: for each field of the policy the values that tighten it, or no lock. It can only add to what the organisation says.
import type { WireRunbookLock } from "@dd0c/protocol/http";
import { type ChosenName, POLICY_FIELDS, policyValue } from "../../text/policy-words.ts";
import { INPUT_LOOK } from "../../ui/field.tsx";

/** Field to value, "" for no lock. */
export type LockDraft = Readonly<Record<ChosenName, string>>;

export const lockDraft = (lock: WireRunbookLock | null, governance: string | null): LockDraft =>
  Object.fromEntries(
    POLICY_FIELDS.map(({ name }) => [name, String((name === "governance_mode" ? governance : lock?.[name]) ?? "")]),
  ) as LockDraft;

/** What is sent for the fields beside the governance mode; null: no lock on any of them. */
export const lockOfDraft = (draft: LockDraft): Omit<WireRunbookLock, "governance_mode"> | null => {
  const set = POLICY_FIELDS.filter(({ name }) => name !== "governance_mode" && draft[name] !== "");
  return set.length === 0 ? null : Object.fromEntries(set.map(({ name }) => [name, policyValue(name, draft[name])]));
};

const LOCKABLE: Readonly<Record<ChosenName, readonly string[]>> = {
  governance_mode: ["strict"],
  dangerous_steps: ["block"],
  max_trust_level: ["1", "0"],
  dangerous_approver: ["not_the_starter"],
  dangerous_step_up: ["web"],
  author_approval: ["after_24_hours"],
  peer_review: ["required"],
};

interface LockFieldsProps {
  readonly draft: LockDraft;
  readonly onChange: (draft: LockDraft) => void;
  readonly disabled: boolean;
}

export const LockFields = ({ draft, onChange, disabled }: LockFieldsProps) => (
  <fieldset disabled={disabled} className="space-y-3">
    <legend className="mb-2 text-base font-semibold text-ink-strong">Lock this runbook</legend>
    <p>Holds for this runbook whatever the organisation has chosen. A lock can only tighten.</p>
    {POLICY_FIELDS.map(({ name, question, choices }) => (
      <div key={name} className="space-y-1">
        <label htmlFor={`lock-${name}`} className="block text-ink-normal">
          {question}
        </label>
        <select
          id={`lock-${name}`}
          className={INPUT_LOOK}
          value={draft[name]}
          onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
        >
          <option value="">No lock</option>
          {choices
            .filter(({ value }) => LOCKABLE[name].includes(value))
            .map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.name}
              </option>
            ))}
        </select>
      </div>
    ))}
  </fieldset>
);
