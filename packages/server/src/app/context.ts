// What every use case is given: the database's entrances, time, ids, who signs people in, flags, the scanner. Made once by wire.ts.
import { createHash } from "node:crypto";
import type { Sha256 } from "@dd0c/core";
import type { EngineKey } from "../agents/engine-key.ts";
import type { OpenDatabase } from "../db/index.ts";
import type { Flag } from "../flags/flag.ts";
import type { Identity } from "../identity/identity.ts";
import type { LlmGateway } from "../llm/llm-gateway.ts";
import type { Clock, ObjectStore } from "../ports.ts";
import type { ScannerGuard } from "./scanner-guard.ts";
import type { SystemPolicy } from "./system-policy.ts";

export interface AppContext {
  readonly db: Pick<OpenDatabase, "withTenant" | "readTenant" | "withSystem">;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly identity: Identity;
  readonly flag: Flag;
  readonly scanner: ScannerGuard;
  readonly llm: LlmGateway;
  /** policy.json of the installation. */
  readonly systemPolicy: SystemPolicy;
  /** Signs grants, plans and what is said about the audit chain. */
  readonly engineKey: EngineKey;
  /** What outlives the database's tables: archives, copies of checkpoints. */
  readonly objects: ObjectStore;
}

export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal. */
export const textHash = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
