// Whatever advisors answer, and whatever a stored answer has become: no set of opinions lowers what the scanner said, a confidence that is no
// number is a low one, and a stored classification says by itself why it is what it is.
import fc from "fast-check";
import { type Risk, scan } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { riskRank } from "../risk.ts";
import { classify, classifyStep } from "./classify-step.ts";
import { merge } from "./merge.ts";
import type { AdvisorAnswer, AdvisorRisk, Classification } from "./types.ts";

const risks = fc.constantFrom<Risk>("safe", "caution", "unknown", "dangerous");
const advisorRisks = fc.constantFrom<AdvisorRisk>("safe", "caution", "dangerous");
const confidences = fc.oneof(fc.double(), fc.constantFrom(0, 0.9, 0.95, 1, -0, 1.0001, Number.NaN, Number.POSITIVE_INFINITY));

/** What may stand in place of a number when an answer was read from somewhere. */
const noNumbers: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  undefined,
  null,
  "0.95",
  "1",
  "",
  "high",
  true,
  [0.95],
  { valueOf: "1" },
  Number.NaN,
  "97 %",
);
const noRisks: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  "unknown",
  "SAFE",
  "Safe",
  " safe",
  "",
  null,
  undefined,
  0,
  true,
  "constructor",
  "__proto__",
  ["safe"],
);

function answerWith(risk: unknown, confidence: unknown): AdvisorAnswer {
  const opinion: unknown = { risk, confidence, reasoning: "", sideEffects: [], suggestedRollback: null };
  return { advisor: "a", version: "1", model: null, promptHash: null, opinion: opinion as AdvisorAnswer["opinion"], absence: null };
}

const silence: AdvisorAnswer = { advisor: "b", version: "1", model: null, promptHash: null, opinion: null, absence: "timeout" };
const answers: fc.Arbitrary<AdvisorAnswer> = fc.oneof(
  fc.tuple(advisorRisks, confidences).map(([risk, confidence]) => answerWith(risk, confidence)),
  fc.tuple(advisorRisks, noNumbers).map(([risk, confidence]) => answerWith(risk, confidence)),
  fc.tuple(noRisks, confidences).map(([risk, confidence]) => answerWith(risk, confidence)),
  fc.constant(silence),
  fc.constant({ ...silence, opinion: undefined as unknown as null }),
);
const sets = fc.array(answers, { maxLength: 6 });

const rank = (scanner: Risk, given: readonly AdvisorAnswer[]): number => riskRank(merge(scanner, given).risk);

describe("merge, whatever is answered", () => {
  it("never lowers a verdict, and no further answer lowers a merged risk except by turning a key", () => {
    fc.assert(
      fc.property(risks, sets, answers, (scanner, given, more) => {
        expect(rank(scanner, given)).toBeGreaterThanOrEqual(riskRank(scanner));
        if (given.length > 0) expect(rank(scanner, [...given, more])).toBeGreaterThanOrEqual(rank(scanner, given));
      }),
      { numRuns: 5_000 },
    );
  });

  it("does not depend on the order of answers", () => {
    fc.assert(
      fc.property(risks, sets, (scanner, given) => {
        expect(merge(scanner, [...given].reverse())).toEqual(merge(scanner, given));
      }),
    );
  });

  it("is safe only when the scanner is, somebody was asked and everybody was sure", () => {
    fc.assert(
      fc.property(risks, sets, (scanner, given) => {
        const everybodySure = given.every(({ opinion }) => {
          const confidence: unknown = opinion?.confidence;
          return opinion?.risk === "safe" && typeof confidence === "number" && confidence >= 0.9 && confidence <= 1;
        });
        expect(merge(scanner, given).risk === "safe").toBe(scanner === "safe" && given.length > 0 && everybodySure);
      }),
      { numRuns: 5_000 },
    );
  });

  it("counts a confidence that is missing or no number like a low one", () => {
    fc.assert(
      fc.property(risks, advisorRisks, noNumbers, sets, (scanner, risk, confidence, given) => {
        expect(merge(scanner, [answerWith(risk, confidence), ...given])).toEqual(merge(scanner, [answerWith(risk, 0.1), ...given]));
      }),
    );
  });

  it("counts a risk that is none of the three as dangerous, and so a scanner's", () => {
    fc.assert(
      fc.property(risks, noRisks, confidences, sets, (scanner, risk, confidence, given) => {
        expect(merge(scanner, [...given, answerWith(risk, confidence)]).risk).toBe("dangerous");
      }),
    );
    expect(merge("SAFE" as Risk, [answerWith("safe", 1)])).toEqual({ risk: "dangerous", mergeRule: "rule_1_scanner_dangerous" });
  });
});

/** From the stored words alone: no scanner, no advisor, no clock. */
function reconstructed(stored: Classification): Pick<Classification, "risk" | "mergeRule"> {
  return merge(stored.scanner.risk, stored.answers);
}

const COMMANDS = [
  "uptime",
  "kubectl get pods -n shop",
  "rm -rf /srv",
  "systemctl restart nginx",
  "house-tool run",
  "psql -c 'delete from jobs'",
  "df -h | sort",
  "kubectl get pod <pod>",
  "",
];

describe("a stored classification", () => {
  it("gives its risk and rule from its own answers, also after it was written and read as JSON", () => {
    const commands = fc.oneof(fc.constantFrom(...COMMANDS), fc.string({ unit: "binary", maxLength: 40 }));
    const prose = fc.constantFrom("", "Check the pods", "Clean up old volumes", "then");
    fc.assert(
      fc.property(commands, prose, sets, risks, (command, description, given, risk) => {
        const context = { command, description, section: null, neighbours: [], placeholders: ["<pod>"] };
        const { verdict, classification } = classifyStep(scan, context, given);
        for (const stored of [classification, classify({ ...verdict, risk }, classification.answers), classify(verdict, given)]) {
          const decided = { risk: stored.risk, mergeRule: stored.mergeRule };
          expect(reconstructed(stored)).toEqual(decided);
          const read = JSON.parse(JSON.stringify(stored)) as Classification;
          expect(reconstructed(read)).toEqual(decided);
          expect({ risk: read.risk, mergeRule: read.mergeRule }).toEqual(decided);
        }
      }),
      { numRuns: 800 },
    );
  });
});
