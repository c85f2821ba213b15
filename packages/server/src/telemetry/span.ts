// One port over OpenTelemetry for the reasoning spans of epic 10.4. Nothing is exported unless a process registers an SDK.
// Attribute names and types are closed: what could be command text or output is a Hash, and only `hashOf` and `knownHash` make one.
import { createHash } from "node:crypto";
import { invariant } from "@dd0c/core";
import { type Attributes, SpanStatusCode, trace } from "@opentelemetry/api";

declare const hashed: unique symbol;
/** Lower-case hexadecimal SHA-256. */
export type Hash = string & { readonly [hashed]: true };

export const hashOf = (text: string | Uint8Array): Hash => createHash("sha256").update(text).digest("hex") as Hash;

type ClassifiedAs = "safe" | "destructive" | "ambiguous";

/** A SHA-256 that was computed elsewhere. Throws (a bug) for anything that does not look like one. */
export function knownHash(hex: string): Hash {
  invariant(/^[0-9a-f]{64}$/.test(hex), "a hash is 64 hexadecimal digits");
  return hex as Hash;
}

/** Attributes that each span may carry. runbook_execution > step > the three below it. */
export interface SpanAttributes {
  readonly runbook_execution: {
    readonly "execution.id": string;
    readonly "runbook.id": string;
    readonly "execution.steps_total": number;
    readonly "execution.trust_level": number;
  };
  readonly step: { readonly "step.id": string; readonly "step.order": number };
  readonly step_classification: {
    readonly "step.text_hash": Hash;
    readonly "step.classified_as": ClassifiedAs;
    readonly "step.confidence_score": number;
    readonly "step.alternatives_considered": number;
    readonly "ai.prompt_hash": Hash;
    readonly "ai.model_version": string;
    readonly "ai.reasoning_chain": Hash;
  };
  readonly step_approval_check: {
    readonly "step.approval_required": boolean;
    readonly "step.approval_source": "human" | "policy" | "auto";
    readonly "step.approval_latency_ms": number;
  };
  readonly step_execution: {
    readonly "step.command_hash": Hash;
    readonly "step.target_host_hash": Hash;
    readonly "step.exit_code": number;
    readonly "step.duration_ms": number;
    /** Hash of the first 500 characters of the output. */
    readonly "step.output_truncated": Hash;
  };
}

export type SpanName = keyof SpanAttributes;

/** Adds attributes that are known only later. */
export type SetAttributes<N extends SpanName> = (attributes: Partial<SpanAttributes[N]>) => void;

const tracer = trace.getTracer("dd0c.run");

const errorCode = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "INTERNAL_ERROR";

/**
 * Runs `work` inside a span; spans opened during `work` become its children.
 * A failure marks the span with its code, never with its message, and is passed on.
 */
export const span = <N extends SpanName, T>(
  name: N,
  attributes: Partial<SpanAttributes[N]>,
  work: (set: SetAttributes<N>) => Promise<T>,
): Promise<T> =>
  tracer.startActiveSpan(name, { attributes: attributes as Attributes }, async (active) => {
    try {
      return await work((more) => active.setAttributes(more as Attributes));
    } catch (error) {
      active.setStatus({ code: SpanStatusCode.ERROR, message: errorCode(error) });
      throw error;
    } finally {
      active.end();
    }
  });

/** The scanner's and advisors' four risks in the words of epic 10.4. */
export const classifiedAs = (risk: "safe" | "caution" | "unknown" | "dangerous"): ClassifiedAs => {
  if (risk === "safe") return "safe";
  return risk === "dangerous" ? "destructive" : "ambiguous";
};
