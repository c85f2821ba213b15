// The organisation's policy, and what holds together with policy.json. Each change needs a reason, which the audit log keeps.
import type { WireSettings } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useUpdateSettings } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { type ChosenName, POLICY_FIELDS, policyValue } from "../../text/policy-words.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceGroup } from "../../ui/choice-group.tsx";
import { EffectivePolicy } from "../../ui/effective-policy.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";

type Draft = Readonly<Record<ChosenName, string>> & { readonly share: string };

const draftOf = (settings: WireSettings): Draft =>
  ({
    ...Object.fromEntries(POLICY_FIELDS.map(({ name }) => [name, String(settings[name])])),
    share: String(settings.max_auto_share_percent),
  }) as Draft;

const isShare = (text: string): boolean => /^([1-9]\d?|100)$/.test(text.trim());

/** Only what differs is sent. */
const changesOf = (before: Draft, draft: Draft): Readonly<Record<string, string | number>> => ({
  ...Object.fromEntries(
    POLICY_FIELDS.filter(({ name }) => draft[name] !== before[name]).map(({ name }) => [name, policyValue(name, draft[name])]),
  ),
  ...(draft.share.trim() === before.share ? {} : { max_auto_share_percent: Number(draft.share) }),
});

const saveRefusal = (role: string | null, draft: Draft, changed: boolean, reason: string): string | null => {
  if (role !== null) return role;
  if (!isShare(draft.share)) return "The share is a whole number from 1 to 100.";
  if (!changed) return "Nothing is changed yet.";
  return reason.trim() === "" ? "Write a reason first." : null;
};

export const GovernanceForm = ({ settings }: { readonly settings: WireSettings }) => {
  const update = useUpdateSettings();
  const role = useRoleRefusal("admin");
  const before = draftOf(settings);
  const [draft, setDraft] = useState(before);
  const [reason, setReason] = useState("");
  const changes = changesOf(before, draft);
  const disabled = role !== null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate({ ...changes, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} className="space-y-6">
      <h2 className="text-title">Governance</h2>
      {POLICY_FIELDS.map(({ name, question, choices }) => (
        <ChoiceGroup
          key={name}
          legend={question}
          choices={choices}
          value={draft[name]}
          onChange={(value) => setDraft({ ...draft, [name]: value })}
          disabled={disabled}
        />
      ))}
      <Field
        label="Automatic steps, at most percent"
        hint="Above this share of at least 50 steps in a week, governance goes back to strict a week after a notice."
        inputMode="numeric"
        value={draft.share}
        disabled={disabled}
        onChange={(event) => setDraft({ ...draft, share: event.target.value })}
      />
      <Field
        label="Reason"
        hint="Kept in the audit log."
        value={reason}
        disabled={disabled}
        onChange={(event) => setReason(event.target.value)}
      />
      {update.isError && <ErrorNotice error={update.error} what="Nothing was changed." />}
      <Button
        type="submit"
        look="primary"
        busy={update.isPending && "Saving…"}
        refusal={saveRefusal(role, draft, Object.keys(changes).length > 0, reason)}
      >
        Save governance
      </Button>
      <section className="space-y-2" aria-labelledby="policy-in-force">
        <h3 id="policy-in-force" className="text-base font-semibold text-ink-strong">
          What holds
        </h3>
        <p>The strictest of policy.json on the server and this organisation. A runbook's lock can only add to it.</p>
        <EffectivePolicy policy={settings.effective} withShare />
      </section>
    </form>
  );
};
