import { createPublicKey, verify } from "node:crypto";
import { expect, it } from "vitest";
import { newRecoveryCode, recoveryKey } from "./recovery-key.ts";

it("a code gives the same key each time it is typed, however it is spelt", () => {
  const code = newRecoveryCode();
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}(-[2-9A-HJKMNP-TV-Z]{5}){4}$/);
  const key = recoveryKey(code)!;
  for (const typed of [code.toLowerCase(), code.replaceAll("-", " "), ` ${code.replaceAll("-", "")}\n`])
    expect(recoveryKey(typed)?.spkiDer).toEqual(key.spkiDer);
  const publicKey = createPublicKey({ key: key.spkiDer, format: "der", type: "spki" });
  expect(verify(null, Buffer.from("said"), publicKey, key.sign(Buffer.from("said")))).toBe(true);
  expect(verify(null, Buffer.from("said"), publicKey, recoveryKey(newRecoveryCode())!.sign(Buffer.from("said")))).toBe(false);
});

it.each(["", "23456", "23456-23456-23456-23456-2345", "23456-23456-23456-23456-234567", "0IL0U-23456-23456-23456-23456"])(
  "%s is no code",
  (typed) => {
    expect(recoveryKey(typed)).toBeUndefined();
  },
);

it("no two codes of many are alike, and every letter comes up", () => {
  const codes = Array.from({ length: 500 }, newRecoveryCode);
  expect(new Set(codes).size).toBe(500);
  expect(new Set(codes.join("").replaceAll("-", "")).size).toBe(30);
});
