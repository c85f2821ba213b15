// A run that was paused while its agent came back: the dispatch that broke with the old stream is sent again when a person resumes, and not
// before. Real server on the embedded database; the agent is a bare client of the protocol that answers nothing.
import { X509Certificate } from "node:crypto";
import { parseEnrolmentToken } from "@dd0c/protocol/agent";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, begin, openStep, readExecution, type Session, signIn } from "../../../../e2e/support/session.ts";
import { startTestServer, type TestServer } from "../../test-support/running-server.ts";
import { type ClientIdentity, type Door, enrol, helloFrame, openStream, type TestStream, until } from "../agents/test/gateway-fixture.ts";

const binaryHash = "a".repeat(64);
let server: TestServer;
let admin: Session;
let door: Door;
let identity: ClientIdentity;

beforeAll(async () => {
  server = await startTestServer({ environment: { AGENT_PORT: "0" } });
  admin = await signIn(server.url, await server.newSignInLink());
  await admin.call("registerAgentBinary", { body: { hash: binaryHash, name: "a test" } });
  const { token } = await admin.call("createEnrolmentToken", { body: { agent_name: "edge" } });
  const ca = new X509Certificate(parseEnrolmentToken(token)?.caDer ?? "").toString();
  door = { gateway: { port: server.agentPort }, ca: { caPem: ca } };
  identity = await enrol(door, token);
}, 60_000);
afterAll(() => server.stop());

async function connect(): Promise<TestStream> {
  const stream = openStream(door, identity, { hello: false, answerProbes: true });
  stream.send(helloFrame({ binaryHash }));
  await until(() => server.gateway.onlineAgents().length === 1);
  return stream;
}
async function leave(stream: TestStream): Promise<void> {
  stream.close();
  await until(() => server.gateway.onlineAgents().length === 0);
}
const sentOn = (stream: TestStream): readonly string[] =>
  stream.received.flatMap((frame) => (frame.$case === "executeStep" ? [frame.value.step?.stepExecutionId ?? ""] : []));
const aMoment = () => new Promise((next) => setTimeout(next, 1_500));

/** A run whose one step was approved and went into this stream, which says nothing of it. */
async function dispatched(stream: TestStream): Promise<string> {
  const runbook = await admin.call("createRunbook", {
    body: { raw_text: "# Look\n\n1. `kubectl rollout restart deployment/a -n b`\n", trust_level: 2 },
  });
  const { id } = await begin(admin, runbook.id);
  const waiting = await readExecution(admin, id);
  const step = openStep(waiting);
  if (step === undefined) throw new Error("no step waits");
  const before = sentOn(stream).length;
  await approve(admin, waiting, step);
  await until(() => sentOn(stream).length > before);
  return id;
}

it("is sent once more, on the new stream, when a person resumes", async () => {
  const first = await connect();
  const id = await dispatched(first);
  await leave(first);
  await admin.call("pauseExecution", { params: { id }, body: {} });
  const second = await connect();
  await aMoment();
  expect(sentOn(second)).toEqual([]);
  await admin.call("resumeExecution", { params: { id }, body: { reason: "it is back" } });
  await until(() => sentOn(second).length > 0);
  await aMoment();
  expect(sentOn(second)).toEqual(sentOn(first));
  await admin.call("abortExecution", { params: { id }, body: {} });
  await leave(second);
});

it("is not sent twice into a stream that has it", async () => {
  const stream = await connect();
  const id = await dispatched(stream);
  await admin.call("pauseExecution", { params: { id }, body: {} });
  await admin.call("resumeExecution", { params: { id }, body: {} });
  await aMoment();
  expect(sentOn(stream)).toHaveLength(1);
  await admin.call("abortExecution", { params: { id }, body: {} });
  await leave(stream);
});
