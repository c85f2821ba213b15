// What the end-to-end suite may use of the agent; users start main.ts.

export { type Agent, type AgentOptions, startAgent } from "./agent.ts";
export { type AgentConfig, loadConfig } from "./config.ts";
export { examine } from "./doctor/run-doctor.ts";
export { enrol, renew } from "./enrol.ts";
export { type AgentIdentity, loadIdentity, saveIdentity } from "./identity.ts";
