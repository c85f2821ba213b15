// What the end-to-end suite may use of the agent; users start main.ts.

export { type Agent, type AgentOptions, startAgent } from "./agent.ts";
export { type AgentConfig, loadConfig } from "./config.ts";
export { enrol } from "./enrol.ts";
export { type AgentIdentity, loadIdentity, saveIdentity } from "./identity.ts";
