// Drafts out of chats and reviews: whole results, then what must hold for every text.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distil } from "./distil.ts";
import { type Distilled, reword } from "./distilled.ts";

function draft(text: string, kind?: "auto" | "chat" | "postmortem"): Distilled {
  const result = distil(text, kind);
  if (!result.ok) throw new Error(result.error.message);
  return result.distilled;
}

const brief = ({ kind, runbook, notes }: Distilled) => ({
  kind,
  title: runbook.title,
  steps: runbook.steps.map(({ description, commands, expected_output }) => [
    description,
    ...commands.map(({ line, text }) => `${String(line)}: ${text}`),
    expected_output,
  ]),
  branches: runbook.branches.map(({ condition, step_order }) => [condition, step_order]),
  notes,
});

const CHAT = `Alertbot APP [9:00 AM]
[FIRING:1] CheckoutErrors (shop eu critical)
Mara Lind [9:01 AM]
@tilo checkout is failing, can you look?
tilo [9:02 AM]
pods first: \`kubectl -n shop get pods\`
tilo [9:06 AM]
Mara Lind: web-2 is stuck, deleting it: \`kubectl -n shop delete pod web-2\`
Mara Lind [9:08 AM]
orders are back
tilo [9:04 AM]
tried \`kubectl -n shop rollout restart deploy/web\`, no difference
tilo [9:09 AM]
if it happens again scale up with \`kubectl -n shop scale deploy/web --replicas=6\`
Mara Lind [9:10 AM]
we could also \`kubectl -n shop drain node-3 --force\`
`;

const REVIEW = `# Postmortem: orders stuck, 3 May

## Summary

Orders were stuck for 40 minutes.

## Timeline

- 10:02 Alert fires.
- 10:05 We looked at the queue with \`rabbitmqctl list_queues\` and saw 120000 messages.
- 10:09 We restarted the broker (\`systemctl restart rabbitmq-server\`). This did not help.
- 10:20 We ran \`systemctl restart order-consumer\`.

## Root cause

A deploy ran \`helm upgrade shop\` with wrong values.

## Resolution

We put the values back with \`helm rollback shop 41\` and ran \`systemctl restart order-consumer\`. Orders were flowing again at 10:31.

## Action items

- Validate values in CI
- Run \`helm diff\` before each deploy
`;

describe("distil", () => {
  it("takes from a chat what was run and worked, in the order of time, without names", () => {
    expect(brief(draft(CHAT))).toEqual({
      kind: "chat",
      title: "CheckoutErrors (shop eu critical)",
      steps: [
        ["checkout is failing, can you look? (pods first)", "6: kubectl -n shop get pods", null],
        ["web-2 is stuck, deleting it", "8: kubectl -n shop delete pod web-2", "orders are back"],
        ["if it happens again scale up", "14: kubectl -n shop scale deploy/web --replicas=6", null],
      ],
      branches: [["if it happens again scale up with", 3]],
      notes: [
        { line: 12, text: "kubectl -n shop rollout restart deploy/web", reason: 'It did not help: "no difference".' },
        { line: 16, text: "kubectl -n shop drain node-3 --force", reason: "It was proposed; nobody says that it was run." },
      ],
    });
  });

  it("orders by time and says what it moved", () => {
    const text = "mara [9:00 AM]\nslow\ntilo [9:05 AM]\n`kubectl delete pod a-1`\nmara [9:02 AM]\n`kubectl get pods`\ntilo [9:06 AM]\ngone";
    const { runbook, notes } = draft(text, "chat");
    expect({ commands: runbook.steps.map(({ command }) => command), notes }).toEqual({
      commands: ["kubectl get pods", "kubectl delete pod a-1"],
      notes: [{ line: 6, text: "kubectl get pods", reason: "It was pasted below later messages and stands where it was written." }],
    });
  });

  it("goes on over midnight", () => {
    const text = "mara [11:58 PM]\n`kubectl get pods`\ntilo [12:01 AM]\n`kubectl delete pod a-1`\nmara [12:03 AM]\ngone";
    expect(draft(text, "chat").runbook.steps.map(({ command }) => command)).toEqual(["kubectl get pods", "kubectl delete pod a-1"]);
  });

  it("takes from a review the diagnosis and the fix", () => {
    expect(brief(draft(REVIEW))).toEqual({
      kind: "postmortem",
      title: "Postmortem: orders stuck, 3 May",
      steps: [
        [
          "We looked at the queue with `rabbitmqctl list_queues` and saw 120000 messages.",
          "10: rabbitmqctl list_queues",
          "saw 120000 messages.",
        ],
        ["We put the values back", "20: helm rollback shop 41", null],
        ["and ran `systemctl restart order-consumer`.", "20: systemctl restart order-consumer", "Orders were flowing again at 10:31."],
      ],
      branches: [],
      notes: [
        { line: 11, text: "systemctl restart rabbitmq-server", reason: 'It did not help: "did not help".' },
        { line: 16, text: "helm upgrade shop", reason: 'It is named under "Root cause", which does not tell what was run.' },
        { line: 24, text: "Validate values in CI", reason: "A follow-up is no part of what fixed it." },
        { line: 25, text: "Run `helm diff` before each deploy", reason: "A follow-up is no part of what fixed it." },
      ],
    });
  });

  it("keeps a fix without a command as steps for a person", () => {
    const text =
      "Incident report 7 May\n\nTimeline\n09:00 Doors do not open.\n\nResolution\nThe technician replaced the fuse in cabinet 4. The doors were tested from both sides.\n";
    expect(draft(text).runbook.steps.map(({ kind, description }) => [kind, description])).toEqual([
      ["manual", "The technician replaced the fuse in cabinet 4."],
      ["manual", "The doors were tested from both sides."],
    ]);
  });

  it.each([
    ["a runbook", "# Restart\n\n1. Run `systemctl restart web`\n", "auto"],
    ["a chat without a command", "mara [9:00 AM]\nslow\ntilo [9:05 AM]\nyes\n", "chat"],
    ["a text without sections", "nothing here", "postmortem"],
    ["nothing", "", "auto"],
  ] as const)("refuses %s", (_name, text, kind) => {
    const result = distil(text, kind);
    expect(result.ok ? result.distilled.runbook.steps : result.error.code).toBe("PARSE_FAILED");
  });

  it("refuses what the parser would not take", () => {
    const result = distil("x".repeat(5 * 1024 * 1024 + 1));
    expect(result.ok ? null : result.error.code).toBe("INPUT_TOO_LARGE");
  });
});

