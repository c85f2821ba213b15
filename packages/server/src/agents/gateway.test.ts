// The door over real gRPC and TLS on the loopback: who gets in, in which order frames arrive, and when a stream ends.
import { connect } from "node:tls";
import type { AgentFrame } from "@dd0c/protocol/agent";
import { AgentLinkClient, OutputStream, type RotateCertificateResponse } from "@dd0c/protocol/agent";
import { credentials } from "@grpc/grpc-js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  enrol,
  type GatewayFixture,
  heartbeatFrame,
  mutualCredentials,
  newRequest,
  openStream,
  startFixture,
  type TestStream,
  until,
} from "./test/gateway-fixture.ts";

let fixture: GatewayFixture;
const streams: TestStream[] = [];

beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await fixture.close();
});

const open = (...args: Parameters<typeof openStream>): TestStream => {
  const stream = openStream(...args);
  streams.push(stream);
  return stream;
};
const step = { executionId: "e1", stepExecutionId: "s1", attempt: 1 };
const output = (sequence: number, text: string): AgentFrame => ({
  step,
  sequence,
  frame: { $case: "stepOutput", value: { stream: OutputStream.STDOUT, offset: 0, data: Buffer.from(text), omittedBytes: 0 } },
});
const texts = () =>
  fixture.frames.map((frame) => (frame.frame.$case === "stepOutput" ? frame.frame.value.data.toString() : frame.frame.$case));

