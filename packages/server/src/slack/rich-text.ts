// What a message or view of Slack is built from: lines of raw text, commands as they are, buttons. Text of others goes into rich text only, which
// Slack does not parse: no mark-up, mention, link or emoji can be forged in it, and nothing has to be escaped. What cannot be seen is spelled out.
import { revealAsText, revealInvisible } from "@dd0c/protocol/http";
import type { types } from "@slack/bolt";

export type Block = types.KnownBlock;
export type Button = types.Button;
type Inline = types.RichTextSection["elements"][number];

/** A message: blocks for the eye, one line for the notification. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Raw texts, or inline elements made below. */
export type Part = string | Inline;

const clip = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

/** What others wrote, in one line, with what cannot be seen spelled out. */
export const prose = (text: string, max = 300): string => clip(revealAsText(text.replaceAll(/\s+/g, " ").trim()), max);

/** For the places that Slack parses: the notification line, answers in private. */
export const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const bold = (text: string): Inline => ({ type: "text", text, style: { bold: true } });
export const code = (text: string): Inline => ({ type: "text", text, style: { code: true } });
export const link = (url: string, text: string): Inline => ({ type: "link", url, text });
export const mention = (slackUserId: string): Inline => ({ type: "user", user_id: slackUserId });

const inlineOf = (part: Part): Inline => (typeof part === "string" ? { type: "text", text: part } : part);
const isEmpty = (part: Part): boolean => part === "";

/** Lines below each other. */
export function lines(all: readonly (readonly Part[])[]): types.RichTextSection {
  const elements = all.flatMap((line, at) => [...(at === 0 ? [] : ["\n"]), ...line]).filter((part) => !isEmpty(part));
  return { type: "rich_text_section", elements: elements.map(inlineOf) };
}

export const preformatted = (text: string): types.RichTextPreformatted => ({
  type: "rich_text_preformatted",
  elements: [{ type: "text", text }],
});

export const rich = (elements: types.RichTextBlock["elements"]): Block => ({ type: "rich_text", elements });

/** Longest command on a card: a card stays readable on a phone, and all of its text below Slack's sum. */
const maxCommand = { characters: 3_000, lines: 40 } as const;

/** Every character can be shown as it is, and all of them: only then may it be decided on the card. */
export const fitsVerbatim = (command: string): boolean =>
  command.length > 0 &&
  command.length <= maxCommand.characters &&
  command.split("\n").length <= maxCommand.lines &&
  revealInvisible(command).every(({ hidden }) => !hidden);

/** As it is where that is possible, else its beginning with everything invisible spelled out. */
export const shownCommand = (command: string): types.RichTextPreformatted =>
  preformatted(fitsVerbatim(command) ? command : clip(revealAsText(command, "command"), 1_000));

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals send
const terminalCodes = /\u001B(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007|[@-Z\\-_])/g;
const maxOutput = { characters: 2_000, lines: 20 } as const;

export interface OutputTail {
  readonly text: string;
  readonly cut: boolean;
}

/** The end of an output, as much as a message shows. */
export function tailOf(output: string): OutputTail {
  const clean = revealAsText(output.replaceAll(terminalCodes, "").replaceAll("\r\n", "\n"), "command").trimEnd();
  const last = clean.split("\n").slice(-maxOutput.lines).join("\n").slice(-maxOutput.characters);
  return { text: last, cut: last.length < clean.length };
}

interface ButtonOptions {
  readonly style?: "primary" | "danger";
  /** Asked before the click counts. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
}

export const button = (label: string, action: string, value: string, { style, confirm }: ButtonOptions = {}): Button => ({
  type: "button",
  text: { type: "plain_text", text: label, emoji: false },
  action_id: action,
  value,
  ...(style === undefined ? {} : { style }),
  ...(confirm === undefined
    ? {}
    : {
        confirm: {
          title: { type: "plain_text", text: clip(confirm.title, 100) },
          text: { type: "plain_text", text: clip(confirm.text, 300) },
          confirm: { type: "plain_text", text: confirm.yes },
          deny: { type: "plain_text", text: "Back" },
        },
      }),
});

export const linkButton = (label: string, url: string): Button => ({
  type: "button",
  text: { type: "plain_text", text: label, emoji: false },
  action_id: `open:${label}`,
  url,
});

export const actions = (buttons: readonly Button[]): readonly Block[] =>
  buttons.length === 0 ? [] : [{ type: "actions", elements: [...buttons] }];
