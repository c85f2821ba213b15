// Any thrown thing goes in; the status and the one error body of the API come out.
// What is not an AppError is a fault of ours: the client learns its request id and nothing else.
import { AppError, type ErrorCode } from "@dd0c/core";
import type { ErrorBody } from "@dd0c/protocol/http";

/** Fastify's own refusals, by its code. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "INPUT_TOO_LARGE",
  FST_ERR_CTP_INVALID_JSON_BODY: "VALIDATION_FAILED",
  FST_ERR_CTP_EMPTY_JSON_BODY: "VALIDATION_FAILED",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "VALIDATION_FAILED",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "VALIDATION_FAILED",
  FST_ERR_BAD_URL: "VALIDATION_FAILED",
};

const codeOf = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** The same failure as an AppError; faults become INTERNAL_ERROR without their message. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const known = frameworkCodes[codeOf(error) ?? ""];
  if (known !== undefined) return new AppError(known);
  if (error instanceof SyntaxError && "statusCode" in error) return new AppError("VALIDATION_FAILED", "The body is not valid JSON.");
  return new AppError("INTERNAL_ERROR");
}

export const errorBody = (error: AppError, requestId: string, nowMs: number): ErrorBody => ({
  error: {
    code: error.code,
    message: error.message,
    ...(Object.keys(error.details).length === 0 ? {} : { details: { ...error.details } }),
    request_id: requestId,
    timestamp: new Date(nowMs).toISOString(),
  },
});
