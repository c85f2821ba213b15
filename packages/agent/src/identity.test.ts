import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type AgentIdentity, identityFile, loadIdentity, saveIdentity } from "./identity.ts";
import { agentVersion } from "./version.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-identity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const identity: AgentIdentity = {
  tenantId: "t",
  agentId: "a",
  keyPem: "key",
  certificatePem: "certificate",
  caPem: "ca",
  notAfterMs: 5,
  tokenHash: null,
  engineKeys: [{ id: "k", spkiDer: Buffer.from([1, 2, 3]) }],
};

describe("identity", () => {
  it("comes back as it was stored, readable by the owner only", () => {
    expect(loadIdentity(folder)).toBeUndefined();
    saveIdentity(folder, identity);
    expect(loadIdentity(folder)).toEqual(identity);
    expect(statSync(identityFile(folder)).mode & 0o777).toBe(0o600);
  });

  it("is refused when others could have read it, or when it is damaged", () => {
    chmodSync(identityFile(folder), 0o640);
    expect(() => loadIdentity(folder)).toThrow(/accessible to other users/);
    writeFileSync(identityFile(folder), '{"tenantId":');
    chmodSync(identityFile(folder), 0o600);
    expect(() => loadIdentity(folder)).toThrow(/is damaged/);
  });
});

describe("version", () => {
  it("is the package's", () => {
    expect(agentVersion).toBe(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version);
  });
});
