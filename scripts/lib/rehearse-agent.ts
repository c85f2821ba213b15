// One start of the agent as every day has it: a server of the moment to enrol with and to connect to, in a folder of its own.
// In: nothing. Out: the agent's arguments, and a way to be rid of it all. Used when the agent is built, to learn what of it a start needs.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCertificateAuthority } from "../../packages/server/src/agents/certificate-authority.ts";
import { openEngineKey } from "../../packages/server/src/agents/engine-key.ts";
import { newEnrolmentToken } from "../../packages/server/src/agents/enrolment-token.ts";
import { startAgentGateway } from "../../packages/server/src/agents/gateway.ts";
import type { AgentGatewayPorts } from "../../packages/server/src/agents/gateway-ports.ts";

export interface Rehearsal {
  readonly calls: readonly (readonly string[])[];
  close(): Promise<void>;
}

const agent = { tenantId: "rehearsal", agentId: "rehearsal", agentName: "rehearsal" };

/** Believes everybody and keeps nothing; it listens on loopback while a build runs. */
const ports: AgentGatewayPorts = {
  verifyEnrolmentToken: async () => agent,
  registerAgent: async () => ({ registered: true }),
  registerRotation: async () => ({ registered: true }),
  isRevoked: async () => false,
  onConnected: async () => ({ fencingEpoch: 1 }),
  onDisconnected: async () => undefined,
  onFrame: async () => undefined,
  currentPanic: () => ({ on: false, panicId: "" }),
  now: Date.now,
};

export async function rehearseAgent(): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-rehearsal-"));
  const ca = await openCertificateAuthority(join(folder, "ca.pem"), Date.now());
  const engineKeys = [await openEngineKey(join(folder, "engine.pem"))] as const;
  const gateway = await startAgentGateway({
    ca,
    engineKeys,
    host: "127.0.0.1",
    port: 0,
    serverNames: [],
    ports,
    heartbeatIntervalMs: 1_000,
  });
  const [config, token] = [join(folder, "agent.json"), join(folder, "token")];
  writeFileSync(config, JSON.stringify({ server: `127.0.0.1:${gateway.port}`, limits: { mode: "off" } }), { mode: 0o600 });
  writeFileSync(token, newEnrolmentToken(ca).token, { mode: 0o600 });
  return {
    calls: [["start", "--config", config, "--enroll-token-file", token]],
    async close() {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
