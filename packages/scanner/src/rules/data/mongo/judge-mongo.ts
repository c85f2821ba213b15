// Text for the mongo shell -> findings and targets. Reads only what parse-mongo.ts reads; every method, command and operator that stands
// in no list is unknown, and so is a text that says more than member chains with literal values.
import { destructiveText } from "../../../destructive-text.ts";
import type { Finding } from "../../../rule.ts";
import type { Target } from "../../../types.ts";
import {
  changingCommands,
  collectionMethods,
  databaseMethods,
  destructiveCommands,
  printers,
  readCommands,
  replicaSetMethods,
  resultReads,
  shardMethods,
  valueNames,
} from "./mongo-methods.ts";
import { type MongoLink, type MongoValue, parseMongo } from "./parse-mongo.ts";

export interface MongoVerdict {
  readonly findings: readonly Finding[];
  readonly targets: readonly Target[];
}

type Place = "database" | "collection" | "result";

class Judge {
  readonly findings: Finding[] = [];
  readonly targets: Target[] = [];

  value(value: MongoValue): void {
    if (value.kind === "plain") this.named(value.text);
    else if (value.kind === "list") for (const item of value.items) this.value(item);
    else if (value.kind === "object") for (const [key, inner] of value.entries) this.entry(key, inner);
    else if (value.kind === "chain") this.chain(value.chain.links);
  }

  private entry(key: string, inner: MongoValue): void {
    const name = key.startsWith("\\") || key.includes("\\") ? "$unknown" : key;
    if (name === "$out" || name === "$merge") this.report("dangerous", `writes what it finds to another collection (${name})`);
    else if (name === "$where" || name === "$function" || name === "$accumulator" || name === "$unknown")
      this.report("unknown", `runs code in the server (${name})`);
    else if (name.startsWith("$changeStream")) this.report("caution", "goes on until it is stopped", { unbounded: true });
    this.value(inner);
  }

  /** A collection may be named by its members or in a text: `system.users` holds the hashes of passwords. */
  private named(name: string): void {
    if (/(^|\.)system\.(users|backup_users|keys)$/.test(name)) this.report("caution", "prints what may hold secrets", { sensitive: true });
  }

  private report(risk: Finding["risk"], why: string, more: Partial<Finding> = {}): void {
    this.findings.push({ risk, why, ...more });
  }

  private chain(links: readonly MongoLink[]): void {
    const [root, ...rest] = links;
    if (root === undefined) return;
    for (const arg of links.flatMap((link) => link.args ?? [])) this.value(arg);
    if (printers.has(root.name) || valueNames.has(root.name)) this.result(rest.filter((link) => !builtIn.test(link.name)));
    else if (root.args !== undefined) this.shellFunction(root, rest);
    else if (root.name === "db") this.database(rest);
    else if (root.name === "rs") this.object(replicaSetMethods, "rs", rest);
    else if (root.name === "sh") this.object(shardMethods, "sh", rest);
    else this.stranger(root);
  }

  /** `quit()`, `version()`, `sleep(1000)`: functions of the shell itself. */
  private shellFunction(root: MongoLink, rest: readonly MongoLink[]): void {
    if (root.name === "sleep") this.report("caution", "waits");
    else if (rest.length > 0 || !shellFunctions.has(root.name)) this.stranger(root);
  }

  private stranger(root: MongoLink): void {
    this.report("unknown", `${root.name.slice(0, 30)} is not on the list of the mongo shell's names`);
  }

  private database(links: readonly MongoLink[]): void {
    let place: Place = "database";
    let name = "";
    for (const link of links) {
      if (link.args === undefined) {
        if (place !== "result") name = place === "collection" ? `${name}.${link.name}` : link.name;
        place = place === "result" ? "result" : "collection";
      } else if (place === "result") this.result([link]);
      else {
        if (link.name === "getCollection") name = literal(link.args[0]);
        else if (place === "collection") this.named(name);
        place = this.call(place, link, name);
      }
    }
  }

  /** Judges a call and says what it returns. */
  private call(place: "database" | "collection", link: MongoLink, name: string): Place {
    if (/^get(SiblingDB|SisterDB|Mongo|DB)$/.test(link.name)) return "database";
    if (link.name === "getCollection") return "collection";
    if (/^(run|admin)Command$/.test(link.name)) this.command(commandName(link));
    else if (link.name === "watch") this.report("caution", "goes on until it is stopped", { unbounded: true });
    else if (/^getUsers?$/.test(link.name)) this.report("caution", "prints what may hold secrets", { sensitive: true });
    else this.method(place === "database" ? databaseMethods : collectionMethods, link, place === "collection" ? name : "the database");
    return "result";
  }

