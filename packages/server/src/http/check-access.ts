// A route of the table and a caller go in; nothing, or the refusal, comes out. Runs before the body is read.
// Machines never pass a humanOnly route, and a browser's session changes nothing unless the request comes from our own pages.
import { AppError, hasRole, isHuman } from "@dd0c/core";
import type { Route } from "@dd0c/protocol/http";
import { actorOf, type Caller } from "../identity/caller.ts";

export interface RequestOrigin {
  readonly method: string;
  /** The Origin header; browsers send it with every state-changing request. */
  readonly origin: string | undefined;
}

/** Throws UNAUTHENTICATED, HUMAN_REQUIRED, FORBIDDEN or ORIGIN_REFUSED. */
export function checkAccess(route: Route, caller: Caller | null, request: RequestOrigin, allowedOrigins: ReadonlySet<string>): void {
  if (caller?.via === "web") checkOrigin(request, allowedOrigins);
  if (route.access === "public") return;
  if (caller === null) throw new AppError("UNAUTHENTICATED");
  if (needsHuman(route) && !isHuman(actorOf(caller))) throw new AppError("HUMAN_REQUIRED");
  if (route.access === "session" || route.access === "human") return;
  if (!hasRole([caller.role], route.access)) {
    throw new AppError("FORBIDDEN", `This needs the role ${route.access}; yours is ${caller.role}.`, {
      required_role: route.access,
      role: caller.role,
    });
  }
}

const needsHuman = (route: Route): boolean => route.humanOnly === true || route.access === "human";

function checkOrigin(request: RequestOrigin, allowedOrigins: ReadonlySet<string>): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  if (request.origin === undefined || !allowedOrigins.has(request.origin)) throw new AppError("ORIGIN_REFUSED");
}
