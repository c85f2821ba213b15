// While too much runs by itself: the notice with its date, later the downgrade with the one click that takes it back.
import type { WireGovernance } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useGovernance, useRestoreGovernance } from "../api/governance.ts";
import { useRoleRefusal, useSession } from "../api/session.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Field } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";
import { Moment } from "../ui/moment.tsx";

const Restore = () => {
  const restore = useRestoreGovernance();
  const refusal = useRoleRefusal("admin");
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    restore.mutate(reason.trim(), { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Back to audit
      </Button>
      <Modal title="Back to audit" open={open} onClose={() => setOpen(false)}>
        <form onSubmit={submit} className="space-y-4">
          <p>
            Proven-safe steps run by themselves again from the next decision on. If the share stays as high, the next weekly report gives
            notice again.
          </p>
          <Field label="Why is it right that so much runs by itself?" value={reason} onChange={(event) => setReason(event.target.value)} />
          {restore.isError && <ErrorNotice error={restore.error} what="Governance is still strict." />}
          <Button
            look="primary"
            type="submit"
            busy={restore.isPending && "Restoring…"}
            refusal={reason.trim() === "" ? "Write a reason first." : null}
          >
            Back to audit
          </Button>
        </form>
      </Modal>
    </>
  );
};

const share = ({ auto_share_percent: percent, steps }: NonNullable<WireGovernance["notice"]>): string =>
  `${percent ?? 0} % of ${steps} steps ran by themselves in a week`;

const Text = ({ governance }: { readonly governance: WireGovernance }) => {
  const { notice, downgrade, max_auto_share_percent: limit } = governance;
  if (downgrade !== null)
    return (
      <>
        {share({ ...downgrade, given_at: downgrade.at, due_at: downgrade.at })}, so governance went to strict: every step asks. Since{" "}
        <Moment iso={downgrade.at} />.
      </>
    );
  if (notice === null) return null;
  return (
    <>
      {share(notice)}; the policy allows {limit} %. Unless that falls, governance goes to strict on <Moment iso={notice.due_at} />.
    </>
  );
};

export const GovernanceBanner = () => {
  const session = useSession();
  return session.data == null ? null : <Banner />;
};

const Banner = () => {
  const { data } = useGovernance();
  if (data === undefined || (data.notice === null && data.downgrade === null)) return null;
  return (
    <section aria-label="Governance" className="border-y border-line-strong bg-surface-1 py-3 text-ink-normal">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-4 px-4">
        <p className="min-w-0">
          <Text governance={data} />{" "}
          <Link to="/settings" className="text-accent underline">
            The weekly report
          </Link>
        </p>
        {data.downgrade !== null && <Restore />}
      </div>
    </section>
  );
};
