// Says how much a piece of marked code looks like a command of its own: a program with arguments, a program alone, a mere fragment.
// The code goes in, a strength comes out; whether the sentence orders it to be run is judged elsewhere.

import { firstWord, isConstruct, looksLikeSentence, looksLikeSql, withoutPrefixes } from "./command-shape.ts";
import { programKind } from "./programs.ts";
import { readPrompt } from "./prompts.ts";

/** A verb that needs an object, without it. */
const FRAGMENT =
  /^(?:sudo\s+)?(?:(?:kubectl|oc|k)\s+(?:get|describe|delete|cordon|uncordon|drain|logs?|exec|apply|scale|edit|create|label|annotate|rollout|debug|patch|replace|taint|expose|run|set|port-forward|cp|rsh|adm)|(?:docker|podman)\s+(?:exec|run|logs|inspect|stop|start|restart|rm|rmi|pull|push|build|tag|cp|kill)|(?:systemctl|service)\s+(?:start|stop|restart|reload|enable|disable|mask)|(?:aws|gcloud|az|gsutil)\s+[\w-]+|rm\s+-\w+|git\s+(?:checkout|clone|cherry-pick|show|format-patch|rebase|merge))$/;
/** Programs that do something useful without any argument. */
const STANDALONE =
  /^(?:sudo\s+)?(?:htop|top|df|du|free|uptime|who|w|ps|lsblk|dmesg|iostat|iotop|vmstat|mpstat|ifconfig|ls|pwd|id|whoami|lscpu|lsof|netstat|ss|env|printenv|hostname|date|blkid|pvs|vgs|lvs|mailq|atop|iftop|chef-client|make|reboot|exit|logout|nproc|journalctl|psql|gitlab-psql|irb|sestatus|getenforce|runlevel|last)$/;

/**
 * @param ordered - the words before it tell somebody to run it
 * @returns 1: a program with arguments; below 1: needs the order; 0: no command
 */
export function commandStrength(code: string, ordered: boolean): number {
  const prompted = readPrompt(code);
  const text = (prompted === null ? code : prompted.text).trim();
  if (isNoCommand(text)) return 0;
  if (looksLikeSql(text)) return isSqlFragment(text) ? 0 : 1;
  if (isConstruct(text)) return ordered && /^(?:export|for|while|if)\b/.test(text) ? 0.9 : 0;
  return programStrength(withoutPrefixes(text).trim(), ordered);
}

/** Empty, endless, elided, or a verb without its object. */
function isNoCommand(text: string): boolean {
  return text === "" || text.length > 2000 || FRAGMENT.test(text) || /(?:^|\s)(?:\.{3}|…)(?:\s|$)/.test(text);
}

function programStrength(text: string, ordered: boolean): number {
  const kind = programKind(firstWord(text));
  if (!/\s/.test(text)) return kind === null ? 0 : loneProgram(text, kind === "path", ordered);
  if (looksLikeSentence(text)) return 0;
  if (kind === null) return ordered && hasOption(text) ? 0.7 : 0;
  const vague = kind === "wordlike" && !ordered && !/\s--?[A-Za-z]|[/~$<.|=]/.test(text);
  return vague ? 0.7 : 1;
}

function loneProgram(text: string, isPath: boolean, ordered: boolean): number {
  if (!ordered) return 0;
  if (isPath) return /^(?:\.{1,2}\/|\/\S*\/s?bin\/)|\.(?:sh|ps1|py|rb)$/.test(text) ? 0.9 : 0;
  return STANDALONE.test(text) ? 0.7 : 0;
}

/** `ALTER TABLE`, `CREATE INDEX (conc)`: keywords, no statement. */
function isSqlFragment(text: string): boolean {
  return /^[A-Z() ]+$/.test(text) || /^\S+ \S+ ?(?:\([^()]*\))?$/.test(text);
}

function hasOption(text: string): boolean {
  return /\s--?[A-Za-z]/.test(text);
}
