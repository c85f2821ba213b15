// What counts as run, refused, needed or still to be done in chats, reviews and timelines; every form beside one that only looks like it.
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

interface Read {
  readonly steps: readonly string[];
  /** Lines of commands that are no step because of what was said. */
  readonly dropped?: readonly number[];
  readonly needs?: readonly string[];
  readonly mentions?: readonly string[];
}

function read(text: string, sourceType?: "chat"): Read | string {
  const result = parseRunbook(text, sourceType === undefined ? {} : { sourceType });
  if (!result.ok) return result.error.code;
  const { steps, warnings, prerequisites, mentions } = result.runbook;
  return {
    steps: steps.map(({ commands, description }) => (commands.length === 0 ? description : commands.map((one) => one.text).join(" + "))),
    dropped: warnings.filter(({ code }) => code === "ADVISED_AGAINST").map(({ line }) => line ?? 0),
    needs: prerequisites.map(({ description }) => description),
    mentions: mentions.map(({ text: one }) => one),
  };
}

const whole = ({ steps, dropped = [], needs = [], mentions = [] }: Read): Read => ({ steps, dropped, needs, mentions });

/** Two people in turns; the first look makes it a runbook whatever follows. */
const chat = (messages: readonly string[]): string =>
  ["`uptime -p`", "ok", ...messages].map((text, at) => `${at % 2 === 0 ? "mara" : "tilo"} [9:${String(at + 10)} AM]\n${text}`).join("\n");

const LOOK = "uptime -p";

const CHATS: readonly (readonly [name: string, messages: readonly string[], read: Read])[] = [
  [
    "says, at the start of a message",
    ['`kubectl -n a logs deploy/x | tail` says "no space left"'],
    { steps: [LOOK, "kubectl -n a logs deploy/x | tail"] },
  ],
  ["still shows", ["ok `df -h /srv` still shows 99%"], { steps: [LOOK, "df -h /srv"] }],
  [
    "not: it explains what the command does",
    ["`kubectl get pods -A` shows you all of them btw"],
    { steps: [LOOK], mentions: ["kubectl get pods -A"] },
  ],
  [
    "not: what it will do some day",
    ["the next `terraform apply -auto-approve` sets that back to 3"],
    { steps: [LOOK], mentions: ["terraform apply -auto-approve"] },
  ],
  ["not: in the middle of a sentence", ["the wiki page about `df -h /srv` says 80% is fine"], { steps: [LOOK], mentions: ["df -h /srv"] }],
  ["tried, did nothing", ["tried `systemctl restart web`, did nothing"], { steps: [LOOK], dropped: [6] }],
  ["tried, and it worked", ["tried `systemctl restart web`, did it"], { steps: [LOOK, "systemctl restart web"] }],
  ["a look that did nothing to the problem stays", ["checked with `df -h /srv`", "61%"], { steps: [LOOK, "df -h /srv"] }],
  [
    "a role, beside the step that needs it",
    ["you need the dba_admin role for that: `psql -h db1 -c 'select pg_switch_wal()'`"],
    {
      steps: [LOOK, "psql -h db1 -c 'select pg_switch_wal()'"],
      needs: ["you need the dba_admin role for that"],
    },
  ],
  [
    "a group, in a message of its own",
    ["you have to be in the storage-oncall group", "k"],
    { steps: [LOOK], needs: ["you have to be in the storage-oncall group"] },
  ],
  ["only with a role", ["that only works with the admin role"], { steps: [LOOK], needs: ["that only works with the admin role"] }],
  ["not: a question", ["do you need the admin role for that?"], { steps: [LOOK] }],
  ["not: something to do", ["you need to restart the consumer group"], { steps: [LOOK] }],
  ["not: a name that is wanted", ["you need the account id for the ticket"], { steps: [LOOK] }],
  [
    "what to do if it fails again is a step",
    ["restart it: `systemctl restart web`\nif it fails again don't retry, ping #team-web", "green"],
    { steps: [LOOK, "systemctl restart web", "if it fails again don't retry, ping #team-web"] },
  ],
  [
    "and so it is in a message of its own",
    ["if that comes back call the network team"],
    { steps: [LOOK, "if that comes back call the network team"] },
  ],
  ["not: what somebody will do", ["if it fails again i'll call the network team"], { steps: [LOOK] }],
  ["not: an offer", ["if you need anything ping me"], { steps: [LOOK] }],
  ["not: a question about it", ["if it fails again, restart it or not?"], { steps: [LOOK] }],
  [
    "have to do, in some case",
    ["if it says locked you have to do `rm /var/run/x.lock` and start it again"],
    { steps: [LOOK, "rm /var/run/x.lock"] },
  ],
  [
    "two commands of one sentence",
    ["`systemctl stop web` and then `systemctl start web`", "works"],
    { steps: [LOOK, "systemctl stop web + systemctl start web"] },
  ],
  [
    "two commands with words between",
    ["`systemctl stop web`, wait for the drain, `systemctl start web`"],
    { steps: [LOOK, "systemctl stop web", "systemctl start web"] },
  ],
  ["a statement in capitals that is refused", ["NO. don't ever do CLUSTER RESET HARD there"], { steps: [LOOK], dropped: [6] }],
  ["not: capitals that are no statement", ["don't do THAT please"], { steps: [LOOK] }],
  [
    "turned down in the same sentence",
    ["considered `kubectl drain n1 --force`, rejected, it would kill the db"],
    { steps: [LOOK], dropped: [6] },
  ],
];

