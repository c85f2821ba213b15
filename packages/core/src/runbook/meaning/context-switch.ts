// Follows commands that open another shell or an interactive program: what comes after them in the section does not run here.
// Commands in reading order go in, the context of each comes out; doubt leans towards "not here", which only keeps a human in the loop.

import type { CommandContext } from "../types.ts";

const REMOTE: readonly RegExp[] = [
  /^(?:sudo\s+)?(?:ssh|mosh)\s+(?:-[A-Za-z0-9]+\s+(?:[\w./@:=~-]+\s+)??)*[^\s-]\S*\s*$/,
  /^(?:gcloud\s+(?:[\w-]+\s+)*ssh|aws\s+ssm\s+start-session|tsh\s+ssh|vagrant\s+ssh)\b(?!.*(?:--command|\s-c\s|\s--\s))/,
  /^(?:oc|kubectl)\s+(?:[\w=/.$<>{}-]+\s+)*?(?:debug|rsh)\s(?!.*\s--\s+(?!(?:chroot\s+\S+\s+)?(?:ba|z|a)?sh\s*$))/,
  /^(?:oc|kubectl|docker|podman|crictl|nerdctl|docker-compose|docker\s+compose)\s+.*\b(?:exec|run)\b.*\s(?:\/bin\/|\/usr\/bin\/)?(?:ba|z|a|da)?sh\s*$/,
  /^(?:sudo\s+)?chroot\s+\S+\s*(?:\/bin\/(?:ba)?sh)?\s*$/,
  /^(?:toolbox|nsenter\s+.*(?:ba|z)?sh)\s*$/,
];
const PRIVILEGED: readonly RegExp[] = [/^sudo\s+(?:su\b\s*-?\s*\w*|-i|-s)\s*$/, /^su\s+-?\s*\w*\s*$/];
const REPL: readonly RegExp[] = [
  /^(?:sudo\s+(?:-u\s+\w+\s+)?)?(?:psql|gitlab-psql|mysql|mariadb|sqlite3|cqlsh|mongosh?|redis-cli|valkey-cli|clickhouse-client|irb|pry|ghci|iex|python3?|node|bc|gdb|zkCli\.sh|influx)\b(?!.*(?:\s-c\b|\s-f\b|\s-e\b|\s--command|\s--eval|\s--execute|\s-m\b|\.py\b|\.js\b|\.sql\b|<|\|))(?:\s+(?:-\w+(?:[= ][^\s-]\S*)?|--[\w-]+(?:[= ][^\s-]\S*)?|[^\s-]\S*))*\s*$/,
  /\b(?:rails\s+(?:console|c|dbconsole|db)|gitlab-rails\s+(?:console|dbconsole)|django-admin\s+shell|manage\.py\s+(?:shell|dbshell))\s*(?:-\S+\s*)*$/,
  /^(?:oc|kubectl|docker|podman)\s+.*\bexec\b.*\s(?:psql|mysql|redis-cli|mongosh?|rails\s+console|irb|python3?)(?:\s+-[Uhdp]\s*\S+)*\s*$/,
];
const LEAVES = /^(?:exit|logout|quit|\\q|\.exit|quit\(\)|exit\(\))\s*;?\s*$/;
const REDIS_COMMAND = /^(?:redis-cli|valkey-cli)\s.*\s[A-Za-z]{3,}\b/;

export interface ContextFollower {
  /** Context of the next command; what it opens applies to those after it. */
  next(text: string): CommandContext;
  /** A new section: nothing is open. */
  reset(): void;
}

export function followContext(): ContextFollower {
  const open: CommandContext[] = [];
  return {
    next(text: string): CommandContext {
      const current = open.at(-1) ?? "local";
      const line = text.trim();
      if (LEAVES.test(line)) open.pop();
      else if (matches(REMOTE, line) || matches(PRIVILEGED, line)) open.push("remote");
      else if (matches(REPL, line) && !REDIS_COMMAND.test(line)) open.push("repl");
      return current;
    },
    reset(): void {
      open.length = 0;
    },
  };
}

function matches(patterns: readonly RegExp[], text: string): boolean {
  return text.length <= 1000 && patterns.some((pattern) => pattern.test(text));
}
