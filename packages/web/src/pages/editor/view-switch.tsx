// On a phone text and steps do not fit side by side: one is shown at a time. On a wide screen this is not there.
export type EditorView = "text" | "steps";

interface ViewSwitchProps {
  readonly view: EditorView;
  /** What the other side holds, in a few words. */
  readonly steps: string;
  readonly onChoose: (view: EditorView) => void;
}

export const ViewSwitch = ({ view, steps, onChoose }: ViewSwitchProps) => {
  const choices: readonly { readonly value: EditorView; readonly name: string }[] = [
    { value: "text", name: "Text" },
    { value: "steps", name: steps },
  ];
  return (
    <div role="group" aria-label="Show" className="sticky top-[3.8rem] z-20 -mx-4 mb-3 flex gap-2 bg-surface-0 px-4 py-2 lg:hidden">
      {choices.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          aria-pressed={view === value}
          onClick={() => onChoose(value)}
          className={`min-h-11 flex-1 rounded-md border px-3 ${view === value ? "border-accent bg-mark font-semibold text-ink-strong" : "border-line-strong text-ink-normal"}`}
        >
          {name}
        </button>
      ))}
    </div>
  );
};
