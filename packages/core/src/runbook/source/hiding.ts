// Decides whether a tag hides what is inside it from a reader: attributes, inline styles, known class names, the page's own style sheet.
// Name and attributes of a tag go in, yes or no comes out. When in doubt it is hidden: a hidden step is missed and reported, never obeyed.

import { decodeHtml } from "./html-entities.ts";
import { attributeOf } from "./html-tokens.ts";

const HIDING_STYLE =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*(?:0|0?\.\d+|1(?=px|pt))(?![\d.])|font\s*:\s*(?:[a-z]+\s+){0,3}0(?:px|pt|em|rem|%)?(?=[\s/])|content-visibility\s*:\s*hidden|opacity\s*:\s*(?:0|0?\.0\d*)(?![.\d])|(?:text-indent|left|right|top|bottom|margin-left|margin-top)\s*:\s*-(?:\d{4,}|[5-9]\d\d|\d{2,}(?=r?em|v[wh]|%))|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0[\s)p%]|polygon\(\s*(?:0[a-z%]*\s+0[a-z%]*[\s,]*){3,}\))|(?:^|[;\s])scale\s*:\s*0(?:\.0*)?(?![.\d])|transform\s*:[^;]*scale\(\s*0?\.?0*\s*[),]/i;
const EMPTY_BOX = /(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)/i;
const CLIPPED = /overflow(?:-[xy])?\s*:\s*(?:hidden|clip)/i;
const PALE =
  /(?:^|[;\s"'])color\s*:\s*(?:#fff(?:f{3}|f{5})?\b|#f[c-f]f[c-f]f[c-f]\b|white\b|transparent|rgba?\(\s*255[\s,]+255[\s,]+255|(?:rgb|hsl)a\([^)]*[,/]\s*0(?:\.0+)?%?\s*\)|hsla?\([^)]*,\s*100%)/i;
const DARK_GROUND = /background(?:-color)?\s*:(?!\s*(?:#fff|white|transparent|none|inherit|rgba?\(\s*255[\s,]+255[\s,]+255))/i;
const PALE_VALUE = /^\s*(?:#fff(?:fff)?|white)\s*$/i;
/** For screen readers alone, in the words of common style sheets. */
const HIDING_CLASS =
  /^(?:sr-only|visually-?hidden|screen-reader-(?:text|only)|hidden|d-none|invisible|is-hidden|u-hidden|display-none|assistive|hide)$/i;

/** Class names, ids and tags that the page's own style sheet hides. */
export type HidingRules = ReadonlySet<string>;

/** Elements whose content is never shown and is no text either. */
export const SILENT_TAGS: ReadonlySet<string> = new Set(["script", "style"]);

/** Elements whose content is never shown. */
export const UNSHOWN_TAGS: ReadonlySet<string> = new Set([
  "template",
  "noscript",
  "ac:placeholder",
  "object",
  "datalist",
  "iframe",
  "audio",
  "video",
  "canvas",
]);

export function hidesContent(name: string, attributes: string, rules?: HidingRules): boolean {
  if (UNSHOWN_TAGS.has(name) || (name === "dialog" && !/(?:^|\s)open(?=[\s=/]|$)/i.test(attributes))) return true;
  if (attributes.trim() === "") return rules?.has(name) === true;
  if (/(?:^|\s)hidden(?=[\s=/]|$)/i.test(attributes.replace(/"[^"]*"|'[^']*'/g, '""'))) return true;
  if (/^\s*true\s*$/i.test(attributeOf(attributes, "aria-hidden") ?? "")) return true;
  return hidesByStyle(attributes) || hidesByName(name, attributes, rules);
}

function hidesByStyle(attributes: string): boolean {
  if (PALE_VALUE.test(attributeOf(attributes, "color") ?? "")) return true;
  const style = attributeOf(attributes, "style");
  return style !== null && hidingDeclarations(style);
}

export function hidingDeclarations(declarations: string): boolean {
  const style = decodeHtml(declarations)
    .replace(/\/\*[^]{0,500}?\*\//g, "")
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => decodeHtml(`&#x${code};`))
    .replace(/"/g, "'");
  if (HIDING_STYLE.test(style)) return true;
  if (EMPTY_BOX.test(style) && CLIPPED.test(style)) return true;
  return PALE.test(style) && !DARK_GROUND.test(style);
}

function hidesByName(name: string, attributes: string, rules: HidingRules | undefined): boolean {
  const classes = (attributeOf(attributes, "class") ?? "").split(/\s+/).filter((each) => each !== "");
  if (classes.some((each) => HIDING_CLASS.test(each))) return true;
  if (rules === undefined || rules.size === 0) return false;
  const id = attributeOf(attributes, "id");
  return rules.has(name) || classes.some((each) => rules.has(`.${each}`)) || (id !== null && rules.has(`#${id}`));
}

const OTHER_MEDIA = /@media(?![^{]{0,200}\b(?:all|screen)\b)[^{]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi;

/** Rules for a screen whose selector is one name: `.note { display: none }`. */
export function readHidingRules(styleSheet: string): HidingRules {
  const sheet = styleSheet
    .slice(0, 200_000)
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(OTHER_MEDIA, "");
  const rules = new Set<string>();
  for (const rule of sheet.split("}")) {
    const open = rule.lastIndexOf("{");
    if (open < 0 || !hidingDeclarations(rule.slice(open + 1))) continue;
    const selectors = rule.slice(rule.lastIndexOf("{", open - 1) + 1, open).split(",");
    for (const selector of selectors) {
      const named = /^\s*(?:[a-z][a-z0-9]*(?=[.#]))?([.#]?[\w-]+)\s*$/i.exec(selector)?.[1];
      if (named !== undefined) rules.add(named);
    }
  }
  return rules;
}
