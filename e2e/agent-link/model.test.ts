// A language model and a text that a person types into an execution: it is asked before the decision, and its silence counts.
import { readFileSync } from "node:fs";
import { type Agent, enrol, loadConfig, startAgent } from "@dd0c/agent";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type Behaviour,
  type ModelServer,
  emptyReview,
  opinionOf,
  startModelServer,
} from "../../packages/server/test-support/model-server.ts";
import { startTestServer, type TestServer } from "../../packages/server/test-support/running-server.ts";
import { begin, openStep, readExecution, type Session, signIn, until } from "../support/session.ts";

let model: ModelServer;
let server: TestServer;
let agent: Agent;
let admin: Session;
let executionId: string;

const says =
  (classification: string): Behaviour =>
  ({ purpose }) => ({ content: purpose === "classify" ? opinionOf(classification, 0.99) : emptyReview });

beforeAll(async () => {
  model = await startModelServer();
  model.behave(says("safe"));
  server = await startTestServer({
    environment: { DEMO: "1", AGENT_PORT: "0", LLM_PROVIDER: "anthropic", LLM_BASE_URL: model.url, LLM_MODEL: "small", LLM_API_KEY: "k" },
  });
  admin = await signIn(server.url, await server.newSignInLink());
  await admin.call("setup", { body: { governance_mode: "strict", demo_trust_level: 2 } });
  const config = loadConfig(server.agentConfigFile ?? "");
  const identity = await enrol(config.server, config.name, readFileSync(server.enrolmentTokenFile ?? "", "utf8"));
  agent = await startAgent({ config, identity: () => identity, log: () => undefined });
  await until("the agent online", async () => agent.isConnected(), Boolean);
  const text = "# Look\n\n1. Look at the load.\n\n   ```\n   uptime\n   ```\n";
  const { id } = await admin.call("createRunbook", { body: { raw_text: text, trust_level: 2 } });
  executionId = (await begin(admin, id)).id;
  await waiting();
});
afterAll(async () => {
  await agent.stop();
  await server.stop();
  await model.close();
});

const waiting = async () => {
  const execution = await until(
    "a step that waits",
    () => readExecution(admin, executionId),
    (now) => openStep(now) !== undefined,
  );
  const step = openStep(execution);
  if (step === undefined) throw new Error("no step waits");
  return step;
};
const typed = async (command: string): Promise<string> => {
  const before = await waiting();
  await admin.call("modifyStep", { params: { id: executionId, sid: before.id }, body: { command } });
  const after = await waiting();
  expect(after.command).toBe(command);
  return after.risk;
};

it.each([
  ["df -h", says("safe"), "safe"],
  ["df -i", says("dangerous"), "dangerous"],
  ["free -m", () => ({ content: "no" }), "caution"],
  ["rm -rf /srv/cache", says("safe"), "dangerous"],
] satisfies [string, Behaviour, string][])("%s", async (command, behaviour, risk) => {
  model.behave(behaviour);
  model.forget();
  expect(await typed(command)).toBe(risk);
  expect(model.requests).toHaveLength(1);
  expect(model.requests[0]?.user).toContain(`"command": "${command}"`);
});

it("is not asked again about what it answered", async () => {
  model.forget();
  expect(await typed("df -h")).toBe("safe");
  expect(model.requests).toEqual([]);
});
