// Judges one code span inside a sentence: is it something to run, something advised against, or only talked about?
// The code and the text around it go in; a judgement with a confidence comes out.

import { isInstruction } from "../meaning/instructions.ts";
import { EXPECTED_LABEL } from "../meaning/expected-output.ts";
import { decodeHtml } from "../source/html-entities.ts";
import { TAG } from "../source/plain-text.ts";
import { commandStrength, type Order } from "./command-strength.ts";
import { forbidsAround } from "./forbidding.ts";
import { programKind } from "./programs.ts";

export type Judgement =
  | { readonly is: "command"; readonly confidence: number }
  | { readonly is: "advised_against" }
  /** A complete command that the sentence talks about, or one in a place that orders nothing; confidence below any command's. */
  | { readonly is: "mention"; readonly confidence: number; readonly reason: string }
  | { readonly is: "nothing" };

const NOTHING: Judgement = { is: "nothing" };

const RUN_VERB =
  /\b(?:re-?run|run|execut(?:e|ing)|running|us(?:e|ing)|(?<!\b(?:along|together|starts?|ends?|begins?) )with|via|check|inspect|try|trying|type|typing|issue|issuing|enter|invoke|invoking|by|do|doing|call|perform|ran|start with|ejecut(?:ar|e)|ausführen|mit|avec|con|com|met|door|mediante|usando|exécut(?:er|ez)|lance[rz]|rode|execute)(?: (?:the|this|following|commands? (?:like|such as)|command|commands|scripts?|again|e\.g\.|eg|for example|something like|instead|first|manually|a|an|on|el|la|le|den|die|das|o|comando|befehl|commande))*[\s:(]*$/i;
const LEAD = /(?:^|\[[ xX]\]\s|[:：>→(（「“"—–]|\s-|\bor|\band|\bthen|\bcommand)\s*$/i;
const ADVISED_AGAINST =
  /(?:\b(?:never|do not|don['’]t|must not|mustn['’]t|should not|shouldn['’]t|not)\s+(?:ever |just |simply |even |try to |attempt to |manually )?(?:run|use|execute|try|do|call|issue|type|apply|start|restart|delete|invoke|attempt|set|kill|stop|force|perform|touch)\b[^,.;:]{0,60}|\b(?:avoid|instead of|rather than|refrain from)\b[^,.;:]{0,60}|\b(?:niemals|nunca|jamais|nooit)\b[^,.;:]{0,60}|\b(?:geen|keine?n?|neither|nor|weder|noch|ni) )$/i;
const TALKED_ABOUT =
  /(?:\b(?:triggers?|runs|does|läuft|executes|calls|invokes|stuck|hung|hanging|unlike|equivalent (?:of|to)|similar to|same as|alias(?:es)? (?:of|for|to)|known as|such as|like|wrapper (?:for|around)|(?:generated|handled|caused|created|called|started|managed|produced|performed|invoked|executed|run|spawned|written) (?:by|via|through|from)|(?:by|via|through) an? [\w-]+|when|after|since|because|while|during|every|each|from a|of a|from|named|called|is|are|was|were|needs?|requires?|wants?)(?: (?:an?|the|your|its|our))?)\s*$/i;
const NOUN_BEHIND =
  /^\s*(?:(?:of|from) step \d|steps?\b|process(?:es)?|jobs?|runs?|binary|binaries|daemons?|calls?|cron(?:job)?s?|(?:is|are|was|were) (?:run|executed|called|triggered|stuck|running)|hangs|crashes|service|utility|tool|package|plugin|field|flag|option|label|metric|alert)\b/i;
const VERB_BEHIND =
  /^\s*(?:command\s+)?(?:[a-z]+(?:s|es) (?:the|an?|all|any|how|whether|new|that|what|which|each|every)\b|may|might|can|could|will|would|should|does|did|provides?|shows?|reports?|returns?|displays?|indicates?|gives?|prints?|says?|means?|evicts?|fails?|failed|hangs?|is|are|was|were|has|have|takes?|creates?|automatically|works|hängt|schlägt|zeigt|liefert|muestra|devuelve|falla|affiche|renvoie|échoue|mostra|retorna|falha)\b/iu;
/** The sentence forbids from its first words on; "until", "instead" and the like turn it round. */
const FORBIDS =
  /(?:^|[(,;:]\s*)(?:please,?\s+|por favor,?\s+)?(?:do not|don['’]?t|dont|never|under no circumstances|on no account|nunca|niemals|nie|nooit|ne jamais)\s+(?!forget|hesitate|worry|panic|skip|wait|miss|leave out|omit|stop (?:here|there|now|yet))[^.;]*$|\b(?:NOT|NO|NICHT|NIEMALS|NIET|NOOIT|NON|MAI|NÃO|NUNCA|NEVER|JAMAIS)\s+\p{Ll}[^.;]*$/u;
const TURNS = /\b(?:until|instead|but|before|without|unless|then|sino|sondern|maar|ma)\b/i;
/** "`x` must never be run", "`x` nicht ausführen". */
const FORBIDDEN_BEHIND =
  /^\s*(?:(?:must|should|may|shall|is|are) (?:never|not)\b|(?:niemals|nie|nicht|nooit|niet)\b|on no account\b|(?:has|have|had) (?:already )?(?:cost|lost|broken|killed|caused)\b|was the (?:outage|cause)\b|は?(?:絶対に)?(?:実行しない|使わない|禁止))/i;

/** "Don&#39;t", "<b>Never</b>", and letters that only look like two words. */
function asRead(text: string): string {
  const plain = /[<&\u200B-\u200D\u2060\u00AD]/.test(text)
    ? decodeHtml(text.replace(TAG, "").replace(/[\u200B-\u200D\u2060\u00AD]/g, ""))
    : text;
  return plain.includes("e.g.") ? plain.replaceAll("e.g.", "eg") : plain;
}

function withoutEmphasis(text: string): string {
  return /[*_]/.test(text) ? text.replace(/[*_]{1,2}(?=\p{L})|(?<=\p{L})[*_]{1,2}/gu, "") : text;
}

function isAdvisedAgainst(before: string): boolean {
  const advice = ADVISED_AGAINST.exec(before)?.[0];
  return advice !== undefined && !/\b(?:until|unless|but)\b/i.test(advice);
}

/** "do not apply, push back the copy (": behind the comma stands what is to be done. "Never run a, drop b or" goes on forbidding. */
function ordersInstead(forbids: string): boolean {
  const instead = /^\W*(?:do not|don['’]?t|never) [a-z]+(?: (?!or\b|and\b)[a-z]+){0,3}, (?!or\b|and\b|nor\b)([a-z]+ .*)$/i.exec(
    forbids,
  )?.[1];
  return instead !== undefined && !/, |\b(?:or|nor)\b/i.test(instead) && !DESTROYS.test(instead) && isInstruction(instead);
}

/** "Do not restart it, delete the claim": the list may go on forbidding. */
const DESTROYS =
  /^(?:delete|remove|drop|kill|stop|restart|reboot|wipe|format|purge|truncate|destroy|reset|force|erase|clear|flush|prune|scale|drain)/i;

function isForbidden(before: string, after: string): boolean {
  const sentence = before.trimStart().replace(/^\W+/, "");
  const forbids = FORBIDS.exec(sentence)?.[0] ?? FORBIDS.exec(sentence.charAt(0).toLowerCase() + sentence.slice(1))?.[0];
  return (
    (forbids !== undefined && !TURNS.test(forbids) && !ordersInstead(forbids)) ||
    FORBIDDEN_BEHIND.test(after) ||
    forbidsAround(sentence, after) ||
    forbidsAround(before, after)
  );
}

/** "is taken with", "was created by"; "can be done with" tells how. */
const PASSIVE =
  /\b(?:is|are|was|were|been|being|gets?|got)(?: \w+ly)? \w+(?:ed|en|un|ade|one|ent|old) (?:by|via|with|using|through)(?: the)?\s*$|\b(?:generated|handled|caused|created|called|started|managed) (?:by|via|with)\s*$/i;

/** "This will then kick off the pipelines and run": nobody is told to. */
const WILL =
  /\b(?:this|it|which|that|they|pipelines?|jobs?|actions?|workflows?|ci|process|scripts?|hooks?|bot|system|controller|operator|agent) (?:\w+ ){0,2}(?:will|would|automatically)\b[^.,]*(?:,[^.,]*)?$/i;
/** "Confirm that it will be removed using": how to confirm is what is told. */
const CONFIRMS = /(?:^|[.;:]\s|\band )\W*(?:confirm|verify|check|make sure|ensure)\b[^.;:]*\busing\s*$/i;
/** A way among others, as far as the words in front go. */
const MEANS = /\b(?:with|via|by|using|through)\s*$/i;
const COMMAND_IS =
  /\b(?:the|this|an?|example|following) (?:example )?commands?\b(?: (?:to|for)\b[^.]{0,60})?\s(?:is|are|would be|looks? like)\s*:?\s*$/i;
/** psql's own commands (`\\dt`): two characters that only an order makes a command. */
const META = /^\\[A-Za-z]/;
const ANY_ORDER = /\b(?:use|using|run|running|type|enter|with|try|check)\b/i;
const STRONG_ORDER =
  /\b(?:re-?run|run|execut(?:e|ing)|running|type|typing|issue|issuing|invoke|invoking|enter)(?: (?:the|this|following|commands?|scripts?|again|instead|first|manually|a|an))*[\s:(]*$/i;
/** "Expected result:", "Resultado esperado:": what follows is shown. */
const EXPECTED = new RegExp(`${EXPECTED_LABEL}\\s*[:：]\\s*$`, "iu");
/** `If "ceph v2" is printed`: the text is output. */
export const SHOWN_BEHIND = /^["”'’)]*\s*(?:is|are|was|gets?) (?:printed|returned|shown|displayed|logged|reported|output)\b/i;

/**
 * @param code - content of the code span
 * @param written - the sentence up to the span, its emphasis included
 * @param after - the sentence behind it
 */
export function judgeMention(code: string, written: string, after: string): Judgement {
  const before = withoutEmphasis(asRead(written));
  if (isLoneWord(code, after) || SHOWN_BEHIND.test(after) || EXPECTED.test(before)) return NOTHING;
  const named = isNamed(code, before);
  const strength = isOrderedBare(code, before, after) ? 0.8 : strengthIn(code, named, before, after);
  if (strength === 0) return NOTHING;
  if (isAdvisedAgainst(before) || isForbidden(before, after)) return { is: "advised_against" };
  return judgeSentence({ code, strength, named, before, after });
}

/** Alone behind "run", where the words or the path say that it wants no argument. */
function isOrderedBare(code: string, before: string, after: string): boolean {
  return STRONG_ORDER.test(before) && (WITHOUT_ARGUMENTS.test(after) || isScriptPath(code));
}

function strengthIn(code: string, named: boolean, before: string, after: string): number {
  const placed = closesLine(before, after) && (/\s/.test(code.trim()) || isInstruction(before));
  return commandStrength(code, orderIn(before, named || placed || standsAlone(before, after)));
}

interface PlacedCode {
  readonly code: string;
  readonly strength: number;
  readonly named: boolean;
  readonly before: string;
  readonly after: string;
}

/** A command that nothing forbids: does the sentence order it, place it, or only talk about it? */
function judgeSentence(placed: PlacedCode): Judgement {
  const { code, strength, named, before, after } = placed;
  if (isOnlyNamed(placed)) return talkedAbout(code, strength);
  if (named) return isTold(before, after) ? talkedAbout(code, strength) : { is: "command", confidence: strength };
  if (isTalkedAbout(before, after)) return talkedAbout(code, strength);
  return isPlaced(before) ? { is: "command", confidence: strength } : unplaced(code, strength);
}

/** Asked about, the name of something, or somebody else's doing: whatever verb stands in front. */
function isOnlyNamed({ named, before, after }: PlacedCode): boolean {
  if (ASKED.test(before) && /^[^.!;\n]{0,80}\?/.test(after)) return true;
  if (NOUN_BEHIND.test(after) || KOREAN_SUBJECT.test(after) || BY_OTHERS.test(before)) return true;
  return !named && FAILS_BEHIND.test(after);
}

/** The particle that makes it what a sentence is about. */
const KOREAN_SUBJECT = /^\s?(?:이|가|은|는)\s/;
/** "el job lo lanza Airflow con": somebody else starts it. */
const BY_OTHERS = /(?<!\p{L})(?:lo|la|los|las) (?:lanza|ejecuta|corre|arranca|inicia)n?(?!\p{L})[^.;]*\scon\s*$/iu;

const WITHOUT_ARGUMENTS = /^\s*(?:without|with no|with its) (?:any )?(?:arguments?|options?|parameters?|defaults?)\b/i;

/** "13:11 Lena runs": the entry of a timeline tells what was done. */
const TIMELINE =
  /^\W*\d{1,2}[:.h]\d{2}\b(?:\W|UTC|CET|CEST|am|pm){0,6}\p{Lu}\p{Ll}+ (?:\p{Lu}\p{Ll}+ )?(?:runs|executes|ran|executed)\s*$/u;

/** "running the following script: `/opt/x/create_devices`" */
function isScriptPath(code: string): boolean {
  return /^\/(?:opt|usr|bin|sbin|srv|home|root)\/[\w./-]*\w$/.test(code.trim());
}

/** A verb of running, or "the command is", right in front. */
function isNamed(code: string, before: string): boolean {
  return (
    TIMELINE.test(before) ||
    CHINESE_VERB.test(before) ||
    RUN_VERB.test(before) ||
    COMMAND_IS.test(before) ||
    (META.test(code) && ordersMeta(before))
  );
}

const CHINESE_VERB = /(?:[执執]行|[运運]行|使用|[监監]控|[检檢]查|查看|通[过過]|[输輸]入)\s*$/;

function ordersMeta(before: string): boolean {
  return ANY_ORDER.test(before) || (/[:：]/.test(before) && isInstruction(before));
}

/** "the API pods run": those who run it are no readers. */
const OTHERS_RUN =
  /(?:^|[.,;:(]|\b(?:and|but|that|which|where|because|while|when|as))\s*(?:the|our|your|these|those|all|both|most|some|its) (?:(?!on\b|in\b|at\b|of\b|commands?\b)[\w-]+ ){0,3}(?!commands\b|steps\b)[\w-]+s (?:\w+ly |all |also )?(?:run|use|call|execute)\s*$/i;

/** "The pod deletes them every night with", "nachts läuft": it happens by itself. */
const RECURS =
  /\b(?:(?:every|each) (?:night|day|hour|week|morning|minute)|nightly|hourly|daily|weekly)\b[^.;]*$|\b(?:pipeline|job|cron|bot|controller|operator|timer) does\s*$|\b(?:läuft|laufen)\s*$/i;
/** "does `x` do anything?" asks. */
const ASKED = /^\W*(?:does|did|would|will|has|have|is|was) (?:the |a )?$/i;

/** "it hangs when running", "after executing": what is said happens around it. */
const WHEN_RUN =
  /\b(?:was|were) (?:proposed|suggested|considered|discussed|thought of)\b[^.;]*$|\b(?:(?:hang|fail|crash|break|die|stick|stuck|error)\w*(?: out)? (?:when|while|on|during)|after) (?:running|executing|using)(?: the)?\s*$/i;
/** "`x` from the folder doesn't work". */
const FAILS_BEHIND = /^[^.;:,]{0,60}\b(?:doesn['’]t|does not|won['’]t|will not|didn['’]t) (?:work|help)\b/i;

/** The verb of running tells what happens; it orders nothing. */
function isTold(before: string, after: string): boolean {
  return (
    OTHERS_RUN.test(before) ||
    (RECURS.test(before) && !isInstruction(before)) ||
    WHEN_RUN.test(before) ||
    PASSIVE.test(before) ||
    (WILL.test(before) && !CONFIRMS.test(before)) ||
    (MEANS.test(before) && VERB_BEHIND.test(after))
  );
}

/** Most code spans of a page are names: what they cannot be need not be asked of the sentence. */
function isLoneWord(code: string, after: string): boolean {
  if (code.trim() === "" || (/^[\w.-]+$/.test(code) && /^ [a-z]+ instead\b/.test(after))) return true;
  return /^[\w.-]+$/.test(code) && programKind(code) === null && !/^\s*with/i.test(after);
}

function orderIn(before: string, named: boolean): Order {
  if (STRONG_ORDER.test(before) || (named && before.trim().length > 3 && isInstruction(before))) return "order";
  return named ? "way" : "none";
}

/** At the start, behind a colon, or in a sentence that begins with an order. */
function isPlaced(before: string): boolean {
  return LEAD.test(before) || isInstruction(before) || ORDER_BEHIND_PURPOSE.test(before);
}

/** "To ensure that it stays empty (it may be full) disable the autoscaler": the order stands right in front. */
const ORDER_BEHIND_PURPOSE =
  /^\W*to [a-z]+\b[^.;]*[),] (?:disable|enable|stop|start|restart|scale|drain|cordon|delete|remove|create|apply|check|set|open|restore|reload) (?:the |a |all )?(?:[\w-]+ ){1,4}$/i;

/** A whole command in the middle of a sentence that neither orders nor excludes it. */
function unplaced(code: string, strength: number): Judgement {
  if (strength < 1 || code.trim().split(/\s+/).length < 3) return mention(code, strength, "Nothing in the sentence says to run this.");
  return { is: "command", confidence: 0.6 };
}

/** A second command of a sentence that only talks about the first. */
export function alsoMentioned(code: string): Judgement {
  return talkedAbout(code, commandStrength(code, "none"));
}

function talkedAbout(code: string, strength: number): Judgement {
  return mention(code, strength, "The sentence talks about this command.");
}

/** Only a program with arguments is worth a question; a lone name is part of the sentence. */
function mention(code: string, strength: number, reason: string): Judgement {
  return strength >= 1 && /\s/.test(code.trim()) ? { is: "mention", confidence: 0.2, reason } : NOTHING;
}

/** The code is all there is in its paragraph. */
function standsAlone(before: string, after: string): boolean {
  return before.trim() === "" && /^\s*[.;]?\s*$/.test(after);
}

/** "Look at the disks: `df`" and nothing behind it. */
function closesLine(before: string, after: string): boolean {
  return /[:→]\s*$/.test(before) && /^\s*[.)]?\s*$/.test(after);
}

/** The same between typed quotes: “x” does not help. */
export function isTalkedAboutIn(before: string, after: string): boolean {
  const bare = before.replace(/["“«]\s*$/, "");
  return !RUN_VERB.test(bare) && isTalkedAbout(bare, after.replace(/^["”»]/, ""));
}

/** "[ ] `x` shows y": to be ticked once it was run. */
const CHECKBOX = /^\s*\[[ xX]\]\s*$/;

/** "Trigger:" is the name of a field, though the word is a verb as well. */
const FIELD_NAME = /^\W*(?:trigger|issue|note|record|report|result|type|plan|cause|test)s?\W*:\W*$/i;

/** "`x` may show ...", "stuck `x` processes": the sentence is about the command. */
function isTalkedAbout(before: string, after: string): boolean {
  if (CHECKBOX.test(before)) return false;
  return (
    TALKED_ABOUT.test(before) ||
    ((VERB_BEHIND.test(after) || /\beg\s*$/.test(before)) && !(isInstruction(before) && !FIELD_NAME.test(before)))
  );
}
