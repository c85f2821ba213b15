// Public entry of the scanner: everything other packages may use, named one by one.
export type { Inverse, NotRunnable, Plan, PlanAndOr, PlanCommand, PlanPipeline, Reason, Risk, Sink, Span, Stdin, Target, Verdict } from "./types.ts";
export { compareRisk, maxRisk } from "./risk.ts";
export { patternVersion } from "./pattern-version.ts";
export { quoteWord, quoteWords } from "./quote.ts";
export { renderPlan } from "./render-plan.ts";
export { scan } from "./scan.ts";