describe("what a chat tells", () => {
  it.each(CHATS)("%s", (_name, messages, expected) => {
    expect(read(chat(messages), "chat")).toEqual(whole(expected));
  });

  it("gives an aside about something else to nobody", () => {
    const result = parseRunbook(chat(["`systemctl restart web`", "green", "btw the old alert is back"]), { sourceType: "chat" });
    expect(result.ok && result.runbook.steps.map((step) => step.expected_output)).toEqual([null, "green"]);
  });

  it("knows a failed attempt under a name above an indented time", () => {
    const text =
      "Lena\n  8:10 AM\nread only again\nTobias\n  8:11 AM\ntried `mount -o remount,rw /srv`, did nothing\nLena\n  8:12 AM\nyes\nTobias\n  8:13 AM\n`umount -l /srv`\n";
    expect(read(text)).toEqual(whole({ steps: ["umount -l /srv"], dropped: [6] }));
  });
});

const review = (timeline: string): string =>
  `# Postmortem: shop\n\n## Summary\n\nx\n\n## Timeline\n\n- 10:00 We look with \`uptime -p\`.\n${timeline}\n`;

const REVIEWS: readonly (readonly [name: string, timeline: string, read: Read])[] = [
  [
    "behind a comma",
    "- 10:05 She purges by key, `fastly purge --key a --service-id b`.",
    { steps: [LOOK, "fastly purge --key a --service-id b"] },
  ],
  [
    "with what it gives behind",
    "- 10:05 Sara looks up the key: `curl -sI https://x.example | grep -i key` gives `k1`.",
    { steps: [LOOK, "curl -sI https://x.example | grep -i key"] },
  ],
  [
    "named in passing, in brackets",
    "- 10:05 Restart of the broker (`systemctl restart rabbitmq-server`), queue drains.",
    { steps: [LOOK, "systemctl restart rabbitmq-server"] },
  ],
  ["no effect", "- 10:05 Sara restarts the proxy, `systemctl restart envoy`. No effect.", { steps: [LOOK], dropped: [10] }],
  [
    "no effect of something that was done without a command",
    "- 10:05 Sara scales it up: `kubectl scale deploy/web --replicas=6`.\n- 10:09 She purges the page in the UI. No effect.",
    { steps: [LOOK, "kubectl scale deploy/web --replicas=6"] },
  ],
  [
    "no effect, told of the same thing again",
    "- 10:05 Sara restarts the proxy: `systemctl restart envoy`.\n- 10:09 She restarted it twice. No effect.",
    { steps: [LOOK], dropped: [10] },
  ],
  [
    "wondered about and refused",
    "- 10:05 Nadia wonders about `consul force-leave con-3`, refused, too dangerous.",
    { steps: [LOOK], dropped: [10] },
  ],
  ["not: a job ran it", "- 10:05 The nightly job runs `pg_dump -Fc shop`.", { steps: [LOOK], mentions: ["pg_dump -Fc shop"] }],
  [
    "not: the playbook says it",
    "- 10:05 The playbook says to run `consul snapshot restore x.snap`.",
    { steps: [LOOK], mentions: ["consul snapshot restore x.snap"] },
  ],
  [
    "not: nobody ran it",
    "- 10:05 Nobody had run `certbot renew --cert-name x`.",
    { steps: [LOOK], mentions: ["certbot renew --cert-name x"] },
  ],
  ["not: a stuck process", "- 10:05 Four `rsync -a /srv /mnt` processes are found.", { steps: [LOOK], mentions: ["rsync -a /srv /mnt"] }],
  ["not: a query of an alert", "- 10:05 `consul_raft_leader == 0` fires.", { steps: [LOOK] }],
  [
    "a cause only names it",
    "\n## Root cause\n\nA deploy ran `helm upgrade shop ./chart`.",
    { steps: [LOOK], mentions: ["helm upgrade shop ./chart"] },
  ],
  [
    "actions with tickets are to be done",
    "\n## Actions\n\n- [ ] OPS-1 Run `helm diff upgrade shop ./chart` in CI\n- [x] OPS-2 limits",
    { steps: [LOOK] },
  ],
  [
    "actions in a table with owners too",
    "\n## Action items\n\n| What | Who |\n| --- | --- |\n| Run `helm lint ./chart` | Sara |",
    { steps: [LOOK] },
  ],
  [
    "actions that were taken are steps",
    "\n## Actions taken\n\n- 10:20 We ran `helm rollback shop 41`.",
    { steps: [LOOK, "helm rollback shop 41"] },
  ],
];

