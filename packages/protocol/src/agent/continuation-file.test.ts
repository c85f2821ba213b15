import { expect, it } from "vitest";
import { readContinuationFile, writeContinuationFile } from "./continuation-file.ts";

const document = (word: string) => ({ keyId: "k", payload: Buffer.from(word), signature: Buffer.from([1, 2, 3]) });
const text = writeContinuationFile([document("capsule"), document("one"), document("two")]);

it("gives back what was written, without half a line behind it", () => {
  const whole = { capsule: document("capsule"), records: [document("one"), document("two")] };
  expect(readContinuationFile(text)).toEqual(whole);
  expect(readContinuationFile(`${text}["k","AQ`)).toEqual(whole);
});

it.each(["", "\n", "no document\n", '["k","AQID"]\n', `${text}["k",1,2]\n`, `{}\n${text}`, text.replace("[", "")])(
  "%j is none",
  (broken) => {
    expect(readContinuationFile(broken)).toBeUndefined();
  },
);
