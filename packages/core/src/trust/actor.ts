// Who acts and what they may decide: roles contain each other, and machines do not approve.
// Read by the engine before every decision; no event exists without an actor.

/** Each contains the next: admin > approver > operator > viewer. `author` (edits runbooks) stands beside them. */
export type Role = "admin" | "approver" | "operator" | "viewer" | "author";

export type ActorType = "user" | "system" | "agent" | "scheduler";
/** `cli` is the terminal copilot on the person's own machine, which keeps its own record; no server gives it to a caller. */
export type ActorVia = "web" | "slack" | "cli" | "api_key" | "agent" | "system" | "scheduler";

/** Who did it and through which door. `id` is the user, agent or component; never empty. */
export interface Actor {
  readonly type: ActorType;
  readonly id: string;
  readonly via: ActorVia;
}

const contains: Readonly<Record<Role, readonly Role[]>> = {
  admin: ["admin", "approver", "operator", "viewer", "author"],
  approver: ["approver", "operator", "viewer"],
  operator: ["operator", "viewer"],
  viewer: ["viewer"],
  author: ["author", "viewer"],
};

/** True if one of `held` is, or contains, `needed`. */
export function hasRole(held: readonly Role[], needed: Role): boolean {
  return held.some((role) => contains[role]?.includes(needed) ?? false);
}

/**
 * True for a person in an interactive session (browser, a linked Slack user, the terminal copilot), and for the holder of a recovery code
 * at the agent's terminal (`agent`: only execution/capsule/ makes such an actor, for records signed with the code). An API key never is one.
 */
export function isHuman(actor: Actor): boolean {
  return actor.type === "user" && ["web", "slack", "cli", "agent"].includes(actor.via) && actor.id !== "";
}
