// What the server says to this agent's certificate, and what time it has. Asked with a renewal that holds no key: the server checks the
// caller first and then refuses the request, so that nothing changes on either side.

import { AgentLinkClient } from "@dd0c/protocol/agent";
import { Metadata } from "@grpc/grpc-js";
import { errorCodeOf, mutualTls, serverName } from "../enrol.ts";
import type { AgentIdentity } from "../identity.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

const withinMs = 5_000;
/** The agent judges by the server's time; this is about people who compare logs, and about certificates. */
const skewWarningMs = 30_000;

export interface Answer {
  /** The code of the refusal; VALIDATION_FAILED is the good one. Undefined: no answer of ours. */
  readonly code: string | undefined;
  /** Server minus this host, in milliseconds, give or take a second; undefined where the server did not say. */
  readonly skewMs: number | undefined;
}

export function askServer(server: string, identity: AgentIdentity): Promise<Answer> {
  const client = new AgentLinkClient(server, mutualTls(identity), serverName(server));
  let date: string | undefined;
  const dateOf = (metadata: Metadata): void => {
    date ??= metadata.get("date")[0]?.toString();
  };
  return new Promise((resolve) => {
    const call = client.rotateCertificate(
      { certificateRequest: Buffer.alloc(0) },
      new Metadata(),
      { deadline: Date.now() + withinMs },
      (error) => {
        client.close();
        if (error !== null) dateOf(error.metadata);
        const serverMs = Date.parse(date ?? "");
        resolve({
          code: error === null ? undefined : errorCodeOf(error.details),
          skewMs: Number.isNaN(serverMs) ? undefined : serverMs - Date.now(),
        });
      },
    );
    call.on("metadata", dateOf);
  });
}

export function answerFindings({ code, skewMs }: Answer): readonly Finding[] {
  return [standing(code), ...(skewMs === undefined ? [] : [clock(skewMs)])];
}

function standing(code: string | undefined): Finding {
  if (code === "VALIDATION_FAILED") return ok("STANDING", "The server accepts this agent's certificate.");
  if (code === "CERTIFICATE_INVALID") {
    const remedy = "Have an admin make a one-time token for this agent's name and start it once with --enroll-token-file FILE.";
    return problem("STANDING", "The server refuses this agent's certificate: it was revoked, has expired or is not known there.", remedy);
  }
  return problem(
    "STANDING",
    `The server gave no usable answer (${code ?? "none"}).`,
    "Check that `server` names dd0c's agent port, and look at the server's log.",
  );
}

function clock(skewMs: number): Finding {
  const seconds = Math.round(skewMs / 1_000);
  if (Math.abs(skewMs) <= skewWarningMs) return ok("CLOCK", "This host's clock agrees with the server's.");
  const message = `This host's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "behind" : "ahead of"} the server's.`;
  return warning(
    "CLOCK",
    message,
    "Set this host's clock (NTP). Deadlines are judged by the server's time and stay right; log times do not.",
  );
}
