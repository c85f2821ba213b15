// Paste and preview: the text on one side, what it becomes on the other, and one action to save it.
import { type FormEvent, type ReactNode, useState } from "react";
import { usePreview } from "../../api/runbooks.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { PreviewPane } from "./preview-pane.tsx";
import { SourceEditor } from "./source-editor.tsx";
import { useDebounced } from "./use-debounced.ts";
import { useLinkedSource } from "./use-linked-source.ts";

const PREVIEW_DELAY_MS = 250;

export interface RunbookDraft {
  readonly title: string;
  readonly rawText: string;
  readonly serviceTag: string;
}

interface RunbookEditorProps {
  readonly initial: RunbookDraft;
  readonly saveLabel: string;
  readonly saving: boolean;
  readonly saveError: unknown;
  readonly note?: ReactNode;
  readonly onSave: (draft: RunbookDraft) => void;
}

const saveRefusal = (role: string | null, text: string, preview: ReturnType<typeof usePreview>, settled: boolean): string | null => {
  if (role !== null) return role;
  if (text.trim() === "") return "Paste a runbook first.";
  if (!settled || preview.isFetching) return "Wait for the check.";
  return preview.error === null ? null : "Nothing to save: no steps were found.";
};

export const RunbookEditor = ({ initial, saveLabel, saving, saveError, note, onSave }: RunbookEditorProps) => {
  const [text, setText] = useState(initial.rawText);
  const [title, setTitle] = useState(initial.title);
  const [serviceTag, setServiceTag] = useState(initial.serviceTag);
  const settledText = useDebounced(text, PREVIEW_DELAY_MS);
  const preview = usePreview(settledText);
  const linked = useLinkedSource(preview.data?.parsed);
  const refusal = saveRefusal(useRoleRefusal("author"), text, preview, settledText === text);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (refusal === null) onSave({ title: title.trim(), rawText: text, serviceTag: serviceTag.trim() });
  };
  return (
    <form onSubmit={submit} className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-4 lg:sticky lg:top-20">
        <SourceEditor value={text} marked={linked.marked} reveal={linked.reveal} onChange={setText} onCaretLine={linked.followCaret} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Title"
            value={title}
            maxLength={300}
            placeholder={preview.data?.parsed.title ?? ""}
            onChange={(event) => setTitle(event.target.value)}
          />
          <Field
            label="Service"
            value={serviceTag}
            maxLength={100}
            placeholder="payment-svc"
            onChange={(event) => setServiceTag(event.target.value)}
          />
        </div>
        {note}
        {saveError !== null && <ErrorNotice error={saveError} what="Not saved. Your text is still here." />}
        <Button type="submit" look="primary" refusal={refusal} busy={saving && "Saving…"}>
          {saveLabel}
        </Button>
      </div>
      <div className="min-w-0">
        <PreviewPane
          preview={preview.data}
          error={preview.error}
          checking={preview.isFetching || settledText !== text}
          empty={text.trim() === ""}
          selectedOrder={linked.selectedOrder}
          onShowLines={linked.showStep}
          onShowLine={linked.showLine}
        />
      </div>
    </form>
  );
};
