// What a run did beside its runbook, and what several runs suggest about its text.
import { z } from "zod";
import { executionStatus, mttr } from "./execution.ts";
import { actor, isoTime, risk, uuid } from "./primitives.ts";
import { route } from "./route.ts";
import { runbook } from "./runbook.ts";

const ms = z.number().min(0);
const named = z.object({ step_id: z.string(), step_execution_id: z.string(), label: z.string() });
const place = z.object({ after_step_id: z.string().nullable(), after_label: z.string().nullable() });

export const divergence = z.object({
  report_version: z.literal(1),
  execution_id: uuid,
  runbook_id: uuid,
  version_id: uuid,
  ended: executionStatus,
  /** When it was recorded; null where the run is of an earlier release and this was computed just now. */
  detected_at: isoTime.nullable(),
  diverged: z.boolean(),
  steps: z.array(
    named.extend({
      command: z.string().nullable(),
      description: z.string(),
      /** `left_out`: by an answered condition. `typed`: skipped, and its command entered by hand in its place; `moved`: at another place. */
      fate: z.enum(["ran", "edited", "skipped", "left_out", "not_reached", "typed", "moved"]),
      tries: z.int(),
      waited_ms: ms,
      ran_ms: ms,
    }),
  ),
  skipped_steps: z.array(named.extend({ reason: z.string().nullable() })),
  /** `proposed`: the same edit for every run, with placeholders; null where there is none, or where it holds a value of this run. */
  modified_commands: z.array(named.extend({ original_command: z.string(), command: z.string(), proposed: z.string().nullable() })),
  /** Null: not observed. What is done outside the run is seen by nobody unless a person tells it. */
  unlisted_actions: z
    .array(
      place.extend({
        step_execution_id: z.string().nullable(),
        kind: z.enum(["command", "description"]),
        text: z.string(),
        observed_by: z.enum(["engine", "declared"]),
        /** The step of the runbook with the same command, which ran as well. */
        repeats_label: z.string().nullable(),
        proposed: z.string().nullable(),
      }),
    )
    .nullable(),
  reordered_steps: z.array(named.extend(place.shape)),
  failed_then_worked: z.array(
    z.object({ step_id: z.string(), label: z.string(), tries: z.int(), worked_with: z.enum(["same", "edited"]) }),
  ),
  times: z.object({
    total_ms: ms,
    before_start_ms: ms,
    running_ms: ms,
    waiting_ms: ms,
    agent_ms: ms,
    /** As in the execution; absent in reports of earlier releases. */
    mttr_seconds: z.int().nullable().optional(),
    mttr_since: mttr.shape.since.nullable().optional(),
  }),
});

const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("remove"), step_ids: z.array(z.string()) }),
  z.object({ kind: z.literal("edit"), step_id: z.string(), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal("add"), after: z.string().nullable(), command: z.string() }),
  z.object({ kind: z.literal("reorder"), step_id: z.string(), after: z.string().nullable() }),
]);

export const suggestions = z.object({
  /** The version that they change. */
  version: z.int(),
  /** How many runs were looked at. */
  runs_considered: z.int(),
  items: z.array(
    z.object({
      key: z.string(),
      change,
      summary: z.string(),
      /** Executions that did it, newest first; `of` could have. */
      runs: z.array(uuid),
      of: z.int(),
      /** Lines of the text, from 1; `end_line` stays. */
      spans: z.array(z.object({ start_line: z.int(), end_line: z.int(), lines: z.array(z.string()) })),
      proposed_text: z.string(),
      proposed_sha256: z.string(),
      /** Of the command that it brings, without a model's opinion; null where it brings none. It is classified afresh when it is applied. */
      risk: risk.nullable(),
    }),
  ),
  /** Newest first. */
  decided: z.array(
    z.object({
      key: z.string(),
      decision: z.enum(["applied", "dismissed"]),
      summary: z.string(),
      runs: z.array(uuid),
      reason: z.string().nullable(),
      /** The version that it made. */
      version: z.int().nullable(),
      decided_by: actor,
      decided_at: isoTime,
    }),
  ),
});

/** `proposed_sha256`: of the text that was on the screen. */
const applyRequest = z.object({ proposed_sha256: z.string().regex(/^[0-9a-f]{64}$/), reason: z.string().max(2_000).optional() });
const dismissRequest = z.object({ reason: z.string().trim().min(1).max(2_000) });

const id = z.object({ id: uuid });
const one = id.extend({ key: z.string().max(100) });

export const divergenceRoutes = {
  getDivergence: route({
    method: "GET",
    path: "/executions/:id/divergence",
    summary: "What a run did beside its runbook, and where its time went",
    access: "viewer",
    params: id,
    status: 200,
    response: divergence,
    limit: "read",
  }),
  listSuggestions: route({
    method: "GET",
    path: "/runbooks/:id/suggestions",
    summary: "What the last runs suggest about a runbook's text",
    access: "viewer",
    params: id,
    status: 200,
    response: suggestions,
    limit: "read",
  }),
  applySuggestion: route({
    method: "POST",
    path: "/runbooks/:id/suggestions/:key/apply",
    summary: "Make what is suggested the next version",
    access: "author",
    humanOnly: true,
    params: one,
    body: applyRequest,
    status: 200,
    response: runbook,
    limit: "write",
  }),
  dismissSuggestion: route({
    method: "POST",
    path: "/runbooks/:id/suggestions/:key/dismiss",
    summary: "Do not suggest this again",
    access: "author",
    humanOnly: true,
    params: one,
    body: dismissRequest,
    status: 200,
    response: suggestions,
    limit: "write",
  }),
} as const;

export type WireDivergence = z.infer<typeof divergence>;
export type WireSuggestions = z.infer<typeof suggestions>;
