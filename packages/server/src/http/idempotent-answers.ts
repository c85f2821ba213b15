// Idempotency-Key on POST: the first request runs, a repetition gets the stored answer, another request under the same key is refused.
// Answers that show a secret once are never stored: their repetition is refused instead of creating a second one.
import { createHash } from "node:crypto";
import { AppError, canonicalJson, type JsonValue } from "@dd0c/core";
import type { RouteName } from "@dd0c/protocol/http";
import type { Caller } from "../identity/caller.ts";

export interface IdempotentRequest {
  readonly route: RouteName;
  readonly method: string;
  readonly caller: Caller | null;
  readonly key: string | null;
  readonly params: unknown;
  readonly body: unknown;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly replayed?: boolean;
}

export interface IdempotentAnswers {
  readonly run: (request: IdempotentRequest, work: () => Promise<StoredAnswer>) => Promise<StoredAnswer>;
}
