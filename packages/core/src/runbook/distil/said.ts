// What people say about something that was tried: it did not help, it worked, it was taken back, do not do it.
// The plain text of a message or a sentence goes in; the words that say it come out, or null. Only what is said counts, nothing is guessed from a command.

const FAILED =
  /\b(?:did(?: no|n['’]?)t|does(?: no|n['’]?)t|has(?: no|n['’]?)t|have(?: no|n['’]?)t|had(?: no|n['’]?)t|won['’]?t|would(?: no|n['’]?)t|do(?: no|n['’]?)t)(?: \w+){0,2}? (?:help(?:ed)?|work(?:ed)?|fix(?:ed)?|change(?:d)?|do (?:anything|much|it|the trick)|make (?:a|any) difference|made (?:a|any) difference|take|stick|seem to (?:help|work))\b|\b(?:made )?no (?:difference|change|effect|luck|joy|dice|improvement|good|use)\b|\b(?:to no avail|in vain|without (?:any )?(?:success|effect|luck|result)|no better|not (?:any )?better|not help(?:ing|ful)|nothing changed|changed nothing|made (?:it|things) (?:even )?worse|did (?:absolutely |exactly |just )?nothing|does nothing|(?:got|is|it['’]?s) (?:even )?worse|same (?:error|errors|result|thing|problem|issue|symptoms?|as before|again|story)|still the same|failed again|fail(?:ed|s) with)\b|\b(?:hat (?:leider )?(?:nichts?|nicht) (?:geholfen|gebracht)|half (?:leider )?nicht|bringt nichts|ohne erfolg|no (?:ayudó|funcionó|sirvió)|sin éxito|n['’]a (?:rien|pas) (?:changé|aidé|marché|fonctionné)|sans (?:succès|effet)|hat (?:gar )?nichts gemacht|no hizo nada|n['’]a rien fait|não fez nada|não (?:ajudou|funcionou|adiantou|resolveu)|sem sucesso)\b/iu;
/** A whole message. */
const SAME =
  /^\W*(?:(?:nope|no|nah|hm+|meh|ugh|damn)\b[,.! ]*)?(?:still )?(?:(?:the )?same\b(?: here)?|no|nope|nah|nothing|nada|refused|rejected|vetoed|declined)[\s.!:(]*$/i;
const STILL =
  /\bstill (?:down|failing|fails?|broken|broke|stuck|not|no|nothing|getting|seeing|timing|hang(?:s|ing)?|\d{3}s?|pending|crash\w*|red|rising|growing|climbing|there|happening|erroring|refus\w*|unhealthy|degraded|firing|high)\b/i;
/** What a command prints when it could not do what it was told. */
const ERROR_LINE =
  /^\W*(?:error(?: from server)?|fatal|panic|err)\b\s*[:([]|^(?:-?bash|zsh|sh): .*(?:not found|denied|no such file)|\b(?:command not found|permission denied|access denied|accessdenied|forbidden|unauthorized|unknown (?:flag|command|option|subcommand)|unrecognized (?:option|arguments?)|invalid (?:option|argument|value)|usage:|does not have (?:permission|access)|doesn['’]t have a resource type|an error occurred)\b/iu;

const REVERTED =
  /\b(?:reverted|reverting(?: (?:it|that|this))?|undid|undone|undoing (?:it|that|this)|rolled (?:it|that|this) back|rolling (?:it|that|this) back|backed (?:it|that|this) out|(?:took|taken|taking) (?:it|that|this) (?:out|back|off)(?: again)?|put (?:it|that|this) back (?:to|the way|as it)|changed (?:it|that) back|set (?:it|that) back|removed (?:it|that) again|zurück(?:genommen|gerollt|gesetzt)|rückgängig gemacht|revertido|annulé)\b/iu;

const WORKED =
  /(?<!\b(?:not|never|isn['’]t|isnt|no longer|won['’]?t|if it|if that|until it) )\b(?:works\b|work (?:again|now|fine)|working (?:again|now|fine)|worked|did (?:it|the trick)|fixed|resolved|solved|recover(?:ed|ing|s)|gone(?! (?:up|to))|all green|green|healthy|normal(?: again)?|back(?: up| to| online| again| under| below| within| at| in)|it['’]?s back|is back|are back|up again|came (?:back|up)|(?:looks?|all) good|(?:going|went|goes|dropped|dropping|coming|came) down\b|down to|draining|dropping|ready|running again|stable|quiet|cleared|(?:flowing|serving|answering|processing|sending|online) again|geht wieder|läuft wieder|behoben|funciona|resuelto|remarche|rétabli|resolvido|voltou)\b|^\W*(?:0|zero|none) (?:now|left|errors?)\b|[:=](?:true|ok|ready|running|healthy)\b|\b\d+\/\d+ (?:ready|running|up)\b|👍|✅|🎉/iu;
const FOUND =
  /\b(?:hangs?|hanging|refused|times? out|timed out|timeout|nothing(?: back)?|empty|denied|full|shows?|showed|says|said|reports|returns?|returned|prints?|gives|gave|differ(?:s|ed|ent)?|mismatch\w*|missing|stale|expired|exit code|lag of|\d{3,}|\d+(?:\.\d+)? ?(?:%|ms|s|k|kb|mb|gb|g|m|conns?|connections?|errors?|messages?|rows?|pods?))\b/i;
const QUESTION = /\?\s*(?:$|[\p{Extended_Pictographic}\s]+$)/u;

const NO =
  /^\W*(?:no|nope|nah|don['’]?t|do not|please (?:don['’]?t|do not)|pls don['’]?t|stop|wait|hold on|not yet|bad idea|careful|better not|rather not|nein|nicht|bitte nicht|non|não)\b/iu;
const YES =
  /^\W*(?:\+1|👍|✅|yes|yep|yeah|yup|sure|go(?: ahead| for it)?|do (?:it|that)|please(?: do)?|ok(?:ay)?|k|agreed?|lgtm|sgtm|sounds good|makes sense|doing (?:it|that)|done|on it|did (?:it|that)|ran (?:it|that)|ja|sí|si|oui|sim|mach|machen)(?![\p{L}'])/iu;
const PROPOSAL =
  /\b(?:should (?:i|we)|shall (?:i|we)|could (?:we|you|i|someone)|can (?:we|you|someone)|maybe|perhaps|what (?:about|if)|how about|why not|want me to|do we want|i(?:['’]?d| would) (?:just |rather |simply )?(?:try|run|do|bounce|restart|suggest)|we could|you could|might (?:want|try|be worth)|worth (?:a try|trying)|suggest(?:s|ed|ing)?|propos(?:es?|ed|ing)|wonder(?:s|ed|ing)?|consider(?:s|ed|ing)?|ask(?:s|ed) (?:if|whether)|think(?:s|ing) about|thought about|discuss(?:es|ed)?|wanted to|let['’]?s not|sollen wir|soll ich|vielleicht|quizás|podemos|peut-être|talvez)\b/iu;
/** "will do x tomorrow": nothing of this incident. */
const LATER =
  /\b(?:tomorrow|next (?:week|sprint|time|month)|later today|on monday|follow[- ]?up|after the incident|some ?day|morgen|mañana|demain|amanhã)\b/i;

const FALLBACK =
  /^\W*(?:(?:and|but|so) )?(?:if|in case|should|falls|wenn|sollte)\s+(?!(?:you|u|anyone|anybody|someone|somebody|i|we|du|jemand)\b)\S+\s+\S/iu;
const ORDER =
  /[\s,:;](?:don['’]?t|do not|never|ping|call|page|ask|tell|wake|escalate|contact|restart|stop|wait|retry|repeat|re-?run|leave|open|fail over|roll back|reboot|nicht|ruf|frag|melde|starte)\s+\S/iu;
const SOMEBODY_WILL = /\b(?:i|we|he|she|they|it|that)(?:['’](?:ll|d)| will| would| can| could| should| don['’]?t| have to)\b/iu;
/** A proposal that the same sentence turns down. */
const TURNED_DOWN =
  /^[\s`)"”,;.–—-]*(?:but )?(?:(?:was|were|got|is|we) )?(?:refused|rejected|vetoed|declined|turned down|abgelehnt|rechazad[oa]|refusée?|recusad[oa])\b/iu;
/** "btw, ...": about something else, unless it says what came of this. */
const ASIDE =
  /^\W*(?:btw|by the way|side ?note|unrelated|apropos|übrigens|por cierto|au fait|a propósito)\b(?!.*\b(?:that|this|it) (?:worked|fixed|helped|did)\b)/iu;
/** What a program prints when all went well; as all of a message. */
const PRINTED_OK = /^(?:OK|PONG|QUEUED|true|\(integer\) \d+|200(?: OK)?|Query OK\b.*)$/;
/** Somebody does something, in a sentence that names no command. */
const DOING =
  /\b(?:he|she|we|they|i|\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+)?)\s+(?:(?:then|also|manually|quickly|again)\s+)?(purg|restart|reboot|scal|roll|revert|fail|drain|stopp?|start|kill|delet|clear|flush|disabl|enabl|switch|increas|rais|replac|redeploy|deploy|block|turn|reset|click|empt|mov|recreat|powercycl|power-cycl|swap)(?:e?[sd]|ed|es)\b/u;

/** "no" alone: it depends on what was asked. */
export function isBareNo(text: string): boolean {
  return /^\W*(?:no|nope|nah)[\s.!:(]*$/i.test(text);
}

/** "did that help?", "better now?" */
export function asksForOutcome(text: string): boolean {
  return isQuestion(text) && /\b(?:help(?:ed)?|works?|working|better|fixed|gone|back|up|good|ok)\b/i.test(text);
}

/** The words that say it did not help; null when none do. */
export function saysFailed(text: string): string | null {
  return wordsOf(SAME, text) ?? wordsOf(FAILED, text);
}

/** "still failing", "error: ...": the thing looked at is as bad as before, or the command did not run. */
export function saysStill(text: string): string | null {
  return wordsOf(STILL, text);
}

export function saysError(text: string): string | null {
  return wordsOf(ERROR_LINE, text);
}

export function saysReverted(text: string): string | null {
  return wordsOf(REVERTED, text);
}

export function saysWorked(text: string): boolean {
  return !isQuestion(text) && WORKED.test(text) && saysFailed(text) === null;
}

/** A result that is neither good nor bad: "just hangs", "8000 connections". */
export function saysFound(text: string): boolean {
  return text.length <= 200 && !isQuestion(text) && FOUND.test(text);
}

export function isQuestion(text: string): boolean {
  return QUESTION.test(text.trim());
}

export function saysNo(text: string): boolean {
  return NO.test(text) && !/^\W*no (?:problem|worries|idea)\b/i.test(text);
}

export function saysYes(text: string): boolean {
  return YES.test(text);
}

export function isProposal(text: string): boolean {
  return PROPOSAL.test(text);
}

/** What is to be done in some case: "if it fails again don't retry, ping the team". Not what somebody will do, nor what helps a person. */
export function isFallback(text: string): boolean {
  const [sentence = ""] = text.split(/(?<=[.!?])\s/, 1);
  return FALLBACK.test(sentence) && ORDER.test(sentence) && !SOMEBODY_WILL.test(sentence) && !isQuestion(text) && !isForLater(sentence);
}

export function turnsDown(text: string): boolean {
  return TURNED_DOWN.test(text);
}

export function isAside(text: string): boolean {
  return ASIDE.test(text.slice(0, MAX_READ));
}

export function isPrintedOk(text: string): boolean {
  return PRINTED_OK.test(text.trim());
}

/** The stem of the verb that says what somebody did ("purg", "restart"); null when nobody did anything. */
export function saysDoing(text: string): string | null {
  return DOING.exec(text.slice(0, MAX_READ))?.[1] ?? null;
}

export function isForLater(text: string): boolean {
  return LATER.test(text);
}

const MAX_READ = 2000;
/** "if that does not help": nobody says that it did not. */
const IN_CASE = /\b(?:if|when|unless|in case|should|until|whether|falls|wenn|si|se|quando|cuando)\b[^.!?;:]*$/i;

function wordsOf(pattern: RegExp, text: string): string | null {
  const read = text.slice(0, MAX_READ);
  const match = pattern.exec(read);
  if (match === null || !IN_CASE.test(read.slice(Math.max(0, match.index - 80), match.index))) return match?.[0].trim() ?? null;
  const from = match.index + Math.max(1, match[0].length);
  return wordsOf(pattern, read.slice(from));
}
