// The parsed runbook: what the parser hands to classification, storage, the API and the screens.
// Raw text goes in (parse-runbook.ts), a ParsedRunbook comes out; names are the wire names (snake_case), unchanged everywhere.
// It holds nothing that is not in the source text: every command is a span of it, with its physical lines.

/** What kind of text was pasted; decides only how it is cleaned, never what may be a command. */
export type SourceType = "markdown" | "text" | "html" | "confluence" | "notion" | "chat" | "email";

/** `command` has at least one command, `link` is little more than a URL to follow, `manual` is for a human alone. */
export type StepKind = "command" | "manual" | "link";

/** What a section is for. `null` (no known heading) is treated like `procedure`. */
export type SectionKind =
  | "diagnosis"
  | "mitigation"
  | "procedure"
  | "verification"
  | "rollback"
  | "prerequisites"
  | "background"
  | "follow_up";

/** Where a command runs: on this machine's side, in a shell opened on another one, or at the prompt of an interactive program. */
export type CommandContext = "local" | "remote" | "repl";

/** The language a command is written in, as far as the source shows it. */
export type CommandLanguage = "shell" | "powershell" | "sql" | "console";

/** One statement to run, as found in the source. */
export interface RunbookCommand {
  /** Prompt removed, continuations joined by one blank, common indentation removed, punctuation and entities repaired. */
  readonly text: string;
  /** The source spelling, present only where it differs from `text` in more than prompt and indentation. */
  readonly verbatim?: string;
  /** First physical line of the input, 1-based. */
  readonly line: number;
  /** Last physical line; absent when it is `line`. */
  readonly end_line?: number;
  /** 0..1, how sure the parser is that this is to be run here; absent means certain. Below 0.5 it is shown as a choice. */
  readonly confidence?: number;
  /** Absent means `local`. */
  readonly context?: CommandContext;
  /** Absent means `shell`. */
  readonly language?: CommandLanguage;
  /** The runbook's own command that undoes this one. */
  readonly rollback_command?: string;
}

/** One of several ways to do the same thing (a tab, a platform heading): exactly one of a group applies. */
export interface Alternative {
  readonly group: number;
  readonly label: string;
}

export interface RunbookStep {
  /** 1..n over the document, by position. */
  readonly order: number;
  readonly description: string;
  /** Text of the first command; null for a step without one. */
  readonly command: string | null;
  readonly commands: readonly RunbookCommand[];
  readonly expected_output: string | null;
  /** Commands of the runbook that undo this step, one per line; null when it names none. */
  readonly rollback_command: string | null;
  /** The nearest heading above, as written. */
  readonly section: string | null;
  readonly section_kind: SectionKind | null;
  readonly kind: StepKind;
  /** First and last physical line of the step, 1-based, inclusive. */
  readonly source_lines: readonly [start: number, end: number];
  /** Names of `ParsedRunbook.variables` that occur in its commands. */
  readonly variables_used: readonly string[];
  /** The address to follow, for a link step. */
  readonly url?: string;
  /** The text of the condition under which the step applies at all. */
  readonly condition?: string;
  /** Orders of the steps this one sends the reader to ("repeat step 2"). */
  readonly refers_to?: readonly number[];
  /** The step does nothing but check what this earlier step did. */
  readonly verifies?: number;
  readonly alternative?: Alternative;
}

/** `alert`: filled from the alert's field; `runtime`: read off the output of an earlier step; `manual`: a human types it. */
export type VariableSource = "alert" | "runtime" | "manual";

/** What kind of value is wanted, as far as its name or its place in the command tells; a hint for the input field, never a check. */
export type VariableType = "text" | "number" | "ip" | "host" | "url" | "path" | "date" | "duration" | "id";