describe("reword", () => {
  it("changes words and nothing else", () => {
    const before = draft(CHAT);
    const after = reword(before, {
      title: "Checkout errors",
      descriptions: [
        { order: 1, description: "Look at the pods" },
        { order: 9, description: "x" },
        { order: 2, description: " " },
      ],
    });
    const [first, ...rest] = before.runbook.steps;
    expect({ ...after, markdown: null }).toEqual({
      ...before,
      markdown: null,
      runbook: { ...before.runbook, title: "Checkout errors", steps: [{ ...first, description: "Look at the pods" }, ...rest] },
    });
    expect(after.markdown).toContain("1. Look at the pods");
  });
});

const WORDS = [
  "didn't help",
  "same",
  "works",
  "no",
  "yes",
  "reverted",
  "still 502s",
  "error: x",
  "it's back",
  "took it out again",
  "what about",
  "if that fails",
];
const COMMANDS = ["kubectl -n a delete pod b-1", "systemctl restart web", "df -h /srv", "rm -rf /var/cache/web"];
const line = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.constantFrom(...COMMANDS),
  fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...COMMANDS)).map(([word, command]) => `${word} \`${command}\``),
  fc.constantFrom("```", ":eyes:", "2", "9:14", "[9:15 AM]", "> quote", "# Timeline", "Resolution"),
);
const message = fc.tuple(fc.constantFrom("mara", "tilo", "Bot APP"), fc.integer({ min: 0, max: 59 }), fc.array(line, { maxLength: 4 }));
const chatText = fc
  .array(message, { minLength: 1, maxLength: 12 })
  .map((messages) =>
    messages.map(([name, minute, lines]) => [`${name} [9:${String(minute).padStart(2, "0")} AM]`, ...lines].join("\n")).join("\n"),
  );

describe("distil on any conversation", () => {
  it("never throws, is deterministic, and every command is on the line that it claims", () => {
    fc.assert(
      fc.property(chatText, fc.constantFrom("auto", "chat", "postmortem" as const), (text, kind) => {
        const result = distil(text, kind);
        expect(distil(text, kind)).toEqual(result);
        if (!result.ok) return;
        const lines = text.split("\n");
        const { runbook, notes } = result.distilled;
        for (const { text: command, line: at } of [...runbook.steps.flatMap(({ commands }) => commands), ...notes]) {
          expect(lines[at - 1]).toContain(command.split("\n", 1)[0]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
