// Sub-commands of docker, podman and nerdctl that read, as data. docker.ts and podman.ts put them together.
import type { Arg } from "../../arg.ts";
import type { CommandRule, Finding, OptionRule } from "../../rule.ts";
import { freeRead, switchedOn } from "./cluster-words.ts";

export const engineRead = freeRead("reports about containers, images or the engine");

/** A template that picks out the environment is after what is kept there. */
function formatFinding(format: Arg): Finding | undefined {
  if (!/\bEnv\b/.test(format.text)) return undefined;
  return { risk: "caution", why: "prints the environment of a container, where secrets live", sensitive: true };
}

const format: Readonly<Record<string, OptionRule>> = { "-f|--format": { check: formatFinding, harmless: true } };

export const inspect = freeRead("prints how an object is set up", {
  flags: "-s|--size -l|--latest -v|--verbose --pretty",
  values: "--type --platform",
  options: format,
});

export const follow: Readonly<Record<string, OptionRule>> = {
  "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--tail 200 without -f" },
};

/** All options are listed, so that none can hide `-f`. */
export const containerLogs: CommandRule = {
  why: "prints the output of a container",
  operands: "data*",
  anyWord: true,
  flags: "-t|--timestamps --details --no-color --no-log-prefix --no-resolve --no-task-ids --no-trunc --raw",
  values: "-n|--tail --since --until --index",
  options: follow,
};

export const containerStats: CommandRule = {
  why: "prints use of resources",
  operands: "data*",
  anyWord: true,
  flags: "-a|--all --no-trunc -l|--latest",
  values: "--format -i|--interval",
  optional: "--no-stream --no-reset",
  unbounded: (inv) => !switchedOn(inv, "--no-stream"),
  safer: "add --no-stream",
};

export const engineEvents: CommandRule = {
  why: "prints what happens in the engine",
  operands: "data*",
  anyWord: true,
  values: "-f|--filter --format --since --until",
  flags: "--json --no-trunc",
  optional: "--stream",
  unbounded: (inv) => !inv.has("--until") && !(inv.has("--stream") && !switchedOn(inv, "--stream")),
  safer: "add --since 1h --until 0s",
};

export const containerTop: CommandRule = {
  why: "prints the processes of a container",
  operands: "data*",
  firstEnds: true,
  flags: "-l|--latest",
  // The words are those of ps on the host.
  sensitive: (inv) => inv.operands.slice(1).some((arg) => /environ/i.test(arg.text) || /^(?=.*e)[auxwflje]{1,6}$/.test(arg.text)),
};

export const containerWait: CommandRule = {
  why: "waits until a container ends",
  operands: "data*",
  anyWord: true,
  flags: "-l|--latest --ignore",
  values: "-i|--interval --condition",
  unbounded: true,
  noInverse: "it changes nothing",
};

export const containerReads: Readonly<Record<string, CommandRule>> = {
  "ps|images|version|info|history|port|diff|search": engineRead,
  inspect,
  logs: containerLogs,
  stats: containerStats,
  events: engineEvents,
  top: containerTop,
  wait: containerWait,
};

/** `docker NOUN ls`. */
export const listed = (names: string): CommandRule => freeRead(`lists ${names}`);
