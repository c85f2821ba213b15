// Text in, runs out: what a reader could not see (controls, bidi overrides, zero-width and look-alike blanks) becomes a
// visible U+XXXX mark. Every face that shows text which others wrote passes it through here; nothing is ever dropped.

/** "command": nothing but plain blanks, tabs and line ends pass. "prose": emoji sequences and wide blanks are left alone. */
export type RevealMode = "command" | "prose";

/** `start` and `end` are UTF-16 offsets into the text; `shown` is what to draw. */
export interface TextRun {
  readonly start: number;
  readonly end: number;
  readonly shown: string;
  readonly hidden: boolean;
}

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const ODD_BLANK = /\p{Zs}/u;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F}/u;
const EMOJI_JOINERS: ReadonlySet<string> = new Set(["\u{FE0F}", "\u{200D}"]);

const codePointName = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

const isHidden = (character: string, before: string, mode: RevealMode): boolean => {
  if (character === "\n" || character === "\t" || character === " ") return false;
  if (mode === "prose" && EMOJI_JOINERS.has(character) && EMOJI.test(before)) return false;
  if (INVISIBLE.test(character)) return true;
  return mode === "command" && ODD_BLANK.test(character);
};

/** Cuts `text` into visible runs and single hidden characters, in order and without gaps. */
export const revealInvisible = (text: string, mode: RevealMode = "command"): readonly TextRun[] => {
  const runs: TextRun[] = [];
  let visibleFrom = 0;
  let at = 0;
  let before = "";
  const closeVisible = (): void => {
    if (at > visibleFrom) runs.push({ start: visibleFrom, end: at, shown: text.slice(visibleFrom, at), hidden: false });
  };
  for (const character of text) {
    if (isHidden(character, before, mode)) {
      closeVisible();
      runs.push({ start: at, end: at + character.length, shown: codePointName(character), hidden: true });
      visibleFrom = at + character.length;
    }
    at += character.length;
    before = character;
  }
  closeVisible();
  return runs;
};

/** The same as one string, for titles and labels where no markup fits. */
export const revealAsText = (text: string, mode: RevealMode = "prose"): string =>
  revealInvisible(text, mode)
    .map((run) => (run.hidden ? `⟨${run.shown}⟩` : run.shown))
    .join("");
