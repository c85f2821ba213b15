import { describe, expect, it } from "vitest";
import { readHotkey } from "./hotkey-map.ts";

const press = (key: string) => ({ key, withModifier: false, repeat: false });

describe("readHotkey", () => {
  it.each([
    ["h", true, { kind: "go", to: "/" }],
    ["r", true, { kind: "go", to: "/runbooks" }],
    ["e", true, { kind: "go", to: "/executions" }],
    ["a", true, { kind: "go", to: "/audit" }],
    ["a", false, { kind: "focus-then-press", target: "approve" }],
    ["j", false, { kind: "move", by: 1 }],
    ["k", false, { kind: "move", by: -1 }],
    ["s", false, { kind: "press", target: "skip" }],
    ["l", false, { kind: "press", target: "look" }],
    ["o", false, { kind: "press", target: "output" }],
    ["/", false, { kind: "focus", target: "search" }],
    ["?", false, { kind: "help" }],
    ["x", false, null],
    ["j", true, null],
  ])("%s (after g: %s)", (key, afterG, action) => {
    expect(readHotkey(press(key), afterG)).toEqual(action);
  });

  it("ignores a held approve key", () => {
    expect(readHotkey({ key: "a", withModifier: false, repeat: true }, false)).toBeNull();
  });

  it("leaves the browser's own shortcuts alone", () => {
    expect(readHotkey({ key: "a", withModifier: true, repeat: false }, false)).toBeNull();
  });
});
