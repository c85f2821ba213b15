// Reads what the prose says about placeholders: "where `<x>` is ...", "replace X with ...", "X = ...", tables and lists of variables, comments.
// The whole text and the spellings found in commands go in; the words about each come out, up to the end of the sentence. One pass over the text.

/** The spellings that a text may explain: marked ones, code spans, and words in capitals. */
const MENTION =
  /<[^<>\n]{1,80}>|\$\{?[A-Za-z_]\w*\}?|\{\{[^{}\n]{1,40}\}\}|%[A-Z]\w+%|`[^`\n]{1,60}`|(?<![\w$<{%])[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]+)*(?!\w)|(?<!\w)(?:your|my)-[\w-]+/g;

const REPLACE =
  /(?<!\p{L})(?:replac(?:e|ing)|substitut(?:e|ing)|swap|change|ersetzen?(?: sie)?|reemplaz(?:a|ar|e|ando)|sustituy(?:e|a|endo)|sustituir|remplac(?:er|ez|ant)|substitu(?:a|ir|indo)|sostitui(?:re|sci|sca)|vervang(?:en)?)\s+(?:the\s+)?["'*(]*$/iu;
const REPLACED = /^["'*)]*\s+(?:with|by|for|to|durch|por|con|par|com|door)\s+/iu;
const WHERE = /(?<!\p{L})(?:where|with|and|,|wobei|donde|où|onde|dove|waarbij|y|et|und|e|en)\s+(?:the\s+)?["'*(]*$/iu;
const IS = /^["'*)]*\s+(?:is|are|=|means|stands for|refers to|should be|must be|ist|steht für|es|est|é|è)\s+/iu;
const TO_REPLACE_AFTER =
  /^["'*)]*\s*(?:durch\s+(.{3,80}?)\s+(?:zu\s+)?ersetzen|(?:te\s+)?vervangen\s+door\s+(.{3,80})|を(.{2,40}?)に置き換え|は([^。\n]{2,60})(?:です|を(?:指し|表し)))/iu;
const WHERE_GERMAN = /^["'*)]*\s+(.{3,80}?)\s+(?:ist|steht|bezeichnet)(?!\p{L})/iu;

/** Where a line begins, or a comment does. */
const LINE_START = /(?:^|\n)[ \t]*(?:[-*+•]|\d+[.)]|\|)?[ \t]*["'*]*$|(?:^|\s)#\s*["'*]*$|[.;]\s+["'*(]*$/;
const DEFINES = /^["'*]*\s*(?:[:：–—]|-(?=\s)|\()\s*/;
const EQUALS = /^["'*]*\s*=\s+(?=(?:the|a|an|your|any|one|either|name|id|der|die|das|el|la|le|o|il|de|het)\s)/i;
const CELL = /^["'*]*[ \t]*\|/;
const ABOUT =
  /descri|meaning|explan|what|bedeutung|beschreibung|significa|descrip|signification|descrição|betekenis|omschrijving|説明|意味/i;

const WINDOW = 170;
const MAX_DESCRIPTION_LENGTH = 120;

/** @returns the first description of each spelling */
export function findExplanations(prose: string, spellings: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (spellings.size === 0) return found;
  for (const match of prose.matchAll(MENTION)) {
    const spelling = match[0].replace(/^`|`$/g, "");
    if (!spellings.has(spelling) || found.has(spelling)) continue;
    const end = match.index + match[0].length;
    const description = explain(prose.slice(Math.max(match.index - WINDOW, 0), match.index), prose.slice(end, end + WINDOW), () =>
      aboutColumn(prose, match.index),
    );
    if (description !== null) found.set(spelling, description);
  }
  return found;
}

function explain(before: string, after: string, column: () => number): string | null {
  const isGerman = /wobei\s+["'*(]*$/i.test(before);
  const inverted = TO_REPLACE_AFTER.exec(after) ?? (isGerman ? WHERE_GERMAN.exec(after) : null);
  if (inverted !== null) return clean(inverted.slice(1).find((text) => text !== undefined) ?? "");
  if (REPLACE.test(before)) return follows(after, REPLACED);
  if (WHERE.test(before) && IS.test(after)) return follows(after, IS);
  return LINE_START.test(before) ? defined(before, after, column) : null;
}

/** What begins a line, a row or a comment is explained by what follows it there. */
function defined(before: string, after: string, column: () => number): string | null {
  if (CELL.test(after) && /\|[^\n]*$/.test(before)) return cell(after, column());
  const line = after.split("\n", 1)[0] ?? "";
  return follows(after, IS) ?? follows(line, EQUALS) ?? words(follows(line, DEFINES));
}

function follows(after: string, lead: RegExp): string | null {
  const match = lead.exec(after);
  return match === null ? null : clean(after.slice(match[0].length));
}

/** One word behind a colon is a value and no explanation. */
function words(text: string | null): string | null {
  return text !== null && /^\p{L}[^\s]*\s+\S/u.test(text) ? text : null;
}

function cell(after: string, column: number): string | null {
  const line = after.split("\n", 1)[0] ?? "";
  const cells = line.split("|").slice(1);
  const text = cells[column - 1] ?? cells[0] ?? "";
  return clean(text.replace(/\|.*$/, ""));
}

/** Which column of the table around this place describes, counted from the first; 1 when its header does not say. */
function aboutColumn(prose: string, at: number): number {
  const rows = prose.slice(Math.max(0, at - 8_000), at).split("\n");
  const rule = rows.findLastIndex((row) => /^[\s|:-]+$/.test(row) && row.includes("--"));
  const header = rows[rule - 1]?.replace(/^\s*\|/, "").split("|") ?? [];
  const column = header.findIndex((title, index) => index > 0 && ABOUT.test(title));
  return column === -1 ? 1 : column;
}

/** A line that goes on with the sentence, not with a list, a table, code or a heading. */
const SOFT_WRAP = /[ \t]*\n[ \t]*(?=[\p{L}\d`<$"'(])(?!\d+[.)]\s|```)/gu;