/** Something to fill in before the commands that use it can run. */
export interface RunbookVariable {
  /** Unique in the runbook: the placeholder without its marks (`pod` for `<pod>`). */
  readonly name: string;
  /** As written where it first occurs (`<pod>`, `$POD`, `{{pod}}`, `%POD%`). */
  readonly placeholder: string;
  /** Every spelling that stands for this variable, the first included. */
  readonly placeholders: readonly string[];
  readonly source: VariableSource;
  /** The alert field it is filled from; only with source `alert`. */
  readonly field?: string;
  /** The step whose output shows the value, where the text says so; only with source `runtime`. */
  readonly from_step?: number;
  readonly type?: VariableType;
  readonly description?: string;
  /** The only values allowed, for placeholders like `<stop|start>`. */
  readonly choices?: readonly string[];
  /** Its name says that the value is a secret: it is resolved by the agent and never shown. */
  readonly secret?: boolean;
  /** Physical line where it first occurs. */
  readonly line: number;
}

export type PrerequisiteType = "access" | "vpn" | "tool" | "approval" | "other";

/** One line of the checklist a human confirms before the first step. */
export interface Prerequisite {
  readonly type: PrerequisiteType;
  readonly description: string;
  readonly line: number;
}

/** One arm of a decision. A human answers the condition; the system never guesses it. */
export interface RunbookBranch {
  readonly condition: string;
  readonly kind: "if" | "else";
  /** The step that it governs, or null when it stands outside the steps. */
  readonly step_order: number | null;
  readonly line: number;
  /** The decision is taken after this step (0: before the first). */
  readonly after_step?: number;
  /** Orders of the steps taken when the condition holds. */
  readonly true_path?: readonly number[];
  /** Orders of the steps taken when it does not. */
  readonly false_path?: readonly number[];
}

/** A vague instruction, as a question to the author. */
export interface Ambiguity {
  readonly step_order: number;
  readonly issue: string;
  readonly suggestion?: string;
}

/** A command that undoes something: from a rollback section, or a step that is itself a rollback. */
export interface RollbackCommand {
  readonly text: string;
  readonly line: number;
  readonly end_line?: number;
  /** The step that it undoes (from a rollback section) or stands in; null when none could be told. */
  readonly step_order: number | null;
  /** 0..1, how sure the parser is that it undoes that step; absent where it stands in the step, or undoes none. */
  readonly confidence?: number;
}

/** A command that prose mentions without a clear order to run it: no step, offered to the author as a choice. */
export interface CommandMention {
  readonly text: string;
  readonly verbatim?: string;
  readonly line: number;
  readonly end_line?: number;
  /** 0..1, how sure the parser is that it is to be run. */
  readonly confidence: number;
  /** The step whose text mentions it; null outside the steps. */
  readonly step_order: number | null;
  /** Why it was not taken as a step, for people. */
  readonly reason: string;
}

export type WarningCode =
  | "HIDDEN_TEXT"
  | "PUNCTUATION_REPAIRED"
  | "ENTITIES_DECODED"
  | "UNCLOSED_FENCE"
  | "ADVISED_AGAINST"
  | "LOW_CONFIDENCE"
  | "INVISIBLE_CHARACTERS"
  | "WORD_CUT"
  | "SPEAKS_TO_A_MODEL"
  | "LIMIT_REACHED";

export interface RunbookWarning {
  readonly code: WarningCode;
  readonly message: string;
  readonly line?: number;
}

export interface ParsedRunbook {
  readonly title: string;
  readonly source_type: SourceType;
  readonly parser_version: string;
  readonly steps: readonly RunbookStep[];
  readonly variables: readonly RunbookVariable[];
  readonly prerequisites: readonly Prerequisite[];
  readonly branches: readonly RunbookBranch[];
  readonly ambiguities: readonly Ambiguity[];
  readonly rollback: readonly RollbackCommand[];
  /** In source order; never part of a step until an author says so. */
  readonly mentions: readonly CommandMention[];
  readonly warnings: readonly RunbookWarning[];
}

/** Why a text is no runbook; `message` says what was looked for and never quotes the text. */
export interface ParseError {
  readonly code: "PARSE_FAILED" | "INPUT_TOO_LARGE";
  readonly message: string;
}

export type ParseResult = { readonly ok: true; readonly runbook: ParsedRunbook } | { readonly ok: false; readonly error: ParseError };

export interface ParseOptions {
  /** Skips detection; how the text is to be cleaned. */
  readonly sourceType?: SourceType;
}
