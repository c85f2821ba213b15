import { describe, expect, it } from "vitest";
import { countDown, formatAge, formatDuration, formatMoment } from "./format-time.ts";

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [350, "350 ms"],
    [1_240, "1.2 s"],
    [41_000, "41 s"],
    [60_000, "1 min"],
    [123_000, "2 min 03 s"],
    [3_840_000, "1 h 04 min"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("countDown", () => {
  it.each([
    ["goes down", "The agent starts it in 5 s (its own limit).", 2_400, "The agent starts it in 3 s (its own limit)."],
    ["stops at zero", "It starts in 5 s.", 9_000, "It starts in 0 s."],
    ["leaves other sentences alone", "Somebody paused the run.", 9_000, "Somebody paused the run."],
  ])("%s", (_name, sentence, elapsed, expected) => {
    expect(countDown(sentence, elapsed)).toBe(expected);
  });
});

describe("formatAge", () => {
  it.each([
    [-5_000, "now"],
    [1_999, "now"],
    [12_400, "12 s ago"],
    [240_000, "4 min ago"],
    [3 * 3_600_000, "3 h ago"],
    [50 * 3_600_000, "2 d ago"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});

describe("formatMoment", () => {
  const now = Date.parse("2025-06-04T09:00:00.000Z");
  it.each([
    ["today, elsewhere", "2025-06-04T03:12:07.000Z", "Europe/Berlin", "03:12:07 UTC (05:12 local)"],
    ["today, at UTC", "2025-06-04T03:12:07.000Z", "UTC", "03:12:07 UTC"],
    ["another day", "2025-06-03T03:12:07.000Z", "UTC", "2025-06-03 03:12:07 UTC"],
    ["not a time", "soon", "UTC", "soon"],
  ])("%s", (_name, iso, zone, text) => {
    expect(formatMoment(iso, now, zone)).toBe(text);
  });
});
