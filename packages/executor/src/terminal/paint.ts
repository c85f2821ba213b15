// How risk looks in a terminal: a shape, a word and, where the terminal wants it, a colour. Never colour alone.
import type { Risk } from "@dd0c/scanner";

const marks: Readonly<Record<Risk, string>> = { safe: "●", caution: "▲", unknown: "□", dangerous: "■" };
const colours: Readonly<Record<Risk, string>> = { safe: "32", caution: "33", unknown: "36", dangerous: "31" };

export interface Paint {
  readonly risk: (risk: Risk) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
}

/** Colours only on a terminal that did not ask for none (https://no-color.org). */
export const paintFor = (stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint => {
  const coloured = stream.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const wrap = (code: string, text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    risk: (risk) => wrap(colours[risk], `${marks[risk]} ${risk}`),
    faint: (text) => wrap("2", text),
    strong: (text) => wrap("1", text),
    warning: (text) => wrap("33", text),
    error: (text) => wrap("31", text),
  };
};

/** Control, bidirectional and invisible characters in text that somebody else wrote, made visible. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    if (char === "\n" || char === "\t") return char;
    return `\\u{${char.codePointAt(0)?.toString(16) ?? ""}}`;
  });

/** The same for text that must stay on one line. */
export const visibleLine = (text: string): string => visible(text.replace(/\s*\n\s*/g, " ").replaceAll("\t", " "));

/** JSON for one line of a terminal: what could steer it is written as an escape, which leaves the value as it is. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, (char) =>
    Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  )}\n`;
