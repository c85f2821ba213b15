// What undoes this step, or that nothing does, in the same size.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { CommandText } from "../../ui/command-text.tsx";

type Inverse = NonNullable<NonNullable<WireStepExecution["classification"]>["scanner"]["inverse"]>;

/** A read that nobody ran yet would tell what the undo has to restore. */
const mayCapture = ({ look, actions }: WireStepExecution): boolean =>
  look.state === "not_looked" && actions.includes("look") && look.reads.some(({ purpose }) => purpose === "capture");

const ByHand = ({ inverse }: { readonly inverse: Inverse | null }) =>
  inverse === null ? null : (
    <>
      <p className="text-small text-ink-faint">
        {inverse.capture === null ? "By hand, this would undo it:" : "By hand: read this first, then build the undo from it:"}
      </p>
      {inverse.capture !== null && <CommandText command={inverse.capture} />}
      <CommandText command={inverse.command} />
    </>
  );

const Irreversible = ({ step }: { readonly step: WireStepExecution }) => (
  <div>
    <p className="font-medium text-ink-strong">
      {mayCapture(step) ? "Irreversible, unless you look first: looking reads what the undo needs." : "Irreversible. No rollback exists."}
    </p>
    {step.look.not_captured !== null && <p>What it was before is not known: {step.look.not_captured}.</p>}
    <ByHand inverse={step.classification?.scanner.inverse ?? null} />
  </div>
);

export const StepUndo = ({ step }: { readonly step: WireStepExecution }) => {
  const { way_back: wayBack, rollback_command: command } = step;
  if (wayBack.kind === "none_needed" || wayBack.kind === "not_recorded_yet") return null;
  if (command === null) return <Irreversible step={step} />;
  return (
    <div>
      <p className="font-medium text-ink-strong">
        Undo{wayBack.gate === "typed" && ": dangerous itself, it will ask for the name of what it touches"}
      </p>
      <CommandText command={command} />
    </div>
  );
};
