// policy.json of the installation: the outermost layer of every policy. Read and checked at start, looked at again before every decision.
// In: a path, or none. Out: the layer as it is now. A file that cannot be read stops the start; one that goes bad while the server runs
// puts every field at its strictest until it is mended. No value of the file is ever printed.
import { readFileSync, statSync } from "node:fs";
import { AppError, layerOfRecord, type PolicyLayer, strictestLayer } from "@dd0c/core";
import { policyLayer } from "@dd0c/protocol/http";
import type { Logger } from "pino";

export interface SystemPolicy {
  /** The layer now. */
  readonly current: () => PolicyLayer;
}

interface Problem {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

/** Names of fields at fault, never what stands in them. */
const describe = ({ code, path, keys }: Problem): string => {
  if (code === "unrecognized_keys") return (keys ?? []).map((key) => `${JSON.stringify(key)} is not a field of a policy`).join("; ");
  return path.length === 0 ? "the file does not hold one JSON object" : `${path.join(".")} has a value that is not allowed`;
};

const refused = (file: string, why: string): AppError =>
  new AppError("POLICY_INVALID", `${file}: ${why}. See docs/governance.md.`, { file });

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(file, "it is not JSON");
  }
}

/** Errors: POLICY_INVALID. */
function readLayer(file: string): PolicyLayer {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw refused(file, `it cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown"})`);
  }
  const read = policyLayer.safeParse(parseJson(file, text));
  if (!read.success) throw refused(file, read.error.issues.map((issue) => describe(issue as Problem)).join("; "));
  return layerOfRecord(read.data);
}

/** Changes whenever the file was written or replaced. */
function stampOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "gone" : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

/** Errors: POLICY_INVALID. */
export function openSystemPolicy(file: string | undefined, logger: Pick<Logger, "info" | "error">): SystemPolicy {
  if (file === undefined) return { current: () => ({}) };
  // The stamp is taken first: a change in between is seen at the next look.
  let stamp = stampOf(file);
  let layer = readLayer(file);
  const readAgain = (): void => {
    try {
      layer = readLayer(file);
      logger.info({ file }, "policy.json was read again");
    } catch (error) {
      layer = strictestLayer;
      const what = error instanceof AppError ? { code: error.code, reason: error.message } : { code: "POLICY_INVALID" };
      logger.error({ file, ...what }, "policy.json cannot be used: every policy is at its strictest until it is mended");
    }
  };
  return {
    current: () => {
      const now = stampOf(file);
      if (now !== stamp) {
        stamp = now;
        readAgain();
      }
      return layer;
    },
  };
}
