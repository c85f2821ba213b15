// Who is calling, as everything behind the front door sees it. Made by authenticate.ts, read by access checks and use cases.
// No cookie, token or key travels further than this.
import type { Actor, Role } from "@dd0c/core";

export interface Caller {
  readonly tenantId: string;
  /** Id of the user, or of the API key. */
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly via: "web" | "slack" | "api_key";
  readonly sourceIp: string | null;
}

/** The caller as the audit log names it. */
export const actorOf = (caller: Caller): Actor => ({ type: "user", id: caller.userId, via: caller.via });
