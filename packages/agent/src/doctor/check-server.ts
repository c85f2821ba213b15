// The way to the server, step by step, so that the first one that fails is named: name, connection, proxy, TLS with the pinned authority,
// and what the server says to this certificate. Asks for nothing that would change anything there.

import { lookup } from "node:dns/promises";
import { request } from "node:http";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { AgentIdentity } from "../identity.ts";
import { proxyFor } from "../proxy.ts";
import { errorName, type Finding, ok, problem } from "./finding.ts";

const withinMs = 5_000;

export interface Reached {
  readonly findings: readonly Finding[];
  /** TLS stood: the server can be asked. */
  readonly isReached: boolean;
}

interface Target {
  readonly host: string;
  readonly port: number;
}

/** @param identity undefined: TLS cannot be checked, because no authority is pinned yet */
export async function checkServer(server: string, identity: AgentIdentity | undefined): Promise<Reached> {
  const target = targetOf(server);
  const proxy = proxyFor(target.host, process.env);
  const findings: Finding[] = [];
  const note = (finding: Finding): boolean => {
    findings.push(finding);
    return finding.level === "ok";
  };
  const first = proxy ?? target;
  if (!note(await checkName(first.host))) return { findings, isReached: false };
  const socket = await openSocket(first).catch(errorName);
  if (!note(connectionFinding(first, socket)) || typeof socket === "string") return { findings, isReached: false };
  socket.destroy();
  const tunnel = await openTunnel(target, proxy).catch(errorName);
  if (proxy !== undefined && !note(proxyFinding(proxy, tunnel))) return { findings, isReached: false };
  if (typeof tunnel === "string" || identity === undefined) return { findings, isReached: false };
  const isReached = note(tlsFinding(await openTls(tunnel, target, identity).catch(errorName)));
  tunnel.destroy();
  return { findings, isReached };
}

function targetOf(server: string): Target {
  const at = server.lastIndexOf(":");
  return { host: server.slice(0, at).replace(/^\[|\]$/g, ""), port: Number(server.slice(at + 1)) };
}

async function checkName(host: string): Promise<Finding> {
  if (isIP(host) !== 0) return ok("NAME", `${host} is an address.`);
  return lookup(host).then(
    ({ address }) => ok("NAME", `${host} is ${address}.`),
    (error: unknown) =>
      problem(
        "NAME",
        `${host} cannot be resolved (${errorName(error)}).`,
        "Correct `server` in agent.json, or this host's name resolution.",
      ),
  );
}

function openSocket({ host, port }: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: withinMs });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
    socket.once("timeout", () => socket.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
  });
}

function connectionFinding({ host, port }: Target, socket: Socket | string): Finding {
  if (typeof socket !== "string") return ok("CONNECTION", `${host}:${port} accepts connections.`);
  const remedy = "Check that the server runs, that the port is right (its AGENT_PORT), and that the firewall lets this host out to it.";
  return problem("CONNECTION", `${host}:${port} cannot be connected to (${socket}).`, remedy);
}

function openTunnel(target: Target, proxy: Target | undefined): Promise<Socket> {
  if (proxy === undefined) return openSocket(target);
  return new Promise((resolve, reject) => {
    const asked = request({ ...proxy, method: "CONNECT", path: `${target.host}:${target.port}`, timeout: withinMs, agent: false });
    asked.once("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket);
      else reject(Object.assign(new Error("refused"), { code: `status ${statusCode}` }));
    });
    asked.once("error", reject);
    asked.once("timeout", () => asked.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
    asked.end();
  });
}

function proxyFinding({ host, port }: Target, tunnel: Socket | string): Finding {
  if (typeof tunnel !== "string") return ok("PROXY", `The proxy ${host}:${port} gives a tunnel.`);
  const remedy = "Allow CONNECT to the server's agent port at the proxy, or name the server in NO_PROXY.";
  return problem("PROXY", `The proxy ${host}:${port} gives no tunnel (${tunnel}).`, remedy);
}

function openTls(socket: Socket, { host }: Target, identity: AgentIdentity): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const { caPem: ca, keyPem: key, certificatePem: cert } = identity;
    // As the link does it: every gateway has this name beside its own.
    const servername = isIP(host) === 0 ? host : "localhost";
    const tls = connectTls({ socket, ca, key, cert, servername, ALPNProtocols: ["h2"] });
    tls.once("secureConnect", () => resolve(tls));
    tls.once("error", reject);
    tls.setTimeout(withinMs, () => tls.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
  });
}

const tlsProblems: Readonly<Record<string, readonly [string, string]>> = {
  ETIMEDOUT: [
    "Something accepts the connection and does not begin TLS.",
    "Check that `server` names dd0c's agent port, and that the server is not hanging.",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "The server has a certificate of the pinned authority, but not for this name.",
    "Dial the name that the server has in AGENT_HOST, or set AGENT_HOST there to the name in agent.json.",
  ],
  CERT_NOT_YET_VALID: ["The server's certificate is not valid yet by this host's clock.", "Set this host's clock (NTP)."],
  CERT_HAS_EXPIRED: ["The server's certificate has expired by this host's clock.", "Set this host's clock (NTP), or restart the server."],
};

function tlsFinding(tls: TLSSocket | string): Finding {
  if (typeof tls !== "string") {
    tls.destroy();
    return ok("TLS", "The server proves itself with the authority that was pinned at enrolment.");
  }
  const [message, remedy] = tlsProblems[tls] ?? [
    `The server does not prove itself with the authority that was pinned at enrolment (${tls}).`,
    "Somebody may be in between: let TLS through to the agent port untouched. If the server was set up anew, enrol the agent again.",
  ];
  return problem("TLS", message, remedy);
}
