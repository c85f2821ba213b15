// What people say about an attempt decides whether it becomes a step: the parser's steps, warnings and mentions for small conversations.
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

type Kept = { readonly steps: readonly string[]; readonly dropped: readonly number[]; readonly mentions: readonly string[] };
type Case = readonly [name: string, messages: readonly string[], kept: Kept];

/** Two people in turns, one minute apart. */
const chat = (messages: readonly string[]): string =>
  messages.map((text, index) => `${index % 2 === 0 ? "mara" : "tilo"} [9:${String(index + 10)} AM]\n${text}`).join("\n");

const none = { dropped: [], mentions: [] };

const CASES: readonly Case[] = [
  ["worked", ["`systemctl restart web`", "that did it"], { ...none, steps: ["systemctl restart web"] }],
  [
    "did not help, said by the other",
    ["`systemctl restart web`", "didn't help", "`systemctl restart db`", "works"],
    { ...none, steps: ["systemctl restart db"], dropped: [2] },
  ],
  [
    "same, as the whole answer",
    ["`systemctl restart web`", "same :(", "`systemctl restart db`"],
    { ...none, steps: ["systemctl restart db"], dropped: [2] },
  ],
  [
    "still failing",
    ["`systemctl restart web`", "still 502s", "`systemctl restart db`", "ok green"],
    { ...none, steps: ["systemctl restart db"], dropped: [2] },
  ],
  [
    "a look that finds nothing stays",
    ["`kubectl get pods`", "nothing, still 502s", "`systemctl restart db`"],
    { ...none, steps: ["kubectl get pods", "systemctl restart db"] },
  ],
  [
    "works first, complaints later are about something else",
    ["`systemctl restart web`", "works", "nice. still seeing the old alert though", "yes"],
    { ...none, steps: ["systemctl restart web"] },
  ],
  [
    "answered with an error",
    ['```\n$ kubectl apply -f x.yaml\nerror: the path "x.yaml" does not exist\n```', "hm", "```\nkubectl apply -f deploy/x.yaml\n```"],
    { ...none, steps: ["kubectl apply -f deploy/x.yaml"], dropped: [3] },
  ],
  [
    "the next message says it",
    ["`systemctl restart web`", "nope, no change. doing `systemctl restart db`", "ok"],
    { ...none, steps: ["systemctl restart db"], dropped: [2] },
  ],
  [
    "taken back with a command",
    [
      "`kubectl set env sts/w T=45`",
      "no difference",
      "taking that out again: `kubectl set env sts/w T-`",
      "k",
      "`kubectl delete pod w-9`",
      "gone",
    ],
    { ...none, steps: ["kubectl delete pod w-9"], dropped: [2, 6] },
  ],
  [
    "a rollback that repairs is the fix",
    ["`systemctl restart web`", "didn't help", "rolling back the release: `kubectl rollout undo deploy/web`", "back to normal"],
    { ...none, steps: ["kubectl rollout undo deploy/web"], dropped: [2] },
  ],
  [
    "putting back what was taken away for the repair",
    ["`kubectl cordon n1`", "ok", "`systemctl restart kubelet`", "ready", "and back: `kubectl uncordon n1`", "👍"],
    { ...none, steps: ["kubectl cordon n1", "systemctl restart kubelet", "kubectl uncordon n1"] },
  ],
  [
    "refused",
    ["should we `rm -rf /var/cache/x`?", "no, please don't", "ok then `systemctl restart x`", "works"],
    { ...none, steps: ["systemctl restart x"], dropped: [2] },
  ],
  ["proposed and done", ["should I `systemctl restart x`?", "yes", "done", "works"], { ...none, steps: ["systemctl restart x"] }],
  [
    "proposed and never answered",
    ["we could `systemctl restart x`", "lunch?", "`uptime`", "ok"],
    { steps: ["uptime"], dropped: [], mentions: ["systemctl restart x"] },
  ],
  [
    "only in some case",
    ["`systemctl restart x`", "and if that does not help `kubectl delete pod x-0`", "it's back", "👍"],
    { ...none, steps: ["systemctl restart x", "kubectl delete pod x-0"] },
  ],
];

describe("judgeAttempts", () => {
  it.each(CASES)("%s", (_name, messages, kept) => {
    const result = parseRunbook(chat(messages), { sourceType: "chat" });
    expect(
      result.ok && {
        steps: result.runbook.steps.flatMap(({ commands }) => commands.map(({ text }) => text)),
        dropped: result.runbook.warnings.filter(({ code }) => code === "ADVISED_AGAINST").map(({ line }) => line),
        mentions: result.runbook.mentions.map(({ text }) => text),
      },
    ).toEqual(kept);
  });

  it("offers nothing where everything failed", () => {
    const result = parseRunbook(chat(["`systemctl restart web`", "didn't help"]), { sourceType: "chat" });
    expect(result.ok ? result.runbook.steps : result.error.code).toBe("PARSE_FAILED");
  });

  it("ties a condition to its step and gives the outcome to the step that was run", () => {
    const result = parseRunbook(chat(["`systemctl restart x`", "and if that does not help `kubectl delete pod x-0`", "it's back"]), {
      sourceType: "chat",
    });
    expect(
      result.ok && {
        outputs: result.runbook.steps.map((step) => step.expected_output),
        branches: result.runbook.branches.map(({ condition, step_order }) => [condition, step_order]),
      },
    ).toEqual({ outputs: ["it's back", null], branches: [["if that does not help", 2]] });
  });
});
