// How far this runbook is trusted, what its runs say about that, and its lock. Admins change it, with a reason that the audit log keeps.
// A change counts for the next execution; one that runs keeps the trust it started with.
import type { WireRunbook } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useUpdateRunbook } from "../../api/runbooks.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { TRUST_LEVEL } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { type Choice, ChoiceGroup } from "../../ui/choice-group.tsx";
import { EffectivePolicy } from "../../ui/effective-policy.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { DeleteRunbook } from "./delete-runbook.tsx";
import { LockFields, lockDraft, lockOfDraft } from "./lock-fields.tsx";
import { TrustRecord } from "./trust-record.tsx";

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
  const lockBefore = lockDraft(runbook.policy_lock, runbook.governance_override);
  const [level, setLevel] = useState(runbook.trust_level);
  const [lock, setLock] = useState(lockBefore);
  const [reason, setReason] = useState("");
  const relocked = JSON.stringify(lock) !== JSON.stringify(lockBefore);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate({
      reason: reason.trim(),
      ...(level === runbook.trust_level ? {} : { trust_level: level }),
      ...(relocked
        ? { governance_override: lock.governance_mode === "strict" ? ("strict" as const) : null, policy_lock: lockOfDraft(lock) }
        : {}),
    });
  };
  return (
    <form onSubmit={submit} className="max-w-2xl space-y-6">
      <p>A change counts from the next execution on. One that runs keeps the trust it started with.</p>
      <TrustRecord runbook={runbook} />
      <ChoiceGroup legend="Trust level" choices={LEVELS} value={level} onChange={setLevel} disabled={role !== null} />
      <LockFields draft={lock} onChange={setLock} disabled={role !== null} />
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
        refusal={changeRefusal(role, level !== runbook.trust_level || relocked, reason)}
      >
        Save trust
      </Button>
      <section className="space-y-2" aria-labelledby="policy-of-runbook">
        <h2 id="policy-of-runbook" className="text-base font-semibold text-ink-strong">
          What holds for this runbook
        </h2>
        <EffectivePolicy policy={runbook.effective_policy} withShare={false} />
      </section>
      <DeleteRunbook runbook={runbook} />
    </form>
  );
};
