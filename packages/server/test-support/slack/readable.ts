// Messages and views as a person sees them, as plain text: what checked-in threads are compared with.
// Buttons stand in brackets, a confirmation behind them in braces, inputs as lines to fill in.
import type { Block } from "./limits.ts";

type Json = Readonly<Record<string, unknown>>;

const plain = (value: unknown): string =>
  typeof value === "object" && value !== null && "text" in value ? unescaped(String(value.text)) : "";
const unescaped = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

const inline: Readonly<Record<string, (element: Json) => string>> = {
  text: (element) => {
    const style = (element["style"] as { bold?: boolean; code?: boolean } | undefined) ?? {};
    const text = String(element["text"]);
    if (style.code === true) return `\`${text}\``;
    return style.bold === true ? `*${text}*` : text;
  },
  link: (element) => `${String(element["text"])} <${String(element["url"])}>`,
  user: (element) => `@${String(element["user_id"])}`,
};

function richText(element: Json): string {
  const text = list(element["elements"])
    .map((each) => (inline[String(each["type"])] ?? (() => "?"))(each))
    .join("");
  if (element["type"] !== "rich_text_preformatted") return text;
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

function element(one: Json): string {
  const confirm = one["confirm"] as Json | undefined;
  const more = confirm === undefined ? "" : ` {${plain(confirm["text"])}}`;
  if (one["type"] === "button") return `[${plain(one["text"])}]${more}`;
  const options = list(one["options"]).map((option) => `( ) ${plain(option["text"])}`);
  if (options.length > 0) return options.join("\n");
  return `____${one["initial_value"] === undefined ? "" : ` ${String(one["initial_value"])}`}`;
}

const blocks: Readonly<Record<string, (block: Block) => string>> = {
  rich_text: (block) => list(block["elements"]).map(richText).join("\n"),
  section: (block) => plain(block["text"]),
  header: (block) => plain(block["text"]),
  context: (block) => list(block["elements"]).map(plain).join(" · "),
  actions: (block) => list(block["elements"]).map(element).join(" "),
  input: (block) => `${plain(block["label"])}:\n${element(block["element"] as Json)}`,
  divider: () => "---",
};

export const readableBlocks = (all: readonly Block[]): string =>
  all.map((block) => (blocks[String(block["type"])] ?? ((other) => `?${String(other["type"])}`))(block)).join("\n");

export const readableView = (view: Json): string =>
  [
    `== ${plain(view["title"])} ==`,
    readableBlocks(list(view["blocks"])),
    view["submit"] === undefined ? "" : `[[${plain(view["submit"])}]]`,
  ]
    .filter((line) => line !== "")
    .join("\n");
