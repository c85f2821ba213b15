// int8 columns arrive as text, because a JavaScript number cannot hold all of them. Ours count events, bytes and rows: they become numbers
// here and nowhere else, and one that would lose digits is a bug, never a rounded value.
import { invariant } from "@dd0c/core";

/** The number an int8 text stands for. Throws (a bug) beyond 2^53 - 1. */
export function safeInteger(text: string): number {
  const value = Number(text);
  invariant(Number.isSafeInteger(value), "an int8 column holds more than a safe integer");
  return value;
}
