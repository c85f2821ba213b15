// The authority against Node's own TLS verifier: what it issues is accepted for what it says and for nothing else.
import "reflect-metadata";
import { createHash, webcrypto, X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pkcs10CertificateRequestGenerator } from "@peculiar/x509";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CertificateAuthority, openCertificateAuthority } from "./certificate-authority.ts";
import { openEngineKey } from "./engine-key.ts";
import { peerIdentity } from "./peer-identity.ts";

const now = Date.UTC(2026, 0, 1);
const folder = mkdtempSync(join(tmpdir(), "dd0c-ca-"));
const file = join(folder, "keys/agent-ca.pem");
let ca: CertificateAuthority;

beforeAll(async () => {
  ca = await openCertificateAuthority(file, now);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function request(curve = "P-256"): Promise<Uint8Array> {
  const keys = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: curve }, true, ["sign", "verify"]);
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name: "CN=someone-else",
    keys,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
  });
  return new Uint8Array(csr.rawData);
}

describe("certificate authority", () => {
  it("keeps its key private and comes back as the same authority", async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await openCertificateAuthority(file, now + 1)).caPem).toBe(ca.caPem);
  });

  it("names tenant and agent in the certificate whatever the request asked for", async () => {
    const issued = await ca.issueAgentCertificate(await request(), { tenantId: "t-1", agentId: "a_2" }, now);
    const certificate = new X509Certificate(issued.certificatePem);
    expect(certificate.subjectAltName).toBe("URI:dd0c://tenant/t-1/agent/a_2");
    expect(certificate.subject).toBe("O=dd0c agent\nCN=t-1");
    expect(certificate.serialNumber.toLowerCase()).toBe(issued.serial);
    expect(certificate.verify(new X509Certificate(ca.caPem).publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(Date.parse(certificate.validTo)).toBe(now + 90 * 86_400_000);
    const spki = certificate.publicKey.export({ type: "spki", format: "der" });
    expect(createHash("sha256").update(spki).digest("hex")).toBe(issued.publicKeyFingerprint);
    expect(peerIdentity(certificate.toLegacyObject() as never)).toEqual({
      tenantId: "t-1",
      agentId: "a_2",
      serial: issued.serial,
      notAfterMs: issued.notAfterMs,
    });
  });

  it("certifies the gateway for names and addresses, for serving only", async () => {
    const issued = await ca.issueServerCertificate(["localhost", "127.0.0.1", "::1"], now);
    const certificate = new X509Certificate(issued.chainPem);
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkIP("::1")).toBeDefined();
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(peerIdentity(certificate.toLegacyObject() as never)).toBeUndefined();
  });

  it.each([
    ["no DER", async () => new Uint8Array([1, 2, 3])],
    ["another curve", () => request("P-384")],
    [
      "a broken signature",
      async () => {
        const der = await request();
        der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
        return der;
      },
    ],
  ])("refuses a request with %s", async (_name, make) => {
    await expect(ca.issueAgentCertificate(await make(), { tenantId: "t", agentId: "a" }, now)).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
  });

  it("refuses ids that could reach another tenant's name", async () => {
    await expect(ca.issueAgentCertificate(await request(), { tenantId: "t/agent/x", agentId: "a" }, now)).rejects.toThrow(RangeError);
  });

  it("refuses a damaged file and one that others can read", async () => {
    const damaged = join(folder, "damaged.pem");
    writeFileSync(damaged, readFileSync(file, "utf8").slice(0, 100), { mode: 0o600 });
    await expect(openCertificateAuthority(damaged, now)).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    chmodSync(damaged, 0o644);
    await expect(openCertificateAuthority(damaged, now)).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("0600"),
    });
  });
});

describe("engine key", () => {
  it("keeps its identity over restarts and signs what others can check", async () => {
    const { createPublicKey, verify } = await import("node:crypto");
    const first = await openEngineKey(join(folder, "engine.pem"));
    const again = await openEngineKey(join(folder, "engine.pem"));
    const signed = first.sign(Buffer.from('{"a":"ä"}'));
    const key = createPublicKey({ key: again.spkiDer, format: "der", type: "spki" });
    expect(again.id).toBe(first.id);
    expect(signed.payload.toString("utf8")).toBe('{"a":"ä"}');
    expect(verify(null, signed.payload, key, signed.signature)).toBe(true);
    expect(verify(null, Buffer.concat([signed.payload, Buffer.from(" ")]), key, signed.signature)).toBe(false);
  });
});
