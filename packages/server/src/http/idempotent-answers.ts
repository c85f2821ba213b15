// Idempotency-Key on POST: the first request runs, a repetition gets its answer, another request under the same key is refused.
// A request whose server died, or that failed in the middle, is neither answered nor done again: whoever asked is told to look.
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

/** A refusal with a code comes before anything was done. After every other failure nobody knows: the work may have been committed. */
const didNothing = (error: unknown): boolean =>
  error instanceof AppError && error.code !== "INTERNAL_ERROR" && error.code !== "DATABASE_UNAVAILABLE";

export interface IdempotentAnswersOptions {
  readonly db: Pick<OpenDatabase, "withTenant">;
  readonly clock: Pick<Clock, "now">;
  /** No other server works on this database: what this process is not working on, nobody is. */
  readonly isAlone: boolean;
}

export function createIdempotentAnswers({ db, clock, isAlone }: IdempotentAnswersOptions): IdempotentAnswers {
  /** Requests of this process by their key: more than one while somebody asks again. */
  const present = new Map<string, number>();
  const enter = (name: string): void => void present.set(name, (present.get(name) ?? 0) + 1);
  const leave = (name: string): void => {
    const others = (present.get(name) ?? 1) - 1;
    if (others === 0) present.delete(name);
    else present.set(name, others);
  };
  const nameOf = (caller: Caller, key: string): string => JSON.stringify([caller.tenantId, caller.userId, key]);

  /** Never done again under the same key: of a request that died, half may have been done. */
  const unanswered = (name: string, isOld: boolean): AppError =>
    new AppError((present.get(name) ?? 0) < 2 && (isAlone || isOld) ? "IDEMPOTENCY_LOST" : "IDEMPOTENCY_IN_PROGRESS");

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
    if (earlier.outcome === "in_progress") throw unanswered(nameOf(caller, key), earlier.isOld);
    if (earlier.outcome === "answered") return answered(request, earlier);
    try {
      const answer = await work();
      const stored = secretRoutes.has(request.route) ? undefined : answer.body;
      await db.withTenant(caller.tenantId, (tx) => finishRequest(tx, claim, answer.status, stored));
      return answer;
    } catch (error) {
      if (didNothing(error)) await db.withTenant(caller.tenantId, (tx) => forgetRequest(tx, claim));
      throw error;
    }
  };

  return {
    run: async (request, work) => {
      const key = checkedKey(request);
      if (key === null || request.caller === null) return work();
      const name = nameOf(request.caller, key);
      enter(name);
      return runOnce(request.caller, key, request, work).finally(() => leave(name));
    },
  };
}

function answered(request: IdempotentRequest, earlier: { readonly status: number; readonly body: unknown }): StoredAnswer {
  if (secretRoutes.has(request.route)) {
    throw new AppError("IDEMPOTENCY_CONFLICT", "This request was answered before; what it returned is shown once and not kept.");
  }
  return { status: earlier.status, body: earlier.body ?? undefined, replayed: true };
}
