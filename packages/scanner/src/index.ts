// Public entry of the scanner: everything other packages may use, named one by one.
export type {
  Inverse,
  NotRunnable,
  Plan,
  PlanAndOr,
  PlanCommand,
  PlanPipeline,
  Reason,
  Risk,
  Sink,
  Span,
  Stdin,
  Target,
  Verdict,
} from "./types.ts";
export {
  type Canary,
  type CanaryJudge,
  type CanaryMiss,
  canaries,
  canaryMisses,
  runCanaries,
  runSqlCanaries,
  sqlCanaries,
} from "./canaries.ts";
export { type Filled, type FillRefusal, fillPlaceholders, type Placeholder } from "./fill-placeholders.ts";
export { isSqlLoaded, loadSql } from "./load.ts";
export { compareRisk, maxRisk } from "./risk.ts";
export { patternVersion } from "./generated/pattern-version.ts";
export { quoteWord, quoteWords } from "./quote.ts";
export { renderPlan } from "./render-plan.ts";
export { needsSql } from "./sql-need.ts";
export { samePlan } from "./same-plan.ts";
export { scan } from "./scan.ts";
export { LineMasker, maskFor, replaceSecrets } from "./secrets/mask-lines.ts";
export { type MaskedText, maskText } from "./secrets/mask-text.ts";
export type { SecretMatch } from "./secrets/secret-shape.ts";
export { findSecrets } from "./secrets/secret-shapes.ts";
export {
  type DescribedCommand,
  type DescribedOption,
  type DescribedRisk,
  type DescribedRule,
  describeRules,
  type KnownProgram,
  listPrograms,
} from "./describe-rules.ts";
export { findTwin, findTwinOfText, twinPrograms } from "./blast-radius/find-twin.ts";
export { readTwin } from "./blast-radius/read-twin.ts";
export type { Radius, Reading, Twin, TwinOutput } from "./blast-radius/types.ts";
export { type ExplainedPart, explain, type OutlinedPart, outline } from "./explain/explain.ts";
export { type SaferEdit, suggestEdit } from "./explain/suggest-edit.ts";
export { type RunnableForm, suggestForm } from "./explain/suggest-form.ts";
export { type UnknownReason, type UnknownSeen, unknownSeen } from "./unknown-seen.ts";
