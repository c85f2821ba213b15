// Takes a runbook off the lists. Its versions, executions and audit events stay.
import type { WireRunbook } from "@dd0c/protocol/http";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useDeleteRunbook } from "../../api/runbooks.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Modal } from "../../ui/modal.tsx";

export const DeleteRunbook = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const remove = useDeleteRunbook(runbook.id);
  const refusal = useRoleRefusal("author");
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const confirm = (): void => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/runbooks" }) });
  return (
    <div className="border-t border-line pt-6">
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Delete runbook
      </Button>
      <Modal title={`Delete “${runbook.title}”`} open={open} onClose={() => setOpen(false)}>
        <div className="space-y-4">
          <p>It leaves the lists and can no longer be started. Its versions, executions and audit events stay on record.</p>
          {remove.isError && <ErrorNotice error={remove.error} what="Not deleted." />}
          <Button look="primary" onClick={confirm} busy={remove.isPending && "Deleting…"}>
            Delete runbook
          </Button>
        </div>
      </Modal>
    </div>
  );
};
