// Endpoints of governance: who reviewed a version.
import { z } from "zod";
import { uuid } from "./primitives.ts";
import { route } from "./route.ts";
import * as r from "./runbook.ts";

export const governanceRoutes = {
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
