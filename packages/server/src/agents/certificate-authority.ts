// The certificate authority of the agent link: a data folder or PEM text goes in, certificates for the gateway and for agents come out.
// It signs what it is told: who may have a certificate is decided by enrolment. It never writes an agent's private key,
// because it never sees one.

import "reflect-metadata";
import { createHash, createPrivateKey, randomBytes, webcrypto, X509Certificate as NodeCertificate } from "node:crypto";
import { isIP } from "node:net";
import { AppError } from "@dd0c/core";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type CryptoProvider,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { agentUri } from "./peer-identity.ts";
import { openPrivateFile } from "./private-file.ts";

// The certificate library asks a process-wide provider; there is no other user of it.
cryptoProvider.set(webcrypto as unknown as Parameters<CryptoProvider["set"]>[0]);

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const dayMs = 86_400_000;
/**
 * A certificate is valid from long before it was made: an agent whose clock is hours behind must still reach the server, whose time is what
 * it judges dispatches by. When a certificate begins protects nothing here; when it ends does.
 */
const skewMs = 2 * dayMs;
const caDays = 3650;

const agentCertificateDays = 90;

/** A certificate issued to an agent. `serial` is lower-case hex without leading zeros lost, `publicKeyFingerprint` SHA-256 hex of the SPKI. */
export interface AgentCertificate {
  readonly certificatePem: string;
  readonly serial: string;
  readonly publicKeyFingerprint: string;
  readonly publicKeyPem: string;
  readonly notAfterMs: number;
}

/** Key and certificate chain of the gateway; the chain ends in the authority itself. */
interface ServerCertificate {
  readonly keyPem: string;
  readonly chainPem: string;
  readonly notAfterMs: number;
}

export interface CertificateAuthority {
  readonly caPem: string;
  readonly caDer: Buffer;
  /**
   * Certifies an agent's key for 90 days.
   * @param request PKCS #10 DER, self-signed with an ECDSA P-256 key; whatever names it asks for are ignored.
   * @throws AppError VALIDATION_FAILED
   */
  issueAgentCertificate(request: Uint8Array, agent: { tenantId: string; agentId: string }, nowMs: number): Promise<AgentCertificate>;
  /** Makes a key and a certificate for the gateway. @param names DNS names and IP addresses that agents dial. */
  issueServerCertificate(names: readonly string[], nowMs: number): Promise<ServerCertificate>;
}

/**
 * Opens the authority kept in `file` (key and certificate in one PEM, 0600), creating it at the first start.
 * @throws AppError CONFIG_INVALID when the file is damaged, or accessible to others
 */
export async function openCertificateAuthority(file: string, nowMs: number): Promise<CertificateAuthority> {
  return loadCertificateAuthority(await openPrivateFile(file, () => createAuthorityPem(nowMs)));
}

/**
 * Loads an authority from PEM text that holds its PKCS #8 key and its certificate.
 * @throws AppError CONFIG_INVALID
 */
async function loadCertificateAuthority(pem: string): Promise<CertificateAuthority> {
  try {
    const key = createPrivateKey(pem);
    const caDer = new NodeCertificate(certificatePart(pem)).raw;
    const certificate = new X509Certificate(caDer);
    const signingKey = await webcrypto.subtle.importKey("pkcs8", key.export({ type: "pkcs8", format: "der" }), algorithm, false, ["sign"]);
    if (!new NodeCertificate(caDer).checkPrivateKey(key)) throw new Error("key and certificate do not belong together");
    return authority(certificate, signingKey);
  } catch {
    throw new AppError("CONFIG_INVALID", "The agent certificate authority cannot be read.");
  }
}

