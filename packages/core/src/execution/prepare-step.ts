// A step and its values go in; exactly what would run comes out: text, digest, risk, what a human must type. Before any gate.
// The server calls it before `advance` and `modify`, and for the announcement. Nothing here permits anything;
// the risk is the strictest of template classification and scan of the rendered text, and nothing lowers it.
import type { Plan, Risk, Target, Verdict } from "@dd0c/scanner";
import { classify } from "../classification/classify-step.ts";
import type { AdvisorAnswer, Classification } from "../classification/types.ts";
import { strictest } from "../risk.ts";
import { rollbackGate } from "../trust/rollback-gate.ts";
import type { Sha256 } from "../utf8.ts";
import { stepDigest } from "./digest.ts";
import { fillCapture } from "./look/fill-capture.ts";
import { findLooks } from "./look/find-looks.ts";
import { type LookResult, type LookUp, resultOfLook } from "./look/look-up.ts";
import type { TemplateVariable } from "./variable-spans.ts";
import { type Rendered, renderTemplate, type SecretHandling } from "./render-template.ts";
import type { PreparedRollback, PreparedStep, RunSettings, StepState, TypedTarget, VariableValue } from "./types.ts";

export interface PrepareInput {
  readonly stepExecutionId: string;
  /** The step's attempt so far plus one. */
  readonly attempt: number;
  /** The template's command, or what a human typed instead. */
  readonly command: string;
  readonly rollbackCommand: string | null;
  /** Variables of the runbook version; none for a text that a human typed. */
  readonly variables: readonly TemplateVariable[];
  readonly values: readonly VariableValue[];
  /** Opinions belong to the template and survive filling; a text that a human typed needs fresh ones. */
  readonly answers: readonly AdvisorAnswer[];
  /** Merged risk of the template; null for a text that a human typed. */
  readonly templateRisk: Risk | null;
  /** Overrides the 60/120/300 s by risk. */
  readonly timeoutMs: number | null;
  /** Left out: by hand. */
  readonly secrets?: SecretHandling;
  readonly agentName: string;
  readonly run: Omit<RunSettings, "timeoutMs">;
  /** What look-ups told about this step so far; counts where its text asks for exactly those. */
  readonly looked?: readonly LookResult[] | undefined;
  /** It undoes another step: nothing is captured to undo it in turn. */
  readonly isWayBack?: boolean;
}

export interface Preparation {
  readonly prepared: PreparedStep;
  readonly plan: Plan | null;
  readonly verdict: Verdict;
  readonly classification: Classification;
}

/**
 * What is to be rendered next for a step: its template, or the text that a human put in its place, which outlives a lapsed approval
 * and needs opinions of its own (`typed`), as does everything that the runbook does not have. Null for a step without a command.
 */
export function textToPrepare(step: StepState): { readonly command: string; readonly typed: boolean } | null {
  if (step.wasModified && step.prepared !== null) return { command: step.prepared.command, typed: true };
  // Without the template's hash it is another text than the template's.
  return step.command === null ? null : { command: step.command, typed: step.templateHash === null };
}

const timeoutByRisk: Readonly<Record<Risk, number>> = { safe: 60_000, caution: 120_000, unknown: 120_000, dangerous: 300_000 };

/** Total: a text that cannot run comes out with a reason and no digest. SQL needs `loadSql()` before, else it is unknown. */
export function prepareStep(input: PrepareInput, sha256: Sha256): Preparation {
  const rendered = renderTemplate(input.command, input.variables, input.values, input.secrets);
  const { verdict, plan } = rendered;
  const classification = classify(verdict, input.answers);
  const risk = strictest(classification.risk, input.templateRisk ?? "safe");
  const run: RunSettings = { ...input.run, timeoutMs: input.timeoutMs ?? timeoutByRisk[risk] };
  const digest = plan === null ? null : stepDigest(plan, run, sha256);
  const needsCapture = input.rollbackCommand === null && input.isWayBack !== true;
  const looks = findLooks({ plan, verdict, needsCapture, run: input.run }, sha256);
  const looked = looks.flatMap((look) => resultOfLook(input.looked, look) ?? []);
  const wayBack = renderWayBack(input, verdict, capturedBy(looks, looked));
  const prepared: PreparedStep = {
    stepExecutionId: input.stepExecutionId,
    attempt: input.attempt,
    command: rendered.text,
    risk,
    reasons: verdict.reasons,
    digest,
    notRunnable: rendered.notRunnable,
    targets: typedTargets(verdict.targets, input.agentName, digest),
    run,
    variables: rendered.variables,
    answerCodes: verdict.answerCodes,
    pipelinesPerList: plan === null ? [] : plan.lists.map((list) => 1 + list.rest.length),
    sensitive: verdict.sensitive,
    unbounded: verdict.unbounded,
    rollbackCommand: wayBack?.text ?? null,
    rollback: wayBack === null ? null : preparedRollback(wayBack),
    ...foundLooks(looks, looked),
    patternVersion: verdict.patternVersion,
  };
  return { prepared, plan, verdict, classification };
}

/** Each target once; without one, the agent's name and the beginning of the digest: never a constant word. */
function typedTargets(targets: readonly Target[], agentName: string, digest: string | null): readonly TypedTarget[] {
  const unique = new Map(targets.map(({ kind, name }) => [name, { kind, text: name }]));
  if (unique.size > 0) return [...unique.values()];
  return digest === null ? [] : [{ kind: "agent", text: `${agentName} ${digest.slice(0, 6)}` }];
}

const foundLooks = (looks: readonly LookUp[], looked: readonly LookResult[]): Pick<PreparedStep, "looks" | "looked"> => ({
  ...(looks.length === 0 ? {} : { looks }),
  ...(looked.length === 0 ? {} : { looked }),
});

const capturedBy = (looks: readonly LookUp[], looked: readonly LookResult[]): string | null => {
  const capture = looks.find(({ purpose }) => purpose === "capture");
  return capture === undefined ? null : (resultOfLook(looked, capture)?.captured ?? null);
};

/** The author's command before the rule's inverse; an inverse that needs a captured state is complete once that was looked up. */
function renderWayBack(input: PrepareInput, { inverse }: Verdict, captured: string | null): Rendered | null {
  if (input.rollbackCommand !== null) return renderTemplate(input.rollbackCommand, input.variables, input.values, input.secrets);
  if (inverse?.kind === "command") return renderTemplate(inverse.command, [], []);
  return inverse === undefined || captured === null ? null : fillCapture(inverse.command, captured);
}

const preparedRollback = ({ verdict, notRunnable }: Rendered): PreparedRollback => ({
  risk: verdict.risk,
  gate: rollbackGate(verdict.risk, false, false),
  notRunnable,
});
