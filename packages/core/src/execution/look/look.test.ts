// Looking before a step, with real commands: who may look, what it tells, what becomes of the way back, and when an approval lapses.
import { scan } from "@dd0c/scanner";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agent, type ContextChange, context, engine, resultOf, Run, riley, templates } from "../../test/engine-fixture.ts";
import { sha256 } from "../../test/sha256.ts";
import { currentStep, isLookUp } from "../decision.ts";
import { prepareStep } from "../prepare-step.ts";
import type { PreparedStep, StepState, StepTemplate } from "../types.ts";
import { fillCapture } from "./fill-capture.ts";
import { readLook } from "./read-look.ts";

const render = (step: StepState): PreparedStep =>
  prepareStep(
    {
      stepExecutionId: step.stepExecutionId,
      attempt: step.attempt + 1,
      command: step.command ?? "",
      rollbackCommand: step.rollbackCommand,
      variables: [],
      values: [],
      answers: [],
      templateRisk: step.templateRisk,
      timeoutMs: null,
      agentName: "local",
      run: { agentId: "agent-1", workingDirectory: null, runAs: null, environment: [], stdinHash: null },
      looked: step.looked,
    },
    sha256,
  ).prepared;

/** A run of real commands; look-ups get ids of their own. */
class LookRun extends Run {
  static of(command: string, change: Partial<StepTemplate> = {}, by: ContextChange = {}): LookRun {
    const [template] = templates(["caution"]);
    return new LookRun(["caution"], { steps: [{ ...template!, command, ...change }] }).begin(by);
  }

  next(change: ContextChange = {}): string {
    const step = currentStep(this.state);
    return this.advance({ prepared: step === null || isLookUp(step) ? null : render(step), ...change });
  }

  get inFlight(): StepState {
    return this.state.steps.find(({ status }) => ["auto_executing", "executing"].includes(status))!;
  }

  /** What the look-up in flight printed. */
  told(stdout: string | null, exitCode = 0, change: ContextChange = {}): string {
    const { stepExecutionId, attempt, prepared } = this.inFlight;
    const members = (prepared?.answerCodes ?? []).map((_, pipeline) => ({ pipeline, member: 0, exitCode, signal: null }));
    const result = resultOf(exitCode, { members });
    return this.give(
      { type: "agent-result", stepExecutionId, attempt, result, timedOut: false, stdout },
      { actor: agent, roles: [], ...change },
    );
  }

  look(change: ContextChange = {}, lookDigests = (this.step.prepared?.looks ?? []).map(({ digest }) => digest)): string {
    return this.give({ type: "look", stepExecutionId: "s1", digest: this.step.prepared?.digest ?? "", lookDigests }, change);
  }

  get step(): StepState {
    return this.state.steps.find(({ stepExecutionId }) => stepExecutionId === "s1")!;
  }
}

const strict = { policy: { governanceMode: "strict", dangerousSteps: "typed" } } as const;
const chmod = "chmod 640 /srv/app.conf";
const files = (count: number): string => Array.from({ length: count }, (_, at) => `f /srv/${at}.gz\n`).join("");
const rmGz = "rm -f /srv/a /srv/b";

