// Suggestions as texts: what several runs did becomes a change of the source, or nothing. Every expected text was written by hand.
import { describe, expect, it } from "vitest";
import { versionRows } from "../test/version-rows.ts";
import type { DivergenceReport, ReportedStep, StepFate } from "./report.ts";
import { applySpans } from "./source-lines.ts";
import { suggestUpdates, type SuggestedVersion } from "./suggest-updates.ts";

const text = `# Payments are slow

1. Check the pods: \`kubectl get pods -n pay\`
2. Look at the log.

   \`\`\`bash
   kubectl logs deploy/pay -n pay
   \`\`\`

3. Restart and watch.

   \`\`\`bash
   kubectl rollout restart deploy/pay -n pay
   kubectl rollout status deploy/pay -n pay
   \`\`\`

4. Look at events: \`kubectl get events -n <namespace>\`
5. Tell the channel that it is over.
`;

interface Did {
  readonly fates?: Readonly<Record<string, StepFate>>;
  readonly edited?: Readonly<Record<string, string | null>>;
  readonly unlisted?: readonly (readonly [after: string | null, command: string | null])[];
  readonly moved?: Readonly<Record<string, string | null>>;
}

/** A run that took every step but for what is said. */
function report(id: number, source: string, { fates = {}, edited = {}, unlisted = [], moved = {} }: Did): DivergenceReport {
  const steps: readonly ReportedStep[] = versionRows(source).map(({ stepId, label, command, description }) => ({
    ...{ step_id: stepId, step_execution_id: `${stepId}-${id}`, label, command, description, tries: 1, waited_ms: 0, ran_ms: 0 },
    fate: fates[stepId] ?? (stepId in edited ? "edited" : stepId in moved ? "moved" : "ran"),
  }));
  const named = (stepId: string) => ({ step_id: stepId, step_execution_id: `${stepId}-${id}`, label: stepId });
  return {
    ...{ report_version: 1, execution_id: `run-${id}`, runbook_id: "b", version_id: "v", ended: "completed", diverged: true, steps },
    skipped_steps: [],
    modified_commands: Object.entries(edited).map(([stepId, proposed]) => ({
      ...{ ...named(stepId), original_command: "as it was", command: proposed ?? "something", proposed },
    })),
    unlisted_actions: unlisted.map(([after_step_id, proposed]) => ({
      ...{ step_execution_id: "u", kind: "command", text: proposed ?? "x", observed_by: "engine", after_step_id, after_label: null },
      ...{ repeats_label: null, proposed },
    })),
    reordered_steps: Object.entries(moved).map(([stepId, after_step_id]) => ({ ...named(stepId), after_step_id, after_label: null })),
    failed_then_worked: [],
    times: { total_ms: 0, before_start_ms: 0, running_ms: 0, waiting_ms: 0, agent_ms: 0 },
  };
}

const all = (reports: readonly DivergenceReport[], version: SuggestedVersion) =>
  [...suggestUpdates(reports, version)].filter((each) => each !== null);

const suggest = (dids: readonly Did[], source = text) =>
  all(
    dids.map((did, at) => report(at + 1, source, did)),
    { rawText: source, answers: [], steps: versionRows(source) },
  );

const times = <T>(count: number, each: T): readonly T[] => new Array<T>(count).fill(each);

describe("steps that are always skipped", () => {
  it("go together, with their numbers counting on", () => {
    const [found, ...more] = suggest(times(4, { fates: { r2: "skipped", r3: "skipped", r4: "skipped" } }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      change: { kind: "remove", step_ids: ["r2", "r3", "r4"] },
      runs: ["run-1", "run-2", "run-3", "run-4"],
      of: 4,
      summary: "Steps 2-3b were skipped in 4 of 4 runs. Remove them?",
      proposed_text: `# Payments are slow

1. Check the pods: \`kubectl get pods -n pay\`

2. Look at events: \`kubectl get events -n <namespace>\`
3. Tell the channel that it is over.
`,
    });
    expect(applySpans(text, found?.spans ?? [])).toBe(found?.proposed_text);
  });

  it("may be one command of several, or one for a person", () => {
    const [found] = suggest(times(3, { fates: { r4: "skipped" } }));
    expect(found?.proposed_text).toBe(text.replace("   kubectl rollout status deploy/pay -n pay\n", ""));
    expect(found?.summary).toBe("Step 3b was skipped in 3 of 3 runs. Remove it?");
    const [told] = suggest(times(3, { fates: { r6: "skipped" } }));
    expect(told?.proposed_text).toBe(text.replace("5. Tell the channel that it is over.\n", ""));
  });

  it.each([
    ["two runs are no habit", times(2, { fates: { r1: "skipped" as const } })],
    ["half of them is none", [...times(3, { fates: { r1: "skipped" as const } }), ...times(3, {})]],
    ["left out by a condition is as the runbook says", times(4, { fates: { r1: "left_out" as const } })],
    ["what was not reached was not skipped", times(4, { fates: { r6: "not_reached" as const } })],
  ])("%s", (_, dids) => {
    expect(suggest(dids)).toEqual([]);
  });

  it("are not counted where the version had another text", () => {
    const other = text.replace("kubectl get pods -n pay", "kubectl get pods");
    const reports = [1, 2, 3].map((id) => report(id, other, { fates: { r1: "skipped" } }));
    expect(all(reports, { rawText: text, answers: [], steps: versionRows(text) })).toEqual([]);
  });
});