function authority(ca: X509Certificate, signingKey: webcrypto.CryptoKey): CertificateAuthority {
  const caPem = `${ca.toString("pem")}\n`;
  return {
    caPem,
    caDer: Buffer.from(ca.rawData),
    async issueAgentCertificate(request, agent, nowMs) {
      const publicKey = await checkedPublicKey(request);
      const serial = newSerial();
      const notAfterMs = nowMs + agentCertificateDays * dayMs;
      const certificate = await X509CertificateGenerator.create({
        serialNumber: serial,
        subject: [{ O: ["dd0c agent"] }, { CN: [agent.tenantId] }],
        issuer: ca.subjectName,
        notBefore: new Date(nowMs - skewMs),
        notAfter: new Date(notAfterMs),
        publicKey,
        signingKey,
        signingAlgorithm: algorithm,
        extensions: [
          ...(await leafExtensions(ca, publicKey, ExtendedKeyUsage.clientAuth)),
          new SubjectAlternativeNameExtension([{ type: "url", value: agentUri(agent) }], true),
        ],
      });
      const publicKeyFingerprint = createHash("sha256").update(Buffer.from(publicKey.rawData)).digest("hex");
      return {
        certificatePem: `${certificate.toString("pem")}\n`,
        serial,
        publicKeyFingerprint,
        publicKeyPem: publicKey.toString("pem"),
        notAfterMs,
      };
    },
    async issueServerCertificate(names, nowMs) {
      const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      const notAfterMs = nowMs + agentCertificateDays * dayMs;
      const certificate = await X509CertificateGenerator.create({
        serialNumber: newSerial(),
        subject: [{ O: ["dd0c server"] }],
        issuer: ca.subjectName,
        notBefore: new Date(nowMs - skewMs),
        notAfter: new Date(notAfterMs),
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: algorithm,
        extensions: [
          ...(await leafExtensions(ca, keys.publicKey, ExtendedKeyUsage.serverAuth)),
          new SubjectAlternativeNameExtension(
            names.map((name) => ({ type: isIP(name) === 0 ? ("dns" as const) : ("ip" as const), value: name })),
            true,
          ),
        ],
      });
      const keyPem = toPem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
      return { keyPem, chainPem: `${certificate.toString("pem")}\n${caPem}`, notAfterMs };
    },
  };
}

async function createAuthorityPem(nowMs: number): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ O: ["dd0c"] }, { CN: ["dd0c agent authority"] }],
    notBefore: new Date(nowMs - skewMs),
    notAfter: new Date(nowMs + caDays * dayMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return `${toPem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey))}${certificate.toString("pem")}\n`;
}

/** A request proves possession of its key by its own signature; a weaker or unknown kind of key is refused. */
async function checkedPublicKey(der: Uint8Array): Promise<Pkcs10CertificateRequest["publicKey"]> {
  const request = parseRequest(der);
  const { name, namedCurve } = request.publicKey.algorithm as { name: string; namedCurve?: string };
  if (name !== algorithm.name || namedCurve !== algorithm.namedCurve) throw invalidRequest("its key is not ECDSA P-256");
  if (!(await request.verify().catch(() => false))) throw invalidRequest("its signature is wrong");
  return request.publicKey;
}

function parseRequest(der: Uint8Array): Pkcs10CertificateRequest {
  try {
    return new Pkcs10CertificateRequest(Uint8Array.from(der));
  } catch {
    throw invalidRequest("it is not PKCS #10 DER");
  }
}

function invalidRequest(why: string): AppError {
  return new AppError("VALIDATION_FAILED", `The certificate request is refused: ${why}.`);
}

async function leafExtensions(
  ca: X509Certificate,
  publicKey: Parameters<typeof SubjectKeyIdentifierExtension.create>[0],
  usage: ExtendedKeyUsage,
) {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([usage], true),
    await SubjectKeyIdentifierExtension.create(publicKey),
    await AuthorityKeyIdentifierExtension.create(ca.publicKey),
  ];
}

/** 16 random bytes; the first bit cleared keeps the number positive, the second set keeps its length. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

function toPem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function certificatePart(pem: string): string {
  const start = pem.indexOf("-----BEGIN CERTIFICATE-----");
  if (start < 0) throw new Error("no certificate in the file");
  return pem.slice(start);
}
