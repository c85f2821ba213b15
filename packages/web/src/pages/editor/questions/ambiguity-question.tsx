// A vague instruction, answered in the author's own words. The words count once the field is left; the button or Enter also folds it.
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { INPUT_LOOK } from "../../../ui/field.tsx";
import { Prose } from "../../../ui/prose.tsx";
import type { Answers } from "../use-answers.ts";
import type { AmbiguityQuestion } from "../arrange-preview.ts";
import { AnsweredQuestion, QuestionForm } from "./question-frame.tsx";

const MAX_LENGTH = 2_000;

const isAlone = ({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean => key === "Enter" && !shiftKey && !nativeEvent.isComposing;

export const AmbiguityQuestionBox = ({ question, answers }: { readonly question: AmbiguityQuestion; readonly answers: Answers }) => {
  const id = useId();
  const given = answers.of(question.key);
  const text = given?.kind === "ambiguity" ? given.text : null;
  const [draft, setDraft] = useState<string | null>(text === null ? "" : null);
  const give = (): boolean => {
    const words = (draft ?? "").trim();
    if (words !== "" && words !== text) answers.give({ kind: "ambiguity", key: question.key, text: words });
    return words !== "";
  };
  const close = (): void => {
    if (give()) setDraft(null);
  };
  if (draft === null && text !== null) {
    return (
      <AnsweredQuestion name={question.key} about={question.issue} onReopen={() => setDraft(text)}>
        <p className="text-small text-ink-faint">
          <Prose text={question.issue} />
        </p>
        <p>
          <Prose text={text} />
        </p>
      </AnsweredQuestion>
    );
  }
  return (
    <QuestionForm name={question.key} open={text === null}>
      <label htmlFor={id} className="block">
        <span className="font-medium text-ink-strong">
          <Prose text={question.suggestion ?? "What exactly is to be done?"} />
        </span>
        <span className="block text-small text-ink-faint">
          <Prose text={question.issue} />
        </span>
      </label>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <textarea
          id={id}
          rows={1}
          maxLength={MAX_LENGTH}
          value={draft ?? ""}
          placeholder="Shown to whoever runs this step"
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => void give()}
          onKeyDown={(event) => {
            if (!isAlone(event)) return;
            event.preventDefault();
            close();
          }}
          className={`${INPUT_LOOK} grow basis-56 resize-y`}
        />
        <Button onClick={close}>Answer</Button>
      </div>
    </QuestionForm>
  );
};
