// A runbook's text goes in, its parts as the index weighs them come out: what it says first, its headings, the rest, its commands.
// One pass over the lines; no block tree, because a library of thousands is read on a cold start. Any text gives parts.

export interface RunbookParts {
  readonly headings: string;
  /** The prose before anything is done: the first paragraphs, or those under "Meaning", "Symptoms", "Overview". */
  readonly lead: string;
  readonly body: string;
  readonly code: string;
}

/** How much of a runbook is read, in UTF-16 code units: what it is about stands on its first pages. */
const maxText = 60_000;
const maxLead = 700;
const maxBody = 14_000;
const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/;
const FRONT_MATTER = /^---\n[\s\S]*?\n---\n/;
/** Headings under which the runbook says what has happened. */
const TELLS = /^(?:meaning|symptoms?|overview|description|summary|introduction|about|background|problem|what (?:is|does|happened)|alert$)/i;
/** Headings that every runbook has say nothing about this one. */
const COMMON =
  /^(?:impact|diagnosis|mitigations?|mitigating|playbook|resolutions?|possible (?:checks|causes|fixes)|steps|troubleshooting|remediation|references?|links?|see also|additional|more info\w*|notes?|severity|examples?|solution|recovery|verification|prerequisites?|contents|toc)\b/i;

interface Reading {
  readonly headings: string[];
  readonly lead: string[];
  readonly body: string[];
  readonly code: string[];
  /** Characters that the lead may still take. */
  left: number;
  fenced: boolean;
  /** Under a heading that says what has happened. */
  telling: boolean;
}

function takeHeading(heading: string, into: Reading): void {
  const tells = TELLS.test(heading);
  into.telling = tells || (into.headings.length === 0 && into.left === maxLead);
  if (!tells && !COMMON.test(heading)) into.headings.push(heading);
}

function takeProse(line: string, into: Reading): void {
  if (!into.telling || into.left <= 0) into.body.push(line);
  else {
    into.lead.push(line);
    into.left -= line.length;
  }
}

function takeLine(line: string, into: Reading): void {
  if (FENCE.test(line)) into.fenced = !into.fenced;
  else if (into.fenced) into.code.push(line);
  else {
    const heading = HEADING.exec(line)?.[1];
    if (heading === undefined) takeProse(line, into);
    else takeHeading(heading, into);
  }
}

/** @param text - source of the runbook, Markdown or anything else */
export function runbookParts(text: string): RunbookParts {
  const into: Reading = { headings: [], lead: [], body: [], code: [], left: maxLead, fenced: false, telling: true };
  const lines = text.slice(0, maxText).replace(/\r\n?/g, "\n").replace(FRONT_MATTER, "").split("\n");
  for (const line of lines) takeLine(line, into);
  return {
    headings: into.headings.join("\n"),
    lead: into.lead.join("\n"),
    body: into.body.join("\n").slice(0, maxBody),
    code: into.code.join("\n").slice(0, maxBody),
  };
}
