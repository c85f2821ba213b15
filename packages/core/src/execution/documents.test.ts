// The whole way from a decision to the agent's gate: what the engine sends is what the agent admits, and nothing else is.
import type { Risk } from "@dd0c/scanner";
import { scan } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../canonical-json.ts";
import type { AdvisorAnswer } from "../classification/types.ts";
import { engine, Run, renderCurrent, startMs } from "../test/engine-fixture.ts";
import { sha256 } from "../test/sha256.ts";
import { type AdmissionFacts, admit, planCommands } from "./admit.ts";
import { parseAmendment, parseAnnouncement } from "./announcement.ts";
import { currentStep } from "./decision.ts";
import { stepDigest } from "./digest.ts";
import { amendmentOf, announcementOf, dispatchOf, type StepDispatch } from "./documents.ts";
import { parseGrant } from "./grant.ts";
import { prepareStep } from "./prepare-step.ts";
import type { PreparedStep } from "./types.ts";

const answer: AdvisorAnswer = {
  advisor: "intent",
  version: "1",
  model: null,
  promptHash: null,
  opinion: { risk: "safe", confidence: 1, reasoning: "reads", sideEffects: [], suggestedRollback: null },
  absence: null,
};

const commands: Readonly<Record<string, string>> = {
  s1: "kubectl get pods -n payments",
  s2: "kubectl rollout restart deployment/pay",
  s3: "kubectl delete pod pay-1",
};
const kinds: readonly Risk[] = ["safe", "caution", "dangerous"];

function prepareWithLooks(stepExecutionId: string, attempt: number, command = commands[stepExecutionId] ?? ""): PreparedStep {
  return prepareStep(
    {
      stepExecutionId,
      attempt,
      command,
      rollbackCommand: null,
      variables: [],
      values: [],
      answers: [answer],
      templateRisk: null,
      timeoutMs: null,
      agentName: "local",
      run: { agentId: "agent-1", workingDirectory: null, runAs: null, environment: [], stdinHash: null },
    },
    sha256,
  ).prepared;
}

/** Without the look-ups that would go before it. */
function prepare(...step: Parameters<typeof prepareWithLooks>): PreparedStep {
  const { looks: _, ...prepared } = prepareWithLooks(...step);
  return prepared;
}

function begun(): Run {
  return new Run(kinds).begin();
}

function take(run: Run): void {
  const step = currentStep(run.state);
  run.advance({ actor: engine, prepared: step === null ? renderCurrent(run.state) : prepare(step.stepExecutionId, step.attempt + 1) });
}

/** What the agent finds out by itself about a dispatch. */
function factsOf(run: Run, dispatch: StepDispatch, change: Partial<AdmissionFacts> = {}): AdmissionFacts {
  const verdict = scan(dispatch.command);
  const plan = verdict.plan ?? null;
  const announcement = parseAnnouncement(
    canonicalJson(
      announcementOf(
        run.state,
        kinds.map((_, index) => prepare(`s${index + 1}`, 1)),
        "audit",
        startMs,
      ),
    ),
  );
  return {
    tenant: "t1",
    agent: "agent-1",
    own: {
      plan,
      digest: plan === null ? null : stepDigest(plan, dispatch.run, sha256),
      risk: verdict.risk,
      commands: plan === null ? [] : planCommands(plan).map(() => ({ risk: verdict.risk, programKnown: true })),
    },
    announcement,
    amendments: [],
    grant: dispatch.grant === null ? null : parseGrant(canonicalJson(dispatch.grant)),
    local: { ceiling: "dangerous", allow: [], maxTrustLevel: 2, environmentNames: [] },
    taken: false,
    panic: false,
    serverNowMs: startMs + 5,
    ...change,
  };
}

const verdictOf = (run: Run, dispatch: StepDispatch, change: Partial<AdmissionFacts> = {}): string => {
  const admission = admit(dispatch, factsOf(run, dispatch, change));
  return admission.ok ? `admitted ${admission.risk} ${admission.automatic ? "automatic" : "granted"}` : admission.code;
};

