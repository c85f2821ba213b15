// `az GROUP... COMMAND` -> the rule of the command. Called by the parser for every word. The first word must be a service; below it the first word that is
// a command and no group by table decides, so a reading word behind a changing one is never looked at. Returns constants only.
import { alternatives } from "../alternatives.ts";
import type { CommandRule } from "../../../rule.ts";
import { embedded } from "./embedded.ts";
import * as kinds from "./kinds.ts";
import { harmlessKeyGroup, keyGroup, type Named, named } from "./named.ts";
import { isGroupLikeCommand, services } from "./services.ts";
import { type Effect, effectOf } from "./verbs.ts";

const byName: Readonly<Record<Named, CommandRule>> = {
  read: kinds.read,
  secret: kinds.secret,
  endless: kinds.endless,
  exported: kinds.exported,
  alter: kinds.alter,
  create: kinds.create,
  start: kinds.start,
  restart: kinds.restart,
  local: kinds.local,
  take: kinds.take,
  issue: kinds.issue,
  destroy: kinds.destroy,
  rights: kinds.rights,
  bind: kinds.bind,
  remote: kinds.remote,
  other: kinds.other,
};

const byEffect: Readonly<Record<Effect, CommandRule>> = {
  read: kinds.read,
  secret: kinds.secret,
  wait: kinds.waiting,
  create: kinds.create,
  alter: kinds.alter,
  send: kinds.send,
  start: kinds.start,
  restart: kinds.restart,
  local: kinds.local,
  issue: kinds.issue,
  destroy: kinds.destroy,
};

const namedKinds = Object.keys(byName) as Named[];

const exceptions: ReadonlyMap<string, CommandRule> = new Map([
  ...namedKinds.flatMap((kind) => named[kind].flatMap(alternatives).map((path): [string, CommandRule] => [path, byName[kind]])),
  ...Object.entries(embedded).flatMap(([paths, rule]) => alternatives(paths).map((path): [string, CommandRule] => [path, rule])),
]);

const group: CommandRule = {
  risk: (inv) => (inv.has("--help") ? "safe" : "unknown"),
  why: "names a group of commands and no command",
  otherVerb: command,
};

/** Where all changes are changes of rights. */
const rightsGroups = /^(ad|role)( |$)/;

function commandOf(before: string, effect: Effect): CommandRule {
  if (effect === "read" && keyGroup.test(before) && !harmlessKeyGroup.test(before)) return kinds.secret;
  return rightsGroups.test(before) && /^(create|alter|send|issue)$/.test(effect) ? kinds.rights : byEffect[effect];
}

/** The rule of `word` behind the words `path`; undefined when no table knows it. */
export function command(word: string, path: readonly string[]): CommandRule | undefined {
  const before = path.join(" ");
  const full = before === "" ? word : `${before} ${word}`;
  const exception = exceptions.get(full);
  if (exception !== undefined) return exception;
  if (before === "") return services.has(word) ? group : undefined;
  if (isGroupLikeCommand(full)) return group;
  const effect = effectOf(word);
  if (effect !== undefined) return commandOf(before, effect);
  return path.length < 8 && /^[a-z][a-z0-9-]*$/.test(word) ? group : undefined;
}
