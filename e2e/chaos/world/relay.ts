// A relay that speaks the agent link on both sides and delivers what it likes twice, or once more much later. It stands where nobody can stand
// without the authority's key, which a chaos run has: TLS keeps a network from doing this, a server that sends again does it by itself.
// In: the authority's file, the agent's identity, the server's port. Out: a port, and the letters that it remembers.
import { loadIdentity } from "@dd0c/agent";
import { type AgentFrame, AgentLinkClient, AgentLinkService, type ServerFrame } from "@dd0c/protocol/agent";
import { type ClientDuplexStream, credentials, Server, type ServerDuplexStream } from "@grpc/grpc-js";
import { openCertificateAuthority } from "../../../packages/server/src/agents/certificate-authority.ts";
import { renewingCredentials } from "../../../packages/server/src/agents/server-credentials.ts";

export interface RelayOptions {
  readonly authorityFile: string;
  /** The agent's data folder: its key speaks to the server for it. */
  readonly agentFolder: string;
  readonly serverPort: () => number;
}

export interface Relay {
  readonly port: number;
  /** From now on every frame about a step is delivered twice. */
  twice(on: boolean): void;
  /** Everything that this relay ever handed to the agent, once more. @returns the number of dispatches among it */
  again(): number;
  /** What it handed over so far is not handed over again. */
  forget(): void;
  /** How many dispatches it remembers. */
  remembered(): number;
  close(): void;
}

type Inner = NonNullable<ServerFrame["frame"]>;
type AgentSide = ServerDuplexStream<AgentFrame, ServerFrame>;
type ServerSide = ClientDuplexStream<AgentFrame, ServerFrame>;

const letters: readonly Inner["$case"][] = ["announce", "amend", "executeStep"];
const mostLetters = 60;

export async function startRelay(options: RelayOptions): Promise<Relay> {
  const sent: ServerFrame[] = [];
  let doubled = false;
  let current: AgentSide | undefined;

  const toAgent = (agent: AgentSide, frame: ServerFrame): void => {
    agent.write(frame);
    if (frame.frame === undefined || !letters.includes(frame.frame.$case)) return;
    sent.push(frame);
    if (sent.length > mostLetters) sent.shift();
    if (doubled) agent.write(frame);
  };
  const toServer = (server: ServerSide, frame: AgentFrame): void => {
    server.write(frame);
    if (doubled && frame.step !== undefined && frame.sequence > 0) server.write(frame);
  };
  const connect = (agent: AgentSide): void => {
    const server = dial(options);
    current = agent;
    const end = (): void => {
      server.cancel();
      agent.end();
      if (current === agent) current = undefined;
    };
    agent.on("data", (frame: AgentFrame) => toServer(server, frame));
    for (const event of ["end", "cancelled", "close", "error"]) agent.on(event, end);
    server.on("data", (frame: ServerFrame) => toAgent(agent, frame));
    for (const event of ["end", "status", "error"]) server.on(event, end);
  };
  const tls = await renewingCredentials(
    await openCertificateAuthority(options.authorityFile, Date.now()),
    ["localhost", "127.0.0.1"],
    Date.now,
  );
  const listener = new Server();
  listener.addService(AgentLinkService, { connect });
  const port = await new Promise<number>((resolve, reject) =>
    listener.bindAsync("127.0.0.1:0", tls.credentials, (error, bound) => (error === null ? resolve(bound) : reject(error))),
  );
  return {
    port,
    twice: (on) => void (doubled = on),
    again() {
      for (const frame of sent) current?.write(frame);
      return current === undefined ? 0 : sent.filter(({ frame }) => frame?.$case === "executeStep").length;
    },
    forget: () => void sent.splice(0),
    remembered: () => sent.filter(({ frame }) => frame?.$case === "executeStep").length,
    close() {
      tls.stop();
      listener.forceShutdown();
    },
  };
}

function dial({ agentFolder, serverPort }: RelayOptions): ServerSide {
  const identity = loadIdentity(agentFolder);
  if (identity === undefined) throw new Error("the agent is not enrolled");
  const { caPem, keyPem, certificatePem } = identity;
  const secret = credentials.createSsl(Buffer.from(caPem), Buffer.from(keyPem), Buffer.from(certificatePem));
  const client = new AgentLinkClient(`127.0.0.1:${serverPort()}`, secret, {
    "grpc.ssl_target_name_override": "localhost",
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_retries": 0,
  });
  const call = client.connect();
  call.on("status", () => client.close());
  return call;
}