describe("a command that is always edited to the same text", () => {
  it("is changed where it stands, and nowhere else", () => {
    const [found] = suggest([...times(3, { edited: { r2: "kubectl logs deploy/pay -n pay --tail=200" } }), {}]);
    expect(found?.proposed_text).toBe(text.replace("logs deploy/pay -n pay", "logs deploy/pay -n pay --tail=200"));
    expect(found?.summary).toBe(
      "Step 2 was edited to the same text in 3 of 4 runs. Change the command to `kubectl logs deploy/pay -n pay --tail=200`?",
    );
    expect(found?.spans).toEqual([{ start_line: 7, end_line: 8, lines: ["   kubectl logs deploy/pay -n pay --tail=200"] }]);
  });

  it("keeps its placeholders", () => {
    const [found] = suggest(times(3, { edited: { r5: "kubectl get events -n <namespace> --sort-by=.lastTimestamp" } }));
    expect(found?.proposed_text).toContain("Look at events: `kubectl get events -n <namespace> --sort-by=.lastTimestamp`");
  });

  it.each([
    ["to another text in each run", [1, 2, 3, 4].map((n) => ({ edited: { r2: `kubectl logs deploy/pay --tail=${n}` } }))],
    ["to something that holds a value of the run", times(4, { edited: { r2: null } })],
    ["to something that closes its code", times(4, { edited: { r1: "echo `date`" } })],
    ["to something that ends its block", times(4, { edited: { r2: "```" } })],
    ["to something with a placeholder of its own", times(4, { edited: { r2: "kubectl logs <pod> -n pay" } })],
    ["to something with another step in it", times(4, { edited: { r2: "uptime\n   reboot" } })],
  ])("%s is no suggestion", (_, dids) => {
    expect(suggest(dids)).toEqual([]);
  });

  it("over several lines becomes one", () => {
    const long = "# T\n\n```bash\nkubectl logs deploy/pay \\\n  -n pay \\\n  --tail=10\n```\n";
    const [found] = suggest(times(3, { edited: { r1: "kubectl logs deploy/pay -n pay --tail=99" } }), long);
    expect(found?.proposed_text).toBe("# T\n\n```bash\nkubectl logs deploy/pay -n pay --tail=99\n```\n");
  });
});

describe("a command that is always entered at the same place", () => {
  it("becomes a step there", () => {
    const [found] = suggest(times(3, { unlisted: [["r1", "kubectl top pods -n pay"]] }));
    expect(found).toMatchObject({
      summary: "A command that is not in the runbook ran after step 1 in 3 of 3 runs. Add `kubectl top pods -n pay`?",
      proposed_text: text
        .replace("2. Look at the log", "2. Run this: `kubectl top pods -n pay`\n3. Look at the log")
        .replace("3. Restart", "4. Restart")
        .replace("4. Look at events", "5. Look at events")
        .replace("5. Tell", "6. Tell"),
    });
  });

  it("may be the first", () => {
    const [found] = suggest(times(3, { unlisted: [[null, "kubectl config current-context"]] }));
    expect(versionRows(found?.proposed_text ?? "").map(({ command }) => command)).toEqual([
      "kubectl config current-context",
      ...versionRows(text).map(({ command }) => command),
    ]);
  });

  it("may hold a backtick, in a block", () => {
    const command = "grep -c '`' /var/log/app.log";
    const [found] = suggest(times(3, { unlisted: [["r2", command]] }));
    expect(versionRows(found?.proposed_text ?? "").map((row) => row.command)).toContain(command);
  });

  it.each([
    ["that the version has", [["r1", "kubectl logs deploy/pay -n pay"]]],
    ["that holds a value of the run", [["r1", null]]],
    ["that would be two", [["r1", "uptime\nreboot"]]],
    ["that would be read as something else", [["r1", "Prerequisites:"]]],
  ] as const)("%s is no suggestion", (_, unlisted) => {
    expect(suggest(times(3, { unlisted }))).toEqual([]);
  });
});

describe("a step that always runs at another place", () => {
  it("is moved there with all its lines", () => {
    const [found] = suggest(times(3, { moved: { r5: "r1" } }));
    expect(found).toMatchObject({
      summary: "Step 4 was run after step 1 in 3 of 3 runs. Move it there?",
    });
    expect(versionRows(found?.proposed_text ?? "").map(({ description }) => description)).toEqual([
      "Check the pods",
      "Look at events",
      "Look at the log.",
      "Restart and watch.",
      "Restart and watch.",
      "Tell the channel that it is over.",
    ]);
    expect(found?.proposed_text.match(/^\d/gm)).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("stays where the text speaks of its number, but not where it speaks of another", () => {
    const speaks = (step: number): string => `${text}\nIf it is slow again, repeat step ${step}.\n`;
    expect(suggest(times(3, { moved: { r5: "r1" } }), speaks(4))).toEqual([]);
    expect(suggest(times(3, { moved: { r5: "r1" } }), speaks(2))).toEqual([]);
    expect(suggest(times(3, { moved: { r5: "r1" } }), speaks(1))).toHaveLength(1);
  });

  it("may be the first", () => {
    const [found] = suggest(times(3, { moved: { r5: null } }));
    expect(versionRows(found?.proposed_text ?? "")[0]?.command).toBe("kubectl get events -n <namespace>");
  });
});
