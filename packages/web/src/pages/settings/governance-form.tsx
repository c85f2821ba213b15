// Governance for the whole organisation. Each change needs a reason, which the audit log keeps.
import type { WireSettings } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useUpdateSettings } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { DANGEROUS_STEPS, GOVERNANCE } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { type Choice, ChoiceGroup } from "../../ui/choice-group.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";

const MODES: readonly Choice<WireSettings["governance_mode"]>[] = (["strict", "audit"] as const).map((value) => ({
  value,
  ...GOVERNANCE[value],
}));
const DANGEROUS: readonly Choice<WireSettings["dangerous_steps"]>[] = (["typed", "block"] as const).map((value) => ({
  value,
  ...DANGEROUS_STEPS[value],
}));

const saveRefusal = (role: string | null, changed: boolean, reason: string): string | null => {
  if (role !== null) return role;
  if (!changed) return "Nothing is changed yet.";
  return reason.trim() === "" ? "Write a reason first." : null;
};

export const GovernanceForm = ({ settings }: { readonly settings: WireSettings }) => {
  const update = useUpdateSettings();
  const role = useRoleRefusal("admin");
  const [mode, setMode] = useState(settings.governance_mode);
  const [dangerous, setDangerous] = useState(settings.dangerous_steps);
  const [reason, setReason] = useState("");
  const changed = mode !== settings.governance_mode || dangerous !== settings.dangerous_steps;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate({ governance_mode: mode, dangerous_steps: dangerous, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} className="space-y-6">
      <h2 className="text-title">Governance</h2>
      <ChoiceGroup legend="How closely are people involved?" choices={MODES} value={mode} onChange={setMode} disabled={role !== null} />
      <ChoiceGroup legend="Dangerous steps" choices={DANGEROUS} value={dangerous} onChange={setDangerous} disabled={role !== null} />
      <Field
        label="Reason"
        hint="Kept in the audit log."
        value={reason}
        disabled={role !== null}
        onChange={(event) => setReason(event.target.value)}
      />
      {update.isError && <ErrorNotice error={update.error} what="Nothing was changed." />}
      <Button type="submit" look="primary" busy={update.isPending && "Saving…"} refusal={saveRefusal(role, changed, reason)}>
        Save governance
      </Button>
    </form>
  );
};
