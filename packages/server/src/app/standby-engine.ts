// An engine that runs nothing: agents connect and stay known, every execution endpoint is refused.
import { AppError } from "@dd0c/core";
import type { AgentGateway } from "../agents/gateway-ports.ts";
import { recordConnection, recordHeartbeat } from "../db/index.ts";
import type { AppContext } from "./context.ts";
import type { EngineHandlers, EnginePart } from "./engine-part.ts";

const refuse = (): never => {
  throw new AppError("FEATURE_DISABLED", "Executions are not available on this server.");
};

const handlers: EngineHandlers = {
  startExecution: async () => refuse(),
  listExecutions: async () => ({ items: [], next_cursor: null }),
  getExecution: async () => refuse(),
  getExecutionSteps: async () => refuse(),
  watchExecution: async () => refuse(),
  getStepOutput: async () => refuse(),
  confirmPreflight: async () => refuse(),
  approveStep: async () => refuse(),
  modifyStep: async () => refuse(),
  skipStep: async () => refuse(),
  reportStep: async () => refuse(),
  continueStep: async () => refuse(),
  abortExecution: async () => refuse(),
  resumeExecution: async () => refuse(),
  getPanic: async () => ({ on: false, since: null, by: null, reason: null, agents: [] }),
  panicOn: async () => refuse(),
  panicOff: async () => refuse(),
};

export function createStandbyEngine(app: Pick<AppContext, "db" | "clock">): EnginePart {
  let gateway: AgentGateway | undefined;
  const now = (): Date => new Date(app.clock.now());
  return {
    handlers,
    presence: {
      isOnline: (agentId) => gateway?.isOnline(agentId) ?? false,
      panicStateOf: (agentId) => (gateway?.isOnline(agentId) === true ? "running" : "unreachable"),
    },
    gatewayPorts: {
      onConnected: async ({ tenantId, agentId, hello }) => {
        const greeting = {
          version: hello.agentVersion,
          patternVersion: hello.patternVersion,
          ceiling: null,
          journalId: hello.journalId,
          capabilities: hello.capabilities,
        };
        const known = await app.db.withTenant(tenantId, (tx) => recordConnection(tx, agentId, greeting, now()));
        return known === undefined ? { refused: "AGENT_NOT_FOUND" } : { fencingEpoch: known.fencingEpoch };
      },
      onDisconnected: async () => undefined,
      onFrame: async ({ tenantId, agentId }, { frame }) => {
        if (frame.$case === "heartbeat") await app.db.withTenant(tenantId, (tx) => recordHeartbeat(tx, agentId, now()));
      },
      currentPanic: () => ({ on: false, panicId: "" }),
    },
    start: async (opened) => {
      gateway = opened;
    },
    stop: async () => undefined,
  };
}