describe("from decision to admission", () => {
  it("the agent admits what the engine automatically runs, has approved and has had typed", () => {
    const run = begun();
    take(run);
    expect(verdictOf(run, dispatchOf(run.state, "s1"))).toBe("admitted safe automatic");
    run.result("s1", 0);
    take(run);
    expect(run.approve("s2")).toBe("step.approved step.dispatched");
    expect(verdictOf(run, dispatchOf(run.state, "s2"))).toBe("admitted caution granted");
    run.result("s2", 0);
    take(run);
    expect(run.approve("s3", {}, ["pay-1"])).toBe("step.approved step.dispatched");
    expect(verdictOf(run, dispatchOf(run.state, "s3"))).toBe("admitted dangerous granted");
  });

  it("the agent refuses what a lying server makes of it", () => {
    const run = begun();
    take(run);
    run.result("s1", 0);
    take(run);
    run.approve("s2");
    const honest = dispatchOf(run.state, "s2");
    expect(verdictOf(run, { ...honest, command: commands["s3"] ?? "" })).toBe("DIGEST_MISMATCH");
    expect(verdictOf(run, { ...honest, run: { ...honest.run, runAs: "root" } })).toBe("DIGEST_MISMATCH");
    expect(verdictOf(run, { ...honest, stepExecutionId: "s3" })).toBe("DIGEST_MISMATCH");
    expect(verdictOf(run, { ...honest, grant: null })).toBe("GRANT_MISSING");
    expect(verdictOf(run, { ...honest, grant: null, risk: "safe" })).toBe("AGENT_STRICTER");
    expect(verdictOf(run, { ...honest, attempt: 2 })).toBe("NOT_ANNOUNCED");
    expect(verdictOf(run, { ...honest, executionId: "e2" })).toBe("ANNOUNCEMENT_INVALID");
    expect(verdictOf(run, honest, { agent: "agent-2" })).toBe("ANNOUNCEMENT_INVALID");
    expect(verdictOf(run, honest)).toBe("admitted caution granted");
  });

  it("an edited step needs its amendment, which names who edited it", () => {
    const run = begun();
    take(run);
    run.result("s1", 0);
    take(run);
    const edited = "kubectl rollout restart deployment/other";
    run.give({ type: "modify", stepExecutionId: "s2", note: null }, { prepared: prepare("s2", 2, edited) });
    run.approve("s2");
    const dispatch = dispatchOf(run.state, "s2");
    const amendment = parseAmendment(canonicalJson(amendmentOf(run.state, "s2", startMs)));
    expect(amendment).toMatchObject({ reason: "edit", by: "riley", attempt: 2, max_risk: "caution", digest: dispatch.digest });
    expect(verdictOf(run, dispatch)).toBe("NOT_ANNOUNCED");
    expect(verdictOf(run, dispatch, { amendments: amendment === null ? [] : [amendment] })).toBe("admitted caution granted");
  });

  describe("a look-up", () => {
    const strict = { policy: { governanceMode: "strict", dangerousSteps: "typed" } } as const;
    const amendmentsOf = (run: Run, id: string) => {
      const amendment = parseAmendment(canonicalJson(amendmentOf(run.state, id, startMs)));
      return amendment === null ? [] : [amendment];
    };
    const looking = (by: typeof strict | Record<never, never>): { readonly run: Run; readonly id: string } => {
      const run = begun();
      take(run);
      run.result("s1", 0);
      run.advance({ ...by, prepared: prepareWithLooks("s2", 1) });
      const step = run.state.steps.find(({ stepExecutionId }) => stepExecutionId === "s2");
      if (step?.status === "awaiting_approval") {
        const lookDigests = (step.prepared?.looks ?? []).map(({ digest }) => digest);
        run.give({ type: "look", stepExecutionId: "s2", digest: step.prepared?.digest ?? "", lookDigests }, by);
      }
      return { run, id: run.state.steps.find(({ origin }) => origin === "capture")?.stepExecutionId ?? "" };
    };

    it.each([
      ["by itself under audit", {}, "admitted safe automatic"],
      ["by a grant under strict", strict, "admitted safe granted"],
    ])("is admitted %s, by an amendment that names its step", (_name, by, admitted) => {
      const { run, id } = looking(by);
      const dispatch = dispatchOf(run.state, id);
      const [amendment] = amendmentsOf(run, id);
      expect(amendment).toMatchObject({ reason: "capture", parent_step_execution: "s2", max_risk: "safe", digest: dispatch.digest });
      expect(verdictOf(run, dispatch)).toBe("NOT_ANNOUNCED");
      expect(verdictOf(run, dispatch, { amendments: amendmentsOf(run, id) })).toBe(admitted);
    });

    it("is refused where the agent's own scan does not call it safe, whatever was granted", () => {
      const { run, id } = looking(strict);
      const dispatch = dispatchOf(run.state, id);
      const amendments = amendmentsOf(run, id).map((each) => ({ ...each, max_risk: "dangerous" as const }));
      const facts = factsOf(run, dispatch, { amendments });
      const grant = facts.grant === null ? null : ({ ...facts.grant, risk: "dangerous", method: "typed" } as const);
      const seen = { ...facts, grant, own: { ...facts.own, risk: "caution" as const } };
      expect(admit(dispatch, seen)).toMatchObject({ ok: false, code: "AGENT_STRICTER" });
      expect(admit({ ...dispatch, risk: "dangerous" }, { ...facts, grant })).toMatchObject({ ok: false, code: "NOT_ANNOUNCED" });
    });
  });

  it("a fresh rendering of an automatic step names the human who resumed", () => {
    const run = begun();
    run.give({ type: "pause", reason: null });
    run.give({ type: "resume", note: null }, { actor: { type: "user", id: "morgan", via: "web" } });
    take(run);
    expect(amendmentOf(run.state, "s1", startMs)).toMatchObject({ reason: "rerender", by: "morgan", attempt: 1 });
  });

  it("says nothing about steps without a command and fixes digests only where they are known", () => {
    const run = new Run(["safe", "manual", "caution"]).begin();
    expect(announcementOf(run.state, [prepare("s1", 1)], "audit", startMs).steps).toEqual([
      { step_execution: "s1", digest: prepare("s1", 1).digest, template_hash: "0".repeat(64), max_risk: "safe" },
      { step_execution: "s3", digest: null, template_hash: "0".repeat(64), max_risk: "caution" },
    ]);
  });
});
