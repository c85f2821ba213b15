export type {
  Advise,
  AdvisorAnswer,
  AdvisorRisk,
  Classification,
  MergeRule,
  Opinion,
  Scan,
  StepContext,
  VerdictSummary,
} from "./types.ts";
