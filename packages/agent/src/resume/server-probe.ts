// Whether a server can be reached: a handshake in which it proves itself to the pinned authority. In: addresses and identity. Out: the one
// that is there. It says nothing and asks nothing; a server that answers is the one that has to go on with its runs.

import { AgentLinkClient } from "@dd0c/protocol/agent";
import { connectivityState } from "@grpc/grpc-js";
import { mutualTls, serverName } from "../enrol.ts";
import type { AgentIdentity } from "../identity.ts";
import type { Servers } from "../servers.ts";

/** Long enough for a slow line, short enough to be asked before every decision. */
const withinMs = 2_000;

/** The first in the list that is there, any of them being enough; undefined where none is. */
export async function serverThere(servers: Servers, identity: AgentIdentity): Promise<string | undefined> {
  const answers = await Promise.all(servers.map((server) => isThere(server, identity)));
  return servers.find((_server, at) => answers[at] === true);
}

function isThere(server: string, identity: AgentIdentity): Promise<boolean> {
  const client = new AgentLinkClient(server, mutualTls(identity), { ...serverName(server), "grpc.use_local_subchannel_pool": 1 });
  const channel = client.getChannel();
  const deadline = Date.now() + withinMs;
  return new Promise((resolve) => {
    const answer = (isReached: boolean): void => {
      client.close();
      resolve(isReached);
    };
    const look = (): void => {
      const state = channel.getConnectivityState(true);
      if (state === connectivityState.READY) return answer(true);
      // Nobody there, or somebody else: trying again would find the same.
      if (state === connectivityState.TRANSIENT_FAILURE) return answer(false);
      channel.watchConnectivityState(state, deadline, (late) => (late === undefined ? look() : answer(false)));
    };
    look();
  });
}