describe("enrolment", () => {
  it("gives a certificate and the engine's key for a one-time token, and registers what it gave", async () => {
    const identity = await enrol(fixture, fixture.issueToken("agent-7"));
    expect(identity.response).toMatchObject({ tenantId: "tenant-1", agentId: "agent-7", caPem: fixture.ca.caPem });
    expect(identity.response.engineKeys).toEqual([{ id: fixture.engineKey.id, spkiDer: fixture.engineKey.spkiDer }]);
    expect(fixture.registered).toMatchObject([{ agentId: "agent-7", certificate: { certificatePem: identity.response.certificatePem } }]);
  });

  it("refuses a token that was used, and one of two that use it at once", async () => {
    const token = fixture.issueToken();
    const both = await Promise.allSettled([enrol(fixture, token), enrol(fixture, token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(enrol(fixture, token)).rejects.toMatchObject({ details: "ENROLMENT_TOKEN_INVALID" });
    expect(fixture.registered).toHaveLength(1);
  });

  it("refuses an unknown token and a request that is none", async () => {
    await expect(enrol(fixture, "x".repeat(43))).rejects.toMatchObject({ details: "ENROLMENT_TOKEN_INVALID" });
  });

  it("replaces a certificate for its holder, and for nobody else", async () => {
    const identity = await enrol(fixture, fixture.issueToken());
    const { der } = await newRequest();
    const rotate = (creds: ReturnType<typeof mutualCredentials>) =>
      new Promise<RotateCertificateResponse>((resolve, reject) => {
        const client = new AgentLinkClient(`127.0.0.1:${fixture.gateway.port}`, creds);
        client.rotateCertificate({ certificateRequest: der }, (error, answer) => {
          client.close();
          if (error === null) resolve(answer);
          else reject(error);
        });
      });
    expect((await rotate(mutualCredentials(fixture, identity))).certificatePem).not.toBe(identity.response.certificatePem);
    await expect(rotate(credentials.createSsl(Buffer.from(fixture.ca.caPem)))).rejects.toMatchObject({ details: "CERTIFICATE_INVALID" });
  });
});

describe("who gets a stream", () => {
  it("says panic state, time and epoch before anything else", async () => {
    fixture.panic = { on: true, panicId: "p9" };
    const stream = open(fixture, await enrol(fixture, fixture.issueToken()));
    await until(() => stream.received.length > 0);
    expect(stream.received[0]).toMatchObject({
      $case: "hello",
      value: { panic: true, panicId: "p9", fencingEpoch: 1, tenantId: "tenant-1", agentId: "agent-1", engineKeyId: fixture.engineKey.id },
    });
  });

  it("refuses a caller without a certificate", async () => {
    expect(await open(fixture, undefined).ended).toBe("CERTIFICATE_INVALID: none of this authority");
  });

  it("refuses a certificate of another authority", async () => {
    const other = await startFixture();
    try {
      const identity = await enrol(other, other.issueToken());
      expect(await open(fixture, identity).ended).toBe("CERTIFICATE_INVALID: none of this authority");
    } finally {
      await other.close();
    }
  });

  it("refuses the gateway's own certificate as a client's", async () => {
    const server = await fixture.ca.issueServerCertificate(["localhost"], Date.now());
    const identity = { keyPem: server.keyPem, response: { certificatePem: server.chainPem } as never };
    expect(await open(fixture, identity).ended).toBe("CERTIFICATE_INVALID: none of this authority");
  });

  it("refuses a revoked certificate, and ends the stream of one that is revoked later", async () => {
    const identity = await enrol(fixture, fixture.issueToken());
    const stream = open(fixture, identity);
    await until(() => fixture.gateway.isOnline("agent-1"));
    fixture.revoked.add(fixture.registered[0]?.certificate.serial ?? "");
    fixture.gateway.dismiss("agent-1");
    expect(await stream.ended).toBe("CERTIFICATE_INVALID: revoked");
    expect(await open(fixture, identity).ended).toBe("CERTIFICATE_INVALID: revoked");
    expect(fixture.gateway.isOnline("agent-1")).toBe(false);
  });

  it("refuses a stream that does not begin with a hello", async () => {
    const stream = open(fixture, await enrol(fixture, fixture.issueToken()), { hello: false, answerProbes: true });
    stream.send(heartbeatFrame);
    expect(await stream.ended).toBe("VALIDATION_FAILED: the first frame is no hello");
  });

  it("does no more for a caller that gave up while it waited", async () => {
    await fixture.close();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const asked: string[] = [];
    const isRevoked = async ({ agentId }: { readonly agentId: string }): Promise<boolean> => {
      asked.push(agentId);
      if (asked.length === 1) await held;
      return false;
    };
    let admitted = 0;
    const onConnected = async () => ({ fencingEpoch: ++admitted });
    fixture = await startFixture({ ports: { isRevoked, onConnected } });
    const [impatient, other] = [await enrol(fixture, fixture.issueToken()), await enrol(fixture, fixture.issueToken("agent-2"))];
    const first = open(fixture, impatient);
    await until(() => asked.length === 1);
    first.close();
    await first.ended;
    // Another agent's hello comes after the cancellation of the first has arrived here.
    const second = open(fixture, other);
    await until(() => second.received.length > 0);
    letGo();
    second.send(heartbeatFrame);
    await until(() => texts().length === 1);
    expect([asked, admitted]).toEqual([["agent-1", "agent-2"], 1]);
  });

  it("passes on the server's refusal", async () => {
    fixture.refuseConnection = "PARTY_MODE_ACTIVE";
    expect(await open(fixture, await enrol(fixture, fixture.issueToken())).ended).toBe("PARTY_MODE_ACTIVE: refused by the server");
    expect(fixture.gateway.isOnline("agent-1")).toBe(false);
  });

  it("refuses a second stream while the first one lives", async () => {
    const identity = await enrol(fixture, fixture.issueToken());
    open(fixture, identity);
    await until(() => fixture.gateway.isOnline("agent-1"));
    expect(await open(fixture, identity).ended).toBe("STREAM_DUPLICATE: another stream of this agent is alive");
    expect(fixture.gateway.isOnline("agent-1")).toBe(true);
  });

  it("gives the place of a stream that no longer answers to its successor", async () => {
    const identity = await enrol(fixture, fixture.issueToken());
    const dead = open(fixture, identity, { hello: true, answerProbes: false });
    await until(() => fixture.gateway.isOnline("agent-1"));
    const successor = open(fixture, identity);
    expect(await dead.ended).toBe("AGENT_OFFLINE: heartbeats stopped");
    await until(() => successor.received.length > 0);
    expect(successor.received[0]).toMatchObject({ $case: "hello", value: { fencingEpoch: 2 } });
  }, 10_000);

  it("presents a certificate that only its own authority vouches for", async () => {
    const socket = connect({ port: fixture.gateway.port, host: "127.0.0.1", rejectUnauthorized: false, ALPNProtocols: ["h2"] });
    await new Promise((resolve) => socket.once("secureConnect", resolve));
    expect({ authorized: socket.authorized, protocol: socket.getProtocol() }).toEqual({ authorized: false, protocol: "TLSv1.3" });
    socket.destroy();
  });
});

describe("frames", () => {
  it("arrive in order, one at a time, and are acknowledged only when stored", async () => {
    const stream = open(fixture, await enrol(fixture, fixture.issueToken()));
    let storing = 0;
    let most = 0;
    fixture.beforeStore = async () => {
      most = Math.max(most, ++storing);
      await new Promise((resolve) => setTimeout(resolve, 5));
      storing -= 1;
    };
    for (let n = 1; n <= 20; n++) stream.send(output(n, `o${n}`));
    await until(() => stream.received.filter(({ $case }) => $case === "ack").length === 20);
    expect(most).toBe(1);
    expect(texts()).toEqual(Array.from({ length: 20 }, (_, n) => `o${n + 1}`));
    expect(stream.received.at(-1)).toEqual({ $case: "ack", value: { step, sequence: 20 } });
  });

  it("that come again after a break are acknowledged again and stored once", async () => {
    const identity = await enrol(fixture, fixture.issueToken());
    const first = open(fixture, identity);
    first.send(output(1, "a"));
    await until(() => fixture.frames.length === 1);
    first.close();
    await until(() => !fixture.gateway.isOnline("agent-1"));
    const second = open(fixture, identity);
    second.send(output(1, "a"));
    second.send(output(2, "b"));
    await until(() => second.received.filter(({ $case }) => $case === "ack").length === 2);
    expect(texts()).toEqual(["a", "b"]);
  });

  it("that cannot be stored are not acknowledged and end the stream", async () => {
    const stream = open(fixture, await enrol(fixture, fixture.issueToken()));
    fixture.beforeStore = () => Promise.reject(new Error("disk full"));
    stream.send(output(1, "a"));
    expect(await stream.ended).toBe("INTERNAL_ERROR: a frame could not be stored");
    expect(stream.received.some(({ $case }) => $case === "ack")).toBe(false);
    await until(() => fixture.disconnected.length === 1);
    expect(fixture.disconnected).toEqual(["store_failed"]);
  });

  it("go out to the one agent they are for, and to nobody who is away", async () => {
    const one = open(fixture, await enrol(fixture, fixture.issueToken("agent-1")));
    const two = open(fixture, await enrol(fixture, fixture.issueToken("agent-2")));
    await until(() => fixture.gateway.onlineAgents().length === 2);
    const frame = { $case: "announce", value: { executionId: "e1", announcement: undefined } } as const;
    expect([fixture.gateway.send("agent-2", frame), fixture.gateway.send("agent-3", frame)]).toEqual([true, false]);
    await until(() => two.received.length === 2);
    expect(one.received.map(({ $case }) => $case)).toEqual(["hello"]);
    expect(two.received.map(({ $case }) => $case)).toEqual(["hello", "announce"]);
  });

  it("of a panic go to every stream at once", async () => {
    const all = await Promise.all(["a", "b", "c"].map(async (id) => open(fixture, await enrol(fixture, fixture.issueToken(id)))));
    await until(() => fixture.gateway.onlineAgents().length === 3);
    expect(
      fixture.gateway
        .broadcastPanic(true, "p1")
        .map(({ agentId }) => agentId)
        .sort(),
    ).toEqual(["a", "b", "c"]);
    await until(() => all.every(({ received }) => received.at(-1)?.$case === "panic"));
  });
});

describe("a silent agent", () => {
  it("is lost after three missed heartbeats, and not while ours is the delay", async () => {
    await fixture.close();
    fixture = await startFixture({ heartbeatIntervalMs: 100 });
    const stream = open(fixture, await enrol(fixture, fixture.issueToken()), { hello: true, answerProbes: false });
    fixture.beforeStore = () => new Promise((resolve) => setTimeout(resolve, 800));
    stream.send(output(1, "slow to store"));
    await until(() => fixture.frames.length === 1);
    expect(fixture.disconnected).toEqual([]);
    expect(await stream.ended).toBe("AGENT_OFFLINE: heartbeats stopped");
    expect(fixture.disconnected).toEqual(["heartbeat_lost"]);
  });

  it("is lost at once when its connection closes", async () => {
    const stream = open(fixture, await enrol(fixture, fixture.issueToken()));
    await until(() => fixture.gateway.isOnline("agent-1"));
    stream.close();
    await until(() => fixture.disconnected.length === 1);
    expect(fixture.disconnected).toEqual(["closed"]);
  });
});

describe("a wall clock that is set", () => {
  it("ends every stream quietly, so that each agent hears what time it is now", async () => {
    await fixture.close();
    let offsetMs = 0;
    fixture = await startFixture({ ports: { now: () => Date.now() + offsetMs } });
    const identity = await enrol(fixture, fixture.issueToken());
    const stream = open(fixture, identity);
    await until(() => fixture.gateway.isOnline("agent-1"));
    offsetMs = -7_200_000;
    await until(() => fixture.disconnected.length === 1);
    expect(fixture.disconnected).toEqual(["clock_jumped"]);
    expect(stream.received.at(0)?.$case).toBe("hello");
    const again = open(fixture, identity);
    await until(() => again.received.length > 0);
    const [hello] = again.received;
    expect(hello?.$case === "hello" && hello.value.serverTimeMs < Date.now() - 7_000_000).toBe(true);
  });
});
