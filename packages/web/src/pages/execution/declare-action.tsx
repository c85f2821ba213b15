// Puts on record what somebody did outside the run: on a console, in another terminal, by phone. It is their word; nothing saw it.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";

const MINUTE_MS = 60_000;

/** "12" minutes ago as a moment; nothing that is no number. */
const momentOf = (minutesAgo: string): string | null => {
  const minutes = Number(minutesAgo);
  return minutesAgo.trim() === "" || !Number.isFinite(minutes) || minutes < 0
    ? null
    : new Date(Date.now() - minutes * MINUTE_MS).toISOString();
};

const refusalOf = (text: string, minutesAgo: string): string | null => {
  if (text.trim() === "") return "Say what was done.";
  return momentOf(minutesAgo) === null ? "Say how many minutes ago, as a number." : null;
};

const DeclareForm = ({ id, onDone }: { readonly id: string; readonly onDone: () => void }) => {
  const declare = useExecutionDecision("declareAction", id);
  const [text, setText] = useState("");
  const [isCommand, setIsCommand] = useState(false);
  const [minutesAgo, setMinutesAgo] = useState("0");
  const [note, setNote] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const done = momentOf(minutesAgo);
    const kind = isCommand ? "command" : "description";
    declare.mutate(
      { kind, text: text.trim(), ...(done === null ? {} : { done_at: done }), ...(note.trim() === "" ? {} : { note: note.trim() }) },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p>It stands in the record as your word. Nothing of this product saw it, and nothing is run by it.</p>
      <Field label="What was done?" value={text} maxLength={4096} spellCheck={false} onChange={(event) => setText(event.target.value)} />
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" checked={isCommand} onChange={(event) => setIsCommand(event.target.checked)} />
        This is the command’s exact text
      </label>
      <Field label="How many minutes ago?" inputMode="numeric" value={minutesAgo} onChange={(event) => setMinutesAgo(event.target.value)} />
      <Field label="Note (optional)" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      {declare.isError && <ErrorNotice error={declare.error} what="Not put on record." />}
      <Button type="submit" look="primary" refusal={refusalOf(text, minutesAgo)} busy={declare.isPending && "Recording…"}>
        Put it on record
      </Button>
    </form>
  );
};

export const DeclareAction = ({ execution }: { readonly execution: WireExecution }) => {
  const refusal = useRoleRefusal("operator");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Declare something done elsewhere
      </Button>
      <Modal title="Done outside this run" open={open} onClose={() => setOpen(false)}>
        <DeclareForm id={execution.id} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
};
