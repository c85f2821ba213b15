// Says how much a piece of marked code looks like a command of its own: a program with arguments, a program alone, a mere fragment.
// The code goes in, a strength comes out; whether the sentence orders it to be run is judged elsewhere.

import { firstWord, isConstruct, isIndexRequest, looksLikeSentence, looksLikeSql, withoutPrefixes } from "./command-shape.ts";
import { isPowerShell, programKind } from "./programs.ts";
import { readPrompt } from "./prompts.ts";

/** A verb that needs an object, without it. */
const FRAGMENT =
  /^(?:sudo\s+)?(?:(?:kubectl|oc|k)\s+(?:rollout\s+\w+|set\s+\w+|get|describe|delete|cordon|uncordon|drain|logs?|exec|apply|scale|edit|create|label|annotate|rollout|debug|patch|replace|taint|expose|run|set|port-forward|cp|rsh|adm)|(?:docker|podman)\s+(?:exec|run|logs|inspect|stop|start|restart|rm|rmi|pull|push|build|tag|cp|kill)|(?:systemctl|service)\s+(?:start|stop|restart|reload|enable|disable|mask)|(?:aws|gcloud|az|gsutil)\s+(?!login|logout|init|configure)[\w-]+|rm\s+-\w+|git\s+(?:checkout|clone|cherry-pick|show|format-patch|rebase|merge))$/;
/** Programs that do something useful without any argument. */
const STANDALONE =
  /^(?:sudo\s+)?(?:htop|top|df|du|free|uptime|who|w|ps|lsblk|dmesg|iostat|iotop|vmstat|mpstat|ifconfig|ls|pwd|id|whoami|lscpu|lsof|netstat|ss|env|printenv|hostname|date|blkid|pvs|vgs|lvs|mailq|atop|iftop|chef-client|make|reboot|exit|logout|nproc|journalctl|psql|gitlab-psql|irb|sestatus|getenforce|runlevel|last|sync|sestatus|vgscan|pvscan|lvscan|visudo|alsamixer|raspi-config|tune)$/;

/** `lsblk`: it needs no argument. */
export function isStandalone(text: string): boolean {
  return STANDALONE.test(text.trim()) && programKind(firstWord(withoutPrefixes(text))) === "plain";
}

/** Alone in an item of a list they name a parameter as often. */
const NAMES_SETTING = /^(?:env|id|date|hostname|last)$/;

/** What the words in front say: run it; with it, using it; nothing. */
export type Order = "order" | "way" | "none";

/**
 * @param order - the words before it
 * @returns 1: a program with arguments; below 1: needs the order; 0: no command
 */
export function commandStrength(code: string, order: Order): number {
  const ordered = order !== "none";
  const text = withoutPrompt(code)
    .replace(/(\s)[–—]+(?=\w)/g, "$1--")
    .replace(/(?<=\w)[–—](?=\w)/g, "-")
    .trim();
  if (isNoCommand(text)) return 0;
  if (isIndexRequest(text)) return 1;
  if (/^\\[a-z]/i.test(text)) return ordered ? 0.8 : 0;
  if (looksLikeSql(text)) return isSqlFragment(text) ? 0 : 1;
  const bare = withoutPrefixes(text).trim();
  if (isConstruct(text) && isConstruct(bare)) return constructStrength(text, ordered);
  return programStrength(bare, order);
}

function constructStrength(text: string, ordered: boolean): number {
  return WHOLE_CONSTRUCT.test(text) || (ordered && OPENS_CONSTRUCT.test(text)) ? 0.9 : 0;
}

const WHOLE_CONSTRUCT = /^(?:for|while|until)\b.*\bdo\b.*\bdone$|^if\b.*\bthen\b.*\bfi$/s;
const OPENS_CONSTRUCT = /^(?:export|for|while|if)\b/;

function withoutPrompt(code: string): string {
  return readPrompt(code)?.text ?? code;
}

/** Empty, endless, elided, or a verb without its object. */
function isNoCommand(text: string): boolean {
  return text === "" || text.length > 2000 || FRAGMENT.test(text) || /(?:^|[\s/])(?:\.{3}|…)(?:\s|$)/.test(text);
}

function programStrength(text: string, order: Order): number {
  const ordered = order !== "none";
  const kind = programKind(firstWord(text));
  if (!/\s/.test(text))
    return kind === null || (order === "way" && NAMES_SETTING.test(text)) ? 0 : loneProgram(text, kind === "path", ordered);
  if (looksLikeSentence(text)) return 0;
  if (kind === null) return unknownStrength(text, order);
  const vague = kind === "wordlike" && !ordered && !/\s--?[A-Za-z]|[/~$<.|=]/.test(text);
  return vague ? 0.7 : 1;
}

function loneProgram(text: string, isPath: boolean, ordered: boolean): number {
  if (!ordered) return 0;
  if (isPowerShell(text)) return 0.7;
  if (isPath) return /^(?:\.{1,2}\/|\/\S*\/s?bin\/)|\.(?:sh|ps1|py|rb|exe|bat|cmd|msc)$/.test(text) ? 0.9 : 0;
  return STANDALONE.test(text) ? 0.7 : 0;
}

/** `ALTER TABLE`, `CREATE INDEX (conc)`: keywords, no statement. */
function isSqlFragment(text: string): boolean {
  if (text.endsWith(";")) return false;
  return /^[A-Z() ]+$/.test(text) || (/^\S+ \S+ ?(?:\([^()]*\))?$/.test(text) && !/^select\s/i.test(text));
}

/** A program that nobody here knows: the more the words in front order it, the less its shape must say. */
function unknownStrength(text: string, order: Order): number {
  return UNKNOWN_SHAPES[order](text) ? 0.7 : 0;
}

const CONSOLE_WORDS = /^[A-Z]{3,}(?: \S+){1,3}$/;
const PROGRAM_NAME = /^(?:[a-z]\w*-[\w-]+|\w+(?:ctl|cli|adm))(?: \S+){2,}$/;

const UNKNOWN_SHAPES: Readonly<Record<Order, (text: string) => boolean>> = {
  order: (text) => hasArguments(text) || isPlainWords(text) || CONSOLE_WORDS.test(text),
  way: (text) => hasArguments(text) || (isPlainWords(text) && /\s\S+\s/.test(text)),
  none: (text) => PROGRAM_NAME.test(text) || (hasArguments(text) && /\s--?[a-z]/.test(text)),
};

/** "run `congregate list`": behind an order, two or three words may be a program that nobody here knows. */
function isPlainWords(text: string): boolean {
  return /^[a-z][\w.-]*(?: [\w.:/<>-]+){1,3}$/.test(text);
}

/** An option, a path or an assignment: no words of a sentence. */
function hasArguments(text: string): boolean {
  return /^[a-z][\w.-]*\s/.test(text) && /\s--?[A-Za-z]|\s[~.]?\/[\w.]|\s[\w-]+=\S/.test(text);
}
