// The look of a question to the author, open or answered. Says which question it is (data-question), so that "next question" and a focus
// whose control went away find it again.
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";

interface QuestionFormProps {
  readonly name: string;
  /** Still without an answer. What is answered while it is written keeps its size, so that nothing moves under a pointer. */
  readonly open: boolean;
  readonly onFocus?: () => void;
  readonly children: ReactNode;
}

export const QuestionForm = ({ name, open, onFocus, children }: QuestionFormProps) => (
  <div
    role="group"
    aria-label={open ? "Question to you" : "Answered question"}
    data-question={name}
    {...(open ? { "data-open-question": true } : {})}
    onFocus={onFocus}
    className={`scroll-mt-32 rounded-md border border-dashed p-3 focus-within:border-solid focus-within:bg-mark ${open ? "border-accent" : "border-line"}`}
  >
    {children}
  </div>
);

interface AnsweredQuestionProps {
  readonly name: string;
  /** What is answered, for the label of the control: "Change the answer to ...". */
  readonly about: string;
  readonly onReopen: () => void;
  readonly children: ReactNode;
}

export const AnsweredQuestion = ({ name, about, onReopen, children }: AnsweredQuestionProps) => (
  <div
    role="group"
    aria-label="Answered question"
    data-question={name}
    className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 rounded-md border border-line px-3 py-1"
  >
    <div className="min-w-0">{children}</div>
    <Button look="plain" className="-mr-2 px-2" aria-label={`Change the answer: ${about}`} onClick={onReopen}>
      Change
    </Button>
  </div>
);
