// What undoes this step, or that nothing does, in the same size.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { CommandText } from "../../ui/command-text.tsx";

/** A read that nobody ran yet would tell what the undo has to restore. */
const mayCapture = ({ look, actions }: WireStepExecution): boolean =>
  look.state === "not_looked" && actions.includes("look") && look.reads.some(({ purpose }) => purpose === "capture");

export const StepUndo = ({ step }: { readonly step: WireStepExecution }) => {
  const inverse = step.classification?.scanner.inverse ?? null;
  if (step.way_back.kind === "none_needed" || step.way_back.kind === "not_recorded_yet") return null;
  if (step.rollback_command !== null) {
    return (
      <div>
        <p className="font-medium text-ink-strong">
          Undo{step.way_back.gate === "typed" && ": dangerous itself, it will ask for the name of what it touches"}
        </p>
        <CommandText command={step.rollback_command} />
      </div>
    );
  }
  return (
    <div>
      <p className="font-medium text-ink-strong">
        {mayCapture(step) ? "Irreversible, unless you look first: looking reads what the undo needs." : "Irreversible. No rollback exists."}
      </p>
      {step.look.not_captured !== null && <p>What it was before is not known: {step.look.not_captured}.</p>}
      {inverse !== null && (
        <>
          <p className="text-small text-ink-faint">
            {inverse.capture === null ? "By hand, this would undo it:" : "By hand: read this first, then build the undo from it:"}
          </p>
          {inverse.capture !== null && <CommandText command={inverse.capture} />}
          <CommandText command={inverse.command} />
        </>
      )}
    </div>
  );
};
