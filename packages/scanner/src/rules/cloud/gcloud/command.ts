// `gcloud GROUP... COMMAND` -> the rule of the command. Called by the parser for every word. Groups are known by table, never by looking for a verb
// further on: `instances failover show` is the command failover with the operand show. Returns constants only.
import { alternatives } from "../alternatives.ts";
import type { CommandRule } from "../../../rule.ts";
import { embedded } from "./embedded.ts";
import { isGroup } from "./groups.ts";
import * as kinds from "./kinds.ts";
import { anywhere, type Named, named } from "./named.ts";
import { storage } from "./storage.ts";
import { trackless } from "./targets.ts";
import { type Effect, effectOf } from "./verbs.ts";

const byName: Readonly<Record<Named, CommandRule>> = {
  read: kinds.read,
  secret: kinds.secret,
  endless: kinds.endless,
  exported: kinds.exported,
  create: kinds.create,
  alter: kinds.alter,
  start: kinds.start,
  local: kinds.local,
  issue: kinds.issue,
  take: kinds.take,
  destroy: kinds.destroy,
  rights: kinds.rights,
  bind: kinds.bind,
  hidden: kinds.hidden,
  remote: kinds.remote,
  other: kinds.other,
};

const byEffect: Readonly<Record<Effect, CommandRule>> = {
  read: kinds.read,
  wait: kinds.waiting,
  create: kinds.create,
  alter: kinds.alter,
  send: kinds.send,
  start: kinds.start,
  restart: kinds.restart,
  local: kinds.local,
  rights: kinds.rights,
  destroy: kinds.destroy,
  remote: kinds.remote,
};

const namedKinds = Object.keys(byName) as Named[];

const exceptions: ReadonlyMap<string, CommandRule> = new Map([
  ...namedKinds.flatMap((kind) => named[kind].flatMap(alternatives).map((path): [string, CommandRule] => [path, byName[kind]])),
  ...Object.entries({ ...embedded, ...storage }).flatMap(([paths, rule]) =>
    alternatives(paths).map((path): [string, CommandRule] => [path, rule]),
  ),
]);

const everywhere: ReadonlyMap<string, CommandRule> = new Map(
  namedKinds.flatMap((kind) =>
    (anywhere[kind] ?? "")
      .split(" ")
      .filter((word) => word !== "")
      .map((word): [string, CommandRule] => [word, byName[kind]]),
  ),
);

const group: CommandRule = { risk: "unknown", why: "names a group of commands and no command", otherVerb: command };
const track: CommandRule = { ...group };

/** Where all changes are changes of rights. */
const rightsGroups = /^(iam|organizations|access-context-manager|org-policies|identity)( |$)/;

function commandOf(before: string, word: string): CommandRule | undefined {
  const effect = effectOf(word);
  if (effect === undefined) return undefined;
  const changes = effect === "create" || effect === "alter";
  return changes && rightsGroups.test(before) && !before.startsWith("iam service-accounts") ? kinds.rights : byEffect[effect];
}

/** The rule of `word` behind the words `path`; undefined when no table knows it. */
export function command(word: string, path: readonly string[]): CommandRule | undefined {
  if (path.length === 0 && (word === "alpha" || word === "beta" || word === "ga")) return track;
  const before = trackless(path).join(" ");
  const full = before === "" ? word : `${before} ${word}`;
  return exceptions.get(full) ?? (isGroup(before, word) ? group : (everywhere.get(word) ?? commandOf(before, word)));
}
