// Decides for each attempt of a conversation whether it belongs into a runbook: what did not help, was taken back, refused or only proposed does not.
// Events in order go in; every attempt comes out with its verdict and what was said about it. The words of the people decide, nothing else.

import { plainText } from "../source/plain-text.ts";
import { joinText, type SourceLine } from "../source/source-line.ts";
import { matchRollback } from "../meaning/rollback.ts";
import { looksOnly } from "./look-only.ts";
import type { Attempt, Remark } from "./read-attempts.ts";
import {
  asksForOutcome,
  isAside,
  isBareNo,
  isForLater,
  isPrintedOk,
  isProposal,
  isQuestion,
  saysDoing,
  saysError,
  saysFailed,
  saysFound,
  saysNo,
  saysReverted,
  saysStill,
  saysWorked,
  saysYes,
  turnsDown,
} from "./said.ts";

export type Verdict = { readonly is: "kept" } | { readonly is: "failed" | "reverted" | "refused" | "proposed"; readonly reason: string };

export interface Judged {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  /** Run only under a condition: nobody says whether it was. */
  readonly conditional: boolean;
  /** What others, or the same person later, said that it showed. */
  readonly shown: readonly SourceLine[];
  /** The words before it that are about neither it nor what was tried before; for commands that come with none of their own. */
  readonly context: readonly SourceLine[];
}

interface Case {
  readonly attempt: Attempt;
  readonly looks: boolean;
  readonly conditional: boolean;
  readonly proposed: boolean;
  accepted: boolean;
  worked: boolean;
  verdict: Verdict;
  readonly shown: SourceLine[];
  readonly context: SourceLine[];
}

const CONDITION =
  /(?:^|[.!?;:,]\s*|\b(?:and|but|oder|und|then)\s+)(?:if|in case|unless|otherwise|should (?:it|that|this)|falls|wenn|sonst|si|sinon)\b[^?]*$/i;
const TRIED = /\b(?:tried|trying|attempted|versucht|probé|essayé|tentei)\b/i;
const DONE = /\b(?:tried|did|ran|running|doing)\b/i;
const BARE_REVERT = /\b(?:revert(?:ing|ed)?|undo(?:ing)?|undid|roll(?:ing|ed)? (?:it |that |this )?back|back(?:ing|ed)? out|zurück)\b/i;
/** A shell's or a client's own refusal, as the first thing printed. */
const NOT_RUN =
  /command not found|unknown (?:flag|command|option)|unrecognized|invalid option|permission denied|^\W*error from server|^\W*usage:/i;

export function judgeAttempts(events: readonly (Attempt | Remark)[]): readonly Judged[] {
  const hearing: Hearing = { cases: [], loose: [], asked: null, elsewhere: false };
  for (const event of events) {
    if (event.kind === "remark") hearRemark(hearing, event);
    else hearAttempt(hearing, event);
  }
  takeBack(hearing.cases);
  return hearing.cases.map(settle);
}

interface Hearing {
  readonly cases: Case[];
  /** The last words that were about no attempt. */
  loose: SourceLine[];
  /** The question that was asked just before. */
  asked: string | null;
  /** Since the last command somebody did something without one: what is said next is about that. */
  elsewhere: boolean;
}

function hearRemark(hearing: Hearing, remark: Remark): void {
  const one = aboutWhat(hearing.cases, remark);
  hearing.elsewhere ||= one !== undefined && isElsewhere(one, remark);
  const other = hearing.elsewhere || isAside(remark.text) || answersOther(hearing, remark.text);
  const used = one !== undefined && !other && hear(one, remark);
  if (!used && !remark.printed) hearing.loose = [...remark.lines];
  hearing.asked = isQuestion(remark.text) ? remark.text : null;
}

function hearAttempt(hearing: Hearing, attempt: Attempt): void {
  const reports = hearIntro(hearing, attempt.intro);
  hearing.cases.push(openCase(reports ? { ...attempt, intro: attempt.intro.slice(1) } : attempt, hearing.loose));
  hearing.loose = [];
  hearing.asked = null;
  hearing.elsewhere = false;
}

/** "Somebody suggests a restart. It changes nothing." */
const SUGGESTED = /\b(?:suggest|propos)(?:s|es|ed)\b/i;

/** "He purges it in the UI. No effect." in a review; a report that repeats the verb of the command is about the command. */
function isElsewhere({ attempt }: Case, { manner, text }: Remark): boolean {
  if (manner === "review" && SUGGESTED.test(text)) return true;
  const stem = manner === "review" ? saysDoing(text) : null;
  return stem !== null && ![...attempt.intro, ...attempt.commands].some((said) => said.text.toLowerCase().includes(stem));
}

