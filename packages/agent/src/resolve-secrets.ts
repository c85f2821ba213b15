// References `secret:NAME` in a plan become values, here and nowhere else. In: the plan as it was approved, its verdict, the local store.
// Out: the plan to spawn with what must be masked, or a refusal. The digest stays that of the reference; the value is in no frame, record
// or log. A value must stay one literal word: the text with it is read and scanned again, and must be the same plan with no more risk.

import { AppError, coversCommand, exceeds, type Refusal, refuse } from "@dd0c/core";
import { type Plan, type PlanCommand, renderPlan, samePlan, scan, type Verdict } from "@dd0c/scanner";
import type { AgentConfig } from "./config.ts";
import { loadSecrets, type Secret, type SecretUse } from "./secrets-file.ts";

export interface Resolved {
  readonly plan: Plan;
  /** Values that were put in. */
  readonly secrets: readonly string[];
}

const reference = /(?<![A-Za-z0-9_])secret:([A-Za-z_][A-Za-z0-9_]*)/g;

/** Puts values into a plan from this agent's store. */
export type SecretResolver = (plan: Plan, verdict: Pick<Verdict, "risk" | "targets">) => Resolved | Refusal;

/** The resolver of an agent: its file is read when a plan refers to a secret. @throws AppError CONFIG_INVALID from the resolver */
export function secretsOf({ secretsFile }: Pick<AgentConfig, "secretsFile">): SecretResolver {
  const store = () => (secretsFile === null ? new Map<string, Secret>() : loadSecrets(secretsFile));
  return (plan, verdict) => {
    try {
      return resolveSecrets(plan, verdict, store);
    } catch (error) {
      if (error instanceof AppError) return refuse("SECRET_MISSING", "This agent's store of secrets cannot be read; its log says why.");
      throw error;
    }
  };
}

/** Names that the plan refers to, in order of appearance. */
function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].flatMap(([, name]) => name ?? []);
}

/** @returns the same plan where it refers to nothing; SECRET_MISSING, SECRET_NOT_ALLOWED */
export function resolveSecrets(
  plan: Plan,
  verdict: Pick<Verdict, "risk" | "targets">,
  store: () => ReadonlyMap<string, Secret>,
): Resolved | Refusal {
  const commands = commandsOf(plan);
  if (commands.every((command) => referencesIn(wordsOf(command)).length === 0)) return { plan, secrets: [] };
  const secrets = store();
  const used = new Map<string, string>();
  for (const command of commands) {
    for (const name of new Set(referencesIn(wordsOf(command)))) {
      const secret = secrets.get(name);
      if (secret === undefined) return refuse("SECRET_MISSING", `This agent's store has no secret ${name}.`);
      if (!secret.uses.some((use) => covers(use, command, name))) return notAllowed(name, "no use listed for it fits this command");
      used.set(name, secret.value);
    }
  }
  const target = verdict.targets.find(({ name }) => referencesIn(name).length > 0);
  if (target !== undefined) return notAllowed(referencesIn(target.name)[0] ?? "", "what is touched must be seen by a person");
  return checked(substituted(plan, used), verdict, used);
}

function checked(plan: Plan, verdict: Pick<Verdict, "risk">, used: ReadonlyMap<string, string>): Resolved | Refusal {
  const again = scan(renderPlan(plan));
  const isSame = again.plan !== undefined && samePlan(again.plan, plan) && !exceeds(again.risk, verdict.risk);
  return isSame
    ? { plan, secrets: [...used.values()] }
    : notAllowed([...used.keys()].join(", "), "with its value the command would be another one");
}

const notAllowed = (name: string, why: string): Refusal => refuse("SECRET_NOT_ALLOWED", `The secret ${name} is not put in: ${why}.`);

function covers({ line, environment }: SecretUse, command: PlanCommand, name: string): boolean {
  const inEnvironment = environment === null ? [] : [[environment, `secret:${name}`]];
  if (JSON.stringify(command.env) !== JSON.stringify(inEnvironment)) return false;
  return coversCommand(line, { ...command, env: [] });
}

const commandsOf = (plan: Plan): readonly PlanCommand[] =>
  plan.lists.flatMap(({ first, rest }) => [first, ...rest.map(({ pipeline }) => pipeline)]).flatMap(({ members }) => members);

/** Everything of a command that is a word of its own; a here-string is one, and no use can cover it. */
const wordsOf = ({ argv, env, stdin }: PlanCommand): string =>
  [...argv, ...env.flat(), ...(stdin.kind === "text" ? [stdin.text] : [])].join("\0");

function substituted(plan: Plan, used: ReadonlyMap<string, string>): Plan {
  const fill = (word: string): string => word.replace(reference, (whole, name: string) => used.get(name) ?? whole);
  const command = (each: PlanCommand): PlanCommand => ({
    ...each,
    argv: each.argv.map(fill),
    env: each.env.map(([name, value]) => [name, fill(value)] as const),
  });
  const pipeline = ({ members }: { readonly members: readonly PlanCommand[] }) => ({ members: members.map(command) });
  return {
    lists: plan.lists.map(({ first, rest }) => ({
      first: pipeline(first),
      rest: rest.map((each) => ({ op: each.op, pipeline: pipeline(each.pipeline) })),
    })),
  };
}
