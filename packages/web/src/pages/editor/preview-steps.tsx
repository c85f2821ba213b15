// The steps of a preview as they would be walked, each with what it asks its author, at its place. Items keep their place in the document
// across previews, whatever was inserted above them.
import type { WirePreview } from "@dd0c/protocol/http";
import { memo, useMemo } from "react";
import { ClassifiedStep } from "../../steps/classified-step.tsx";
import { linesOfCommand, writeLines } from "../../steps/link-lines.ts";
import { FirstHeading, StepIntro } from "../../steps/step-list.tsx";
import { useStepKeys } from "../../steps/use-step-keys.ts";
import { arrangePreview, type PreviewItem, sameItem, sameList, type StepQuestion } from "./arrange-preview.ts";
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

interface ItemProps {
  readonly item: PreviewItem;
  readonly parsed: WirePreview["parsed"];
  readonly answers: Answers;
  readonly selected: boolean;
  /** Of the caret, where it stands in this item. */
  readonly selectedLine: number | null;
}

const noteOf = (command: KeyedCommand) => <SecondKeyNote command={command} />;

const ItemView = ({ item, parsed, answers, selected, selectedLine }: ItemProps) => {
  if (item.kind === "mention") {
    return (
      <div data-lines={writeLines(linesOfCommand(item.question))}>
        <MentionQuestionBox question={item.question} answers={answers} />
      </div>
    );
  }
  const { step, commands, questions } = item;
  return (
    <>
      <StepIntro parsed={parsed} step={step} />
      <ClassifiedStep
        step={step}
        commands={commands}
        selected={selected}
        selectedLine={selectedLine}
        noteOf={noteOf}
        questions={questions.map((question) => <StepQuestionBox key={question.key} question={question} answers={answers} />)}
      />
    </>
  );
};

/** What stands above a step depends on the step before and on the branches as well. */
const surroundings = ({ parsed, item }: ItemProps): readonly unknown[] =>
  item.kind === "step" ? [parsed.steps[item.step.order - 2]?.section, parsed.branches] : [];

const isSame = (before: ItemProps, now: ItemProps): boolean =>
  before.answers === now.answers &&
  before.selected === now.selected &&
  before.selectedLine === now.selectedLine &&
  sameItem(before.item, now.item) &&
  sameList(surroundings(before), surroundings(now));

const Item = memo(ItemView, isSame);

/** Drawn again only where something changed; while somebody types, that is next to nothing. */
export const PreviewSteps = memo(({ preview, commands, answers, selectedOrder, selectedLine }: PreviewStepsProps) => {
  const items = useMemo(() => arrangePreview(preview, commands), [preview, commands]);
  const keys = useStepKeys(useMemo(() => items.map(({ content }) => content), [items]));
  return (
    <>
      <FirstHeading parsed={preview.parsed} />
      <ol className="space-y-3">
        {items.map((item, at) => {
          const selected = item.kind === "step" && item.step.order === selectedOrder;
          return (
            <li key={keys[at]} data-place className="list-none space-y-2">
              <Item
                item={item}
                parsed={preview.parsed}
                answers={answers}
                selected={selected}
                selectedLine={selected ? selectedLine : null}
              />
            </li>
          );
        })}
      </ol>
    </>
  );
});
