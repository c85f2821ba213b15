// What secrets look like in one line of text, by the tables beside this file, and across colours that a terminal put inside them.
// In: text (one or many lines). Out: ranges to mask, in order, not overlapping. Pure; a match never crosses a line end.

import { assignmentShapes } from "./assignment-shapes.ts";
import { headerShapes } from "./header-shapes.ts";
import type { SecretMatch, SecretShape } from "./secret-shape.ts";
import { vendorShapes } from "./vendor-shapes.ts";

const SHAPES: readonly SecretShape[] = [...vendorShapes, ...headerShapes, ...assignmentShapes];

function matchesOf(shape: SecretShape, text: string): SecretMatch[] {
  const found: SecretMatch[] = [];
  if (shape.hints?.every((hint) => !text.includes(hint)) === true) return found;
  for (const match of text.matchAll(shape.pattern)) {
    const secret = match.findLast((group, index) => index > 0 && group !== undefined) ?? "";
    if (shape.accepts !== undefined && !shape.accepts(secret)) continue;
    const end = match.index + match[0].length;
    found.push({ kind: shape.kind, from: match.index, start: end - secret.length, end });
  }
  return found;
}

/** In order; where two overlap the union is masked under the first one's name. */
export function mergeMatches(found: readonly SecretMatch[]): readonly SecretMatch[] {
  const merged: SecretMatch[] = [];
  for (const match of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last !== undefined && match.start < last.end) {
      merged[merged.length - 1] = { ...last, from: Math.min(last.from, match.from), end: Math.max(last.end, match.end) };
    } else merged.push(match);
  }
  return merged;
}

const findPlain = (text: string): readonly SecretMatch[] => mergeMatches(SHAPES.flatMap((shape) => matchesOf(shape, text)));

const COLOUR = /\x1b\[[0-9;]*[A-Za-z]/g;

/** Looks at the text without its colours and gives the ranges in the text with them. */
function findColoured(text: string): readonly SecretMatch[] {
  let plain = "";
  const origin: number[] = [];
  let at = 0;
  const take = (end: number): void => {
    for (let from = at; from < end; from += 1) origin.push(from);
    plain += text.slice(at, end);
  };
  for (const colour of text.matchAll(COLOUR)) {
    take(colour.index);
    at = colour.index + colour[0].length;
  }
  take(text.length);
  const place = (index: number): number => origin[index] ?? text.length;
  return findPlain(plain).map(({ kind, from, start, end }) => ({ kind, from: place(from), start: place(start), end: place(end - 1) + 1 }));
}

/** All secrets in the text, earliest first. */
export function findSecrets(text: string): readonly SecretMatch[] {
  return text.includes("\x1b[") ? findColoured(text) : findPlain(text);
}
