// Puts reStructuredText's inline marks into the words of Markdown: double backticks, roles, links.
// One line of text goes in and comes out; what stands between backticks keeps its bytes.

const CODE_ROLE = /:(?:command|program|code|kbd|samp|file|option|envvar|literal|class|func|meth|mod):`([^`]+)`/g;
const OTHER_ROLE = /:[a-z][\w:+-]*:`([^`<]*?)(?:\s*<[^`>]*>)?`/g;

/** Roles and links in the words of Markdown. */
export function rstInline(text: string): string {
  if (!text.includes("`"))
    return text.replace(/(?<=\w)_(?=[\s.,;:!?)]|$)/g, (mark, offset: number) => (/https?:\S*$/.test(text.slice(0, offset)) ? mark : ""));
  return text
    .replace(/``((?:[^`]|`(?!`))+)``/g, (whole, code: string) => (code.includes("`") ? whole : `\`${code}\``))
    .replace(CODE_ROLE, (whole, code: string, offset: number) => (offset > 0 && text[offset - 1] === "`" ? whole : `\`${code}\``))
    .replace(OTHER_ROLE, (_, shown: string) => shown.replace(/^~/, ""))
    .replace(/`([^`<]+?)\s*<(https?:\/\/[^`>\s]+)>`__?/g, "[$1]($2)")
    .replace(/`([^`<]+)`__?(?!\w)/g, "$1");
}
