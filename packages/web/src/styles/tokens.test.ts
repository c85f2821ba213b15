import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Oklch = readonly [number, number, number];

/** OKLCH to linear sRGB, clipped to the gamut as a screen does. */
const toLinear = ([lightness, chroma, hue]: Oklch): readonly [number, number, number] => {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
};
const luminance = (colour: Oklch) => {
  const [r, g, b] = toLinear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one: Oklch, other: Oklch) => {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const parse = (text: string) => text.split(/\s+/).map(Number) as unknown as Oklch;
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: parse(light!), dark: parse(dark!) },
  ]),
);
const token = (name: string, theme: "light" | "dark"): Oklch => {
  const found = tokens.get(name);
  if (found === undefined) throw new Error(`no token ${name}`);
  return found[theme];
};

const surfaces = ["surface-0", "surface-1", "surface-2"];
const risks = ["safe", "caution", "dangerous", "unknown"];
const onSurfaces = (inks: readonly string[]) => inks.flatMap((ink) => surfaces.map((surface) => [ink, surface] as const));
const text = [
  ...onSurfaces(["ink-strong", "ink-normal", "ink-faint", "accent", ...risks.map((risk) => `risk-${risk}-ink`)]),
  ...risks.map((risk) => [`risk-${risk}-ink`, `risk-${risk}-fill`] as const),
  ...risks.map((risk) => ["ink-strong", `risk-${risk}-fill`] as const),
  ["accent-on", "accent-fill"] as const,
  ["ink-strong", "mark"] as const,
  ["surface-0", "ink-strong"] as const,
];
const shapes = onSurfaces(["line-strong", "accent-fill", ...risks.map((risk) => `risk-${risk}-line`)]);

describe.each(["light", "dark"] as const)("tokens, %s theme", (theme) => {
  it.each(text)("%s on %s is readable (4.5:1)", (ink, ground) => {
    expect(contrast(token(ink, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(shapes)("%s on %s is visible (3:1)", (shape, ground) => {
    expect(contrast(token(shape, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

it("knows the contrast of black on white", () => {
  expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1);
});
