// What a language model adds to a preview: its part of each second key, proposals, questions, prerequisites, words for variables. All of it is
// the model's and says so; the author takes what is right. Not shown where no model is on.
import type { WireModelReview, WirePreview } from "@dd0c/protocol/http";
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Prose } from "../../../ui/prose.tsx";
import { variableQuestions } from "../arrange-preview.ts";
import type { Answers } from "../use-answers.ts";
import { Proposals } from "./proposals.tsx";
import type { Model } from "./use-model.ts";

interface ModelPartProps {
  readonly model: Model;
  readonly preview: WirePreview;
  readonly answers: Answers;
  readonly onWrite: (command: string) => void;
}

const List = ({ title, children }: { readonly title: string; readonly children: readonly ReactNode[] }) =>
  children.length === 0 ? null : (
    <div>
      <h3 className="font-medium text-ink-strong">{title}</h3>
      <ul className="space-y-1 pl-5">{children}</ul>
    </div>
  );

/** The model's words for a variable, taken over with one press where the author has not answered yet. */
const VariableWords = ({ review, preview, answers }: { readonly review: WireModelReview } & Omit<ModelPartProps, "model" | "onWrite">) => (
  <List title="What the variables are">
    {review.variables.flatMap(({ name, description }) => {
      const question = variableQuestions(preview).find((one) => one.name === name);
      if (question === undefined) return [];
      const { source, field } = question.read;
      const take = (): void =>
        answers.give({ kind: "variable", key: question.key, source, ...(field === undefined ? {} : { field }), description });
      return [
        <li key={name} className="flex flex-wrap items-center gap-x-3">
          <span className="min-w-0">
            <code className="font-mono text-code text-ink-strong">{question.placeholder}</code> <Prose text={description} links={false} />
          </span>
          {answers.of(question.key) === undefined && (
            <Button look="plain" onClick={take}>
              Say so
            </Button>
          )}
        </li>,
      ];
    })}
  </List>
);

const Said = ({ review, preview, answers, onWrite }: { readonly review: WireModelReview } & Omit<ModelPartProps, "model">) => (
  <div className="space-y-3">
    <p className="text-small text-ink-faint">
      {review.model.name ?? "No model"} read this text. What it says can only make a step more careful.
    </p>
    {review.notes.map((note) => (
      <p key={note}>{note}</p>
    ))}
    {review.proposals.length > 0 && <h3 className="font-medium text-ink-strong">The model proposes</h3>}
    <Proposals review={review} onWrite={onWrite} />
    <List title="The model asks">
      {review.questions.map(({ step_order: order, issue, suggestion }) => (
        <li key={`${order}-${issue}`}>
          {order !== null && <span className="font-medium text-ink-strong">Step {order}: </span>}
          <Prose text={issue} links={false} />
          {suggestion !== null && (
            <p className="text-small text-ink-faint">
              <Prose text={suggestion} links={false} />
            </p>
          )}
        </li>
      ))}
    </List>
    <List title="Before the first step">
      {review.prerequisites.map(({ description }) => (
        <li key={description}>
          <Prose text={description} links={false} />
        </li>
      ))}
    </List>
    <VariableWords review={review} preview={preview} answers={answers} />
  </div>
);

const introduction = ({ review, outdated }: Model): string => {
  if (review !== undefined) return "It was not asked about every command that is a step now.";
  return outdated
    ? "It was asked about an older text. Ask again to have its opinion about this one."
    : "A language model is configured. It is asked when you save, or now: the text leaves this server, with known secrets masked.";
};

const Ask = ({ model }: { readonly model: Model }) => (
  <>
    <p className="max-w-[72ch]">{introduction(model)}</p>
    {model.error !== null && <ErrorNotice error={model.error} what="The model was not heard. Nothing became less careful." />}
    <Button onClick={model.ask} busy={model.asking && "Asking the model…"}>
      Ask the model about this text
    </Button>
  </>
);

export const ModelPart = (props: ModelPartProps) => {
  const { model } = props;
  if (!model.waits && model.review === undefined && !model.outdated) return null;
  return (
    <section aria-label="Language model" data-place className="space-y-3 rounded-lg border border-line p-4">
      <h2 className="text-title">Language model</h2>
      {model.review !== undefined && <Said {...props} review={model.review} />}
      {(model.waits || model.review === undefined) && <Ask model={model} />}
    </section>
  );
};
