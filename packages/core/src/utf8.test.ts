import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Bytes, utf8Length } from "./utf8.ts";

const encoder = new TextEncoder();

describe("utf8Bytes", () => {
  it.each([
    ["nothing", ""],
    ["one byte", "kubectl get pods"],
    ["two bytes", "é߿"],
    ["three bytes", "ࠀ€￿"],
    ["four bytes", "😀\u{10000}\u{10ffff}"],
    ["lone high surrogate", "a\ud800b"],
    ["lone low surrogate", "a\udc00"],
    ["pair in the wrong order", "\udc00\ud800"],
  ])("gives what TextEncoder gives: %s", (_name, text) => {
    expect([...utf8Bytes(text)]).toEqual([...encoder.encode(text)]);
  });

  it("gives what TextEncoder gives for any string of UTF-16 units", () => {
    const units = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd700, max: 0xe010 })));
    fc.assert(
      fc.property(units, (codes) => {
        const text = String.fromCharCode(...codes);
        expect([...utf8Bytes(text)]).toEqual([...encoder.encode(text)]);
        expect(utf8Length(text)).toBe(encoder.encode(text).length);
      }),
    );
  });
});
