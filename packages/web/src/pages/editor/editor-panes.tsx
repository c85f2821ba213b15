// Paste and preview: the text on one side, what it becomes on the other. Each side scrolls by itself on a wide screen, so that writing on
// the left never moves and reading on the right never follows; on a phone one side is shown at a time.
import type { ReactNode } from "react";
import { countWord } from "../../text/words.ts";
import { openQuestions } from "./arrange-preview.ts";
import { PreviewPane } from "./preview-pane.tsx";
import { SourceEditor } from "./source-editor.tsx";
import type { Editor } from "./use-editor.ts";
import { ViewSwitch } from "./view-switch.tsx";

interface EditorPanesProps {
  readonly editor: Editor;
  /** Stands below the text, on a phone below either side: what belongs to the runbook as a whole, and the one action. */
  readonly children?: ReactNode;
}

/** Where the caret is, and the way from there to the steps. */
const CaretPlace = ({ editor }: { readonly editor: Editor }) => {
  const { caretLine, stepAt } = editor.linked;
  const step = stepAt(caretLine);
  return (
    <p className="flex min-h-6 flex-wrap items-center gap-x-3 text-small text-ink-faint pointer-coarse:min-h-11">
      {caretLine !== null && `Line ${caretLine}`}
      {caretLine !== null && step === null && <span>belongs to no step</span>}
      {step !== null && (
        <button
          type="button"
          onClick={() => editor.showStep(step.order)}
          className="min-h-6 text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
        >
          Show step {step.order}
        </button>
      )}
    </p>
  );
};

/** "8 steps, 3 open", for the phone's switch. */
const stepsWord = ({ live, answers }: Editor): string => {
  if (live.preview === undefined) return "Steps";
  if (live.error !== null) return "Steps as they were";
  const open = openQuestions(live.preview, answers.of).length;
  return `${countWord(live.preview.parsed.steps.length, "step")}${open === 0 ? "" : `, ${open} open`}`;
};

export const EditorPanes = ({ editor, children }: EditorPanesProps) => {
  const { text, setText, live, answers, linked, view, setView } = editor;
  const hiddenOnPhone = (which: typeof view): string => (view === which ? "" : "max-lg:hidden");
  return (
    <>
      <ViewSwitch view={view} steps={stepsWord(editor)} onChoose={setView} />
      <div className="grid gap-x-6 gap-y-3 lg:h-[calc(100dvh-11.5rem)] lg:min-h-[32rem] lg:grid-cols-2 lg:grid-rows-[minmax(0,1fr)_auto]">
        <div className={`flex min-h-0 min-w-0 flex-col gap-3 ${hiddenOnPhone("text")}`}>
          <SourceEditor value={text} marked={linked.marked} reveal={linked.reveal} onChange={setText} onCaretLine={linked.followCaret} />
          <CaretPlace editor={editor} />
        </div>
        <div className={`min-h-0 min-w-0 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:overflow-y-auto lg:pr-2 ${hiddenOnPhone("steps")}`}>
          <PreviewPane
            live={live}
            answers={answers}
            empty={text.trim() === ""}
            selectedOrder={linked.selectedOrder}
            selectedLine={linked.caretLine}
            model={editor.model}
            onWrite={editor.writeCommand}
            onPoint={linked.point}
            onShow={editor.showLines}
          />
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-start-2">{children}</div>
      </div>
    </>
  );
};
