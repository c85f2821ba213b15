// Tells whether the words around a command, or above it, forbid it: "be careful not to run", "`x`: never", "What not to do".
// A sentence cut at the command, or a label, goes in; yes or no comes out. What turns the sense round ("until", "without") ends the search.

const REACH = "[^.,;:!?]{0,60}$";
const DO = "(?:run|use|execute|call|issue|type|paste|copy|start|delete|touch|try|apply|restart|stop|kill|invoke)";

const BEFORE: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:never|do not|don['’]t|must not|mustn['’]t|should not|shouldn['’]t)(?:, [^,.;:]{1,50},)? (?:ever |\w+ly )?${DO}\b${REACH}`,
    "i",
  ),
  new RegExp(String.raw`(?<!\b(?:or|if) )\bnot to ${DO}\b${REACH}`, "i"),
  new RegExp(String.raw`\b(?:forbidden|prohibited|not (?:allowed|permitted|recommended|advisable)|never a good idea) to\b${REACH}`, "i"),
  new RegExp(String.raw`\b(?:there is |there's )?no (?:need|reason) to ${DO}\b${REACH}`, "i"),
  new RegExp(String.raw`\b(?:(?:do not|don['’]t) (?:(?:need|have) to )?|need not |needn['’]t )${DO}\b${REACH}`, "i"),
  new RegExp(String.raw`\b(?:no one|nobody|no-one) (?:should|may|must|can|is allowed to)(?: ever)? ${DO}\b${REACH}`, "i"),
  new RegExp(String.raw`\b(?:no longer|(?:we|they|people) used to) ${DO}\b${REACH}`, "i"),
  new RegExp(
    String.raw`\b(?:resist the (?:urge|temptation) to|beware of|watch out for|cancel any(?: running)?|accidentally ran|last time[^.;:]{0,40} ran)\b${REACH}`,
    "i",
  ),
  /\bwhat (?:you|we) (?:should|must|may|can) (?:not|never) (?:do|run|use|try)\W*$/i,
  /\bhabit of (?:running|using|executing)\b[^.,;:!?]{0,60}$/i,
  /^\W*without (?:running|using|executing|calling)(?: the| a)?\s*$/i,
  /^\W*(?:deprecated|obsolete|forbidden|prohibited|wrong|never|don['’]t|do not)\s*[:–—-]\s*$/i,
  /^[^\p{L}\p{N}]*(?:❌|🚫|⛔|✗|✘)[^\p{L}\p{N}]*(?:run|use|execute)?[^\p{L}\p{N}]*$/iu,
  /(?:^\W*nicht|\b(?:auf keinen fall|keinesfalls|unter keinen umständen)\b[^.,;:]{0,60})\s*$/iu,
  /(?:^|[\s¡(])no (?:ejecut|us|utilic|utiliz|lanc|corr|borr|llam|hag)\p{L}*[^.,;:]{0,60}$/iu,
  /(?<!\p{L})(?:ne pas (?!oubli|hésit)\p{L}+|(?:ne |n['’])(?!oubli|hésit)\p{L}+ (?:pas|jamais|plus))[^.,;:]{0,60}$/iu,
  /(?<!\p{L})n[ãa]o (?:execut|us|rod|utiliz|fa[çz]|chame|apag)\p{L}*[^.,;:]{0,60}$/iu,
  /(?<!\p{L})non (?:esegu|us|utilizz|lanci|avvi|cancell|fare|fate)\p{L}*[^.,;:]{0,60}$/iu,
];

/** "is used to", "until", "without": the sentence says what is needed, not what is refused. */
const TURNS = /\b(?:until|instead,|but|before|unless|then|forget to|hesitate to|without (?:first )?(?:running|using)|sin antes|sans)\b/i;

const BEHIND: readonly RegExp[] = [
  /^\s*(?:[:–—-]|\()?\s*(?:(?:is|are) )?(?:strictly |absolutely |explicitly )?(?:forbidden|prohibited|banned|not (?:allowed|permitted))\b/i,
  /^\s*(?:[:–—-]|\()\s*(?:please )?(?:never|don['’]?t|do not)(?: ever)?(?: (?:run|use|do|execute|try)(?: (?:this|it|that|these))?)?\s*(?:[.!)]|$|\b(?:here|in prod\w*|on prod\w*)\b)/i,
  /^\s*(?:shouldn['’]t|mustn['’]t|may not|cannot) (?:ever )?be (?:run|used|executed|called)\b/i,
  /^\s*,?\s*but (?:we )?no longer\b/i,
  /^\s*(?:nunca|jamás|jamais)\s*(?:[.!]|$)/iu,
  /^\s*(?:を|は)?\s*(?:絶対に)?(?:実行|使用|利用)?(?:しない|しないで|禁止|使わない|しては(?:いけない|ならない|いけません))/u,
];

/** A word of one of the patterns above: most sentences have none. */
const MAY_FORBID =
  /\bn(?:[eo]|o[nt]|ever|eed|obody|icht)\b|\bn(?:[ãa]o|['’])|n['’]t\b|forbidden|prohibited|used to|resist|beware|habit of|watch out|cancel|accidentally|last time|without|deprecated|obsolete|wrong|❌|🚫|⛔|✗|✘|keinesfalls|keinen/i;

/** @param before - the sentence up to the command; `after` - what follows it */
export function forbidsAround(before: string, after: string): boolean {
  if (BEHIND.some((pattern) => pattern.test(after))) return true;
  if (!MAY_FORBID.test(before)) return false;
  return BEFORE.some((pattern) => {
    const found = pattern.exec(before)?.[0];
    return found !== undefined && !TURNS.test(found);
  });
}

const LABEL =
  /^\W*(?:(?:please )?(?:never|do not|don['’]?t)(?:,? ever)?(?: (?:do|run|use|execute|try))?(?: (?:this|that|these|it|any of (?:this|these)|the following(?: commands?)?))?(?: (?:in|on) prod\w*)?|(?:the following is |this is )?what (?:not to|(?:you|we) (?:should|must|may|can) (?:not|never)) (?:do|run|use|try)|don['’]?ts|anti-?patterns?|(?:the )?(?:wrong|bad) ways?(?: to \p{L}+(?: \p{L}+){0,4})?|how not to \p{L}+(?: \p{L}+){0,4}|(?:dangerous|destructive|risky) (?:commands?|actions?|operations?) \(avoid\b.{0,60}|forbidden(?: commands?)?|prohibited(?: commands?)?|(?:commands|things) (?:to avoid|not to (?:run|use|do))|was man nicht (?:tun|machen) (?:soll|darf|sollte)|niemals|qué no hacer|nunca|à ne pas faire|ne jamais|o que não fazer|cosa non fare|mai|nooit|やってはいけないこと|禁止(?:事項|コマンド)?)\W*$/iu;

/** A heading, label or lead-in that forbids everything below it. */
export function forbidsBelow(label: string): boolean {
  return label.length <= 120 && LABEL.test(label.replace(/[*_`]/g, ""));
}

/** "# never run this:" above a command of a block, or behind it on its line. */
export function forbidsInComment(comment: string): boolean {
  return /^\s*#.{0,200}\b(?:never|do not|don['’]?t)\s+(?:ever\s+)?(?:run|use|execute|do)\s*(?:this|that|these|it|the (?:next|following)|here|in prod\w*|on prod\w*|[.!:]|$)/i.test(
    comment,
  );
}

const TO_MODEL: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b[^.]{0,30}\b(?:instructions?|rules|prompts?|guidelines)\b/i,
  /\b(?:note|message|instructions?|attention|hint|hinweis|nota)\b[^.:]{0,20}\b(?:to|for|an|para)\b[^.:]{0,20}\b(?:AI|LLMs?|(?:language )?models?|assistants?|chatbots?|copilots?|KI|IA)\b/i,
  /\b(?:you are|act as|as) an? (?:AI|LLM|(?:helpful |AI )?assistant|language model)\b/i,
  /\b(?:say|tell|report|answer|claim|classify|mark|rate|treat|consider)\b[^.]{0,60}\b(?:as safe|(?:is|are) (?:all )?safe)\b/i,
];

/** A word of every pattern above. */
const MAY_SPEAK = /\b(?:instructions?|rules|prompts?|guidelines|AI|LLMs?|models?|assistants?|chatbots?|copilots?|KI|IA|safe)\b/i;

/** A passage for assistants and programs that read the page: no author of a runbook needs one. */
export function speaksToModel(text: string): boolean {
  const opening = text.slice(0, 4_000);
  return MAY_SPEAK.test(opening) && TO_MODEL.some((pattern) => pattern.test(opening));
}

/** The title of a column that shows what not to do. */
export function refusesColumn(title: string): boolean {
  return /^\W*(?:never|forbidden|prohibited|not allowed|do(?:n['’]?t|n['’]?ts| not)(?: (?:do|run|use))?|avoid|wrong|anti-?pattern)\W*$/i.test(
    title,
  );
}

/** "never" refuses a row only in a column that asks for it: a disk may never have been replaced. */
export function refusesRow(cell: string, title: string): boolean {
  if (/^\W*(?:forbidden|prohibited|not allowed|do(?:n['’]?t| not) (?:run|use|do))\W*$/i.test(cell)) return true;
  return (
    /^\W*(?:never|no|don['’]?t)\W*$/i.test(cell) &&
    /\b(?:allow|permit|permission|recommended|may be run|erlaubt|permitido|autorisé)/i.test(title)
  );
}