describe("by itself under audit", () => {
  it("looks before it asks: the card has the numbers and the way back", () => {
    const run = LookRun.of(chmod);
    expect(run.next()).toBe("step.added step.added step.auto_executed step.dispatched");
    expect(run.statuses).toBe("running auto_executing pending pending");
    expect(run.inFlight.prepared?.command).toMatch(/^find /);
    expect(run.told("f /srv/app.conf\n")).toBe("step.executed step.looked");
    expect(run.next()).toBe("step.auto_executed step.dispatched");
    expect(run.inFlight.prepared?.command).toBe("stat -L -c %a /srv/app.conf");
    expect(run.told("600\n")).toBe("step.executed step.looked");
    expect(run.next()).toBe("step.approval_requested");
    const { prepared } = run.step;
    expect(prepared).toMatchObject({ attempt: 1, rollbackCommand: "chmod 600 /srv/app.conf", rollback: { risk: "caution", gate: "ask" } });
    expect(prepared?.looked?.map(({ radius, captured }) => [radius?.count ?? null, captured])).toEqual([
      [1, null],
      [null, "600"],
    ]);
  });

  it("counts once more after the approval, then sends the step", () => {
    const run = LookRun.of(rmGz, { rollbackCommand: "touch /srv/a" });
    run.next();
    run.told(files(10));
    run.next();
    expect(
      run.approve(
        "s1",
        {},
        run.step.prepared?.targets.map(({ text }) => text),
      ),
    ).toBe("step.approved step.added step.look_granted step.dispatched");
    expect(run.inFlight.look?.purpose).toBe("recheck");
    expect(
      run.approve(
        "s1",
        {},
        run.step.prepared?.targets.map(({ text }) => text),
      ),
    ).toBe("STEP_IN_FLIGHT");
    expect(run.told(files(12))).toBe("step.executed step.looked step.dispatched");
    expect(run.step.status).toBe("executing");
    expect(run.result("s1", 0)).toBe("step.executed");
    expect(run.next()).toBe("execution.completed");
    expect(run.history.at(-1)?.data).toMatchObject({ steps_executed: 1, steps_skipped: 0, steps_failed: 0 });
  });

  const asked = (): LookRun => {
    const run = LookRun.of(rmGz, { rollbackCommand: "touch /srv/a" });
    run.next();
    run.told(files(10));
    run.next();
    run.approve(
      "s1",
      {},
      run.step.prepared?.targets.map(({ text }) => text),
    );
    return run;
  };

  it("takes the approval back when the set grew, and asks again with the new number for that card alone", () => {
    const run = asked();
    expect(run.told(files(13))).toBe("step.executed step.looked step.approval_revoked");
    expect(run.history.at(-1)?.data).toMatchObject({ cause: "set_changed", lapse: { before: { count: 10 }, now: { count: 13 } } });
    expect(run.next()).toBe("step.approval_requested");
    expect(run.step.prepared?.looked?.[0]?.radius?.count).toBe(13);
    const confirmation = run.step.prepared?.targets.map(({ text }) => text) ?? [];
    const digest = run.step.prepared?.digest ?? "";
    const approve = { type: "approve", stepExecutionId: "s1", digest, confirmation, note: null, acknowledgedNoRollback: false } as const;
    expect(run.give(approve)).toBe("DIGEST_MISMATCH");
    expect(run.give({ ...approve, attempt: 1 })).toBe("DIGEST_MISMATCH");
    expect(run.give({ ...approve, attempt: 2 })).toBe("step.approved step.added step.look_granted step.dispatched");
    expect(run.told(files(13))).toBe("step.executed step.looked step.dispatched");
  });

  it.each<[string, (run: LookRun) => string]>([
    ["fails", (run) => run.told("", 1)],
    ["is cut off", (run) => run.told(null)],
    ["has a secret in it", (run) => run.told("f /srv/[masked:token]\n")],
    ["is refused", (run) => refused(run)],
    ["is not heard of again", (run) => silent(run)],
  ])("takes it back when the count %s, and never waits for a number again", (_name, end) => {
    const run = asked();
    expect(end(run)).toMatch(/step.looked step.approval_revoked$/);
    expect(run.step).toMatchObject({ status: "pending", grant: null, lapse: { cause: "set_unknown", now: null } });
    expect(run.state).toMatchObject({ status: "running", badRun: false });
    expect(run.next()).toBe("step.approval_requested");
    expect(run.step.prepared?.looked?.[0]).toMatchObject({ radius: null });
    const { digest, targets } = run.step.prepared!;
    const confirmation = targets.map(({ text }) => text);
    const approve = {
      type: "approve",
      stepExecutionId: "s1",
      digest: digest!,
      confirmation,
      note: null,
      acknowledgedNoRollback: false,
    } as const;
    expect(run.give({ ...approve, attempt: 2 })).toBe("step.approved step.dispatched");
  });

  it.each<[string, ContextChange, string]>([
    ["panic", { panic: true }, "panic"],
    ["party mode", { party: true }, "party"],
    ["a policy that blocks it now", { policy: { governanceMode: "audit", dangerousSteps: "block" } }, "not_permitted"],
    ["a grant that is too old", { nowMs: context().nowMs + 600_001 }, "not_permitted"],
  ])("sends nothing after %s", (_name, change, cause) => {
    const run = asked();
    expect(run.told(files(10), 0, change)).toBe("step.executed step.looked step.approval_revoked");
    expect(run.history.at(-1)?.data).toMatchObject({ cause });
  });

  it("sends nothing into a run that a person stopped meanwhile", () => {
    const run = asked();
    expect(run.give({ type: "pause", reason: null })).toBe("step.approval_revoked execution.paused");
    expect(run.told(files(10))).toBe("step.executed step.looked");
    run.give({ type: "resume", note: null });
    expect(run.next()).toBe("step.added step.auto_executed step.dispatched");
  });

  it("asks without numbers where the agent is away, and goes on without them where it refuses", () => {
    expect(LookRun.of(chmod).next({ agentOnline: false })).toBe("step.approval_requested");
    const run = LookRun.of(chmod);
    run.next();
    expect(refused(run)).toBe("step.refused step.looked");
    run.next();
    expect(refused(run)).toBe("step.refused step.looked");
    expect(run.next()).toBe("step.approval_requested");
    expect(run.step.prepared).toMatchObject({ rollbackCommand: null, looked: [{ failure: "refused" }, { failure: "refused" }] });
    expect(run.give({ ...approveOf(run), acknowledgedNoRollback: false })).toBe("ROLLBACK_UNACKNOWLEDGED");
    expect(run.give(approveOf(run))).toBe("step.approved step.dispatched");
  });

  it("gives a second look-up up when governance became strict in between", () => {
    const run = LookRun.of(chmod);
    run.next();
    run.told("f /srv/app.conf\n");
    expect(run.next(strict)).toBe("step.skipped step.looked");
    expect(run.next(strict)).toBe("step.approval_requested");
    expect(run.state.steps.map(({ status }) => status)).toEqual(["completed", "skipped", "awaiting_approval"]);
  });

  it("never looks for a read, nor for a step that a person runs elsewhere", () => {
    expect(LookRun.of("ls /srv", { templateRisk: "safe" }).next(strict)).toBe("step.approval_requested");
    expect(LookRun.of("chmod 640 /srv/*.conf").next()).toBe("step.suggested");
  });
});

