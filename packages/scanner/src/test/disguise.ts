// A destructive call -> text that hides it: spelled, wrapped and put into other text, up to ten layers deep. Test code only.
// The same numbers with a harmless call give its benign twin: whether that one is safe says whether the layers alone decided the verdict.
import fc from "fast-check";
import { type DestructiveCore, destructiveCores } from "./destructive-cores.ts";
import { inputLayers, quotes, structureLayers } from "./text-layers.ts";
import { callSpellings, changedSpellings, keptSpellings, spellInTurns, spellings, spellWords, valueSpellings } from "./word-spellings.ts";
import { callWrappers, textWrappers } from "./wrapper-words.ts";

/** What one disguise is made of: numbers that choose from the lists. */
interface Recipe {
  readonly core: DestructiveCore;
  readonly words: Words;
  readonly layers: readonly LayerChoice[];
  /** Something that changes the meaning for bash, though not for the eye. */
  readonly lookalike: number | undefined;
}

interface Words {
  readonly kind: "quotes" | "values" | "changed" | "kept" | "turns" | "call";
  readonly numbers: readonly number[];
}

interface LayerChoice {
  readonly kind: "structure" | "call" | "text" | "input";
  readonly index: number;
  readonly quote: number;
}

export interface Disguise {
  readonly text: string;
  readonly core: DestructiveCore;
  /** The same disguise around `ls -la /data`. */
  readonly benign: string;
}

const longest = 20_000;

/** Half done: still a list of words, or already shell text. */
type Stage = readonly string[] | string;

const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("empty list");
  return item;
};

function spell(argv: readonly string[], { kind, numbers }: Words, depth: number): string {
  const [first = 0, ...rest] = numbers;
  const name = `v${depth}_`;
  if (kind === "call") return at(callSpellings, first)(argv, name);
  const joint = at([" ", "  ", "\t", " \\\n "], first);
  const number = (index: number): number => rest[index % rest.length] ?? 0;
  if (kind === "quotes") return spellWords(argv, (index) => at(spellings, number(index)), joint, name);
  // One word alone, so that the others leave no doubt.
  const hidden = first % argv.length;
  if (kind === "turns") return spellInTurns(argv, hidden, number(0), name);
  const list = { values: valueSpellings, changed: changedSpellings, kept: keptSpellings }[kind];
  return spellWords(argv, (index) => (index === hidden ? at(list, number(0)) : at(spellings, 0)), joint, name);
}

function addLayer(stage: Stage, { kind, index, quote }: LayerChoice, words: Words, depth: number): Stage {
  const asText = (): string => (typeof stage === "string" ? stage : spell(stage, words, depth));
  const name = `n${depth}_`;
  switch (kind) {
    case "structure":
      return at(structureLayers, index)(asText(), name, at(quotes, quote));
    case "input":
      return at(inputLayers, index)(asText(), name, at(quotes, quote));
    case "text":
      return [...at(textWrappers, index).words, asText()];
    case "call":
      return [...at(callWrappers, index).words, ...(typeof stage === "string" ? ["bash", "-c", stage] : stage)];
  }
}

function build(argv: readonly string[], { words, layers, lookalike }: Recipe): string {
  let stage: Stage = argv;
  for (const [depth, layer] of layers.entries()) {
    const next = addLayer(stage, layer, words, depth);
    const length = typeof next === "string" ? next.length : next.join(" ").length;
    if (length <= longest) stage = next;
  }
  const text = typeof stage === "string" ? stage : spell(stage, words, layers.length);
  return lookalike === undefined ? text : at(lookalikes, lookalike)(text);
}

const zeroWidth = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u{e0020}", "\u0000", "\u001b[2K"];

/** What looks like the text but is not: none of them may make it look harmless. */
const lookalikes: readonly ((text: string) => string)[] = [
  ...zeroWidth.map((char) => (text: string) => text.slice(0, 1) + char + text.slice(1)),
  (text) => text.replaceAll(" ", "\u00a0"),
  (text) => text.replaceAll("-", "\u2010"),
  (text) => text.replace(/[a-z]/, (char) => String.fromCharCode(char.charCodeAt(0) - 0x61 + 0xff41)),
  (text) => text.replace("a", "\u0430").replace("e", "\u0435").replace("o", "\u043e"),
  (text) => `ls\r${text}`,
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll("'", "\u2019").replaceAll('"', "\u201c"),
  (text) => `${text} ${"x".repeat(70_000)}`,
  (text) => `${"echo $(ls);".repeat(320)}${text}`,
];

const number = fc.nat(999);
const layer: fc.Arbitrary<LayerChoice> = fc.record({
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constant<LayerChoice["kind"]>("structure") },
    { weight: 5, arbitrary: fc.constant<LayerChoice["kind"]>("call") },
    { weight: 3, arbitrary: fc.constant<LayerChoice["kind"]>("text") },
    { weight: 2, arbitrary: fc.constant<LayerChoice["kind"]>("input") },
  ),
  index: number,
  quote: fc.nat(2),
});

const recipe: fc.Arbitrary<Recipe> = fc.record({
  core: fc.constantFrom(...destructiveCores),
  words: fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Words["kind"]>("quotes") },
      { weight: 2, arbitrary: fc.constant<Words["kind"]>("values") },
      { weight: 2, arbitrary: fc.constant<Words["kind"]>("changed") },
      { weight: 2, arbitrary: fc.constant<Words["kind"]>("kept") },
      { weight: 1, arbitrary: fc.constant<Words["kind"]>("turns") },
      { weight: 2, arbitrary: fc.constant<Words["kind"]>("call") },
    ),
    numbers: fc.array(number, { minLength: 4, maxLength: 4 }),
  }),
  layers: fc.oneof(
    { weight: 6, arbitrary: fc.array(layer, { maxLength: 2 }) },
    { weight: 3, arbitrary: fc.array(layer, { minLength: 2, maxLength: 5 }) },
    { weight: 1, arbitrary: fc.array(layer, { minLength: 5, maxLength: 10 }) },
  ),
  lookalike: fc.oneof({ weight: 40, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: number }),
});

/** A destructive call in disguise. */
export const disguise: fc.Arbitrary<Disguise> = recipe.map((chosen) => ({
  text: build(chosen.core.argv, chosen),
  core: chosen.core,
  benign: build(["ls", "-la", "/data"], chosen),
}));
