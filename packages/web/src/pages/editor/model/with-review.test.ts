import type { WireModelReview, WirePreview, WireRisk } from "@dd0c/protocol/http";
import { describe, expect, it } from "vitest";
import { waitsForModel, withReview } from "./with-review.ts";

const entry = (label: string, command: string, risk: WireRisk, secondKey: "turned" | "pending" | "missing") =>
  ({ label, step_order: 1, command_index: 0, command, classification: { risk }, second_key: secondKey }) as WirePreview["commands"][number];
const preview = (...commands: WirePreview["commands"]) => ({ commands }) as WirePreview;
const review = (...commands: WirePreview["commands"]) => ({ commands }) as unknown as WireModelReview;
const seen = (commands: ReturnType<typeof withReview>) =>
  commands.map(({ label, classification, second_key }) => [label, classification.risk, second_key]);

describe("withReview", () => {
  const asked = preview(entry("1", "df", "safe", "pending"), entry("2", "rm x", "dangerous", "missing"));
  it.each([
    [
      "nothing without a review",
      undefined,
      [
        ["1", "safe", "pending"],
        ["2", "dangerous", "missing"],
      ],
    ],
    [
      "a turned key",
      review(entry("1", "df", "safe", "turned")),
      [
        ["1", "safe", "turned"],
        ["2", "dangerous", "missing"],
      ],
    ],
    [
      "a higher risk",
      review(entry("1", "df", "caution", "missing")),
      [
        ["1", "caution", "missing"],
        ["2", "dangerous", "missing"],
      ],
    ],
    [
      "never a lower one",
      review(entry("2", "rm x", "safe", "turned")),
      [
        ["1", "safe", "pending"],
        ["2", "dangerous", "missing"],
      ],
    ],
    [
      "nothing of another command",
      review(entry("1", "df -h", "caution", "missing")),
      [
        ["1", "safe", "pending"],
        ["2", "dangerous", "missing"],
      ],
    ],
  ])("shows %s", (_, said, expected) => {
    expect(seen(withReview(asked, said))).toEqual(expected);
  });

  it("waits while a key is pending", () => {
    expect([waitsForModel(asked.commands), waitsForModel([entry("1", "df", "safe", "missing")])]).toEqual([true, false]);
  });
});
