// Endpoints for what people do with a run beside deciding about its steps: conditions, who is in charge.
import { z } from "zod";
import * as e from "./execution.ts";
import { uuid } from "./primitives.ts";
import { route } from "./route.ts";

const id = z.object({ id: uuid });

export const runRoutes = {
  answerBranch: route({
    method: "POST",
    path: "/executions/:id/branches/:branch/answer",
    summary: "Answer a condition of the runbook that the run has come to",
    access: "operator",
    humanOnly: true,
    params: id.extend({ branch: z.string().max(20) }),
    body: e.branchAnswerRequest,
    status: 200,
    response: e.execution,
    limit: "write",
  }),
  handOver: route({
    method: "POST",
    path: "/executions/:id/hand-over",
    summary: "Give a run that one is in charge of to another member",
    access: "operator",
    humanOnly: true,
    params: id,
    body: e.handOverRequest,
    status: 200,
    response: e.execution,
    limit: "write",
  }),
  takeOver: route({
    method: "POST",
    path: "/executions/:id/take-over",
    summary: "Be in charge of a run from now on",
    access: "operator",
    humanOnly: true,
    params: id,
    body: e.takeOverRequest,
    status: 200,
    response: e.execution,
    limit: "write",
  }),
} as const;
