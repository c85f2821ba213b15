// Endpoints of governance: the numbers of the week, the way back from a downgrade, who reviewed a version.
import { z } from "zod";
import * as g from "./governance.ts";
import { uuid } from "./primitives.ts";
import { route } from "./route.ts";
import * as r from "./runbook.ts";

export const governanceRoutes = {
  getGovernance: route({
    method: "GET",
    path: "/governance",
    summary: "What ran by itself and what people decided: seven days, and week by week",
    access: "viewer",
    status: 200,
    response: g.governance,
    limit: "read",
  }),
  restoreGovernance: route({
    method: "POST",
    path: "/governance/restore",
    summary: "Back to audit after governance went to strict by itself",
    access: "admin",
    humanOnly: true,
    body: g.restoreGovernanceRequest,
    status: 200,
    response: g.governance,
    limit: "write",
  }),
  reviewRunbookVersion: route({
    method: "POST",
    path: "/runbooks/:id/versions/:v/review",
    summary: "Say that you have read this version; its author cannot",
    access: "author",
    humanOnly: true,
    params: z.object({ id: uuid, v: z.coerce.number().int().min(1) }),
    body: r.reviewRequest,
    status: 200,
    response: r.runbookVersion,
    limit: "write",
  }),
};
