// A variable: what it is and where its value comes from, as the parser read it or as the author says. Each change counts at once where it
// is complete (an alert variable is with its field); the button also folds the form.
import type { WireAnswer, WireParsedRunbook } from "@dd0c/protocol/http";
import { useState } from "react";
import { describeSource } from "../../../steps/findings.tsx";
import { linesOfCommand } from "../../../steps/link-lines.ts";
import { ShowLines } from "../../../steps/show-lines.tsx";
import { Button } from "../../../ui/button.tsx";
import { Field, INPUT_LOOK } from "../../../ui/field.tsx";
import { Prose } from "../../../ui/prose.tsx";
import type { Answers } from "../use-answers.ts";
import type { VariableQuestion } from "../arrange-preview.ts";
import { AnsweredQuestion, QuestionForm } from "./question-frame.tsx";

type Source = VariableQuestion["read"]["source"];

interface Draft {
  readonly source: Source;
  readonly field: string;
  readonly description: string;
}

interface VariableQuestionProps {
  readonly question: VariableQuestion;
  readonly variable: WireParsedRunbook["variables"][number];
  readonly answers: Answers;
}

const SOURCES: readonly { readonly value: Source; readonly name: string }[] = [
  { value: "manual", name: "A person types it" },
  { value: "alert", name: "From a field of the alert" },
  { value: "runtime", name: "Read off an earlier step" },
];
const FIELD = /^[A-Za-z_][\w.:-]*$/;

const draftOf = ({ source, field = "", description = "" }: VariableQuestion["read"]): Draft => ({ source, field, description });

/** undefined: not complete yet. */
const answerOf = (key: string, { source, field, description }: Draft): WireAnswer | undefined => {
  if (source === "alert" && !FIELD.test(field.trim())) return undefined;
  const words = description.trim();
  return {
    kind: "variable",
    key,
    source,
    ...(source === "alert" ? { field: field.trim() } : {}),
    ...(words === "" ? {} : { description: words }),
  };
};

const Name = ({ question }: { readonly question: VariableQuestion }) => (
  <p className="flex flex-wrap items-center gap-x-2">
    <code className="font-mono text-code break-all text-ink-strong">{question.placeholder}</code>
    <ShowLines range={linesOfCommand(question)} />
  </p>
);

const Form = ({ question, answers, onClose }: Omit<VariableQuestionProps, "variable"> & { readonly onClose: () => void }) => {
  const given = answers.of(question.key);
  const [draft, setDraft] = useState(() => draftOf(given?.kind === "variable" ? given : question.read));
  const change = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes });
  const give = (now: Draft): void => {
    const answer = answerOf(question.key, now);
    if (answer !== undefined) answers.give(answer);
  };
  const choose = (source: Source): void => {
    change({ source });
    if (given !== undefined || source !== question.read.source) give({ ...draft, source });
  };
  const incomplete = draft.source === "alert" && !FIELD.test(draft.field.trim());
  return (
    <div className="space-y-2">
      <Name question={question} />
      <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2">
        <label className="block min-w-0">
          <span className="mb-1 block font-medium text-ink-strong">Where its value comes from</span>
          <select value={draft.source} onChange={(event) => choose(event.target.value as Source)} className={INPUT_LOOK}>
            {SOURCES.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {draft.source === "alert" && (
          <Field
            label="Field of the alert"
            value={draft.field}
            maxLength={100}
            placeholder="labels.pod"
            hint={incomplete && draft.field !== "" ? "Letters, digits and . _ : - without blanks." : undefined}
            onChange={(event) => change({ field: event.target.value })}
            onBlur={() => give(draft)}
          />
        )}
        <Field
          label="What it is"
          value={draft.description}
          maxLength={500}
          placeholder="For whoever fills it in"
          onChange={(event) => change({ description: event.target.value })}
          onBlur={() => (draft.description.trim() === "" && given === undefined ? undefined : give(draft))}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          refusal={incomplete ? "Name the field of the alert." : null}
          onClick={() => {
            give(draft);
            onClose();
          }}
        >
          Answer
        </Button>
        {given !== undefined && (
          <Button
            look="plain"
            onClick={() => {
              answers.take(question.key);
              setDraft(draftOf(question.read));
              onClose();
            }}
          >
            As the text says
          </Button>
        )}
      </div>
    </div>
  );
};

export const VariableQuestionBox = ({ question, variable, answers }: VariableQuestionProps) => {
  const [editing, setEditing] = useState(false);
  const given = answers.of(question.key);
  if (variable.secret === true) {
    return (
      <div className="px-3 py-1">
        <Name question={question} />
        <p className="text-small text-ink-faint">{describeSource(variable)}</p>
      </div>
    );
  }
  const open = given === undefined && !question.optional;
  if (editing || open) {
    // Once somebody is in it, it stays until they are done, also when their first words already are an answer.
    return (
      <QuestionForm name={question.key} open={open} onFocus={() => setEditing(true)}>
        <Form question={question} answers={answers} onClose={() => setEditing(false)} />
      </QuestionForm>
    );
  }
  const shown = given?.kind === "variable" ? given : question.read;
  return (
    <AnsweredQuestion name={question.key} about={question.placeholder} onReopen={() => setEditing(true)}>
      <Name question={question} />
      <p className="text-small text-ink-faint">
        {given === undefined ? "As the text says: " : "You said: "}
        {describeSource({ source: shown.source, field: shown.field, from_step: variable.from_step })}
      </p>
      {shown.description !== undefined && (
        <p className="text-small">
          <Prose text={shown.description} />
        </p>
      )}
    </AnsweredQuestion>
  );
};
