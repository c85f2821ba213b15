// Why this risk and why this gate, in a few words; the full account is one press away.
import type { WireReason, WireStepExecution } from "@dd0c/protocol/http";
import { Why } from "../../steps/why.tsx";
import { RISK_MEANING } from "../../text/words.ts";
import { Prose } from "../../ui/prose.tsx";

/** The reasons that made the risk what it is; for a safe step there is nothing to defend. */
const decisive = (step: WireStepExecution): readonly WireReason[] =>
  step.risk === "safe" ? [] : (step.classification?.scanner.reasons ?? []).filter((reason) => reason.risk === step.risk);

/** What the gate said, unless it repeats why the command cannot run from here. */
const GateReason = ({ step }: { readonly step: WireStepExecution }) =>
  step.gate_reason === null || step.gate_reason === step.classification?.scanner.not_runnable?.message ? null : (
    <p className="text-small text-ink-faint">
      <Prose text={step.gate_reason} />
    </p>
  );

export const StepReasons = ({ step }: { readonly step: WireStepExecution }) => {
  const reasons = decisive(step);
  const manual = step.classification?.scanner.not_runnable ?? null;
  return (
    <div className="space-y-2">
      {reasons.length > 0 ? (
        <ul className="space-y-1">
          {reasons.map((reason) => (
            <li key={`${reason.rule_id}-${reason.span.start}`}>
              <span className="font-medium text-ink-strong">{reason.risk}: </span>
              <Prose text={reason.message} />
              {reason.safer_alternative !== null && (
                <span className="block">
                  <span className="text-ink-faint">Safer: </span>
                  <Prose text={reason.safer_alternative} />
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : (
        step.command !== null && (
          <p>
            <span className="font-medium text-ink-strong">{step.risk}: </span>
            {RISK_MEANING[step.risk]}
          </p>
        )
      )}
      {manual !== null && (
        <p>
          <span className="font-medium text-ink-strong">You run this one yourself: </span>
          <Prose text={manual.message} />
          {manual.suggestion !== null && (
            <span className="block">
              <span className="text-ink-faint">A form that can run from here: </span>
              <Prose text={manual.suggestion} />
            </span>
          )}
        </p>
      )}
      <GateReason step={step} />
      {step.classification !== null && (
        <details>
          <summary className="chevron flex min-h-8 items-center gap-1 text-small text-accent pointer-coarse:min-h-11">
            Why {step.risk}
          </summary>
          <Why command={step.command ?? ""} classification={step.classification} />
        </details>
      )}
    </div>
  );
};
