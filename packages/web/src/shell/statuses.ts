// Which words are execution statuses: for addresses that people type or share.
import type { WireExecution } from "@dd0c/protocol/http";
import { EXECUTION_STATUS } from "../text/words.ts";

export const isExecutionStatus = (value: unknown): value is WireExecution["status"] =>
  typeof value === "string" && Object.hasOwn(EXECUTION_STATUS, value);
