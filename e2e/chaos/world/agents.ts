// The agents of a world, enrolled one after the other by the signed-in person; and what this host cannot do to a world, in words.
import type { Client } from "@dd0c/protocol/http";
import type { AgentHost } from "./agent-host.ts";
import type { Clock } from "./clock.ts";
import type { Disk } from "./disk.ts";

export async function enrolledAgents(
  person: Client,
  count: number,
  make: (name: string, token: string) => Promise<AgentHost>,
): Promise<readonly AgentHost[]> {
  const agents: AgentHost[] = [];
  for (let at = 1; at <= count; at += 1) {
    const name = `agent-${at}`;
    const { token } = await person.call("createEnrolmentToken", { body: { agent_name: name } });
    const agent = await make(name, token);
    await agent.program.start();
    agents.push(agent);
  }
  return agents;
}

export const hostLacks = ({ disk, clock }: { readonly disk: Disk | undefined; readonly clock: Clock | undefined }): readonly string[] => [
  ...(disk === undefined ? ["no disk can be filled: mounting a small file system needs root"] : []),
  ...(clock === undefined ? ["no clock can jump: the Debian package faketime is not installed"] : []),
];
