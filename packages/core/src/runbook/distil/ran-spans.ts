// Judges marked code that orders nothing but was run: "`x` says no leader" in a chat, "She purges by key, `x`" in a review.
// The text around a span goes in, a yes or no comes out. A review tells what was done, so there only what speaks against it counts;
// in a chat the words must say that somebody ran it.

import { looksLikeUnknownProgram } from "../commands/command-shape.ts";
import { commandStrength } from "../commands/command-strength.ts";

/** `review`: a section that tells what was done. */
export type Manner = "chat" | "review";

const MAX_OPENING = 60;
/** Words that begin a message without saying anything. */
const OPENS = /^(?:[^\w\uFFFC]|\b(?:ok(?:ay)?|hm+|so|yeah|yes|yep|well|and|but|now|still|ah+|oh|fyi|also)\b)*$/i;
const REPORTS =
  /^\s*(?:(?:still|now|also|only|just|then) )?(?:says?|said|shows?|showed|gives?|gave|returns?|returned|reports?|reported|prints?|printed|lists?|listed|answers?|answered|claims?|claimed|tells? me|told me|found|comes? back|came back|worked|helped|fixed (?:it|that)|did (?:it|the trick)|sagt|zeigt|liefert|muestra|devuelve|dice|affiche|renvoie|mostra|retorna)(?![\p{L}\p{N}])(?!\s+(?:you|how|whether|which|what|if|when|all (?:the )?\w+s? (?:of|in|that))\b)/iu;

/** "the nightly job calls `x`", "the playbook says to run `x`": nobody typed it. */
const PROGRAM =
  /\b(?:jobs?|pipelines?|scripts?|cron\w*|deploy(?:s|ment)?|releases?|hooks?|timers?|units?|playbooks?|runbooks?|docs?|documentation|wiki|pages?|templates?|operators?|controllers?|agents?|bots?|workflows?|actions?|ansible|terraform|puppet|chef|ci|alerts?|monitor\w*|probes?|health ?checks?|exporters?|services?|migrations?)\s+(?:\w+ ){0,3}?(?:runs?|ran|running|calls?|called|calling|starts?|started|executes?|executed|invokes?|invoked|triggers?|triggered|uses?|used|does|did|says?|said|tells?|told|recommends?|recommended|contains?|contained|had)\b(?:(?!\b(?:and|so|then|until|we|i|he|she|they|who)\b)[^.;,:]){0,40}[:\s]*$/i;
const BY_ITSELF =
  /\b(?:caused|triggered|started|created|written|generated|run|invoked|executed|spawned|scheduled|forked|killed|left) (?:by|from)(?: an?| the)?\s*$|\b(?:instead of|rather than|equivalent (?:of|to)|similar to|same as|alias (?:of|for)|known as|such as|like|e\.g\.)\s*$/i;
const NOT_DONE =
  /\b(?:nobody|no one|never|had not|hadn['’]t|has not|hasn['’]t|have not|haven['’]t|did not|didn['’]t|was not|wasn['’]t|not yet|without|forgot(?:ten)?|could(?! (?:see|tell|confirm|reproduce|verify|find))(?: not|n['’]t)?|should(?: not|n['’]t)?|would(?: not|n['’]t)?|might|must|will|planned|(?:was|were) (?:proposed|suggested|considered|discussed)|(?:proposed|suggested|considered|discussed) to)\b(?:(?!\b(?:until|so|then)\b)[^.;:,]){0,60}$/i;
const NOUN_BEHIND =
  /^\s*(?:process(?:es)?|jobs?|cron(?:job)?s?|daemons?|(?:is|are|was|were) (?:stuck|still running|scheduled|triggered|called|part of)|hangs? (?:when|whenever|if)|options?|flags?|metrics?|alerts?|fires|fired|firing)\b/i;

/** A whole command: a program with arguments, or one that nobody here knows with an option. */
export function isComplete(code: string): boolean {
  const text = code.trim();
  if (!/\s/.test(text) || text.length > 2000) return false;
  return commandStrength(text, "none") >= 1 || (/\s--?[a-z][\w-]*[= ]\S/i.test(text) && looksLikeUnknownProgram(text));
}

/**
 * @param opening - the text in front, from the start of the line
 * @param sentence - the same from the start of the sentence
 * @param behind - the text behind
 */
export function wasRun(manner: Manner, opening: string, sentence: string, behind: string): boolean {
  const opens = OPENS.test(opening) || /^[^.!?]*:\s*$/.test(opening);
  return manner === "chat" ? opening.length <= MAX_OPENING && opens && REPORTS.test(behind) : !isOnlyNamed(sentence, behind);
}

/** A program ran it, or the sentence says that nobody did. */
export function isOnlyNamed(sentence: string, behind: string): boolean {
  return PROGRAM.test(sentence) || BY_ITSELF.test(sentence) || NOT_DONE.test(sentence) || NOUN_BEHIND.test(behind);
}
