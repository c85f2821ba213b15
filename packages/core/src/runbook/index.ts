export { looksLikeSql } from "./commands/command-shape.ts";
export { distil } from "./distil/distil.ts";
export { type Distilled, type DistilKind, type DistilNote, type DistilResult, reword, type Rewording } from "./distil/distilled.ts";
export { groundFindings } from "./grounding/ground-findings.ts";
export {
  type GroundedProposal,
  type ModelAnswer,
  type ModelFindings,
  type ModelPrerequisite,
  type ModelQuestion,
  noFindings,
  type Proposal,
  type UngroundedProposal,
  type VariableNote,
} from "./grounding/model-findings.ts";
export { shownText, visibleText } from "./grounding/shown-text.ts";
export { writeMarkdown } from "./markdown/write-markdown.ts";
export { findPlaceholders, type Placeholder, type PlaceholderStyle } from "./meaning/placeholders.ts";
export { maxInputLength, parseRunbook, parserVersion } from "./parse-runbook.ts";
export { readerText } from "./source/reader-text.ts";
export type {
  Alternative,
  Ambiguity,
  CommandContext,
  CommandLanguage,
  CommandMention,
  ParsedRunbook,
  ParseError,
  ParseOptions,
  ParseResult,
  Prerequisite,
  PrerequisiteType,
  RollbackCommand,
  RunbookBranch,
  RunbookCommand,
  RunbookStep,
  RunbookVariable,
  RunbookWarning,
  SectionKind,
  SourceType,
  StepKind,
  VariableSource,
  WarningCode,
} from "./types.ts";