/** @returns whether the first line says how the attempt before went, and nothing about this one */
function hearIntro(hearing: Hearing, [line, ...rest]: readonly SourceLine[]): boolean {
  const one = runLast(hearing.cases);
  if (one === undefined || line === undefined) return false;
  const [first = ""] = plainText(line.text).split(/(?<=[.!?;])\s/, 1);
  if (first === "" || answersOther(hearing, first)) return false;
  hearLeadIn(one, first);
  return rest.length > 0 && reportsSuccess(one, line);
}

/** A line of its own above the next command: what came of the one before. */
function reportsSuccess(one: Case, line: SourceLine): boolean {
  if (one.verdict.is !== "kept" || !saysWorked(line.text)) return false;
  one.worked = true;
  one.shown.push(line);
  return true;
}

/** "purge it?" "no": nothing is said about what was tried before. */
function answersOther({ asked }: Hearing, text: string): boolean {
  return asked !== null && !asksForOutcome(asked) && isBareNo(text);
}

function openCase(attempt: Attempt, context: SourceLine[]): Case {
  const before = plainText(joinText(attempt.intro));
  const behind = plainText(joinText(attempt.behind));
  const looks = attempt.commands.every(({ text }) => looksOnly(text));
  const conditional = attempt.commands.length === 0 || (attempt.sentence !== null && CONDITION.test(lastSentence(before)));
  const asks = /^[\s`)"”]*\?/.test(behind) || (isProposal(lastSentence(before)) && !DONE.test(before));
  const one: Case = {
    attempt,
    looks,
    conditional,
    proposed: asks && !conditional,
    accepted: false,
    worked: false,
    verdict: { is: "kept" },
    shown: attempt.sentence !== null && tellsResult(behind, looks) ? withoutConnective(attempt.behind) : [],
    context,
  };
  judgeOwnWords(one, before, behind);
  judgeOutput(one);
  return one;
}

/** "`x` has a leader again": of a look, what stands behind it is what it showed. */
function tellsResult(behind: string, looks: boolean): boolean {
  return (
    saysWorked(behind) ||
    saysFound(behind) ||
    (looks && /^[\s)`”"]*(?:(?:still|now|then) )?(?:has|had|is|are|was|were|lists?|listed)\b/i.test(behind))
  );
}

