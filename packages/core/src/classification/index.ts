export { type ClassifiedCommand, classifierVersion, classify, classifyStep } from "./classify-step.ts";
export { adviseIntent } from "./intent.ts";
export { merge, type Merged } from "./merge.ts";
export { modelOpinion, type ModelOpinionAnswer } from "./model-opinion.ts";
export { scannedTexts } from "./sql-call.ts";
export { type CommandContextEntry, stepContexts } from "./step-contexts.ts";
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
