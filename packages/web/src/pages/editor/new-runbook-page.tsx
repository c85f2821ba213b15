// A new runbook from a paste.
import { useNavigate } from "@tanstack/react-router";
import { useCreateRunbook } from "../../api/runbooks.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { type RunbookDraft, RunbookEditor } from "./runbook-editor.tsx";

const EMPTY: RunbookDraft = { title: "", rawText: "", serviceTag: "", answers: [] };

export const NewRunbookPage = () => {
  const navigate = useNavigate();
  const create = useCreateRunbook();
  const save = ({ title, rawText, serviceTag, answers }: RunbookDraft): void =>
    create.mutate(
      { raw_text: rawText, answers, ...(title === "" ? {} : { title }), ...(serviceTag === "" ? {} : { service_tag: serviceTag }) },
      { onSuccess: (runbook) => void navigate({ to: "/runbooks/$runbookId", params: { runbookId: runbook.id } }) },
    );
  return (
    <>
      <PageHeader
        title="New runbook"
        note="Paste it as it is. A new runbook starts at trust level 0: nothing that changes state can run."
      />
      <RunbookEditor initial={EMPTY} saveLabel="Save version 1" saving={create.isPending} saveError={create.error} onSave={save} />
    </>
  );
};