/** "and got nothing back" */
function withoutConnective(lines: readonly SourceLine[]): SourceLine[] {
  return lines.map((line, index) => (index > 0 ? line : { ...line, text: line.text.replace(/^[\s,;)`”"]+(?:and\s+)?/i, "") }));
}

function judgeOwnWords(one: Case, before: string, behind: string): void {
  if (one.conditional) return;
  one.worked = saysWorked(behind);
  one.verdict = ownVerdict(one, before, behind) ?? one.verdict;
}

/** What the sentence of the command itself says against it. */
function ownVerdict({ proposed, looks, worked }: Case, before: string, behind: string): Verdict | null {
  if (proposed && turnsDown(behind)) return refused(behind.replace(/^\W+/, ""));
  const reverted = saysReverted(behind);
  if (reverted !== null) return { is: "reverted", reason: `It was taken back: "${reverted}".` };
  const failed = looks ? failedLook(before, behind) : (saysFailed(behind) ?? saysStill(behind));
  if (failed !== null) return { is: "failed", reason: `It did not help: "${failed}".` };
  return isForLater(behind) && !worked ? { is: "proposed", reason: "It was put off until later." } : null;
}

/** A look that finds nothing is still a look; one that was only tried did not show what it should. */
function failedLook(before: string, behind: string): string | null {
  return TRIED.test(before) ? saysFailed(behind) : null;
}

function judgeOutput(one: Case): void {
  const [first, ...rest] = one.attempt.output.map(({ text }) => text);
  if (first === undefined) return;
  const refused =
    NOT_RUN.exec(first)?.[0] ??
    (one.looks ? undefined : ([first, ...rest.slice(0, 20)].map(saysError).find((said) => said !== null) ?? undefined));
  if (refused !== undefined) one.verdict = { is: "failed", reason: `It answered with an error: "${refused.trim()}".` };
}

/** What is said after something that is only to be done in some case is about what was done before it. */
function aboutWhat(cases: readonly Case[], { message }: Remark): Case | undefined {
  const last = cases.at(-1);
  return last?.attempt.message === message ? last : runLast(cases);
}

function runLast(cases: readonly Case[]): Case | undefined {
  const last = cases.at(-1);
  return last?.conditional === true ? (cases.findLast(({ conditional }) => !conditional) ?? last) : last;
}

/** @returns whether the remark was about the attempt */
function hear(one: Case, remark: Remark): boolean {
  if (one.proposed && !one.accepted && !answer(one, remark)) return false;
  if (one.verdict.is === "refused") return true;
  const against = speaksAgainst(one, remark.text);
  if (against !== null) {
    one.verdict = against;
    return true;
  }
  return hearResult(one, remark);
}

function speaksAgainst(one: Case, text: string): Verdict | null {
  if (one.looks) return null;
  const reverted = saysReverted(text);
  if (reverted !== null) return { is: "reverted", reason: `It was taken back: "${reverted}".` };
  const failed = isQuestion(text) ? null : failure(one, text);
  return failed === null ? null : { is: "failed", reason: failed };
}

function hearResult(one: Case, { text, lines, printed: columns, message }: Remark): boolean {
  const worked = saysWorked(text);
  const printed = columns || (isPrintedOk(text) && message.author === one.attempt.message.author);
  one.worked ||= worked;
  if (!worked && !printed && !(one.attempt.output.length === 0 && saysFound(text))) return false;
  if (!isForLater(text)) one.shown.push(...lines);
  return true;
}

function failure(one: Case, text: string): string | null {
  const failed = saysFailed(text) ?? (one.worked ? null : saysStill(text));
  if (failed !== null) return `It did not help: "${failed}".`;
  const error = one.worked ? null : saysError(text);
  return error === null ? null : `It answered with an error: "${error}".`;
}

/** A proposal waits for a yes, a no, or a sign that somebody did it. @returns whether the remark still has something to say about it */
function answer(one: Case, remark: Remark): boolean {
  const { author } = remark.message;
  const other = author === null || author !== one.attempt.message.author;
  if (other && saysNo(remark.text)) one.verdict = refused(remark.text);
  else one.accepted = showsDoing(remark) || (other && (saysYes(remark.text) || saysFound(remark.text)));
  return one.accepted || one.verdict.is === "refused";
}

function showsDoing({ text, printed }: Remark): boolean {
  return printed || saysWorked(text) || saysFailed(text) !== null;
}

function refused(text: string): Verdict {
  return { is: "refused", reason: `It was proposed and refused: "${firstWords(text)}".` };
}

function firstWords(text: string): string {
  return text.split(/\s+/).slice(0, 8).join(" ");
}

/** "nope, same. trying ..." in front of the next command is about the one before it. */
function hearLeadIn(one: Case, first: string): void {
  if (TRIED.test(first) || one.verdict.is !== "kept") return;
  if (one.proposed && !one.accepted) {
    if (saysNo(first)) one.verdict = refused(first);
    one.accepted = saysYes(first);
    return;
  }
  const failed = one.looks ? null : saysFailed(first);
  if (failed !== null) one.verdict = { is: "failed", reason: `It did not help: "${failed}".` };
}

/** "taking that out again: ..." undoes an attempt that did not help; neither of the two belongs into the runbook. */
function takeBack(cases: readonly Case[]): void {
  for (const [index, one] of cases.entries()) {
    if (one.worked || one.looks || one.verdict.is !== "kept") continue;
    const before = plainText(joinText(one.attempt.intro));
    const undone = undoneCase(cases.slice(Math.max(0, index - 50), index), one, before);
    if (undone === undefined || undone.worked) continue;
    if (undone.verdict.is === "kept") undone.verdict = { is: "reverted", reason: `It was taken back: "${firstWords(before)}".` };
    one.verdict = { is: "reverted", reason: "It only takes back what did not help." };
  }
}

/** "that" points to the change before; the bare word needs a command that fits, and words that it had failed. */
function undoneCase(earlier: readonly Case[], one: Case, before: string): Case | undefined {
  if (saysReverted(before) !== null) return earlier.findLast(({ looks }) => !looks);
  const undone = BARE_REVERT.test(before) ? undoneBy(earlier, one) : undefined;
  return undone?.verdict.is === "kept" ? undefined : undone;
}

function undoneBy(cases: readonly Case[], { attempt }: Case): Case | undefined {
  const forward = cases.flatMap((one, step) => one.attempt.commands.map(({ text }, command) => ({ step, command, text })));
  const [match] = matchRollback([joinText(attempt.commands.map(({ text, line }) => ({ text, line })))], forward);
  return match === null || match === undefined ? undefined : cases[forward[match]?.step ?? -1];
}

function settle({ attempt, verdict, conditional, proposed, accepted, worked, shown, context }: Case): Judged {
  const open = proposed && !accepted && !worked && verdict.is === "kept" && attempt.output.length === 0;
  return {
    attempt,
    verdict: open ? { is: "proposed", reason: "It was proposed; nobody says that it was run." } : verdict,
    conditional,
    shown,
    context,
  };
}

function lastSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+/).at(-1) ?? text;
}
