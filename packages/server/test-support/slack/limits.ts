// What Slack refuses about the form of messages and views. In: blocks as they were sent. Out: Slack's error, or undefined.
// The figures are those of the Block Kit reference; the sum of all text is the undocumented one that messages run into.

export type Block = Readonly<Record<string, unknown>>;

interface Element {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly value?: unknown;
  readonly action_id?: unknown;
  readonly url?: unknown;
  readonly confirm?: { readonly title?: { text?: string }; readonly text?: { text?: string } };
  readonly options?: readonly { readonly text?: { text?: string }; readonly value?: string }[];
}

const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "text" in value && typeof value.text === "string" ? value.text : "";

const maxBlocks = { message: 50, view: 100 } as const;
const maxAllText = 13_200;

/** Every text that is shown, wherever it stands. */
export function shownText(value: unknown): string {
  if (Array.isArray(value)) return value.map(shownText).join("");
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .map(([key, inner]) => (key === "text" && typeof inner === "string" ? inner : shownText(inner)))
    .join("");
}

/** What is wrong -> whether it is. */
type Rules<T> = readonly (readonly [problem: string, broken: (of: T) => boolean])[];

const firstBroken = <T>(rules: Rules<T>, of: T): string | undefined => rules.find(([, broken]) => broken(of))?.[0];
const isLonger = (value: unknown, max: number): boolean => typeof value === "string" && value.length > max;
const isBadOption = ({ text, value = "" }: NonNullable<Element["options"]>[number]): boolean =>
  textOf(text).length > 75 || textOf(text) === "" || value.length > 75;

const elementRules: Rules<Element> = [
  ["button text over 75", ({ type, text }) => type === "button" && isLonger(textOf(text), 75)],
  ["button value over 2000", ({ type, value }) => type === "button" && isLonger(value, 2_000)],
  ["button url", ({ url }) => isLonger(url, 3_000) || (typeof url === "string" && !/^https?:\/\//.test(url))],
  ["action_id over 255", ({ action_id: id }) => isLonger(id, 255)],
  ["confirm too long", ({ confirm }) => isLonger(textOf(confirm?.title), 100) || isLonger(textOf(confirm?.text), 300)],
  ["too many options", ({ type, options = [] }) => options.length > (type === "static_select" ? 100 : 10)],
  ["option too long or empty", ({ options = [] }) => options.some(isBadOption)],
];

const elementsOf = (block: Block): readonly Element[] => (block["elements"] as readonly Element[] | undefined) ?? [];
const idsOf = (block: Block): readonly string[] => elementsOf(block).flatMap(({ action_id: id }) => (typeof id === "string" ? [id] : []));

const blockRules: Rules<Block> = [
  ["section text over 3000", ({ type, text }) => type === "section" && isLonger(textOf(text), 3_000)],
  ["header over 150", ({ type, text }) => type === "header" && isLonger(textOf(text), 150)],
  ["context over 10", (block) => block["type"] === "context" && elementsOf(block).length > 10],
  [
    "actions hold 1 to 25 elements",
    (block) => block["type"] === "actions" && (elementsOf(block).length === 0 || elementsOf(block).length > 25),
  ],
  ["label over 2000", ({ type, label }) => type === "input" && isLonger(textOf(label), 2_000)],
  ["rich text with an empty text", (block) => block["type"] === "rich_text" && emptyText(elementsOf(block))],
  ["an action_id twice in one block", (block) => new Set(idsOf(block)).size !== idsOf(block).length],
];

/** Buttons and inputs; what rich text is made of has no limits of its own. */
function interactiveIn(block: Block): readonly Element[] {
  if (block["type"] === "input") return [block["element"] as Element];
  return block["type"] === "rich_text" ? [] : elementsOf(block);
}

const blockProblem = (block: Block): string | undefined =>
  firstBroken(blockRules, block) ??
  interactiveIn(block)
    .map((element) => firstBroken(elementRules, element))
    .find((problem) => problem !== undefined);

/** Slack refuses a text element without text. */
const emptyText = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(emptyText);
  if (typeof value !== "object" || value === null) return false;
  if ("type" in value && value.type === "text" && "text" in value && value.text === "") return true;
  return Object.values(value).some(emptyText);
};

export function refusedBlocks(blocks: readonly Block[], surface: "message" | "view"): string | undefined {
  if (blocks.length > maxBlocks[surface]) return "invalid_blocks: too many blocks";
  const problem = blocks.map(blockProblem).find((each) => each !== undefined);
  if (problem !== undefined) return `invalid_blocks: ${problem}`;
  const all = blocks.reduce((sum, block) => sum + shownText(block).length, 0);
  return surface === "message" && all > maxAllText ? "msg_blocks_too_long" : undefined;
}

/** `private_metadata`, titles and buttons of a modal. */
export function refusedView(view: Readonly<Record<string, unknown>>): string | undefined {
  for (const part of ["title", "submit", "close"]) if (textOf(view[part]).length > 24) return `invalid_arguments: ${part} over 24`;
  if (String(view["private_metadata"] ?? "").length > 3_000) return "invalid_arguments: private_metadata over 3000";
  if (view["type"] === "modal" && textOf(view["title"]) === "") return "invalid_arguments: title";
  return refusedBlocks(view["blocks"] as readonly Block[], "view");
}
