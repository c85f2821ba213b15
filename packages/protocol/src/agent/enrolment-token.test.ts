import { describe, expect, it } from "vitest";
import { formatEnrolmentToken, parseEnrolmentToken } from "./enrolment-token.ts";

const token = { secret: "s".repeat(43), caDer: Buffer.alloc(300, 7) };

describe("enrolment token", () => {
  it("reads what it wrote, with the newline that editors add", () => {
    expect(parseEnrolmentToken(`${formatEnrolmentToken(token)}\n`)).toEqual(token);
  });

  it.each(["", "dd0c-enroll", "s".repeat(43), formatEnrolmentToken(token).replace("dd0c", "other"), `${formatEnrolmentToken(token)} more`])(
    "refuses %j",
    (text) => {
      expect(parseEnrolmentToken(text)).toBeUndefined();
    },
  );
});
