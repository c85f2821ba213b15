// First contact and renewal: a token (or the present certificate) goes in, a new identity comes out.
// The X.509 library is loaded only here, because it costs more memory and time than everything else at the start.

import { createHash, generateKeyPairSync, webcrypto, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { AppError, isErrorCode } from "@dd0c/core";
import {
  AgentLinkClient,
  type EnrolmentToken,
  type EnrollResponse,
  parseEnrolmentToken,
  type RotateCertificateResponse,
} from "@dd0c/protocol/agent";
import { credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { binaryHash } from "./binary-hash.ts";
import type { AgentIdentity } from "./identity.ts";
import { agentVersion } from "./version.ts";

/** Answers of the server are waited for this long. */
const deadlineMs = 15_000;
const callOptions = () => ({ deadline: Date.now() + deadlineMs });

interface NewKey {
  readonly keyPem: string;
  readonly certificateRequest: Buffer;
}

/**
 * Enrols with a one-time token.
 * @param tokenText the text of the token, `dd0c-enroll.SECRET.CA`
 * @param known who this data folder belongs to already: its journal is that agent's, so another one is not let in
 * @throws AppError ENROLMENT_TOKEN_INVALID (not a token, or refused by the server), TOKEN_OF_ANOTHER_AGENT,
 * AGENT_OFFLINE (not reachable, or not the server of the token)
 */
export async function enrol(server: string, name: string, tokenText: string, known?: AgentIdentity): Promise<AgentIdentity> {
  const token = parseEnrolmentToken(tokenText);
  if (token === undefined) throw new AppError("ENROLMENT_TOKEN_INVALID", "This is no enrolment token.");
  const ca = authorityOf(token);
  const { keyPem, certificateRequest } = await newKey();
  const client = new AgentLinkClient(server, credentials.createSsl(Buffer.from(ca.toString())), serverName(server));
  try {
    const answer = await new Promise<EnrollResponse>((resolve, reject) => {
      const again = known === undefined ? {} : { knownAgentId: known.agentId };
      const request = { secret: token.secret, certificateRequest, agentName: name, agentVersion, binaryHash: binaryHash(), ...again };
      client.enroll(request, new Metadata(), callOptions(), (error, response) =>
        error === null ? resolve(response) : reject(refusal(error)),
      );
    });
    const { tenantId, agentId, certificatePem, notAfterMs, engineKeys } = answer;
    return { tenantId, agentId, keyPem, certificatePem, caPem: ca.toString(), notAfterMs, tokenHash: tokenHash(tokenText), engineKeys };
  } finally {
    client.close();
  }
}

/** Replaces key and certificate with the present ones as proof. @throws AppError CERTIFICATE_INVALID, AGENT_OFFLINE */
export async function renew(server: string, identity: AgentIdentity): Promise<AgentIdentity> {
  const { keyPem, certificateRequest } = await newKey();
  const client = new AgentLinkClient(server, mutualTls(identity), serverName(server));
  try {
    const answer = await new Promise<RotateCertificateResponse>((resolve, reject) => {
      client.rotateCertificate({ certificateRequest }, new Metadata(), callOptions(), (error, response) =>
        error === null ? resolve(response) : reject(refusal(error)),
      );
    });
    return { ...identity, keyPem, certificatePem: answer.certificatePem, notAfterMs: answer.notAfterMs };
  } finally {
    client.close();
  }
}

/** Channel options for an address: TLS knows no server names that are IP addresses, so the name that every gateway has is asked for. */
export function serverName(server: string): Record<string, string> {
  const host = server.slice(0, server.lastIndexOf(":")).replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? {} : { "grpc.ssl_target_name_override": "localhost" };
}

/** Credentials that trust the pinned authority and nothing else. */
export function mutualTls(identity: AgentIdentity) {
  return credentials.createSsl(Buffer.from(identity.caPem), Buffer.from(identity.keyPem), Buffer.from(identity.certificatePem));
}

/** Tells one token from another without keeping either. */
export function tokenHash(tokenText: string): string {
  return createHash("sha256").update(tokenText.trim(), "utf8").digest("hex");
}

function authorityOf(token: EnrolmentToken): X509Certificate {
  try {
    return new X509Certificate(token.caDer);
  } catch {
    throw new AppError("ENROLMENT_TOKEN_INVALID", "The token holds no certificate authority.");
  }
}

async function newKey(): Promise<NewKey> {
  await import("reflect-metadata");
  const { Pkcs10CertificateRequestGenerator } = await import("@peculiar/x509");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keys = {
    privateKey: await webcrypto.subtle.importKey("pkcs8", privateKey.export({ type: "pkcs8", format: "der" }), algorithm, false, ["sign"]),
    publicKey: await webcrypto.subtle.importKey("spki", publicKey.export({ type: "spki", format: "der" }), algorithm, true, ["verify"]),
  };
  const request = await Pkcs10CertificateRequestGenerator.create({ keys, signingAlgorithm: algorithm });
  return { keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), certificateRequest: Buffer.from(request.rawData) };
}

/** What the server said, as a code of the table; silence and a foreign certificate are both "not reachable". */
function refusal(error: ServiceError): AppError {
  const code = errorCodeOf(error.details);
  return code === undefined ? new AppError("AGENT_OFFLINE", `The server cannot be reached: ${error.details}`) : new AppError(code);
}

/** The code at the start of status details `CODE` or `CODE: why`. */
export function errorCodeOf(details: string) {
  const [word = ""] = details.split(":");
  return isErrorCode(word) ? word : undefined;
}
