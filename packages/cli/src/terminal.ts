// How risk looks in a terminal: a shape, a word and, where the terminal wants it, a colour. Never colour alone.
import type { Risk } from "@dd0c/scanner";

const marks: Readonly<Record<Risk, string>> = { safe: "●", caution: "▲", unknown: "□", dangerous: "■" };
const colours: Readonly<Record<Risk, string>> = { safe: "32", caution: "33", unknown: "36", dangerous: "31" };

export interface Paint {
  readonly risk: (risk: Risk) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Colours only on a terminal that did not ask for none (https://no-color.org). */
export const paintFor = (stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint => {
  const coloured = stream.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const wrap = (code: string, text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    risk: (risk) => wrap(colours[risk], `${marks[risk]} ${risk}`),
    faint: (text) => wrap("2", text),
    strong: (text) => wrap("1", text),
  };
};

/** Control, bidirectional and invisible characters in text that somebody else wrote, made visible. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    if (char === "\n" || char === "\t") return char;
    return `\\u{${char.codePointAt(0)?.toString(16) ?? ""}}`;
  });
