// The servers that an agent may dial: all alike, on one database. In: the local file. Out: the order in which they are tried.
import { AppError } from "@dd0c/core";
import type { AgentConfig } from "./config.ts";

export type Servers = readonly [string, ...string[]];

/** @param random from 0 to 1: where to begin, so that agents spread over the servers; left out, the file's first one */
export function serversInTurn({ server, otherServers }: Pick<AgentConfig, "server" | "otherServers">, random = () => 0): Servers {
  const all = [...new Set([server, ...otherServers])];
  const at = Math.floor(random() * all.length) % all.length;
  const [first = server, ...rest] = [...all.slice(at), ...all.slice(0, at)];
  return [first, ...rest];
}

/** The answer of the first server that can be reached. What a server answers counts, a refusal too: no other one is asked then. */
export async function firstReachable<T>([server, ...others]: Servers, work: (server: string) => Promise<T>): Promise<T> {
  try {
    return await work(server);
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || !(error instanceof AppError && error.code === "AGENT_OFFLINE")) throw error;
    return firstReachable([next, ...rest], work);
  }
}
