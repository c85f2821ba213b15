// A verdict as the JSON object of `dd0c scan --json` and `--jsonl` (CONTRACTS: names may be added, none may go).
import {
  findTwinOfText,
  type Inverse,
  outline,
  type Plan,
  type Risk,
  suggestEdit,
  suggestForm,
  type Target,
  type Verdict,
} from "@dd0c/scanner";

export interface VerdictLine {
  readonly cmd: string;
  readonly risk: Risk;
  /** Microseconds spent on this verdict. */
  readonly micros: number;
  readonly reasons: readonly {
    readonly rule_id: string;
    readonly risk: Risk;
    readonly span: { readonly start: number; readonly end: number };
    readonly message: string;
    readonly safer_alternative?: string;
  }[];
  readonly plan?: Plan;
  readonly not_runnable?: { readonly code: string; readonly message: string; readonly suggestion?: string };
  readonly targets: readonly Target[];
  readonly inverse: Inverse | null;
  readonly answer_codes: readonly (readonly number[])[];
  readonly sensitive: boolean;
  readonly unbounded: boolean;
  readonly pattern_version: string;
}

/** What `--json` adds for one command that a person asks about; left out of `--jsonl`, which is for many. */
export const explainedLine = (cmd: string, verdict: Verdict, micros: number) => {
  const [edit, form] = [suggestEdit(cmd, verdict), suggestForm(cmd, verdict)];
  const twin = findTwinOfText(cmd, verdict);
  return {
    ...verdictLine(cmd, verdict, micros),
    parts: outline(cmd, verdict.reasons),
    safer_edit: edit ?? null,
    runnable_form: form ?? null,
    twin: twin === undefined ? null : { command: twin.command, lists: twin.reading.kind },
  };
};

export const verdictLine = (cmd: string, verdict: Verdict, micros: number): VerdictLine => ({
  cmd,
  risk: verdict.risk,
  micros,
  reasons: verdict.reasons.map(({ ruleId, risk, span, message, saferAlternative }) => ({
    rule_id: ruleId,
    risk,
    span,
    message,
    ...(saferAlternative === undefined ? {} : { safer_alternative: saferAlternative }),
  })),
  ...(verdict.plan === undefined ? {} : { plan: verdict.plan }),
  ...(verdict.notRunnable === undefined ? {} : { not_runnable: verdict.notRunnable }),
  targets: verdict.targets,
  inverse: verdict.inverse ?? null,
  answer_codes: verdict.answerCodes,
  sensitive: verdict.sensitive,
  unbounded: verdict.unbounded,
  pattern_version: verdict.patternVersion,
});
