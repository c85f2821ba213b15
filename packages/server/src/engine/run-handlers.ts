// The endpoints for what people do with a run beside deciding about its steps. Each turns a checked call into one command of the caller.
import type { WireExecution } from "@dd0c/protocol/http";
import type { EngineHandlers } from "../app/engine-part.ts";
import { findMember } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import { issueRecoveryCode } from "./capsules.ts";
import type { EngineContext } from "./engine-context.ts";
import { type BuildAsks, one } from "./run-command.ts";

type Ask = (caller: Caller, executionId: string, build: BuildAsks) => Promise<WireExecution>;
type Names =
  | "answerBranch"
  | "pauseExecution"
  | "stopStep"
  | "setTimeout"
  | "setVariable"
  | "declareAction"
  | "handOver"
  | "takeOver"
  | "issueRecoveryCode";

/** The member to whom a run is given, looked up under its lock; a stranger has no role. */
const handOver =
  (to: string, note: string | null): BuildAsks =>
  async ({ tx }) => {
    const member = await findMember(tx, to);
    return [{ command: { type: "hand-over", to, toRoles: member === undefined ? [] : [member.role], note } }];
  };

export const runHandlers = (engine: EngineContext, ask: Ask): Pick<EngineHandlers, Names> => ({
  answerBranch: ({ caller, params, body }) =>
    ask(caller, params.id, one({ type: "answer-branch", branchId: params.branch, answer: body.answer, note: body.note ?? null })),
  pauseExecution: ({ caller, params, body }) => ask(caller, params.id, one({ type: "pause", reason: body.reason ?? null })),
  stopStep: ({ caller, params, body }) =>
    ask(caller, params.id, one({ type: "stop-step", stepExecutionId: params.sid, reason: body.reason ?? null })),
  setTimeout: ({ caller, params, body }) =>
    ask(
      caller,
      params.id,
      one({ type: "set-timeout", stepExecutionId: params.sid, timeoutMs: body.timeout_ms, note: body.reason ?? null }),
    ),
  setVariable: ({ caller, params, body }) =>
    ask(caller, params.id, one({ type: "set-variable", name: body.name, value: body.value, copiedFrom: body.copied_from ?? null })),
  declareAction: ({ caller, params, body }) => {
    const doneAtMs = body.done_at === undefined ? engine.clock.now() : Date.parse(body.done_at);
    return ask(caller, params.id, one({ type: "declare-action", kind: body.kind, text: body.text, doneAtMs, note: body.note ?? null }));
  },
  handOver: ({ caller, params, body }) => ask(caller, params.id, handOver(body.to, body.note ?? null)),
  issueRecoveryCode: ({ caller, params }) => issueRecoveryCode(engine, caller, params.id),
  takeOver: ({ caller, params, body }) => ask(caller, params.id, one({ type: "take-over", note: body.note ?? null })),
});
