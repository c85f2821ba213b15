// Reads the line with which a chat message begins: who and when, in the copies of Slack, Teams, Discord, Google Chat, Mattermost and IRC.
// One line goes in; the author, the time and the text behind them come out, or null. It only reads shapes; chat-messages.ts decides which count.

/** When a message was written, as far as its header says. */
export interface ChatTime {
  /** The day as a number that grows with time, when the header has a date with a year; else its text, else null. */
  readonly day: number | string | null;
  /** Minutes since midnight. */
  readonly minute: number;
}

export interface ChatHeader {
  /** Null when the line has only a time: the author before goes on. */
  readonly author: string | null;
  readonly time: ChatTime | null;
  /** Posted by a program, or by the chat itself ("has joined"). */
  readonly automatic: boolean;
  /** The message, where it stands on the same line. */
  readonly text: string;
  /** `strong`: no sentence looks like this; `weak`: it could be the end of one; `inline`: a log line with the message behind the name. */
  readonly shape: "strong" | "weak" | "inline";
}

const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|ene|abr|ago|dic";
const DATE = [
  String.raw`today|yesterday|heute|gestern|hoy|ayer|aujourd'hui|hier|hoje|ontem`,
  String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4}|\.)?`,
  String.raw`(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:,? +(?:${MONTHS})[a-z]*\.? +\d{1,2}(?:st|nd|rd|th)?)?`,
  String.raw`(?:${MONTHS})[a-z]*\.? +\d{1,2}(?:st|nd|rd|th)?(?:,? +\d{4})?|\d{1,2}\.? +(?:${MONTHS})[a-z]*\.?(?: +\d{4})?`,
].join("|");
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d{1,6})?(?:[ \u00A0\u202F]?([AP])\.?M\b\.?)?(?: ?(?:UTC|GMT|Z|CES?T))?`;
const WHEN = String.raw`(?:(${DATE})(?:[ T,\u00A0]+|, )(?:at |um |à )?)?${CLOCK}`;
const NAME = String.raw`\p{L}[\p{L}\p{N}._'’()-]*(?: [\p{L}\p{N}(][\p{L}\p{N}._'’()-]*){0,4}(?:, \p{Lu}[\p{L}.]*)?`;
const NICK = String.raw`[~&@%+]?[\p{L}_\[\]\\^{}|\x60][\p{L}\p{N}_\[\]\\^{}|\x60.-]{0,31}`;
const BADGE = String.raw`(\s+(?:APP|BOT|✓ APP|Bot|App))?`;

const at = (pattern: string): RegExp => new RegExp(pattern, "iu");
/** "jules.w [3:07 AM]", "Dana Petrov — Today at 3:07 PM", "dana  2:25 AM", "Dana Petrov, 10:02 AM" */
const BEHIND = at(String.raw`^\s*(${NAME})${BADGE}(\s*\[|\s+[-–—|•·]\s+|\s{2,}|\t|, | )${WHEN}\]?\s*$`);
/** "[11.05.2025 21:14] Vega, R.", "2025-05-11 21:14 Vega, R." */
const BEFORE = at(String.raw`^\s*(?:\[${WHEN}\]|(?=\d{4}-|\d{1,2}[./]\d{1,2}[./])${WHEN})\s+@?(${NAME})${BADGE}:?\s*$`);
/** "23:46", "[3:10]", "  23:41" */
const TIME_ONLY = at(String.raw`^\s*\[?${WHEN}\]?\s*$`);
const STAMP = String.raw`(?:\[${WHEN}\]|${WHEN})`;
/** "[10:02] <nick> text" */
const ANGLED = at(String.raw`^\s*(?:${STAMP}\s+)?<(${NICK})>\s(.*)$`);
/** "10:02 nick | text", "10:02<tab>nick<tab>text" */
const BARRED = at(String.raw`^\s*${STAMP}\s+(${NICK})(?: +[|│] ?|\t)(.*)$`);
/** "[10:02] nick: text", "11.05.25, 21:14 - Dana P.: text" */
const COLONED = at(String.raw`^\s*${STAMP}(?:\s+[-–]\s+|\s+)(${NAME}|${NICK}):\s+(\S.*)$`);
/** "10:02 -!- nick has joined", "10:02 --> nick", "10:02 * nick waves" */
const NOTICE = at(String.raw`^\s*${STAMP}\s+(?:-!-|-->|<--|\*{3}|\*(?= ${NICK} \p{L}))\s.*$`);

