// What an entry of the route table says about one endpoint: address, shapes, who may call it, how it answers and how often it may be asked.
import type { z } from "zod";
import type { WireRole } from "./primitives.ts";

/** "public": no session. "human": an interactive session; API keys get 403 HUMAN_REQUIRED. Otherwise the least role. */
export type Access = "public" | "session" | "human" | WireRole;

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path below /v1/run, Fastify style. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** Machines (API keys) are refused with HUMAN_REQUIRED. */
  readonly humanOnly?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 202 | 204;
  readonly response?: z.ZodType;
  /** The answer is a stream (SSE or JSONL), not one JSON body. */
  readonly stream?: "text/event-stream" | "application/x-ndjson";
  /** Rate-limit class (ruling 26). */
  readonly limit: "preview" | "model" | "read" | "write" | "webhook";
}

/** Keeps the exact type of an entry. */
export const route = <const R extends Route>(r: R): R => r;
