// Tells HTML and Confluence's storage format from Markdown that holds tags, or writes about them.
// The first lines of a text go in, yes or no comes out; tags in code are examples and count for nothing.

const CONFLUENCE = /<\/?(?:ac|ri):[a-z-]+(?=[\s>/])/;
const STARTS =
  /^\s*<(?:!doctype|html|head|meta|link|body|div|h[1-6]|p|ul|ol|dl|table|tbody|section|article|main|header|pre|blockquote|span|style|strong|b|center)[\s>/]/i;
const DOCUMENT = /^\s*<(?:!doctype html|html)[\s>]/i;
const TAG = /<\/?[a-z][a-z0-9]*(?=[\s>/])/i;
const MARKDOWN = /^\s{0,3}(?:#{1,6}\s|[-*+]\s|\d{1,3}\.\s|\|.*\|\s*$|>\s)|\[[^\]]+\]\([^)]+\)/;
const FENCE = /^\s*(?:`{3,}|~{3,})/;

export function isConfluence(texts: readonly string[]): boolean {
  const shown = outsideCode(texts);
  return shown.some((text) => CONFLUENCE.test(text)) && !shown.some((text) => /^#{1,6}\s\S/.test(text));
}

function outsideCode(texts: readonly string[]): readonly string[] {
  let inside = false;
  return texts.flatMap((text) => {
    if (FENCE.test(text)) inside = !inside;
    else if (!inside) return [text.replace(/`[^`]*`/g, "")];
    return [];
  });
}

/** Starts with a tag, and most of it is tagged; lines of preformatted text need no tags, lines in Markdown speak against it. */
export function isHtml(texts: readonly string[]): boolean {
  const first = texts.findIndex((text) => text.trim() !== "" && !/^\s*<(?:!--.*-->|\?xml.*\?>)\s*$/.test(text));
  const start = texts[first] ?? "";
  if (!STARTS.test(start)) return false;
  if (DOCUMENT.test(start)) return true;
  const counted = outsidePreformatted(texts).filter((text) => text.trim() !== "");
  const tagged = counted.filter((text) => TAG.test(text)).length;
  const markdown = counted.filter((text) => !/^\s*</.test(text) && (MARKDOWN.test(text) || FENCE.test(text))).length;
  return tagged > 0.4 * counted.length && markdown * 4 <= tagged;
}

function outsidePreformatted(texts: readonly string[]): readonly string[] {
  let inside = false;
  return texts.filter((text) => {
    const before = inside;
    const opens = text.toLowerCase().lastIndexOf("<pre");
    const closes = text.toLowerCase().lastIndexOf("</pre");
    if (opens >= 0 || closes >= 0) inside = opens > closes;
    return !before || !inside;
  });
}
