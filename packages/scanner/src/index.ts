export type { Inverse, NotRunnable, Plan, PlanAndOr, PlanCommand, PlanPipeline, Reason, Risk, Sink, Span, Stdin, Target, Verdict } from "./types.ts";
