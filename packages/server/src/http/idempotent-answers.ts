// Idempotency-Key on POST: the first request runs, a repetition gets its answer, another request under the same key is refused.
// Answers that show a secret once are never stored: their repetition is refused instead of creating a second one.
import { createHash } from "node:crypto";
import { AppError } from "@dd0c/core";
import type { RouteName } from "@dd0c/protocol/http";
import { beginRequest, finishRequest, forgetRequest, type OpenDatabase } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { Clock } from "../ports.ts";

export interface IdempotentRequest {
  readonly route: RouteName;
  readonly method: string;
  readonly caller: Caller | null;
  /** The header; null: not asked for. */
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

const keptMs = 24 * 60 * 60_000;
const keyShape = /^[\x21-\x7e]{1,200}$/;
const secretRoutes: ReadonlySet<RouteName> = new Set([
  "createApiKey",
  "createEnrolmentToken",
  "createPanicWebhook",
  "inviteMember",
  "createSignInLink",
  "issueRecoveryCode",
]);
/** Computed from their input, with a model's answers kept elsewhere: a repetition may simply run. */
const pureRoutes: ReadonlySet<RouteName> = new Set(["parsePreview", "distilRunbook", "modelReview", "classify", "scannerTest"]);

const requestHash = ({ route, params, body }: IdempotentRequest): string =>
  createHash("sha256")
    .update(JSON.stringify([route, params ?? null, body ?? null]))
    .digest("hex");

function checkedKey(request: IdempotentRequest): string | null {
  if (request.key === null || request.method !== "POST" || pureRoutes.has(request.route)) return null;
  if (!keyShape.test(request.key)) throw new AppError("VALIDATION_FAILED", "Idempotency-Key must be 1 to 200 visible ASCII characters.");
  return request.key;
}

export function createIdempotentAnswers(db: Pick<OpenDatabase, "withTenant">, clock: Clock): IdempotentAnswers {
  const runOnce = async (
    caller: Caller,
    key: string,
    request: IdempotentRequest,
    work: () => Promise<StoredAnswer>,
  ): Promise<StoredAnswer> => {
    const claim = { actorId: caller.userId, key };
    const now = clock.now();
    const earlier = await db.withTenant(caller.tenantId, (tx) =>
      beginRequest(tx, { ...claim, requestHash: requestHash(request) }, new Date(now), new Date(now + keptMs)),
    );
    if (earlier.outcome === "conflict") throw new AppError("IDEMPOTENCY_CONFLICT");
    if (earlier.outcome === "in_progress")
      throw new AppError("IDEMPOTENCY_CONFLICT", "The first request with this key is still being answered.");
    if (earlier.outcome === "answered") return answered(request, earlier);
    try {
      const answer = await work();
      const stored = secretRoutes.has(request.route) ? undefined : answer.body;
      await db.withTenant(caller.tenantId, (tx) => finishRequest(tx, claim, answer.status, stored));
      return answer;
    } catch (error) {
      await db.withTenant(caller.tenantId, (tx) => forgetRequest(tx, claim));
      throw error;
    }
  };

  return {
    run: async (request, work) => {
      const key = checkedKey(request);
      return key === null || request.caller === null ? work() : runOnce(request.caller, key, request, work);
    },
  };
}

function answered(request: IdempotentRequest, earlier: { readonly status: number; readonly body: unknown }): StoredAnswer {
  if (secretRoutes.has(request.route)) {
    throw new AppError("IDEMPOTENCY_CONFLICT", "This request was answered before; what it returned is shown once and not kept.");
  }
  return { status: earlier.status, body: earlier.body ?? undefined, replayed: true };
}
