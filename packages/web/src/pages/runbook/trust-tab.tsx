// How far this runbook is trusted, and whether it is locked to strict. Admins change it, with a reason that the audit log keeps.
// A change counts for the next execution; one that runs keeps what it started with.
import type { WireRunbook } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useUpdateRunbook } from "../../api/runbooks.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { TRUST_LEVEL } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { type Choice, ChoiceGroup } from "../../ui/choice-group.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { DeleteRunbook } from "./delete-runbook.tsx";

const LEVELS: readonly Choice<number>[] = TRUST_LEVEL.slice(0, 3).map((level, value) => ({
  value,
  name: `Level ${level.name}`,
  meaning: level.meaning,
}));

const changeRefusal = (role: string | null, changed: boolean, reason: string): string | null => {
  if (role !== null) return role;
  if (!changed) return "Nothing is changed yet.";
  return reason.trim() === "" ? "Write a reason first." : null;
};

export const TrustTab = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const update = useUpdateRunbook(runbook.id);
  const role = useRoleRefusal("admin");
  const [level, setLevel] = useState(runbook.trust_level);
  const [locked, setLocked] = useState(runbook.governance_override === "strict");
  const [reason, setReason] = useState("");
  const wasLocked = runbook.governance_override === "strict";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate({
      reason: reason.trim(),
      ...(level === runbook.trust_level ? {} : { trust_level: level }),
      ...(locked === wasLocked ? {} : { governance_override: locked ? ("strict" as const) : null }),
    });
  };
  return (
    <form onSubmit={submit} className="max-w-2xl space-y-6">
      <p>A change counts from the next execution on. One that runs keeps the trust it started with.</p>
      <ChoiceGroup legend="Trust level" choices={LEVELS} value={level} onChange={setLevel} disabled={role !== null} />
      <label className="flex gap-3">
        <input
          type="checkbox"
          className="mt-0.5"
          checked={locked}
          disabled={role !== null}
          onChange={(event) => setLocked(event.target.checked)}
        />
        <span>
          <span className="block font-medium text-ink-strong">Lock this runbook to strict</span>
          Every step of it asks, whatever the organisation has chosen.
        </span>
      </label>
      <Field
        label="Reason"
        hint="Kept in the audit log."
        value={reason}
        disabled={role !== null}
        onChange={(event) => setReason(event.target.value)}
      />
      {update.isError && <ErrorNotice error={update.error} what="Nothing was changed." />}
      <Button
        type="submit"
        look="primary"
        busy={update.isPending && "Saving…"}
        refusal={changeRefusal(role, level !== runbook.trust_level || locked !== wasLocked, reason)}
      >
        Save trust
      </Button>
      <DeleteRunbook runbook={runbook} />
    </form>
  );
};
