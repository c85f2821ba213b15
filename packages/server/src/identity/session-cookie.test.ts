import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sessionTokenOf } from "./session-cookie.ts";

const cookie = { name: "dd0c-4400.session_token", secret: "s".repeat(40) };
const token = "abcdefghijklmnopqrstuvwxyzABCDEF";
const signed = (of: string, secret = cookie.secret) => `${of}.${createHmac("sha256", secret).update(of).digest("base64")}`;
const header = (value: string) => `theme=dark; ${cookie.name}=${encodeURIComponent(value)}; other=1`;

describe("sessionTokenOf", () => {
  it("reads the token that was signed", () => {
    expect(sessionTokenOf(header(signed(token)), cookie)).toBe(token);
  });

  it.each([
    ["no cookie of that name", "theme=dark"],
    ["another server's cookie", `other-4401.session_token=${encodeURIComponent(signed(token))}`],
    ["a signature with another secret", header(signed(token, "t".repeat(40)))],
    ["a token that was changed", header(signed(token).replace("abc", "abd"))],
    ["a signature that was cut", header(signed(token).slice(0, -3))],
    ["no signature", header(token)],
    ["an encoding that is broken", `${cookie.name}=%E0%A4%A`],
    ["two of them: whose is it?", `${header(signed(token))}; ${header(signed(token))}`],
  ])("refuses %s", (_name, text) => {
    expect(sessionTokenOf(text, cookie)).toBeUndefined();
  });
});
