// The steps of a runbook, by section, each linked with its source lines.
import type { WireClassifiedCommand, WireParsedRunbook, WireParsedStep } from "@dd0c/protocol/http";
import { Prose } from "../ui/prose.tsx";
import { ClassifiedStep } from "./classified-step.tsx";

interface StepListProps {
  readonly parsed: WireParsedRunbook;
  readonly commands: readonly WireClassifiedCommand[];
  readonly selectedOrder: number | null;
}

/** A heading where the section changes. */
const startsSection = (steps: readonly WireParsedStep[], at: number): boolean =>
  steps[at]?.section !== null && steps[at]?.section !== steps[at - 1]?.section;

/** The condition in the words of the source, which may begin with its own "if" in any language. */
const onlyIf = (condition: string): string => (/^if\s/i.test(condition) ? `Only if ${condition.slice(3)}` : `Condition: ${condition}`);

const branchNote = (parsed: WireParsedRunbook, step: WireParsedStep): string | null => {
  if (step.alternative !== undefined) return `One way: ${step.alternative.label}`;
  const branch = parsed.branches.find((candidate) => candidate.step_order === step.order);
  if (branch === undefined) return step.condition === undefined ? null : onlyIf(step.condition);
  return branch.kind === "else" ? `Otherwise (${branch.condition})` : onlyIf(branch.condition);
};

/** What stands above a step: the section that begins with it, the condition under which it applies. */
export const StepIntro = ({ parsed, step }: { readonly parsed: WireParsedRunbook; readonly step: WireParsedStep }) => {
  const note = branchNote(parsed, step);
  return (
    <>
      {startsSection(parsed.steps, step.order - 1) && (
        <h2 className="pt-3 text-title">
          <Prose text={step.section ?? ""} />
        </h2>
      )}
      {note !== null && (
        <p className="text-small text-ink-normal">
          <Prose text={note} />
        </p>
      )}
    </>
  );
};

/** Steps without a section still stand below a heading of their own level. */
export const FirstHeading = ({ parsed }: { readonly parsed: WireParsedRunbook }) =>
  parsed.steps[0]?.section === null ? <h2 className="sr-only">Steps</h2> : null;

export const StepList = ({ parsed, commands, selectedOrder }: StepListProps) => (
  <>
    <FirstHeading parsed={parsed} />
    <ol className="space-y-3">
      {parsed.steps.map((step) => (
        <li key={step.order} className="list-none space-y-2">
          <StepIntro parsed={parsed} step={step} />
          <ClassifiedStep
            step={step}
            commands={commands.filter((command) => command.step_order === step.order)}
            selected={step.order === selectedOrder}
          />
        </li>
      ))}
    </ol>
  </>
);
