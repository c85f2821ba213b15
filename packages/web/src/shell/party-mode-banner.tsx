// While the product has halted itself: why, since when, and the way out, which is an admin's, with a reason.
import type { WirePartyModeState } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useAgents } from "../api/agents.ts";
import { useLeavePartyMode, usePartyMode } from "../api/operations.ts";
import { useRoleRefusal } from "../api/session.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Field } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";
import { Moment } from "../ui/moment.tsx";
import { Prose } from "../ui/prose.tsx";

const Cause = ({ cause }: { readonly cause: WirePartyModeState["causes"][number] }) => {
  const agents = useAgents();
  const agent = agents.data?.items.find(({ id }) => id === cause.agent_id);
  return (
    <li>
      {cause.explanation}
      {cause.canaries.length > 0 && (
        <>
          {" Canaries: "}
          <span className="font-mono break-words">{cause.canaries.join(", ")}</span>.
        </>
      )}
      {cause.agent_id !== null && ` Agent ${agent?.name ?? cause.agent_id}.`}
      {cause.runbook_id !== null && (
        <>
          {" "}
          <Link to="/runbooks/$runbookId" params={{ runbookId: cause.runbook_id }} className="text-accent underline">
            The runbook
          </Link>
          {" has lost its trust."}
        </>
      )}
      {" Since "}
      <Moment iso={cause.since} />.
      {cause.agreed !== null && (
        <p>
          {cause.agreed.by.name ?? cause.agreed.by.id} has agreed to go on: “<Prose text={cause.agreed.reason} />
          ”. Another admin must agree too.
        </p>
      )}
    </li>
  );
};

const LeavePartyMode = ({ people }: { readonly people: number }) => {
  const leave = useLeavePartyMode();
  const refusal = useRoleRefusal("admin");
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    leave.mutate(reason.trim(), { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Clear party mode
      </Button>
      <Modal title="Clear party mode" open={open} onClose={() => setOpen(false)}>
        <form onSubmit={submit} className="space-y-4">
          <p>
            The scanner is checked again first; it stays locked while it errs. Paused executions stay paused until someone resumes each one,
            and trust that was lost stays at 0 until an admin raises it. The copy of the log for the investigation lies in the server's data
            folder, under forensics.
          </p>
          {people > 1 && <p>This takes two admins, each with a reason: the first one's word is kept until another agrees.</p>}
          <Field label="What was found, and why is it safe to go on?" value={reason} onChange={(event) => setReason(event.target.value)} />
          {leave.isError && <ErrorNotice error={leave.error} what="Party mode is still on." />}
          <Button
            look="primary"
            type="submit"
            busy={leave.isPending && "Checking the scanner…"}
            refusal={reason.trim() === "" ? "Write what was found first." : null}
          >
            Clear party mode
          </Button>
        </form>
      </Modal>
    </>
  );
};

export const PartyModeBanner = () => {
  const { data } = usePartyMode();
  if (data?.on !== true) return null;
  return (
    <section aria-label="Party mode: the product halted itself" className="border-y-4 border-ink-strong bg-surface-1 py-3 text-ink-strong">
      <div className="mx-auto flex max-w-7xl flex-wrap items-start justify-between gap-4 px-4">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-title font-semibold">
            <span aria-hidden="true" className="size-4 bg-ink-strong" />
            The product halted itself: party mode
          </p>
          <p className="text-base text-ink-normal">
            {data.causes.some(({ cause }) => cause === "canary_missed") || data.causes.length === 0
              ? "A promise of the product was broken. Nothing is classified and nothing runs until an admin has looked."
              : "A promise of the product was broken. Nothing runs and nothing can be approved until an admin has looked."}
          </p>
          <ul className="mt-2 text-base">
            {data.causes.map((cause) => (
              <Cause key={`${cause.cause} ${cause.since}`} cause={cause} />
            ))}
          </ul>
        </div>
        <LeavePartyMode people={data.people_needed} />
      </div>
    </section>
  );
};
