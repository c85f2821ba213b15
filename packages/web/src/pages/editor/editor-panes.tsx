// Paste and preview: the text on one side, what it becomes on the other. Each side scrolls by itself on a wide screen, so that writing on
// the left never moves and reading on the right never follows; on a phone one side is shown at a time.
import type { ReactNode } from "react";
import { PreviewPane } from "./preview-pane.tsx";
import { SourceEditor } from "./source-editor.tsx";
import type { Editor } from "./use-editor.ts";
import { ViewSwitch } from "./view-switch.tsx";

interface EditorPanesProps {
  readonly editor: Editor;
  /** Stands below the text: what belongs to the runbook as a whole, and the one action. */
  readonly children?: ReactNode;
}

/** Where the caret is, and the way from there to the steps. */
const CaretPlace = ({ editor }: { readonly editor: Editor }) => {
  const { caretLine, stepAt } = editor.linked;
  const step = stepAt(caretLine);
  return (
    <p className="flex min-h-6 flex-wrap items-center gap-x-3 text-small text-ink-faint pointer-coarse:min-h-11">
      {caretLine === null ? "The line of the caret and its step are shown here." : `Line ${caretLine}`}
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

export const EditorPanes = ({ editor, children }: EditorPanesProps) => {
  const { text, setText, live, answers, linked, view, setView } = editor;
  const hiddenOnPhone = (which: typeof view): string => (view === which ? "" : "max-lg:hidden");
  return (
    <>
      <ViewSwitch view={view} steps={live.preview?.parsed.steps.length ?? null} onChoose={setView} />
      <div className="grid gap-6 lg:h-[calc(100dvh-11.5rem)] lg:min-h-[32rem] lg:grid-cols-2">
        <div className={`flex min-h-0 min-w-0 flex-col gap-3 ${hiddenOnPhone("text")}`}>
          <SourceEditor value={text} marked={linked.marked} reveal={linked.reveal} onChange={setText} onCaretLine={linked.followCaret} />
          <CaretPlace editor={editor} />
          {children}
        </div>
        <div className={`min-h-0 min-w-0 lg:overflow-y-auto lg:pr-2 ${hiddenOnPhone("steps")}`} tabIndex={-1}>
          <PreviewPane
            live={live}
            answers={answers}
            empty={text.trim() === ""}
            selectedOrder={linked.selectedOrder}
            selectedLine={linked.caretLine}
            onPoint={linked.point}
            onShow={editor.showLines}
          />
        </div>
      </div>
    </>
  );
};
