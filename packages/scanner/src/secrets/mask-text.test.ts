import { describe, expect, it } from "vitest";
import { maskText } from "./mask-text.ts";

// Assembled, so that no scanner takes this file for a leak.
const key = (body: string): string => `-----BEGIN ${"RSA PRIVATE KEY"}-----\n${body}\n-----END ${"RSA PRIVATE KEY"}-----`;
const github = `ghp_${"16C7e42F292c6912E7710c838347Ae178B4a"}`;

describe("maskText", () => {
  it.each([
    ["", "", 0],
    ["kubectl get pods -n shop", "kubectl get pods -n shop", 0],
    [`export T=${github}; curl -u admin:hunter2 https://x`, "export T=[masked:token]; curl -u admin:[masked:password] https://x", 2],
    [`before\n${key("MIIE\nabcd")}\nafter`, "before\n[masked:private-key]\nafter", 1],
    [`a\n${key("one")}\nb\n${key("two")}`, "a\n[masked:private-key]\nb\n[masked:private-key]", 2],
    [`-----BEGIN ${"EC PRIVATE KEY"}-----\nMHcCAQEE\nand so on`, "[masked:private-key]", 1],
  ])("masks %j", (text, masked, count) => {
    expect(maskText(text)).toEqual({ text: masked, masked: count });
  });
});
