// The parser against labelled runbooks and pastes: every command with its line, nothing invented, titles and sections right.
// The figures are those of `npm run score`; documents lie beside the repository, pastes of our own in it.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentFolder, openDocument, readDecisions, readLabels } from "./labelled-runbooks.ts";
import { blindPastes, ownPastes, readPastes, scorePaste, sharedPastes } from "./pastes.ts";
import { scoreRunbook, sum } from "./score-runbook.ts";

const share = (part: number, rest: number): number => (100 * part) / (part + rest);

describe.skipIf(!existsSync(documentFolder))("real runbooks (skipped when ../shared/corpus/runbooks is absent)", () => {
  const opened = readLabels().map((labels) => openDocument(labels));
  const scores = opened.flatMap((document) => (typeof document === "string" ? [] : [scoreRunbook(document)]));

  it("finds every labelled document as it was labelled", () => {
    expect(opened.filter((document) => typeof document === "string")).toEqual([]);
    expect(scores.length).toBeGreaterThanOrEqual(45);
  });

  it("extracts at least 98 of 100 commands, and of 100 extracted at least 98 are commands", () => {
    const { right, missed, invented } = sum(scores.map((score) => score.commands));
    expect(right + missed).toBeGreaterThan(600);
    expect(share(right, missed)).toBeGreaterThanOrEqual(98);
    expect(share(right, invented)).toBeGreaterThanOrEqual(98);
  });

  it("puts commands under their section and names the document", () => {
    const sections = sum(scores.map((score) => score.sections));
    expect(share(sections.right, sections.missed)).toBeGreaterThanOrEqual(99);
    expect(scores.filter(({ title }) => !title).length).toBeLessThanOrEqual(1);
  });

  it("groups lines into the steps that people see", () => {
    const { right, missed, invented } = sum(scores.map((score) => score.steps));
    expect(share(right, missed)).toBeGreaterThanOrEqual(75);
    expect(share(right, invented)).toBeGreaterThanOrEqual(80);
  });

  it("decides only with a reason, on a line of a labelled document", () => {
    const files = new Set(readLabels().map(({ file }) => file));
    expect(readDecisions().filter(({ file, reason }) => !files.has(file) || reason.length < 20)).toEqual([]);
  });
});

describe.skipIf(!existsSync(sharedPastes))("shared pastes (skipped when ../shared/corpus/pasted is absent)", () => {
  it.each(readPastes(sharedPastes).map((paste) => [paste.name, paste] as const))("%s is met exactly", (_name, paste) => {
    expect(scorePaste(paste).differences).toEqual([]);
  });
});

describe("pastes of our own", () => {
  const pastes = readPastes(ownPastes);

  it("are forty or more", () => {
    expect(pastes.length).toBeGreaterThanOrEqual(40);
  });

  it.each(pastes.map((paste) => [paste.name, paste] as const))("%s is met exactly", (_name, paste) => {
    expect(scorePaste(paste).differences).toEqual([]);
  });
});

describe("pastes written without sight of the parser", () => {
  const scores = readPastes(blindPastes).map(scorePaste);

  it("give up at least 97 of 100 commands, and of 100 extracted at least 97 are commands", () => {
    expect(scores.length).toBeGreaterThanOrEqual(180);
    const { right, missed, invented } = sum(scores.map((score) => score.commands));
    expect(right + missed).toBeGreaterThan(1_000);
    expect(share(right, missed)).toBeGreaterThanOrEqual(97);
    expect(share(right, invented)).toBeGreaterThanOrEqual(97);
  });
});
