// Text goes in, words as the index keeps them come out: split where a name changes case, lower case, cut down to their stem.
// The same for alerts and runbooks, so that KubePodCrashLooping, "pod crash-looping" and `kube_pod_crash_loop` meet. Linear in the text.

/** Longest text that is read of any field; what is behind it decides nothing. In UTF-16 code units. */
const maxText = 60_000;
/** Longer words are hashes, tokens or noise. */
const maxWord = 40;

const LETTER = /[\p{L}\p{N}]/u;
const PART = /[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+(?:xx|XX)?|[^A-Za-z\d]+/g;
/** VMIs, PVCs: an acronym in the plural is one word. */
const PLURAL_ACRONYM = /^[A-Z]{2,}s$/;
const STATUS_CODE = /^(?:[45]\d\d|[45]xx)$/;

const stopWords = new Set(
  (
    "a about after again all also am an and any are as at be because been before being between both but by can could did do does doing during each etc every " +
    "few for from further had has have having he her here how i if in into is it its itself just let may me might more most must my nor now of on once only or " +
    "other our own per same she should so some such than that the their them then there these they this those through to too until us very via was we were " +
    "what when where which while who whom why will with within would you your minute minutes min hour hours hr second seconds day days week last past"
  ).split(" "),
);

/** One word of a text. */
export interface Word {
  /** Stem, lower case. */
  readonly stem: string;
  /** As written, in lower case. */
  readonly word: string;
  /** Joined with the word before it in the same written word, where there is one: `kubevirt` for the `Virt` of KubeVirt. */
  readonly joined: string | null;
}

const stems = new Map<string, string>();
/** The cache is a matter of speed alone; hostile texts must not make it grow for ever. */
const maxStems = 50_000;

/** A word of lower case -> its stem. Light: endings that do not change what is meant. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= maxStems) stems.clear();
  const stem = cut(word);
  stems.set(word, stem);
  return stem;
}

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(ss|x|ch|sh)es$/, "$1"],
  [/ies$/, "y"],
  [/([^su])s$/, "$1"],
];
const LONG_ENDINGS = /(?:ations?|ators?|ating|ated|ates?|ions?|ings?|ed|ments?|ly|ness)$/;

/** Names that an ending taken away would make another word. */
const whole = new Set(["nats", "rails", "kinesis", "windows", "aws"]);

function cut(word: string): string {
  if (word.length <= 3 || /[^a-z]/.test(word) || whole.has(word)) return word;
  let stem = word;
  for (const [ending, by] of ENDINGS) stem = stem.replace(ending, by);
  const shorter = stem.replace(LONG_ENDINGS, "");
  if (shorter.length >= 3 && /[aeiouy]/.test(shorter)) stem = shorter;
  // "stopp" of stopping, "scrap" of scraping and "scrape" meet without the doubled letter and the last e.
  return stem.replace(/([bdfgklmnprtz])\1$/, "$1").replace(/([^aeiou])[ey]$/, "$1");
}

/** Calls `visit` with every run of letters and digits of the text, in order. */
export function eachWritten(text: string, visit: (written: string) => void): void {
  const end = Math.min(text.length, maxText);
  let from = -1;
  for (let at = 0; at <= end; at += 1) {
    const inside = at < end && isWordUnit(text.charCodeAt(at), text, at);
    if (inside && from < 0) from = at;
    else if (!inside && from >= 0) {
      visit(text.slice(from, at));
      from = -1;
    }
  }
}

/** ASCII is told by its code: every byte of a library passes through here. */
function isWordUnit(code: number, text: string, at: number): boolean {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  return LETTER.test(text.charAt(at));
}

/** The words of one run of letters and digits, without words that say nothing. */
export function partsOf(written: string): readonly Word[] {
  const found: Word[] = [];
  if (written.length > maxWord) return found;
  if (!needsSplitting(written)) {
    addWord(written.toLowerCase(), null, found);
    return found;
  }
  let before = "";
  for (const part of written.match(PART) ?? []) {
    const low = part.toLowerCase();
    addWord(low, before === "" ? null : before + low, found);
    before = low;
  }
  return found;
}

/** The words of a text in their order. */
export function wordsOf(text: string): readonly Word[] {
  const found: Word[] = [];
  eachWritten(text, (written) => found.push(...partsOf(written)));
  return found;
}

/** KubePod, etcdDown and CDINotReady have seams; kubelet, API, VMIs and k8s have none. */
function needsSplitting(written: string): boolean {
  return /[a-z][A-Z]|[A-Z]{2}[a-z]|[a-z]\d{3}|\d(?:xx|XX)/.test(written) && !PLURAL_ACRONYM.test(written);
}

function addWord(word: string, joined: string | null, found: Word[]): void {
  if (stopWords.has(word) || isNoise(word)) return;
  found.push({ stem: stemOf(word), word, joined });
}

/** Numbers say how much, not what; the codes of HTTP are names. Long mixtures of digits and letters are ids. */
function isNoise(word: string): boolean {
  if (/^\d/.test(word)) return !STATUS_CODE.test(word);
  return word.length === 1 || (word.length > 8 && (word.match(/\d/g) ?? []).length > 2);
}

/** Letters and digits of a name alone, lower case: how two spellings of one name are compared. */
export function bareName(name: string): string {
  return name
    .slice(0, 300)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