/** Up to the end of the sentence, or to the next placeholder that is explained. */
function clean(text: string): string | null {
  const unwrapped = text.replace(SOFT_WRAP, " ");
  const end =
    /[.;!?。][*_]*(?:\s|$)|\n|\s*,?\s+(?:and|und|y|et|e|en)\s+["'`*]*(?:<|\$|\{\{|[A-Z]{2}[A-Z_]* (?:is|=))|\)\s*$|\*\/|\s\|/u.exec(
      unwrapped,
    );
  const sentence = (end === null ? unwrapped : unwrapped.slice(0, end.index)).trim().replace(/[)\s:,|]+$/, "");
  const plain = sentence.replace(/[`*]/g, "").slice(0, MAX_DESCRIPTION_LENGTH).trim();
  return plain.length < 3 ? null : plain;
}

const CAPITALS = /(?<![\w$<{%-])[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]+)*(?![\w<])/g;
const TOLD_BEFORE =
  /(?<!\p{L})(?:[Rr]eplac(?:e|ing)|[Ss]ubstitut(?:e|ing)|[Ww]here|[Ee]rsetzen?(?: Sie)?|[Ww]obei|[Rr]eemplaz(?:a|ar|e)|[Ss]ustituy[ae]|[Dd]onde|[Rr]emplac(?:er|ez)|[Oo]ù|[Ss]ubstitu(?:a|ir)|[Oo]nde|[Ss]ostitui(?:re|sci)|[Dd]ove|[Vv]ervang|[Ww]aarbij)\s+["'`*(]*$/u;
const TOLD_AFTER =
  /^["'`*)]*\s+(?:with|by|is(?!\s+(?:not\s+)?(?:null|true|false))|are|means|stands|durch|der|die|das|por|con|es|par|est|com|é|è|door)(?!\p{L})/u;

/** Words in capitals that the text says are to be replaced: "where DOMAINNAME is the one you look for". */
export function explainedWords(prose: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { 0: word, index } of prose.matchAll(CAPITALS)) {
    const end = index + word.length;
    if (TOLD_AFTER.test(prose.slice(end, end + 40)) && TOLD_BEFORE.test(prose.slice(Math.max(0, index - 30), index))) words.add(word);
  }
  return words;
}

/** "one of `prod`, `staging`", "either a or b": the only values allowed. */
export function choicesIn(description: string): readonly string[] | null {
  const list = /^(?:one of|either|entweder|uno de|soit|um de|uno tra|een van)[:\s]+(.+)$/iu.exec(description)?.[1];
  const choices = list?.split(/\s*,\s*(?:or\s+)?|\s+(?:or|oder|o|ou|of)\s+/).map((choice) => choice.replace(/^["'“]|["'”]$/g, ""));
  return choices !== undefined && choices.length > 1 && choices.every((choice) => /^[\w.-]+$/.test(choice)) ? choices : null;
}
