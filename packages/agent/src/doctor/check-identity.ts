// Who the agent is and for how long: its stored identity and the dates of its certificate. In: the data folder and the time to judge by.

import { statSync } from "node:fs";
import { X509Certificate } from "node:crypto";
import { AppError } from "@dd0c/core";
import { type AgentIdentity, loadIdentity } from "../identity.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

const dayMs = 86_400_000;
/** The agent renews a month before the end; half of it gone means that it does not manage to. */
const lateDays = 15;

const enrol = "Have an admin make a one-time token for this agent's name and start it once with --enroll-token-file FILE.";

export interface Identified {
  readonly findings: readonly Finding[];
  readonly identity: AgentIdentity | undefined;
}

export function checkIdentity(dataFolder: string): Identified {
  const exposed = checkFolder(dataFolder);
  try {
    const identity = loadIdentity(dataFolder);
    if (identity === undefined) return { findings: [...exposed, problem("NOT_ENROLLED", "This agent is not enrolled.", enrol)], identity };
    return { findings: [...exposed, ok("IDENTITY", `Enrolled as agent ${identity.agentId} of tenant ${identity.tenantId}.`)], identity };
  } catch (error) {
    const message = error instanceof AppError ? error.message : "The identity cannot be read.";
    return { findings: [...exposed, problem("IDENTITY", message, enrol)], identity: undefined };
  }
}

/** Keys and journal lie here: nobody else has business in it. */
function checkFolder(dataFolder: string): readonly Finding[] {
  const stat = statSync(dataFolder, { throwIfNoEntry: false });
  if (stat === undefined || (stat.mode & 0o077) === 0) return [];
  return [problem("DATA_FOLDER", `${dataFolder} is open to other users.`, `chmod 700 ${dataFolder}`)];
}

/** @param nowMs the server's time where it is known: that is what the certificate is judged by */
export function checkCertificate({ certificatePem }: AgentIdentity, nowMs: number): Finding {
  const { validFrom, validTo } = new X509Certificate(certificatePem);
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  const life = `The certificate is valid from ${new Date(from).toISOString()} until ${new Date(to).toISOString()}`;
  if (to <= nowMs) return problem("CERTIFICATE_EXPIRED", `${life}: it has expired.`, enrol);
  if (from > nowMs) return problem("CERTIFICATE_EARLY", `${life}: it is not valid yet.`, "Set this host's clock (NTP), or the server's.");
  const days = Math.floor((to - nowMs) / dayMs);
  if (days < lateDays)
    return warning(
      "CERTIFICATE_LATE",
      `${life}, ${days} days from now; it should have been renewed.`,
      "Start the agent, or look in its log for certificate_not_renewed.",
    );
  return ok("CERTIFICATE", `${life}, ${days} days from now.`);
}
