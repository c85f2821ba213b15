// Who is calling: the verified client certificate goes in, tenant, agent and serial come out.
// Names come from the subject alternative name only, never from the subject, a header or a message.

import type { PeerCertificate } from "node:tls";

/** An agent as its certificate names it. `serial` is lower-case hex. */
export interface PeerIdentity {
  readonly tenantId: string;
  readonly agentId: string;
  readonly serial: string;
  /** End of the certificate's life. */
  readonly notAfterMs: number;
}

const idShape = "[A-Za-z0-9_-]{1,64}";
const uriShape = new RegExp(`^dd0c://tenant/(${idShape})/agent/(${idShape})$`);

/** The one URI of an agent's certificate. Ids are letters, digits, `_` and `-`, at most 64. */
export function agentUri(agent: { readonly tenantId: string; readonly agentId: string }): string {
  const uri = `dd0c://tenant/${agent.tenantId}/agent/${agent.agentId}`;
  if (!uriShape.test(uri)) throw new RangeError("tenant and agent ids must be letters, digits, _ and -, at most 64 characters");
  return uri;
}

/** Reads the identity of a certificate that TLS has verified against our authority; `undefined` when it names anything but one agent. */
export function peerIdentity(certificate: PeerCertificate | undefined): PeerIdentity | undefined {
  const match = onlyUri(certificate?.subjectaltname);
  const [tenantId, agentId] = [match?.[1], match?.[2]];
  if (certificate === undefined || tenantId === undefined || agentId === undefined) return undefined;
  return { tenantId, agentId, serial: certificate.serialNumber.toLowerCase(), notAfterMs: Date.parse(certificate.valid_to) };
}

/** The one name of a certificate, if it has one only and that is an agent's. */
function onlyUri(names = ""): RegExpExecArray | null {
  return names.startsWith("URI:") && !names.includes(", ") ? uriShape.exec(names.slice(4)) : null;
}
