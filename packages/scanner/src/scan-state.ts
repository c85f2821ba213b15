// What one scan has found so far: reasons, risk, targets, and the shell variables whose values are known.
// Everything in here only grows stricter. One object per scan; nothing survives it.
import type { Arg } from "./arg.ts";
import { maxRisk } from "./risk.ts";
import type { Inverse, Reason, Risk, Span, Target } from "./types.ts";

export const maxCommands = 200;
export const maxDepth = 32;
const maxReasons = 400;

/**
 * A piece of source text being walked. `base` is the offset of its first character in the scanned text; when the two do not run
 * in parallel (escapes were removed), every position in it stands for the whole of `whole`.
 */
export interface Region {
  readonly source: string;
  readonly base: number;
  readonly whole?: Span;
}

/** What one simple command came to; the plan and the split ruling need it per command. */
export interface CommandOutcome {
  readonly risk: Risk;
  readonly answers: readonly number[];
}

/** A variable's value: a word, or undefined for "changed, not known". */
export type Variables = Map<string, Arg | undefined>;

/** Variables that bash itself has made read-only. */
const shellReadOnly: ReadonlySet<string> = new Set(["UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS"]);

/** Rules whose findings mean that a file was written. */
const writers = /^(shell\.redirect\.write|curl|wget|cp|tee|rsync|scp|tar|unzip|git\.clone|aws\.s3|sed|dd|base64|openssl)/;

export class ScanState {
  readonly reasons: Reason[] = [];
  readonly targets: Target[] = [];
  readonly inverses: (Inverse | undefined)[] = [];
  /** Keyed by the syntax node of the command. */
  readonly outcomes = new Map<object, CommandOutcome>();
  /** SQL shapes met, in order; filling a placeholder must not change them. */
  readonly fingerprints: (() => string)[] = [];
  /** Words that were judged as program text of some language. */
  readonly codeWords: Span[] = [];
  /** Functions that this text has defined for certain, and the variables that any of them sets. */
  functions: ReadonlySet<string> = new Set<string>();
  readonly functionVariables = new Set<string>();
  variables: Variables = new Map();
  /** Variables that were set from the output of a command at some place of the text, and the words that set them. */
  readonly outputs = new Map<string, string>();
  /** Set when variables may hold anything, whatever the map says. */
  variablesUnknown = false;
  risk: Risk = "safe";
  sensitive = false;
  unbounded = false;
  commands = 0;
  depth = 0;
  stopped = false;
  /** How many things around the present command end it: `timeout 5`, a pipe into `head`. */
  bounds = 0;
  lostToken = false;
  /** Something before this point writes or fetches a file, which a later command may run. */
  wroteFile = false;
  nonAscii = false;
  /** Something in the text may make an array: a value in brackets that is given to such a name is taken apart and expanded. */
  mayHaveArrays = false;
  /** Strictest risk since the last `beginFrame`. */
  private frame: Risk = "safe";
  private readonly readOnly = new Set<string>();
  /** Lines follow each other: what ends one line early does not end the text. */
  manyLines = false;
  /** A line before this point may have ended early, and what it sets may not be set. */
  doubtful = false;
  /** Something was started in the background, so `$!` is the number of a process. */
  startedJob = false;

  report(ruleId: string, risk: Risk, span: Span, message: string, saferAlternative?: string): void {
    this.risk = maxRisk(this.risk, risk);
    this.frame = maxRisk(this.frame, risk);
    if (risk !== "safe" && writers.test(ruleId)) this.wroteFile = true;
    if (this.reasons.length >= maxReasons) return;
    this.reasons.push(
      saferAlternative === undefined || risk === "safe"
        ? { ruleId, risk, span, message }
        : { ruleId, risk, span, message, saferAlternative },
    );
  }

  /** A read that never ends by itself, unless something around it ends it. */
  reportUnbounded(ruleId: string, span: Span, message: string, saferAlternative?: string): void {
    if (this.bounds > 0) return;
    this.unbounded = true;
    this.report(ruleId, "caution", span, message, saferAlternative);
  }

  /** The parser passed over something; its tree does not say what a shell would do. */
  reportLostToken(span: Span): void {
    this.lostToken = true;
    this.report("shell.token", "unknown", span, "Something here is not read as part of any command.");
  }

  /** Starts counting the risk of one command; the returned value goes to endFrame. */
  beginFrame(): Risk {
    const outer = this.frame;
    this.frame = "safe";
    return outer;
  }

  /** The strictest risk reported since beginFrame. */
  endFrame(outer: Risk): Risk {
    const own = this.frame;
    this.frame = maxRisk(outer, own);
    return own;
  }

  /** Counts a command; false when there are too many, and the scan must stop. */
  countCommand(span: Span): boolean {
    if (++this.commands <= maxCommands) return !this.stopped;
    if (!this.stopped) this.report("limit.commands", "unknown", span, `More than ${maxCommands} commands.`);
    this.stopped = true;
    return false;
  }

  /** Enters a nested construct; false when nesting is too deep. Every true needs a `leave`. */
  enter(span: Span): boolean {
    if (this.stopped) return false;
    if (this.depth >= maxDepth) {
      this.report("limit.depth", "unknown", span, `Nested deeper than ${maxDepth} levels.`);
      this.stopped = true;
      return false;
    }
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }

  /** Records a variable's value, unless its name is one that the shell changes by itself or that was made read-only. */
  setVariable(name: string, value: Arg | undefined): void {
    if (this.readOnly.has(name) || shellReadOnly.has(name)) this.lineMayEnd();
    this.variables.set(name, name === "_" || this.doubtful || this.readOnly.has(name) ? undefined : value);
  }

  /** An expansion or assignment here may fail: then the shell leaves out the rest of the line, and goes on with the next one. */
  lineMayEnd(): void {
    if (this.manyLines) this.doubtful = true;
  }

  /** Variables that differ from `before` are no longer known: what set them may not have happened, or not in this shell. */
  blurSince(before: Variables): void {
    for (const [name, value] of this.variables) if (before.get(name) !== value || !before.has(name)) this.variables.set(name, undefined);
  }

  /** From now on assignments to `name` may fail, so its value stays unknown. */
  lockVariable(name: string): void {
    this.readOnly.add(name);
    this.variables.set(name, undefined);
  }

  forgetVariables(): void {
    this.variables.clear();
    this.variablesUnknown = true;
  }

  addTargets(targets: readonly Target[]): void {
    for (const target of targets) {
      const known = this.targets.some((t) => t.kind === target.kind && t.name === target.name && t.namespace === target.namespace);
      if (!known && this.targets.length < maxCommands) this.targets.push(target);
    }
  }
}

/** Where a syntax node lies in the scanned text; a node that the parser lets run over the end of its text (`((\`) ends there. */
export function spanOf(region: Region, node: { readonly pos: number; readonly end: number }): Span {
  if (region.whole !== undefined) return region.whole;
  const { source, base } = region;
  return { start: base + Math.min(node.pos, source.length), end: base + Math.min(node.end, source.length) };
}
