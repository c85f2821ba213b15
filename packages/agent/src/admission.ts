// The gate of this agent with its local facts: signatures, announced plans, local file, server time by a monotonic clock.
// In: a dispatch as read here. Out: what core's admit says, or a refusal of what only this host can judge. It runs nothing.

import { resolve, sep } from "node:path";
import { type Admission, type AdmissionFacts, admit, type Grant, parseGrant, type Refusal, refuse } from "@dd0c/core";
import type { ExecuteStep } from "@dd0c/protocol/agent";
import type { AnnouncedPlans } from "./announced-plans.ts";
import type { AgentConfig } from "./config.ts";
import { gitAsksBecause } from "./git-repositories.ts";
import type { ReadDispatch } from "./own-reading.ts";
import { type SecretResolver, secretsOf } from "./resolve-secrets.ts";
import type { ReadSigned } from "./signed-documents.ts";

/** What changes from one moment to the next. */
export interface Moment {
  /** This dispatch was taken before. */
  readonly taken: boolean;
  /** Panic is on, or no server has said yet that it is off, or the stream has been gone for too long. */
  readonly panic: boolean;
  readonly serverNowMs: number;
}

export interface AdmissionOptions {
  readonly tenantId: string;
  readonly agentId: string;
  readonly config: AgentConfig;
  readonly plans: AnnouncedPlans;
  readonly readSigned: ReadSigned;
}

export type Judge = (frame: ExecuteStep, read: ReadDispatch, moment: Moment) => Admission;

/** @returns a judge; beside core's codes it refuses GRANT_SIGNATURE_INVALID, ANNOUNCEMENT_INVALID and ENVIRONMENT_NOT_ALLOWED */
export function admission(options: AdmissionOptions): Judge {
  const { config, plans, readSigned } = options;
  const local: AdmissionFacts["local"] = {
    ceiling: config.ceiling,
    allow: config.allow,
    maxTrustLevel: config.maxTrustLevel,
    environmentNames: config.environmentNames,
  };
  const secrets = secretsOf(config);
  return (frame, read, moment) => {
    const plan = plans.find(read.step.executionId);
    const grant = readGrant(frame, readSigned);
    if (grant === "forged") return refuse("GRANT_SIGNATURE_INVALID");
    if (plan.announcement === null && plan.forged) return refuse("ANNOUNCEMENT_INVALID");
    const answer = admit(read.dispatch, {
      tenant: options.tenantId,
      agent: options.agentId,
      own: ownReading(read, config),
      announcement: plan.announcement,
      amendments: plan.amendments,
      grant,
      local,
      ...moment,
    });
    return answer.ok ? (hostRefusal(frame, read, config) ?? secretRefusal(read, secrets) ?? answer) : answer;
  };
}

/** With what only this host knows: a git that would read a repository that its owner has not listed asks first. */
function ownReading(read: ReadDispatch, config: AgentConfig): ReadDispatch["own"] {
  const cwd = workingDirectory(read.settings.workingDirectory, config);
  const asksBecause = gitAsksBecause(read, cwd, config.repositories);
  return asksBecause === undefined ? read.own : { ...read.own, asksBecause };
}

function readGrant(frame: ExecuteStep, readSigned: ReadSigned): Grant | null | "forged" {
  if (frame.grant === undefined) return null;
  const text = readSigned(frame.grant);
  return (text === null ? null : parseGrant(text)) ?? "forged";
}

function hostRefusal(frame: ExecuteStep, read: ReadDispatch, config: AgentConfig): Refusal | undefined {
  // The word of the server that nobody was asked must agree with the absence of a grant.
  if (frame.automatic !== (frame.grant === undefined)) return refuse("GRANT_MISSING");
  const { runAs } = read.settings;
  // Null is what the local file says; anything else must say the same.
  if (runAs !== null && runAs !== config.runAs)
    return refuse("ENVIRONMENT_NOT_ALLOWED", "The agent's local file names another user to run as, or none.");
  if (read.settings.environment.some(([, value]) => value.startsWith("secret:"))) {
    return refuse("ENVIRONMENT_NOT_ALLOWED", "Secrets are put into commands, never into the environment of a dispatch.");
  }
  if (workingDirectory(read.settings.workingDirectory, config) === undefined) {
    return refuse("ENVIRONMENT_NOT_ALLOWED", "The working directory is not listed in the agent's local file.");
  }
  return undefined;
}

/** Judged with the values, so that a refusal comes before anything is accepted; the values themselves stay in here. */
function secretRefusal({ plan, own, targets }: ReadDispatch, resolve: SecretResolver): Refusal | undefined {
  const resolved = plan === null ? undefined : resolve(plan, { risk: own.risk, targets });
  return resolved !== undefined && "ok" in resolved ? resolved : undefined;
}

/** The folder to run in: the default, or the wanted one where the local file lists it or a folder above it. */
export function workingDirectory(wanted: string | null, config: Pick<AgentConfig, "workingDirectories">): string | undefined {
  if (wanted === null) return config.workingDirectories[0];
  const isListed = config.workingDirectories.some(
    (folder) => wanted === folder || wanted.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
  return isListed && resolve(wanted) === wanted ? wanted : undefined;
}
