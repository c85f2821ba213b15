// Certificates for agents: a one-time secret and a request come in, a certificate and the keys to trust go out; later its successor.
// The secret is used up by the store in the same transaction that records the certificate, so that two users of one secret cannot both win.

import { AppError, type ErrorCode } from "@dd0c/core";
import { type sendUnaryData, type ServerUnaryCall, status } from "@grpc/grpc-js";
import type { EnrollRequest, EnrollResponse, RotateCertificateRequest, RotateCertificateResponse } from "@dd0c/protocol/agent";
import { binaryHashOf } from "./binary-hash.ts";
import type { CertificateAuthority } from "./certificate-authority.ts";
import type { EngineKey } from "./engine-key.ts";
import type { AgentGatewayPorts } from "./gateway-ports.ts";
import { peerIdentity } from "./peer-identity.ts";

export interface EnrolmentOptions {
  readonly ca: CertificateAuthority;
  readonly engineKeys: readonly EngineKey[];
  readonly ports: Pick<AgentGatewayPorts, "verifyEnrolmentToken" | "registerAgent" | "registerRotation" | "isRevoked" | "now">;
}

/** A refused call: its status and the code that the agent reads. */
interface Denied {
  readonly denied: ErrorCode;
  readonly status: number;
}

const denied = (code: ErrorCode, grpcStatus: number): Denied => ({ denied: code, status: grpcStatus });

/** Handlers of the two unary calls. Codes: ENROLMENT_TOKEN_INVALID, VALIDATION_FAILED (the request), CERTIFICATE_INVALID, INTERNAL_ERROR. */
export function enrolmentHandlers(options: EnrolmentOptions) {
  return {
    enroll: unary<EnrollRequest, EnrollResponse>((call) => enroll(options, call)),
    rotateCertificate: unary<RotateCertificateRequest, RotateCertificateResponse>((call) => rotate(options, call)),
  };
}

async function enroll(options: EnrolmentOptions, call: ServerUnaryCall<EnrollRequest, EnrollResponse>): Promise<EnrollResponse | Denied> {
  const { ca, ports } = options;
  const { secret, agentVersion, certificateRequest, binaryHash, knownAgentId } = call.request;
  const ticket = await ports.verifyEnrolmentToken(secret);
  if ("refused" in ticket) return denied(ticket.refused, status.UNAUTHENTICATED);
  // The token stays unused: its owner may still need it elsewhere.
  if (knownAgentId !== undefined && knownAgentId !== ticket.agentId) return denied("TOKEN_OF_ANOTHER_AGENT", status.PERMISSION_DENIED);
  const certificate = await ca.issueAgentCertificate(certificateRequest, ticket, ports.now());
  const hash = binaryHashOf(binaryHash);
  const program = hash === null ? {} : { binaryHash: hash };
  const version = agentVersion.slice(0, 64);
  const registration = { ...ticket, ...program, secret, agentVersion: version, certificate, peerAddress: call.getPeer() };
  const registered = await ports.registerAgent(registration);
  if ("refused" in registered) return denied(registered.refused, status.UNAUTHENTICATED);
  return {
    tenantId: ticket.tenantId,
    agentId: ticket.agentId,
    certificatePem: certificate.certificatePem,
    caPem: ca.caPem,
    notAfterMs: certificate.notAfterMs,
    engineKeys: options.engineKeys.map(({ id, spkiDer }) => ({ id, spkiDer })),
  };
}

async function rotate(
  options: EnrolmentOptions,
  call: ServerUnaryCall<RotateCertificateRequest, RotateCertificateResponse>,
): Promise<RotateCertificateResponse | Denied> {
  const { ca, ports } = options;
  const peer = peerIdentity(call.getAuthContext()?.sslPeerCertificate);
  if (peer === undefined) return denied("CERTIFICATE_INVALID", status.UNAUTHENTICATED);
  if (await ports.isRevoked(peer)) return denied("CERTIFICATE_INVALID", status.PERMISSION_DENIED);
  const certificate = await ca.issueAgentCertificate(call.request.certificateRequest, peer, ports.now());
  const registered = await ports.registerRotation(peer, certificate);
  if ("refused" in registered) return denied(registered.refused, status.PERMISSION_DENIED);
  return { certificatePem: certificate.certificatePem, caPem: ca.caPem, notAfterMs: certificate.notAfterMs };
}

/** Turns answers, refusals and failures into what gRPC sends; a failure's text stays here. */
function unary<Request, Response extends object>(handle: (call: ServerUnaryCall<Request, Response>) => Promise<Response | Denied>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    handle(call).then(
      (answer) => ("denied" in answer ? callback({ code: answer.status, details: answer.denied }) : callback(null, answer)),
      (error: unknown) => {
        const invalid = error instanceof AppError && error.code === "VALIDATION_FAILED";
        callback(invalid ? { code: status.INVALID_ARGUMENT, details: error.code } : { code: status.INTERNAL, details: "INTERNAL_ERROR" });
      },
    );
  };
}
