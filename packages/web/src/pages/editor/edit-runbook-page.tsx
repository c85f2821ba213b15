// The next version of a runbook. Executions that run keep the version they started with.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useRunbook, useUpdateRunbook } from "../../api/runbooks.ts";
import { PageStatus } from "../../ui/page-status.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { type RunbookDraft, RunbookEditor } from "./runbook-editor.tsx";

export const EditRunbookPage = () => {
  const { runbookId } = useParams({ from: "/runbooks/$runbookId/edit" });
  const navigate = useNavigate();
  const runbook = useRunbook(runbookId);
  const update = useUpdateRunbook(runbookId);
  if (runbook.data === undefined) {
    const retry = (): void => void runbook.refetch();
    return (
      <PageStatus
        title="Edit runbook"
        subject="the runbook"
        failure="This runbook could not be opened."
        error={runbook.error}
        onRetry={retry}
      />
    );
  }
  const { data } = runbook;
  const save = ({ title, rawText, serviceTag, answers }: RunbookDraft): void =>
    update.mutate(
      {
        ...(title === "" || title === data.title ? {} : { title }),
        ...(rawText === data.raw_text ? {} : { raw_text: rawText }),
        service_tag: serviceTag === "" ? null : serviceTag,
        answers,
      },
      { onSuccess: () => void navigate({ to: "/runbooks/$runbookId", params: { runbookId } }) },
    );
  return (
    <>
      <PageHeader title={`Edit ${data.title}`} note={`Saving makes version ${data.version + 1}. Running executions keep their version.`} />
      <RunbookEditor
        key={data.version}
        initial={{ title: data.title, rawText: data.raw_text, serviceTag: data.service_tag ?? "", answers: data.answers }}
        saveLabel={`Save version ${data.version + 1}`}
        saving={update.isPending}
        saveError={update.error}
        onSave={save}
      />
    </>
  );
};
