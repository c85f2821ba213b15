import { expect, it } from "vitest";
import { reminderWords } from "./reminder-words.ts";

it.each([
  [0, "Reminder at 5 min, stalled and escalated at 30 min; time approves nothing."],
  [5 * 60_000, "Reminder at 15 min, stalled and escalated at 30 min; time approves nothing."],
  [15 * 60_000, "Stalled and escalated at 30 min; time approves nothing."],
  [99 * 60_000, "Stalled and escalated at 30 min; time approves nothing."],
])("says what comes next after %s ms, and that time approves nothing", (openMs, words) => {
  expect(reminderWords(openMs)).toBe(words);
});