const approveOf = (run: LookRun) =>
  ({
    type: "approve",
    stepExecutionId: "s1",
    digest: run.step.prepared?.digest ?? "",
    confirmation: [],
    note: null,
    acknowledgedNoRollback: true,
    attempt: run.step.attempt,
  }) as const;

const refused = (run: LookRun): string => {
  const { stepExecutionId, attempt } = run.inFlight;
  return run.give({ type: "agent-refused", stepExecutionId, attempt, code: "DISPATCH_LATE", message: "late" }, { actor: agent, roles: [] });
};

const silent = (run: LookRun): string => {
  const { stepExecutionId, attempt } = run.inFlight;
  return run.give({ type: "time-out", stepExecutionId, attempt }, { actor: engine, roles: [], nowMs: context().nowMs + 700_000 });
};

describe("by a click under strict", () => {
  const waiting = (): LookRun => {
    const run = LookRun.of(chmod, {}, strict);
    expect(run.next(strict)).toBe("step.approval_requested");
    return run;
  };

  it("asks without numbers, and looks under one grant per digest", () => {
    const run = waiting();
    expect(run.step.prepared?.looks?.map(({ purpose }) => purpose)).toEqual(["twin", "capture"]);
    expect(run.look(strict)).toBe("step.approval_revoked step.added step.added step.look_granted step.look_granted step.dispatched");
    const grants = run.state.steps
      .filter(isLookUp)
      .map(({ grant, prepared }) => [grant?.digest === prepared?.digest, grant?.risk, grant?.approver]);
    expect(grants).toEqual([
      [true, "safe", "riley"],
      [true, "safe", "riley"],
    ]);
    run.told("f /srv/app.conf\n");
    expect(run.next(strict)).toBe("step.dispatched");
    run.told("600\n");
    expect(run.next(strict)).toBe("step.approval_requested");
    expect(run.step).toMatchObject({ attempt: 2, prepared: { rollbackCommand: "chmod 600 /srv/app.conf" } });
    expect(run.give({ ...approveOf(run), acknowledgedNoRollback: false }, strict)).toBe(
      "step.approved step.added step.look_granted step.dispatched",
    );
  });

  it("lets a person decide without looking, who then says that nothing undoes it", () => {
    const run = waiting();
    expect(run.give({ ...approveOf(run), acknowledgedNoRollback: false }, strict)).toBe("ROLLBACK_UNACKNOWLEDGED");
    expect(run.give(approveOf(run), strict)).toBe("step.approved step.dispatched");
  });

  it.each<[string, ContextChange, string]>([
    ["a machine", { actor: { ...riley, via: "api_key" } }, "HUMAN_REQUIRED"],
    ["the engine", { actor: engine }, "HUMAN_REQUIRED"],
    ["a viewer", { roles: ["viewer"] }, "FORBIDDEN"],
    ["an absent agent", { agentOnline: false }, "AGENT_OFFLINE"],
    ["panic", { panic: true }, "PANIC_ACTIVE"],
  ])("refuses %s", (_name, change, code) => {
    expect(waiting().look({ ...strict, ...change })).toBe(code);
  });

  it("refuses other digests than those listed, and a step that has nothing to look with", () => {
    const run = waiting();
    expect(run.look(strict, [])).toBe("DIGEST_MISMATCH");
    expect(run.look(strict, ["0".repeat(64), "1".repeat(64)])).toBe("DIGEST_MISMATCH");
    const touch = LookRun.of("touch /srv/app.conf", {}, strict);
    touch.next(strict);
    expect(touch.look(strict)).toBe("LOOK_UNAVAILABLE");
  });

  it("gives a look-up up whose grant is too old, and drops what has not begun when the run is halted", () => {
    const run = waiting();
    run.look(strict);
    run.told("f /srv/app.conf\n");
    expect(run.next({ ...strict, nowMs: context().nowMs + 600_001 })).toBe("step.skipped step.looked");
    const halted = waiting();
    halted.look(strict);
    expect(halted.give({ type: "panic", mode: "panic" }, { actor: engine, roles: [] })).toBe("step.skipped execution.paused");
  });

  it("tells nothing any more once it was given up", () => {
    const run = waiting();
    run.look(strict);
    const { stepExecutionId, attempt } = run.inFlight;
    silent(run);
    const late = {
      type: "agent-result",
      stepExecutionId,
      attempt,
      result: resultOf(0),
      timedOut: false,
      stdout: "f /srv/app.conf\n",
    } as const;
    expect(run.give(late, { actor: agent, roles: [] })).toBe("");
  });
});