describe("what a review tells", () => {
  it.each(REVIEWS)("%s", (_name, timeline, expected) => {
    expect(read(review(timeline))).toEqual(whole(expected));
  });
});

const INCIDENT = `# INC-7: queue stuck

## Summary

Stuck.

## Timeline (UTC)

| Time | Who | What |
|---|---|---|
| 10:00 | alert | \`queue_depth > 1000\` fires |
| 10:02 | Ana | \`rabbitmqctl list_queues \\| grep orders\` shows 120000 |
| 10:05 | Ben | restarts the broker (\`systemctl restart rabbitmq-server\`), no change |
| 10:09 | Ana | starts the consumer: \`systemctl start consumer\` |

## Actions

- [ ] OPS-9 alert on the consumer
`;

describe("a timeline in a table", () => {
  it("is read by its rows, bars unescaped, without times and names", () => {
    const result = parseRunbook(INCIDENT);
    expect(
      result.ok &&
        result.runbook.steps.map(({ description, commands: [first], source_lines }) => [
          description,
          first?.text,
          first?.verbatim,
          source_lines,
        ]),
    ).toEqual([
      [
        "`rabbitmqctl list_queues | grep orders` shows 120000",
        "rabbitmqctl list_queues | grep orders",
        "rabbitmqctl list_queues \\| grep orders",
        [12, 12],
      ],
      ["starts the consumer", "systemctl start consumer", undefined, [14, 14]],
    ]);
  });

  it("of a change that is still to come is no review", () => {
    const plan =
      "# Move the shop\n\n## Summary\n\nx\n\n## Timeline\n\n| Time | Who | What |\n|---|---|---|\n| 22:00 | Ana | Stop it: `systemctl stop shop` |\n| 22:10 | Ben | Start it: `systemctl start shop` |\n";
    expect(read(plan)).toEqual(whole({ steps: ["systemctl stop shop", "systemctl start shop"] }));
  });

  it("numbers alone make no review of a runbook", () => {
    expect(read("# SEV-1 handling\n\n## Summary\n\nx\n\n## Steps\n\n1. Look: `uptime -p`\n2. Call the manager\n")).toEqual(
      whole({ steps: [LOOK, "Call the manager"] }),
    );
  });
});
