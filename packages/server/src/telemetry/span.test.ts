// Which spans a preview leaves behind: the names and attributes of epic 10.4, hashes instead of text, codes instead of messages.
import { AppError } from "@dd0c/core";
import { type Attributes, type Span, type SpanOptions, type SpanStatus, type Tracer, type TracerProvider, trace } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { classifyCommand } from "../app/classify-command.ts";
import { createScannerGuard } from "../app/scanner-guard.ts";
import { classifiedAs, hashOf, span } from "./span.ts";

interface Recorded {
  readonly name: string;
  readonly attributes: Attributes;
  status?: SpanStatus;
  ended: boolean;
}

let spans: Recorded[] = [];

const recorder: TracerProvider = {
  getTracer: () =>
    ({
      startActiveSpan: (name: string, options: SpanOptions, work: (active: Span) => unknown) => {
        const recorded: Recorded = { name, attributes: { ...options.attributes }, ended: false };
        spans.push(recorded);
        return work({
          setAttributes: (more: Attributes) => void Object.assign(recorded.attributes, more),
          setStatus: (status: SpanStatus) => void (recorded.status = status),
          end: () => void (recorded.ended = true),
        } as unknown as Span);
      },
    }) as unknown as Tracer,
};

beforeEach(() => {
  spans = [];
  trace.setGlobalTracerProvider(recorder);
});
afterEach(() => trace.disable());

describe("span", () => {
  it("of a classification says what was decided, and only the hash of what about", async () => {
    await classifyCommand(createScannerGuard(), { command: "rm -rf /srv/cache", description: "Clean up", section: null, neighbours: [] });
    expect(spans).toEqual([
      {
        name: "step_classification",
        attributes: {
          "step.text_hash": hashOf("rm -rf /srv/cache"),
          "step.classified_as": "destructive",
          "step.confidence_score": expect.any(Number) as number,
          "step.alternatives_considered": 2,
        },
        ended: true,
      },
    ]);
    expect(JSON.stringify(spans)).not.toContain("srv");
  });

  it("of a classification with a model names it and its prompt, and hashes what it said", async () => {
    const answer = { advisor: "model", version: "1", model: "small", promptHash: hashOf("a prompt"), absence: null };
    const opinion = { risk: "caution", confidence: 0.95, reasoning: "it touches srv", sideEffects: [], suggestedRollback: null } as const;
    const context = { command: "ls /srv", description: "", section: null, neighbours: [] };
    await classifyCommand(createScannerGuard(), context, [{ ...answer, opinion }]);
    expect(spans[0]?.attributes).toMatchObject({
      "ai.model_version": "small",
      "ai.prompt_hash": hashOf("a prompt"),
      "ai.reasoning_chain": hashOf("it touches srv"),
    });
    expect(JSON.stringify(spans)).not.toContain("srv");
  });

  it("of a failure has its code, not its message, and ends", async () => {
    const failing = span("step_execution", {}, async () => {
      throw new AppError("SPAWN_FAILED", "a message with rm -rf in it");
    });
    await expect(failing).rejects.toMatchObject({ code: "SPAWN_FAILED" });
    expect(spans).toEqual([{ name: "step_execution", attributes: {}, status: { code: 2, message: "SPAWN_FAILED" }, ended: true }]);
  });
});

it.each([
  ["safe", "safe"],
  ["caution", "ambiguous"],
  ["unknown", "ambiguous"],
  ["dangerous", "destructive"],
] as const)("%s is %s in the words of the epic", (risk, word) => {
  expect(classifiedAs(risk)).toBe(word);
});
