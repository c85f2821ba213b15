// `aws SERVICE OPERATION` -> the rule of the operation: named exceptions first, then rights, then the verb. Called by the parser for every word.
// Returns constants only. What no table knows is unknown, and a word that is no service is never safe.
import type { CommandRule } from "../../../rule.ts";
import * as kinds from "./kinds.ts";
import { type NamedChange, namedChanges } from "./named-changes.ts";
import { type NamedRead, namedReads } from "./named-reads.ts";
import { services } from "./services.ts";
import { type Effect, effectOf } from "./verbs.ts";

type NamedKind = NamedRead | NamedChange;

const named: Readonly<Record<NamedKind, readonly string[]>> = { ...namedReads, ...namedChanges };

const byName: Readonly<Record<NamedKind, CommandRule>> = {
  read: kinds.read,
  secret: kinds.secret,
  settings: kinds.settings,
  apiKey: kinds.apiKey,
  unmasked: kinds.unmasked,
  screenshot: kinds.screenshot,
  connection: kinds.connection,
  attribute: kinds.attribute,
  parameter: kinds.parameter,
  issue: kinds.issue,
  outfile: kinds.readIntoFile,
  outfileChange: kinds.changeIntoFile,
  open: kinds.open,
  take: kinds.take,
  start: kinds.start,
  alter: kinds.alter,
  create: kinds.create,
  local: kinds.local,
  destroy: kinds.destroy,
  rights: kinds.rights,
  hide: kinds.hide,
  remote: kinds.remote,
  endless: kinds.endless,
};

const byEffect: Readonly<Record<Effect, CommandRule>> = {
  read: kinds.read,
  create: kinds.create,
  alter: kinds.alter,
  send: kinds.send,
  start: kinds.start,
  restart: kinds.restart,
  destroy: kinds.destroy,
  unknown: kinds.other,
};

const namedKinds: readonly NamedKind[] = Object.keys(byName) as NamedKind[];

const exceptions: ReadonlyMap<string, CommandRule> = new Map(
  namedKinds.flatMap((kind) =>
    named[kind].flatMap((line) => {
      const [service = "", operations = ""] = line.split(" ");
      return operations.split("|").map((operation): [string, CommandRule] => [`${service} ${operation}`, byName[kind]]);
    }),
  ),
);

/** Services in which every change is one of rights. */
const rightsServices: ReadonlySet<string> = new Set(
  "iam organizations sts sso-admin identitystore ram rolesanywhere verifiedpermissions".split(" "),
);

/** Changes of rights in other services, by what they change: put-resource-policy, add-permission, create-grant. */
const rightsNouns =
  /^(put|set|add|create|update|attach|grant|revoke|modify|batch-grant|associate|import)-(.*-)?((resource|bucket|key|repository|vault-access|access|identity|permissions?|file-system|access-point|registry|domain-permissions|layer)-policy|permissions?|permissions-policy|grants?|entitlements?)$/;

function operationOf(service: string, word: string): CommandRule {
  const exception = exceptions.get(`${service} ${word}`);
  if (exception !== undefined) return exception;
  if (word === "help") return kinds.read;
  const effect = effectOf(word);
  if (effect === "read") return kinds.read;
  return effect !== "unknown" && (rightsServices.has(service) || rightsNouns.test(word)) ? kinds.rights : byEffect[effect];
}

/** The rule of `word` behind `aws SERVICE`. */
export function operation(word: string, path: readonly string[]): CommandRule | undefined {
  const service = path[0] ?? "";
  if (services.has(service)) return operationOf(service, word);
  return effectOf(word) === "destroy" ? kinds.destroy : kinds.notAService;
}

const anyService: CommandRule = { risk: "unknown", why: "calls AWS", otherVerb: operation };

/** The rule of `word` behind `aws`. */
export function service(word: string, path: readonly string[]): CommandRule | undefined {
  if (path.length > 0) return undefined;
  return /^[a-z][a-z0-9.-]+$/.test(word) ? anyService : undefined;
}
