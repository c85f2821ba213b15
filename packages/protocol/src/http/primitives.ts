// Shapes that every endpoint shares: ids, times, risk words, the error body, pages.
// All JSON on the wire is snake_case; times are ISO 8601 in UTC; durations carry their unit in the name.
import { z } from "zod";

export const uuid = z.uuid();
export const isoTime = z.iso.datetime();
export const risk = z.enum(["safe", "caution", "unknown", "dangerous"]);
export const gateDecision = z.enum(["auto", "ask", "typed", "suggest", "blocked"]);
export const governanceMode = z.enum(["strict", "audit"]);
export const dangerousSteps = z.enum(["typed", "block"]);
/** 3 exists in the tables and cannot be reached in this version. */
export const trustLevel = z.int().min(0).max(3);
export const settableTrustLevel = z.int().min(0).max(2);
export const role = z.enum(["admin", "approver", "operator", "viewer", "author"]);

export const actor = z.object({
  type: z.enum(["user", "system", "agent", "scheduler"]),
  id: z.string(),
  name: z.string().nullable(),
  via: z.enum(["web", "slack", "cli", "api_key", "agent", "system", "scheduler"]),
});

/** Body of every refusal and failure; `code` is one of the table in docs/errors.md. */
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    request_id: z.string(),
    timestamp: isoTime,
  }),
});

/** Cursor pages: pass `next_cursor` back as `cursor`; null means the end. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export type WireRisk = z.infer<typeof risk>;
export type WireGateDecision = z.infer<typeof gateDecision>;
export type WireActor = z.infer<typeof actor>;
export type WireRole = z.infer<typeof role>;
export type ErrorBody = z.infer<typeof errorBody>;
