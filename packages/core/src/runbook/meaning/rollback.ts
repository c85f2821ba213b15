// Ties commands that undo to the steps they undo: those of rollback sections, those that stand in a step, and later steps that put back.
// Commands go in with their places; for each the best match comes out with a confidence, or none when nothing fits. Nothing is invented:
// every rollback is a command of the page.

import { isInverse, readVerb } from "./inverse-verbs.ts";

/** A command of a step, by its place. */
export interface ForwardCommand {
  readonly step: number;
  readonly command: number;
  readonly text: string;
}

export interface RollbackTie {
  /** Index of the forward command. */
  readonly index: number;
  /** 0..1 */
  readonly confidence: number;
}

/** Less than this is no tie: about a third of the telling words in common. */
const MIN_CONFIDENCE = 0.31;

/** Inverse verbs on the same thing. */
const INVERSE = 0.95;

/** Words in more commands than this tell nothing. */
const MAX_COMMANDS_PER_WORD = 32;

/** @returns for each rollback text the index into `forward`, or null */
export function matchRollback(rollback: readonly string[], forward: readonly ForwardCommand[]): readonly (number | null)[] {
  return tieRollback(rollback, forward).map((tie) => tie?.index ?? null);
}

export function tieRollback(rollback: readonly string[], forward: readonly ForwardCommand[]): readonly (RollbackTie | null)[] {
  if (rollback.length === 0) return [];
  const words = forward.map(({ text }) => tellingWords(text));
  const byWord = new Map<string, number[]>();
  for (const [index, own] of words.entries()) {
    for (const word of own) {
      const known = byWord.get(word) ?? [];
      if (known.push(index) > MAX_COMMANDS_PER_WORD) known.shift();
      byWord.set(word, known);
    }
  }
  return rollback.map((text) => bestMatch(text, forward, words, byWord));
}

/** Commands that only look: there is nothing to take back. */
const LOOKS =
  /(?:^|\s)(?:get|list|ls|describe|show|status|logs?|--?count|tail|cat|head|grep|info|version|history|top|ps|df|du|watch|check|test|ping|curl -s\S*)(?=\s|$)/;
const LOOK_WEIGHT = 0.6;

/** The later of two equal matches wins: it is the last state that is undone. */
function bestMatch(
  text: string,
  forward: readonly ForwardCommand[],
  words: readonly ReadonlySet<string>[],
  byWord: ReadonlyMap<string, readonly number[]>,
): RollbackTie | null {
  const wanted = tellingWords(text);
  const shared = new Map<number, number>();
  for (const index of [...wanted].flatMap((word) => byWord.get(word) ?? [])) shared.set(index, (shared.get(index) ?? 0) + 1);
  let best: RollbackTie | null = null;
  for (const [index, count] of [...shared].sort(([a], [b]) => a - b)) {
    const confidence = confidenceOf(
      forward[index]?.text ?? "",
      text,
      count / wanted.size,
      count / Math.max(wanted.size, sizeOf(words, index)),
    );
    if (confidence >= Math.max(MIN_CONFIDENCE, best?.confidence ?? 0)) best = { index, confidence };
  }
  return best;
}

/** @param share - of the rollback's words that stand in the command; `similarity` counts the command's own words as well */
function confidenceOf(does: string, undoes: string, share: number, similarity: number): number {
  if (isInverse(does, undoes)) return INVERSE;
  const likeness = ((share + similarity) / 2) * (LOOKS.test(does) ? LOOK_WEIGHT : 1);
  return Math.round(likeness * 90) / 100;
}

const sizeOf = (words: readonly ReadonlySet<string>[], index: number): number => words[index]?.size ?? 0;

function tellingWords(text: string): ReadonlySet<string> {
  return new Set(
    text
      .slice(0, 2000)
      .split(/[\s='"|;&]+/)
      .filter((word) => word.length > 1 && !/^-\w$/.test(word)),
  );
}

/** What is gone does not come back by making it anew. */
const TAKES_AWAY = /^(?:\S+\s+)*(?:delete|remove|rm|destroy|drop|uninstall)\b/i;

/**
 * Later steps that put back what an earlier one took away: `kubectl uncordon n` for `kubectl cordon n`.
 * @returns index of the earlier command to the index of the one that puts it back
 */
export function findPutBack(forward: readonly ForwardCommand[]): ReadonlyMap<number, number> {
  const open = new Map<string, number>();
  const found = new Map<number, number>();
  for (const [index, { text }] of forward.entries()) {
    for (const { pair, side, rest } of readVerb(text)) {
      const key = `${pair} ${rest}`;
      const earlier = open.get(key);
      if (side !== "does" && earlier !== undefined && forward[earlier]?.text !== text && !found.has(earlier)) found.set(earlier, index);
      if (side !== "undoes" && !TAKES_AWAY.test(text)) open.set(key, index);
    }
  }
  return found;
}

const UNDOING =
  /(?:^|[,:;.]\s+|\s[-–—]\s+)(?:then |please |otherwise |or |to )?(?:roll(?:ing)? ?back|revert|undo|back out|zurückrollen|rückgängig machen|revertir|deshacer|annuler|revenir en arrière|reverter|desfazer|annullare|terugdraaien)(?!\p{L})|(?:zurückrollen|rückgängig machen|terugdraaien)[.!]?$|ロールバック(?:する|して)|切り戻す/iu;
const UNDOING_COMMAND = /\b(?:roll ?back|rollout undo|revert)\b/i;

/** "Roll back the release": the step is itself a rollback. */
export function undoesItself(description: string, command: string | null): boolean {
  return UNDOING.test(description) || UNDOING_COMMAND.test(command ?? "");
}
