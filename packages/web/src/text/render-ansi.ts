// Terminal output in, styled runs out. ansi_up understands the escape sequences; its markup is taken apart again here, so that
// the page sets text nodes and never HTML. Only what cannot mislead is kept: the 16 named foreground colours, bold, italics,
// underline. Backgrounds, faint and free colours could hide text and are dropped; links are shown as their text.
import { AnsiUp } from "ansi_up";
import { revealInvisible, type TextRun } from "@dd0c/protocol/http";

export interface OutputRun {
  readonly run: TextRun;
  /** Class names of command.css, blank separated; empty for plain text. */
  readonly className: string;
}

const TAG = /<span(?: style="([^"]*)")?(?: class="([^"]*)")?>|<\/span>|<a [^>]*>|<\/a>/g;
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };

const unescape = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);

const classNames = (style: string, classes: string): string => {
  const colour = /\b(ansi-(?:bright-)?[a-z]+)-fg\b/.exec(classes)?.[1];
  return [
    colour,
    style.includes("font-weight:bold") ? "bold" : undefined,
    style.includes("text-decoration:underline") ? "underlined" : undefined,
  ]
    .filter((name) => name !== undefined)
    .join(" ");
};

const runsOf = (markup: string): readonly OutputRun[] => {
  const found: OutputRun[] = [];
  let className = "";
  let from = 0;
  const take = (until: number): void => {
    for (const run of revealInvisible(unescape(markup.slice(from, until)), "prose")) found.push({ run, className });
  };
  for (const tag of markup.matchAll(TAG)) {
    take(tag.index);
    from = tag.index + tag[0].length;
    if (tag[0].startsWith("<span")) className = classNames(tag[1] ?? "", tag[2] ?? "");
    else if (tag[0] === "</span>") className = "";
  }
  take(markup.length);
  return found;
};

/** A renderer remembers colour and half sequences from piece to piece: one per step and stream, pieces in order. */
export const createAnsiRenderer = (): ((text: string) => readonly OutputRun[]) => {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  ansi.escape_html = true;
  ansi.url_allowlist = {};
  return (text) => runsOf(ansi.ansi_to_html(text.replace(/\r\n?/g, "\n")));
};