const LOG_LEVEL =
  /^(?:info|warn|warning|error|err|debug|fatal|trace|notice|crit|critical|kernel|stdout|stderr|note|todo|step|status|result|output)$/i;
const PREPOSITION = /(?:^|\s)(?:at|around|since|until|till|by|from|before|after|about|past|for|to|um|bis|ab|seit)$/i;
const BOT_NAME = /(?:^|[\s._-])(?:bot|app|pagerduty|opsgenie|grafana|alertmanager|github|jira|slackbot)$|\wbot$/i;

const MAX_HEADER = 140;

export function readChatHeader(line: string): ChatHeader | null {
  if (!/\d:\d\d|^\s*<\S/.test(line.slice(0, MAX_HEADER))) return null;
  return readInline(line) ?? (line.length <= MAX_HEADER ? (readOwnLine(line) ?? readTimeOnly(line)) : null);
}

function readOwnLine(line: string): ChatHeader | null {
  return readBehind(line) ?? readBefore(line);
}

function readBehind(line: string): ChatHeader | null {
  const match = BEHIND.exec(line);
  const [name = "", badge = "", gap = ""] = match?.slice(1, 4) ?? [];
  if (match === null || PREPOSITION.test(name)) return null;
  const half = match[7];
  return header(name, badge, timeOf(match.slice(4, 8)), gap === " " && half === undefined ? "weak" : "strong");
}

function readBefore(line: string): ChatHeader | null {
  const match = BEFORE.exec(line);
  if (match === null) return null;
  const [name = "", badge = ""] = match.slice(9, 11);
  return header(name, badge, timeOf(match.slice(1, 5)) ?? timeOf(match.slice(5, 9)), "strong");
}

function header(author: string, badge: string, time: ChatTime | null, shape: ChatHeader["shape"]): ChatHeader {
  return { author, time, automatic: badge.trim() !== "" || BOT_NAME.test(author), text: "", shape };
}

function readTimeOnly(line: string): ChatHeader | null {
  const match = TIME_ONLY.exec(line);
  if (match === null) return null;
  return { author: null, time: timeOf(match.slice(1, 5)), automatic: false, text: "", shape: "weak" };
}

function readInline(line: string): ChatHeader | null {
  const match = ANGLED.exec(line) ?? BARRED.exec(line) ?? COLONED.exec(line);
  if (match === null) return NOTICE.test(line) ? { author: "", time: null, automatic: true, text: "", shape: "inline" } : null;
  const [name = "", text = ""] = match.slice(9, 11);
  if (LOG_LEVEL.test(name)) return null;
  const time = timeOf(match.slice(1, 5)) ?? timeOf(match.slice(5, 9));
  return { ...header(name.replace(/^[~&@%+]/, ""), "", time, "inline"), text };
}

/** @param groups - date, hour, minute and half of the day, as `WHEN` captures them */
function timeOf([date, hour, minute, half]: readonly (string | undefined)[]): ChatTime | null {
  if (hour === undefined || minute === undefined) return null;
  const hours = (Number(hour) % (half === undefined ? 24 : 12)) + (half?.toLowerCase() === "p" ? 12 : 0);
  return { day: dayOf(date), minute: hours * 60 + Number(minute) };
}

/** Days since nothing in particular: only their order is used. */
function dayOf(date: string | undefined): number | string | null {
  if (date === undefined) return null;
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(date);
  if (iso !== null) return (Number(iso[1]) * 12 + Number(iso[2])) * 31 + Number(iso[3]);
  const local = /^(\d{1,2})([./])(\d{1,2})[./](\d{2,4})$/.exec(date);
  if (local === null) return date.toLowerCase();
  const [first, second] = [Number(local[1]), Number(local[3])];
  const [month, day] = local[2] === "/" && first <= 12 ? [first, second] : [second, first];
  return ((Number(local[4]) % 100) * 12 + 24_000 + month) * 31 + day;
}
