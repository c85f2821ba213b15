// What has to be filled in before the commands can run, each with its source to change; and answers whose question is gone.
import type { WireAnswer, WirePreview } from "@dd0c/protocol/http";
import { FindingGroup } from "../../steps/findings.tsx";
import { countWord } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { Prose } from "../../ui/prose.tsx";
import { variableQuestions } from "./arrange-preview.ts";
import { VariableQuestionBox } from "./questions/variable-question.tsx";
import type { Answers } from "./use-answers.ts";

interface PreviewPartProps {
  readonly preview: WirePreview;
  readonly answers: Answers;
}

export const PreviewVariables = ({ preview, answers }: PreviewPartProps) => {
  const questions = variableQuestions(preview);
  if (questions.length === 0) return null;
  return (
    <FindingGroup name="variable" open={questions.some(({ optional }) => !optional)} title={countWord(questions.length, "variable")}>
      {questions.map((question) => {
        const variable = preview.parsed.variables.find(({ name }) => name === question.name);
        return variable === undefined ? null : (
          <li key={question.key} data-lines={`${question.line}-${question.line}`}>
            <VariableQuestionBox question={question} variable={variable} answers={answers} />
          </li>
        );
      })}
    </FindingGroup>
  );
};

const describe = (answer: WireAnswer): string => {
  if (answer.kind === "ambiguity") return answer.text;
  if (answer.kind === "mention") return `${answer.accepted ? "a step" : "no step"}: \`${answer.key.replace(/^[^:]*:/, "")}\``;
  return `\`${answer.key.replace(/^[^:]*:/, "")}\`: ${[answer.source, answer.field, answer.description].filter(Boolean).join(", ")}`;
};

/** Kept until somebody forgets them: the text may come back. */
export const StaleAnswers = ({ preview, answers }: PreviewPartProps) => {
  const stale = preview.stale_answer_keys.flatMap((key) => answers.of(key) ?? []);
  if (stale.length === 0) return null;
  return (
    <FindingGroup name="stale answer" open title={`${countWord(stale.length, "answer")} without a question`}>
      <li className="text-small text-ink-faint">
        The text no longer asks this. An answer is kept, and counts again when its question comes back.
      </li>
      {stale.map((answer) => (
        <li key={answer.key} className="flex flex-wrap items-center justify-between gap-x-3">
          <span className="min-w-0">
            <Prose text={describe(answer)} />
          </span>
          <Button look="plain" onClick={() => answers.take(answer.key)}>
            Forget
          </Button>
        </li>
      ))}
    </FindingGroup>
  );
};