describe("what a look-up told", () => {
  it.each<[string, string | null]>([
    ["600\n", "600"],
    ["  app:app \n", "app:app"],
    ["rw,noexec,errors=remount-ro\n", "rw,noexec,errors=remount-ro"],
    ["4096 131072 6291456\n", "4096 131072 6291456"],
    ["", null],
    ["600\n600\n", null],
    ["-R\n", null],
    ["caf\u00e9\n", null],
    ["\u001b[31m600\n", null],
    ["[masked:token]\n", null],
    [`${"a".repeat(1_001)}\n`, null],
  ])("captures from %j: %j", (stdout, value) => {
    expect(readLook({ reading: null }, resultOf(0), stdout).captured).toBe(value);
  });

  it("captures nothing from what failed or was cut", () => {
    expect(readLook({ reading: null }, resultOf(1), "600\n").failure).toBe("failed");
    expect(readLook({ reading: null }, resultOf(0, { truncated: true }), "600\n").failure).toBe("unreadable");
    expect(readLook({ reading: null }, resultOf(0, { message: "spawn" }), "600\n").failure).toBe("failed");
  });

  it.each<[string, string, string | null]>([
    ["chmod {capture} /srv/a", "600", "chmod 600 /srv/a"],
    ["chmod {capture} /srv/a", "600 /etc", "chmod '600 /etc' /srv/a"],
    ["chmod {capture} /srv/a", "600; rm -rf /", "chmod '600; rm -rf /' /srv/a"],
    ["chmod {capture} /srv/a", "$(reboot)", "chmod '$(reboot)' /srv/a"],
    ["chmod {capture} /srv/a", "--reference=/etc", null],
    ["sysctl -w net.ipv4.tcp_rmem={capture}", "1 2 3", "sysctl -w 'net.ipv4.tcp_rmem=1 2 3'"],
    ["chmod 600 /srv/a", "600", null],
  ])("fills %s with %j as one literal", (template, value, text) => {
    expect(fillCapture(template, value)?.text ?? null).toBe(text);
  });

  it("never makes more than one word of whatever was printed", () => {
    const nasty = fc.string({ unit: fc.constantFrom(..."'\"\\$`;|&<>(){}*?~!# \t\n\r-=/aZ9\u0000\u200b\u202e"), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: "binary" })), (stdout) => {
        const { captured } = readLook({ reading: null }, resultOf(0), stdout);
        const filled = captured === null ? null : fillCapture("chmod {capture} /srv/a", captured);
        if (filled === null || captured === null) return;
        expect(scan(filled.text).plan?.lists.map(({ first }) => first.members.map(({ argv }) => argv))).toEqual([
          [["chmod", captured, "/srv/a"]],
        ]);
      }),
      { numRuns: 2_000 },
    );
  });
});
