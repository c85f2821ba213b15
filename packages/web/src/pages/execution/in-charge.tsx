// Who answers for the run now, who else started it, and the way to give it to somebody or to take it over. Approvals keep their rules.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FormEvent, useId, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { useRoleRefusal, useSession } from "../../api/session.ts";
import { useOnline } from "../../shell/offline-banner.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";

interface FormProps {
  readonly execution: WireExecution;
  readonly onDone: () => void;
}

const noteOf = (note: string): { readonly note?: string } => (note.trim() === "" ? {} : { note: note.trim() });

const HandOverForm = ({ execution, onDone }: FormProps) => {
  const give = useExecutionDecision("handOver", execution.id);
  const selectId = useId();
  const others = execution.people.filter(({ id }) => id !== execution.in_charge?.id);
  const [to, setTo] = useState(others[0]?.id ?? "");
  const [note, setNote] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate({ to, ...noteOf(note) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p>They see the run as it stands here. An approval that is open stays open, under the same rules.</p>
      <div>
        <label htmlFor={selectId} className="mb-1 block font-medium text-ink-strong">
          Give it to
        </label>
        <select id={selectId} className={INPUT_LOOK} value={to} onChange={(event) => setTo(event.target.value)}>
          {others.map(({ id, name, role }) => (
            <option key={id} value={id}>
              {name} ({role})
            </option>
          ))}
        </select>
      </div>
      <Field
        label="What do they need to know? (optional)"
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
      />
      {give.isError && <ErrorNotice error={give.error} what="Not handed over." />}
      <Button type="submit" look="primary" busy={give.isPending && "Handing over…"}>
        Hand over
      </Button>
    </form>
  );
};

const TakeOverForm = ({ execution, onDone }: FormProps) => {
  const take = useExecutionDecision("takeOver", execution.id);
  const [note, setNote] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    take.mutate(noteOf(note), { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p>From then on you answer for this run, and everybody sees it. Nothing is approved or stopped by it.</p>
      <Field label="Why? (optional)" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      {take.isError && <ErrorNotice error={take.error} what="Not taken over." />}
      <Button type="submit" look="primary" busy={take.isPending && "Taking over…"}>
        Take over
      </Button>
    </form>
  );
};

type Word = "Hand over" | "Take over";

const Change = ({ execution, mine }: { readonly execution: WireExecution; readonly mine: boolean }) => {
  const role = useRoleRefusal("operator");
  const online = useOnline();
  // What was opened stays what it is: the run's change arrives here before the answer, and must not turn one form into the other.
  const [opened, setOpened] = useState<Word | null>(null);
  const close = (): void => setOpened(null);
  const word: Word = mine ? "Hand over" : "Take over";
  const refusal = online ? role : "You are offline. Nothing is sent.";
  return (
    <>
      <Button look="plain" className="px-0" refusal={refusal} onClick={() => setOpened(word)}>
        {word}
      </Button>
      <Modal title={`${opened ?? word} this run`} open={opened !== null} onClose={close}>
        {opened === "Hand over" ? (
          <HandOverForm execution={execution} onDone={close} />
        ) : (
          <TakeOverForm execution={execution} onDone={close} />
        )}
      </Modal>
    </>
  );
};

const nameOf = (actor: { readonly id: string; readonly name: string | null }): string => actor.name ?? actor.id;

export const InCharge = ({ execution, ended }: { readonly execution: WireExecution; readonly ended: boolean }) => {
  const me = useSession().data?.user.id;
  const { in_charge, joined_by } = execution;
  const mine = in_charge !== null && in_charge.id === me;
  // Whoever is alone has nobody to give it to.
  const others = execution.people.some(({ id }) => id !== in_charge?.id);
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <p>
        {in_charge === null ? "Nobody is in charge yet." : `In charge: ${nameOf(in_charge)}${mine ? " (you)" : ""}.`}
        {joined_by.length > 0 && ` Also started by ${joined_by.map(nameOf).join(", ")}, who joined this run.`}
      </p>
      {!ended && others && <Change execution={execution} mine={mine} />}
    </div>
  );
};
