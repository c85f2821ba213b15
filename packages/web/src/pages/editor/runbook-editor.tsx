// Paste, preview, answer, save: what both the new and the edited runbook need around the two panes.
import type { WireAnswer } from "@dd0c/protocol/http";
import { type FormEvent, type ReactNode, useState } from "react";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { EditorPanes } from "./editor-panes.tsx";
import { type Editor, useEditor } from "./use-editor.ts";

const PREVIEW_DELAY_MS = 250;

export interface RunbookDraft {
  readonly title: string;
  readonly rawText: string;
  readonly serviceTag: string;
  readonly answers: WireAnswer[];
}

interface RunbookEditorProps {
  readonly initial: RunbookDraft;
  readonly saveLabel: string;
  readonly saving: boolean;
  readonly saveError: unknown;
  readonly note?: ReactNode;
  readonly onSave: (draft: RunbookDraft) => void;
}

const saveRefusal = (role: string | null, { text, live }: Editor): string | null => {
  if (role !== null) return role;
  if (text.trim() === "") return "Paste a runbook first.";
  if (live.error !== null) return "Nothing to save: no steps were found.";
  return live.settled ? null : "Wait for the check.";
};

export const RunbookEditor = ({ initial, saveLabel, saving, saveError, note, onSave }: RunbookEditorProps) => {
  const editor = useEditor({ text: initial.rawText, answers: initial.answers, delayMs: PREVIEW_DELAY_MS });
  const [title, setTitle] = useState(initial.title);
  const [serviceTag, setServiceTag] = useState(initial.serviceTag);
  const refusal = saveRefusal(useRoleRefusal("author"), editor);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (refusal === null) onSave({ title: title.trim(), rawText: editor.text, serviceTag: serviceTag.trim(), answers: editor.answers.all });
  };
  return (
    <EditorPanes editor={editor}>
      <form onSubmit={submit} className="space-y-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field
            label="Title"
            value={title}
            maxLength={300}
            placeholder={editor.live.preview?.parsed.title ?? ""}
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
        {saveError !== null && <ErrorNotice error={saveError} what="Not saved. Your text and your answers are still here." />}
        <Button type="submit" look="primary" refusal={refusal} busy={saving && "Saving…"}>
          {saveLabel}
        </Button>
      </form>
    </EditorPanes>
  );
};
