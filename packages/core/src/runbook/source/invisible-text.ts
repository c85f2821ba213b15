// Takes invisible characters out of prose, where they can split a word that a reader sees whole or carry letters that nobody sees.
// A line goes in and comes out; what looks like a command or holds code keeps its bytes, it is repaired and reported where it is read.

import { type SourceLine, withText } from "./source-line.ts";

/** Zero-width and direction-changing characters, and the tags that spell invisible letters. A joiner between emoji is none of them. */
const INVISIBLE = /[\u00AD\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
const COMMAND_LIKE = /`|^\s*(?:[$#>%]\s|\S+\s+-)|\s--?\w|[|<>]/;

export function withoutInvisible(line: SourceLine): SourceLine {
  if (/^[\t\x20-\x7E]*$/.test(line.text) || COMMAND_LIKE.test(line.text)) return line;
  return withText(line, line.text.replace(INVISIBLE, ""));
}
