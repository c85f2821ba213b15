// The steps of a preview as they would be walked, each with what it asks its author, at its place. Items keep their place in the document
// across previews, whatever was inserted above them.
import type { WirePreview } from "@dd0c/protocol/http";
import { ClassifiedStep } from "../../steps/classified-step.tsx";
import { linesOfCommand, writeLines } from "../../steps/link-lines.ts";
import { FirstHeading, StepIntro } from "../../steps/step-list.tsx";
import { useStepKeys } from "../../steps/use-step-keys.ts";
import { arrangePreview, type PreviewItem, type StepQuestion } from "./arrange-preview.ts";
import { SecondKeyNote } from "./model/second-key-note.tsx";
import type { KeyedCommand } from "./model/with-review.ts";
import { AmbiguityQuestionBox } from "./questions/ambiguity-question.tsx";
import { MentionQuestionBox } from "./questions/mention-question.tsx";
import type { Answers } from "./use-answers.ts";

interface PreviewStepsProps {
  readonly preview: WirePreview;
  /** The commands of the preview as they are judged by now. */
  readonly commands: readonly KeyedCommand[];
  readonly answers: Answers;
  readonly selectedOrder: number | null;
  readonly selectedLine: number | null;
}

const StepQuestionBox = ({ question, answers }: { readonly question: StepQuestion; readonly answers: Answers }) =>
  question.kind === "ambiguity" ? (
    <AmbiguityQuestionBox question={question} answers={answers} />
  ) : (
    <MentionQuestionBox question={question} answers={answers} />
  );

const Item = ({
  item,
  preview,
  answers,
  selectedOrder,
  selectedLine,
}: Omit<PreviewStepsProps, "commands"> & { readonly item: PreviewItem }) => {
  if (item.kind === "mention") {
    return (
      <div data-lines={writeLines(linesOfCommand(item.question))}>
        <MentionQuestionBox question={item.question} answers={answers} />
      </div>
    );
  }
  const { step, commands, questions } = item;
  const selected = step.order === selectedOrder;
  return (
    <>
      <StepIntro parsed={preview.parsed} step={step} />
      <ClassifiedStep
        step={step}
        commands={commands}
        selected={selected}
        selectedLine={selected ? selectedLine : null}
        noteOf={(command) => <SecondKeyNote command={command} />}
        questions={questions.map((question) => <StepQuestionBox key={question.key} question={question} answers={answers} />)}
      />
    </>
  );
};

export const PreviewSteps = (props: PreviewStepsProps) => {
  const items = arrangePreview(props.preview, props.commands);
  const keys = useStepKeys(items.map(({ content }) => content));
  return (
    <>
      <FirstHeading parsed={props.preview.parsed} />
      <ol className="space-y-3">
        {items.map((item, at) => (
          <li key={keys[at]} data-place className="list-none space-y-2">
            <Item {...props} item={item} />
          </li>
        ))}
      </ol>
    </>
  );
};
