// The executor's refusals in the codes of the product's one error table.

import { type ErrorCode, isErrorCode } from "@dd0c/core";
import type { StepRefusal } from "@dd0c/executor";

const codes: Readonly<Record<StepRefusal["code"], ErrorCode>> = {
  PROGRAM_NOT_FOUND: "PROGRAM_NOT_FOUND",
  PROGRAM_PATH_RELATIVE: "PROGRAM_NOT_FOUND",
  ENV_NAME_NOT_ALLOWED: "ENVIRONMENT_NOT_ALLOWED",
  ENV_INVALID: "ENVIRONMENT_NOT_ALLOWED",
  PLAN_INVALID: "STEP_NOT_RUNNABLE",
  CWD_NOT_FOUND: "ENVIRONMENT_NOT_ALLOWED",
  STEP_ID_INVALID: "VALIDATION_FAILED",
  DUPLICATE_STEP: "DUPLICATE_DISPATCH",
};

/** A code as the journal holds it (the executor's or the table's) in the table's words. */
export function tableCode(code: string): ErrorCode {
  if (Object.hasOwn(codes, code)) return codes[code as StepRefusal["code"]];
  return isErrorCode(code) ? code : "INTERNAL_ERROR";
}
