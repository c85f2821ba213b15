// A caller as the engine's commands name who asks.
import { actorOf, type Caller } from "../identity/caller.ts";
import type { Asker } from "./run-command.ts";

export const askerOf = (caller: Caller): Asker => ({
  tenantId: caller.tenantId,
  actor: actorOf(caller),
  roles: [caller.role],
  sourceIp: caller.sourceIp,
});
