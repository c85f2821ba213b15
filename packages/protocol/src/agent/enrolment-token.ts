// The text that an administrator carries from the server to a new agent: a one-time secret and the server's CA certificate.
// The secret proves the agent to the server; the certificate proves the server to the agent before any other trust exists,
// so that the first connection is as strict as every later one. Only the secret ever travels back.

/** Both halves of an enrolment token. `caDer` is the certificate authority's certificate, DER. */
export interface EnrolmentToken {
  readonly secret: string;
  readonly caDer: Buffer;
}

const prefix = "dd0c-enroll";
const shape = /^dd0c-enroll\.([A-Za-z0-9_-]{32,128})\.([A-Za-z0-9_-]{64,4096})$/;

/** Writes a token on one line: `dd0c-enroll.SECRET.CA`, both parts base64url. */
export function formatEnrolmentToken(token: EnrolmentToken): string {
  return `${prefix}.${token.secret}.${token.caDer.toString("base64url")}`;
}

/** Reads a token, surrounding white space allowed. Anything else gives `undefined`. */
export function parseEnrolmentToken(text: string): EnrolmentToken | undefined {
  const match = shape.exec(text.trim());
  const [secret, ca] = [match?.[1], match?.[2]];
  if (secret === undefined || ca === undefined) return undefined;
  return { secret, caDer: Buffer.from(ca, "base64url") };
}
