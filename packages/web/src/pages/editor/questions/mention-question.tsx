// A command that the text only mentions: a step or not? Yes runs it with the rest, with a risk of its own; no takes the question away.
import { revealAsText } from "@dd0c/protocol/http";
import { CommandText } from "../../../ui/command-text.tsx";
import { Button } from "../../../ui/button.tsx";
import { Prose } from "../../../ui/prose.tsx";
import { linesOfCommand } from "../../../steps/link-lines.ts";
import { ShowLines } from "../../../steps/show-lines.tsx";
import type { Answers } from "../use-answers.ts";
import type { MentionQuestion } from "../arrange-preview.ts";
import { AnsweredQuestion, QuestionForm } from "./question-frame.tsx";

const Decided = ({ question, accepted }: { readonly question: MentionQuestion; readonly accepted: boolean }) => (
  <p className="text-small text-ink-normal">
    <code className="font-mono text-small break-all text-ink-strong">{revealAsText(question.text, "command")}</code>
    {accepted ? " is only mentioned; you made it a step." : " is mentioned, and no step."}
  </p>
);

export const MentionQuestionBox = ({ question, answers }: { readonly question: MentionQuestion; readonly answers: Answers }) => {
  const given = answers.of(question.key);
  const give = (accepted: boolean): void => answers.give({ kind: "mention", key: question.key, accepted });
  if (given?.kind === "mention") {
    return (
      <AnsweredQuestion name={question.key} about={question.text} onReopen={() => answers.take(question.key)}>
        <Decided question={question} accepted={given.accepted} />
      </AnsweredQuestion>
    );
  }
  return (
    <QuestionForm name={question.key} open>
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <p className="font-medium text-ink-strong">Is this command to be run?</p>
        <ShowLines range={linesOfCommand(question)} />
      </div>
      <CommandText command={question.text} />
      <p className="text-small text-ink-faint">
        <Prose text={question.reason} /> {Math.round(question.confidence * 100)} % sure that it is a step.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={() => give(true)}>Yes, make it a step</Button>
        <Button onClick={() => give(false)}>No</Button>
      </div>
    </QuestionForm>
  );
};
