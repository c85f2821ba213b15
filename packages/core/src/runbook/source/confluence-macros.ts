// Reads what Confluence's storage format adds to HTML: macros with parameters, task lists, links to pages and people, emoji.
// Tags in the `ac:` and `ri:` namespaces go in, calls of the writer come out. A macro that nobody here knows keeps its text.

import { decodeHtml } from "./html-entities.ts";
import { attributeOf, type HtmlToken } from "./html-tokens.ts";
import { labelOf, openTitled } from "./labelled-box.ts";
import type { MarkdownWriter } from "./markdown-writer.ts";

type Opening = Extract<HtmlToken, { kind: "open" }>;

interface Macro {
  readonly name: string;
  readonly line: number;
  readonly parameters: Map<string, string>;
  quoted: boolean;
  hasBody: boolean;
}

export interface Confluence {
  readonly writer: MarkdownWriter;
  readonly macros: Macro[];
  /** Text that is no text of the page: a parameter, the state of a task. */
  capture: { readonly tag: string; readonly name: string; text: string } | null;
  taskState: string;
  /** What an open link shows when it has no words of its own. */
  link: { shown: string; readonly line: number; worded: boolean } | null;
}

/** `done`: nothing more to do; `hidden`: its content is not shown; `unknown`: like any other tag. */
type Outcome = "done" | "hidden" | "unknown";

const NO_LANGUAGE = /^(?:none|text|plain|plaintext)$/i;
/** Macros whose plain body is no text to read. */
const MARKUP_BODY = /^(?:html|html-include|style|css|script|javascript|html-bobswift)$/;
const CODE_BODY = /^(?:code|noformat|code-block|codeblock|newcode|paste-code-macro)$/;
/** Macros without a body that stand for words, and the parameter that holds them. */
const WORDS: Readonly<Record<string, string>> = { status: "title", jira: "key", jiraissues: "key", "view-file": "name", viewfile: "name" };

export function newConfluence(writer: MarkdownWriter): Confluence {
  return { writer, macros: [], capture: null, taskState: "", link: null };
}

/** Whether the text went elsewhere than to the page. */
export function takeText(state: Confluence, text: string): boolean {
  if (state.capture === null) return false;
  state.capture.text += text;
  return true;
}

export function openConfluence(state: Confluence, token: Opening): Outcome {
  if (state.capture !== null) return "done";
  return OPENING.get(token.name)?.(state, token) ?? "unknown";
}

/** @returns whether the tag was one of these */
export function closeConfluence(state: Confluence, name: string): boolean {
  const { capture } = state;
  if (capture !== null && capture.tag !== name) return true;
  const act = CLOSING.get(name);
  if (act === undefined) return false;
  act(state);
  return true;
}

const capture =
  (nameOf: (attributes: string) => string) =>
  (state: Confluence, { name, attributes, empty }: Opening): Outcome => {
    if (!empty) state.capture = { tag: name, name: nameOf(attributes), text: "" };
    return "done";
  };

function openMacro(state: Confluence, { attributes, empty, line }: Opening): Outcome {
  const name = (attributeOf(attributes, "ac:name") ?? "").toLowerCase();
  if (!empty) state.macros.push({ name, line, parameters: new Map(), quoted: false, hasBody: false });
  return "done";
}

function closeMacro(state: Confluence): void {
  const macro = state.macros.pop();
  if (macro === undefined || macro.hasBody) return;
  const words = macro.parameters.get(WORDS[macro.name] ?? "") ?? "";
  if (words !== "") state.writer.text(` ${words} `, macro.line);
}

function openPlainBody(state: Confluence, { empty, line }: Opening): Outcome {
  const { writer } = state;
  const macro = state.macros.at(-1) ?? { name: "code", line, parameters: new Map<string, string>(), quoted: false, hasBody: false };
  macro.hasBody = true;
  if (empty) return "done";
  if (MARKUP_BODY.test(macro.name)) return "hidden";
  const title = parameter(macro, "title");
  if (title !== "" && wantsIntroduction(writer)) {
    writer.text(labelOf(title), macro.line);
    writer.endParagraph();
  }
  writer.openCode(languageOf(macro), line);
  return "done";
}

function parameter(macro: Macro, name: string): string {
  return macro.parameters.get(name) ?? "";
}

