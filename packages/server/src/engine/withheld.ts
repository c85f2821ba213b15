// Which connected agents get no work because nobody registered the program that they run. In memory: read again from the database with
// every stream and every heartbeat.
import type { Withheld } from "./engine-context.ts";

export function createWithheld(): Withheld {
  const agents = new Set<string>();
  return {
    has: (agentId) => agents.has(agentId),
    set: (agentId, withheld) => {
      const isNews = agents.has(agentId) !== withheld;
      if (withheld) agents.add(agentId);
      else agents.delete(agentId);
      return isNews;
    },
  };
}
