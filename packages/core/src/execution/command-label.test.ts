import { describe, expect, it } from "vitest";
import { commandLabel } from "./command-label.ts";

describe("the label of a command", () => {
  it.each([
    [4, 0, 1, "4"],
    [4, 0, 2, "4a"],
    [4, 25, 30, "4z"],
    [4, 26, 30, "4aa"],
  ])("of step %d, position %d of %d, is %s", (order, index, total, label) => {
    expect(commandLabel(order, index, total)).toBe(label);
  });
});