/** What a macro that nobody here knows holds is no shell. */
function languageOf(macro: Macro): string {
  const known = CODE_BODY.test(macro.name) ? parameter(macro, "language") || parameter(macro, "") : macro.name;
  return NO_LANGUAGE.test(known) ? "" : known.replace(/[^\w+#-]/g, "");
}

/** No sentence stands right above. */
function wantsIntroduction(writer: MarkdownWriter): boolean {
  return writer.atItemStart || /^\s*(?:$|#{1,6} |`{3,}|\|)/.test(writer.lastText);
}

function openRichBody(state: Confluence, { line, empty }: Opening): Outcome {
  const macro = state.macros.at(-1);
  if (macro === undefined || empty) return "unknown";
  macro.hasBody = true;
  if (macro.parameters.get("hidden") === "true" || macro.name === "hidden-data") return "hidden";
  const title = parameter(macro, "title");
  state.writer.endParagraph();
  if (title !== "" && !/^click here to expand/i.test(title)) macro.quoted = openTitled(state.writer, title, line);
  return "done";
}

function closeRichBody(state: Confluence): void {
  const macro = state.macros.at(-1);
  state.writer.endParagraph();
  if (macro?.quoted === true) state.writer.closeQuote();
  if (macro !== undefined) macro.quoted = false;
}

function openTaskBody(state: Confluence, { line }: Opening): Outcome {
  state.writer.item();
  state.writer.text(state.taskState === "complete" ? "[x] " : "[ ] ", line);
  state.taskState = "";
  return "done";
}

function openLink(state: Confluence, { line, empty }: Opening): Outcome {
  if (!empty) state.link = { shown: "", line, worded: false };
  return "done";
}

function closeLink(state: Confluence): void {
  const { link } = state;
  state.link = null;
  if (link !== null && !link.worded && link.shown !== "") state.writer.text(link.shown, link.line);
}

function wordLink(state: Confluence): Outcome {
  if (state.link !== null) state.link.worded = true;
  return "done";
}

/** What a link without words shows: the name of the page or file; a person has none in the storage format. */
const pointTo =
  (attribute: string, fallback = "") =>
  (state: Confluence, { attributes }: Opening): Outcome => {
    if (state.link !== null) state.link.shown = decodeHtml(attributeOf(attributes, attribute) ?? fallback);
    return "done";
  };

function writeEmoji(state: Confluence, { attributes, line }: Opening): Outcome {
  const shown = decodeHtml(attributeOf(attributes, "ac:emoji-fallback") ?? "");
  if (shown !== "" && !/^:.*:$/.test(shown)) state.writer.text(shown, line);
  return "done";
}

const OPENING: ReadonlyMap<string, (state: Confluence, token: Opening) => Outcome> = new Map([
  ["ac:structured-macro", openMacro],
  ["ac:macro", openMacro],
  ["ac:parameter", capture((attributes) => attributeOf(attributes, "ac:name") ?? "")],
  ["ac:default-parameter", capture(() => "")],
  ["ac:plain-text-body", openPlainBody],
  ["ac:rich-text-body", openRichBody],
  [
    "ac:task-list",
    (state: Confluence): Outcome => {
      state.writer.openList("-   ");
      return "done";
    },
  ],
  [
    "ac:task",
    (state: Confluence): Outcome => {
      state.taskState = "";
      return "done";
    },
  ],
  ["ac:task-id", capture(() => "")],
  ["ac:task-uuid", capture(() => "")],
  ["ac:task-status", capture(() => "status")],
  ["ac:task-body", openTaskBody],
  ["ac:link", openLink],
  ["ac:plain-text-link-body", wordLink],
  ["ac:link-body", wordLink],
  ["ri:page", pointTo("ri:content-title")],
  ["ri:blog-post", pointTo("ri:content-title")],
  ["ri:attachment", pointTo("ri:filename")],
  ["ri:url", pointTo("ri:value")],
  ["ri:user", pointTo("ri:username", "@user")],
  ["ac:emoticon", writeEmoji],
]);

function endCapture(state: Confluence): void {
  const { capture: taken } = state;
  state.capture = null;
  const text = taken?.text.replace(/\s+/g, " ").trim() ?? "";
  if (taken?.tag === "ac:task-status") state.taskState = text;
  if (taken?.tag === "ac:parameter" || taken?.tag === "ac:default-parameter") state.macros.at(-1)?.parameters.set(taken.name, text);
}

const CLOSING: ReadonlyMap<string, (state: Confluence) => void> = new Map([
  ["ac:structured-macro", closeMacro],
  ["ac:macro", closeMacro],
  ["ac:parameter", endCapture],
  ["ac:default-parameter", endCapture],
  ["ac:task-id", endCapture],
  ["ac:task-uuid", endCapture],
  ["ac:task-status", endCapture],
  ["ac:plain-text-body", (state) => state.writer.closeCode()],
  ["ac:rich-text-body", closeRichBody],
  ["ac:task-list", (state) => state.writer.closeList()],
  ["ac:task-body", (state) => state.writer.endParagraph()],
  ["ac:link", closeLink],
]);
