// The hash that the apps inject, for tests only.
import { createHash } from "node:crypto";
import type { Sha256 } from "../utf8.ts";

export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