  private method(methods: typeof databaseMethods, link: MongoLink, name: string): void {
    if (methods.reads.has(link.name)) return;
    const everything = /^(update|updateMany)$/.test(link.name) && isEmpty(link.args?.[0]);
    if (methods.destroys.has(link.name) || everything) {
      this.report("dangerous", `${link.name} ${everything ? "changes every document" : "destroys data or changes rights"}`);
      this.targets.push({ kind: methods === collectionMethods ? "collection" : "database", name });
    } else if (methods.changes.has(link.name)) this.report("caution", `${link.name} changes data or settings`);
    else this.report("unknown", `${link.name.slice(0, 30)} is not on the list of methods`);
  }

  private object(methods: typeof databaseMethods, name: string, links: readonly MongoLink[]): void {
    const [first, ...rest] = links;
    if (first?.args === undefined) return this.report("unknown", `${name} without a method`);
    this.method(methods, first, name);
    this.result(rest);
  }

  private command(name: string): void {
    if (readCommands.has(name)) return;
    if (destructiveCommands.has(name)) this.report("dangerous", `the command ${name} destroys data, ends something or changes rights`);
    else if (changingCommands.has(name)) this.report("caution", `the command ${name} changes data or settings`);
    else if (name === "usersInfo") this.report("caution", "prints what may hold secrets", { sensitive: true });
    else this.report("unknown", "the command is not on the list");
  }

  private result(links: readonly MongoLink[]): void {
    for (const link of links) {
      if (link.args === undefined || resultReads.has(link.name)) continue;
      if (link.name === "forEach" && link.args.every(isPrinter)) continue;
      if (link.name === "tailable" || link.name === "watch") this.report("caution", "goes on until it is stopped", { unbounded: true });
      else if (/^(remove|delete|deleteOne|drop|clear|execute)/.test(link.name)) this.report("dangerous", `${link.name} destroys data`);
      else this.report("unknown", `${link.name.slice(0, 30)} is not on the list of methods`);
    }
  }
}

const builtIn = /^(stringify|log|keys|now|floor|round|ceil)$/;
const shellFunctions: ReadonlySet<string> = new Set(["quit", "exit", "version", "help"]);

/** The first key of a command is its name. */
const commandName = (link: MongoLink): string => {
  const given = link.args?.[0];
  return given?.kind === "object" ? (given.entries[0]?.[0] ?? "") : literal(given);
};

const isPrinter = (value: MongoValue): boolean =>
  value.kind === "chain" && value.chain.links.length === 1 && printers.has(value.chain.links[0]?.name ?? "");

const literal = (value: MongoValue | undefined): string => (value?.kind === "plain" ? value.text : "");

const isEmpty = (value: MongoValue | undefined): boolean => value === undefined || (value.kind === "object" && value.entries.length === 0);

const destructive = /\.(drop\w*|delete\w*|remove\w*|shutdownServer|killOp|reconfig|bulkWrite)\s*\(/;
const helper = /^(show\s+(dbs|databases|collections|tables|roles|profile|logs|log\s+\w+)|use\s+[\w-]+|it|exit|quit|help)$/;

/** Judges a script of the mongo shell. */
export function judgeMongo(text: string): MongoVerdict {
  const lines = text.split(/[\n;]/).map((line) => line.trim());
  const rest = lines.some((line) => helper.test(line)) ? lines.filter((line) => !helper.test(line)).join("\n") : text;
  const values = parseMongo(rest);
  if (values === undefined) return { findings: [conceded(text)], targets: [] };
  const judge = new Judge();
  for (const value of values) judge.value(value);
  if (values.length === 0 && rest === text) judge.findings.push({ risk: "unknown", why: "there is nothing in it" });
  return { findings: judge.findings, targets: judge.targets };
}

function conceded(text: string): Finding {
  const found = destructiveText(text) ?? (destructive.test(text) ? "a call that deletes" : undefined);
  return found === undefined
    ? { risk: "unknown", why: "is more JavaScript than member chains with literal values", safer: "one call of one method" }
    : { risk: "dangerous", why: `contains ${found}` };
}
