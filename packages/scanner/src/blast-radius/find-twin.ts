// Plan of a command that changes something -> its read-only twin, or nothing. The proof is the scanner itself: what it does not call safe,
// or reads as another plan, does not exist. Called with the plan that would run, in which variables are literal words already.
import { programName } from "../registry.ts";
import { renderPlan } from "../render-plan.ts";
import { samePlan } from "../same-plan.ts";
import { scan } from "../scan.ts";
import type { Plan, PlanCommand, Verdict } from "../types.ts";
import { containersTwin } from "./containers-twin.ts";
import { kubectlTwin } from "./kubectl-twin.ts";
import { mysqlTwin } from "./mysql-twin.ts";
import { moveTwin } from "./move-twin.ts";
import { pathsTwin } from "./paths-twin.ts";
import { patternsTwin } from "./patterns-twin.ts";
import { psqlTwin } from "./psql-twin.ts";
import { systemctlTwin } from "./systemctl-twin.ts";
import type { Draft, Twin } from "./types.ts";

type MakeTwin = (argv: readonly string[]) => Draft | undefined;

interface TwinProgram {
  readonly make: MakeTwin;
  /** The environment written before the command only says where it connects to; elsewhere it may change how options are read. */
  readonly mayHaveEnvironment: boolean;
}

const client = (make: MakeTwin): TwinProgram => ({ make, mayHaveEnvironment: true });
const plain = (make: MakeTwin): TwinProgram => ({ make, mayHaveEnvironment: false });

const programs: ReadonlyMap<string, TwinProgram> = new Map([
  ["kubectl", client(kubectlTwin)],
  ["k", client(kubectlTwin)],
  ["oc", client(kubectlTwin)],
  ["microk8s.kubectl", client(kubectlTwin)],
  ["psql", client(psqlTwin)],
  ["mysql", client(mysqlTwin)],
  ["mariadb", client(mysqlTwin)],
  ["docker", client(containersTwin)],
  ["podman", client(containersTwin)],
  ["systemctl", plain(systemctlTwin)],
  ["rm", plain(pathsTwin)],
  ["chmod", plain(pathsTwin)],
  ["chown", plain(pathsTwin)],
  ["chgrp", plain(pathsTwin)],
  ["mv", plain(moveTwin)],
]);

/** Programs that have twins. */
export const twinPrograms: readonly string[] = [...programs.keys()];

/**
 * The twin of a plan that is one plain command.
 * @returns undefined for lists and pipes, input from text, programs, options and forms that are not understood, and for what the scanner does not prove.
 */
export function findTwin(plan: Plan): Twin | undefined {
  const command = onlyCommand(plan);
  if (command === undefined) return undefined;
  const program = programs.get(programName(command.argv[0] ?? "") ?? "");
  if (program === undefined || (command.env.length > 0 && !program.mayHaveEnvironment)) return undefined;
  const draft = program.make(command.argv);
  return draft === undefined ? undefined : proven(draft, command.env);
}

/**
 * The twin of a text that a person will run by hand where it has no plan: file name patterns are all it may need a shell for.
 * @param verdict the scanner's answer about `text`
 */
export function findTwinOfText(text: string, verdict: Verdict): Twin | undefined {
  if (verdict.plan !== undefined) return findTwin(verdict.plan);
  const draft = verdict.notRunnable?.code === "GLOB" ? patternsTwin(text) : undefined;
  return draft === undefined ? undefined : proven(draft, []);
}

function onlyCommand(plan: Plan): PlanCommand | undefined {
  const [list, ...lists] = plan.lists;
  const [command, ...members] = list?.first.members ?? [];
  const alone = lists.length === 0 && list?.rest.length === 0 && members.length === 0;
  return alone && command?.stdin.kind !== "text" ? command : undefined;
}

function proven(draft: Draft, env: PlanCommand["env"]): Twin | undefined {
  const streams = { stdin: { kind: "inherit" }, stdout: "stdout", stderr: "stderr" } as const;
  const plan: Plan = { lists: draft.commands.map((argv) => ({ first: { members: [{ argv, env, ...streams }] }, rest: [] })) };
  const command = renderPlan(plan);
  const verdict = scan(command);
  const isRead = verdict.risk === "safe" && !verdict.sensitive && !verdict.unbounded;
  if (!isRead || verdict.plan === undefined || !samePlan(verdict.plan, plan)) return undefined;
  return { plan, command, reading: draft.reading };
}
