// The state of one editor: the text, its live preview, the author's answers, the thread between both sides, and what a phone shows.
import type { WireAnswer } from "@dd0c/protocol/http";
import { useState } from "react";
import type { LineRange } from "../../steps/link-lines.ts";
import { useModel } from "./model/use-model.ts";
import { writeCommand } from "./model/write-command.ts";
import { useAnswers } from "./use-answers.ts";
import { useLinkedSource } from "./use-linked-source.ts";
import { useLivePreview } from "./use-live-preview.ts";
import { useViewPlace } from "./use-view-place.ts";
import type { EditorView } from "./view-switch.tsx";

export interface EditorStart {
  readonly text: string;
  readonly answers: readonly WireAnswer[];
  /** How long the typing rests before the text is checked. */
  readonly delayMs: number;
}

export const useEditor = (start: EditorStart) => {
  const [text, setText] = useState(start.text);
  const [view, show] = useState<EditorView>("text");
  const leave = useViewPlace(view);
  const setView = (next: EditorView): void => {
    leave();
    show(next);
  };
  const answers = useAnswers(start.answers);
  const live = useLivePreview(text, answers.all, start.delayMs);
  const linked = useLinkedSource(live.preview?.parsed);
  const model = useModel(text, answers.all, live.preview);
  return {
    text,
    setText,
    view,
    setView,
    answers,
    live,
    linked,
    model,
    /** At the end of the text, where it can be seen. */
    writeCommand: (command: string): void => {
      const written = writeCommand(text, command);
      setText(written.text);
      setView("text");
      linked.show(written.lines);
    },
    /** Only a control that asks for the lines takes a phone to the text. */
    showLines: (range: LineRange, asked: boolean): void => {
      linked.show(range);
      if (asked) setView("text");
    },
    showStep: (order: number): void => {
      setView("steps");
      // After the steps are on the screen again.
      requestAnimationFrame(() => document.getElementById(`step-${order}`)?.scrollIntoView({ block: "nearest" }));
    },
  };
};

export type Editor = ReturnType<typeof useEditor>;
