import { describe, expect, it } from "vitest";
import { toSourceLines } from "../source/source-line.ts";
import { crossReferences, vagueReference } from "./cross-references.ts";
import { numberSteps } from "./step-numbers.ts";

/** Steps without printed numbers: a number is a place. */
const plain = numberSteps(
  [],
  Array.from({ length: 9 }, (_, index) => ({ start: index + 1, end: index + 1 })),
);

describe("crossReferences", () => {
  it.each([
    ["Repeat step 2 on the other node.", [2]],
    ["Go to step 6.", [6]],
    ["same as 1, list should be empty", [1]],
    ["Repeat steps 2 to 4", [2, 3, 4]],
    ["Redo steps 2-4", [2, 3, 4]],
    ["Do steps 2, 3 and 6 again", [2, 3, 6]],
    ["Run steps 1 and 2 through 4", [1, 2, 3, 4]],
    ["Continue with 4", [4]],
    ["Go on with 4.", [4]],
    ["Use the id of step #3", [3]],
    ["Schritt 4 wiederholen", [4]],
    ["Weiter mit Schritt 4", [4]],
    ["Schritte 1 bis 3 auf dem anderen Knoten", [1, 2, 3]],
    ["Wie in Schritt 2", [2]],
    ["weiter mit 6", [6]],
    ["vuelve al paso 2", [2]],
    ["Repite los pasos 1 a 3", [1, 2, 3]],
    ["Reprendre à l'étape 3", [3]],
    ["répéter les étapes 2 et 4", [2, 4]],
    ["Volte ao passo 2", [2]],
    ["repetir os passos 2 e 3", [2, 3]],
    ["torna al passo 2", [2]],
    ["ripeti i passaggi 1-2", [1, 2]],
    ["ga naar stap 6", [6]],
    ["herhaal stappen 1 t/m 3", [1, 2, 3]],
    ["手順1を繰り返し", [1]],
    ["手順2〜4を実行", [2, 3, 4]],
    ["ステップ 3 に戻る", [3]],
    ["same as above but with pg_restore", [4]],
    ["Repeat the previous step", [4]],
    ["wie oben", [4]],
    ["como arriba", [4]],
    ["comme ci-dessus", [4]],
    ["上記と同じ", [4]],
    ["Step 5: drain it", []],
    ["Step 3 - drain it", []],
    ["repeat 3 times", []],
    ["wiederhole 3 mal", []],
    ["Wait for step 2 of the wizard", []],
    ["Step 2 of 5", []],
    ["It is one step 10 times slower", []],
    ["go to 10.0.0.1", []],
    ["see 3 pods", []],
    ["Scale it to 3.", []],
    ["footsteps 2", []],
    ["Repeat step 5.", []],
  ])("%s", (text, expected) => {
    expect(crossReferences(text, 5, plain)).toEqual({ orders: expected, unresolved: [] });
  });

  it.each([
    ["see step 12", ["step 12"]],
    ["Schritt 11 wiederholen", ["Schritt 11"]],
    ["Repeat steps 8 to 10", ["steps 8 to 10"]],
    ["go to 12", []],
  ])("%s names no step", (text, expected) => {
    expect(crossReferences(text, 1, plain).unresolved).toEqual(expected);
  });

  it("has nothing above the first step", () => {
    expect(crossReferences("same as above", 1, plain)).toEqual({ orders: [], unresolved: ["same as above"] });
  });

  it.each([
    ["Do it as described above.", "as described above"],
    ["siehe oben", "siehe oben"],
    ["下記を参照", "下記を参照"],
    ["Look above the rack", null],
    ["See https://x/above", null],
  ])("%s is vague: %s", (text, expected) => {
    expect(vagueReference(text)).toBe(expected);
  });
});

describe("numberSteps", () => {
  const place = (text: string, starts: readonly number[]): ReturnType<typeof numberSteps> =>
    numberSteps(
      toSourceLines(text),
      starts.map((start) => ({ start, end: start })),
    );

  it("goes by the printed number where steps are numbered", () => {
    const numbers = place("intro\n\n1. a\n2. b\n   - nested\n3. c\n", [1, 3, 4, 6]);
    expect([0, 1, 2, 3, 4].map((printed) => numbers.orderOf(printed, 1))).toEqual([null, 2, 3, 4, null]);
  });

  it("goes by place where every item is numbered 1", () => {
    const numbers = place("1. a\n1. b\n1. c\n", [1, 2, 3]);
    expect([1, 3, 4].map((printed) => numbers.orderOf(printed, 1))).toEqual([1, 3, null]);
  });

  it("prefers the list that the speaker stands in", () => {
    const numbers = place("1. a\n2. b\n\n1. c\n2. d\n3. e\n", [1, 2, 4, 5, 6]);
    expect([numbers.orderOf(2, 1), numbers.orderOf(2, 3), numbers.orderOf(1, 5), numbers.orderOf(3, 1)]).toEqual([2, 4, 3, 5]);
  });

  it("finds the first step below a numbered heading", () => {
    const numbers = place("## Step 1: look\ntext\ncmd\n## Step 2: act\n\ncmd\ncmd\n", [3, 6, 7]);
    expect([numbers.orderOf(1, 3), numbers.orderOf(2, 1)]).toEqual([1, 2]);
  });
});
