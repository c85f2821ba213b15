// Sentences that tell somebody to act, and sentences that only tell how things are.

import { describe, expect, it } from "vitest";
import { isInstruction } from "./instructions.ts";

const ORDERS: readonly string[] = [
  "Restart the broker.",
  "Please wait for the election.",
  "If it fails, page the owner.",
  "Using the console, go to Storage.",
  "In order for it to connect, you must configure the following:",
  "As validation, check the status of all members.",
  "For details of the kernel, see [the page](x.md).",
  "You need to restart both.",
  "Den Dienst neu starten.",
  "ログを確認する。",
];

const FACTS: readonly string[] = [
  "The broker restarts by itself.",
  "Access is given by the team.",
  "In most cases, the alert resolves by itself.",
  "On the old hosts, access is slow.",
  "From there, changes are visible at once.",
  "For a cold cache, performance may suffer.",
  "By hand, where x is a folder of the team: du -xh x",
  "on it, give me a second",
  "Change of the certificate every year",
];

describe("instructions", () => {
  it.each(ORDERS)("is one: %s", (text) => {
    expect(isInstruction(text)).toBe(true);
  });

  it.each(FACTS)("is none: %s", (text) => {
    expect(isInstruction(text)).toBe(false);
  });
});
