// Copies of chats as the programs really write them, and texts with names and times that are no chats.
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import type { ParsedRunbook } from "../types.ts";
import { bestMs } from "../../../../../bench/best-ms.ts";

function parse(text: string): ParsedRunbook {
  const result = parseRunbook(text);
  if (!result.ok) throw new Error(result.error.code);
  return result.runbook;
}

const commandsOf = (runbook: ParsedRunbook): readonly (readonly [line: number, text: string, output: string | null])[] =>
  runbook.steps.flatMap((step) => step.commands.map(({ line, text }) => [line, text, step.expected_output] as const));

type Case = readonly [name: string, text: string, commands: readonly (readonly [line: number, text: string, output: string | null])[]];

const CHATS: readonly Case[] = [
  [
    "IRC with angle brackets, pasted output and notices",
    `[10:02] <mara> disk on db-3 is at 97%
[10:02] -!- tilo [~t@host] has joined #ops
[10:03] <tilo> df -h /data
[10:03] <tilo> Filesystem  Size  Used Avail Use% Mounted on
[10:03] <tilo> /dev/sdb1    98G   95G  3G   97% /data
[10:05] <tilo> journalctl --vacuum-size=1G
[10:06] <mara> 61% now, thanks`,
    [
      [3, "df -h /data", "Filesystem  Size  Used Avail Use% Mounted on\n/dev/sdb1    98G   95G  3G   97% /data"],
      [6, "journalctl --vacuum-size=1G", "61% now, thanks"],
    ],
  ],
  [
    "weechat with bars",
    `10:02 mara | queue grows again on mq-1
10:02 tilo | looking: \`rabbitmqctl list_queues name messages\`
10:04 tilo | orders 120034
10:05 mara | purge it?
10:06 tilo | no. restarting the consumer: \`systemctl restart order-consumer\`
10:08 mara | draining`,
    [
      [2, "rabbitmqctl list_queues name messages", "orders 120034"],
      [5, "systemctl restart order-consumer", "draining"],
    ],
  ],
  [
    "Discord with an em dash",
    `mara — Today at 3:13 PM
the bot is offline again
tilo — Today at 3:14 PM
trying \`docker restart bot\`
mara — Today at 3:16 PM
it's back 🎉`,
    [[4, "docker restart bot", "it's back 🎉"]],
  ],
  [
    "Google Chat with a comma",
    `Mara Lind, Mon 10:02 AM
cert of the mail host expired?
Tilo Brandt, Mon 10:04 AM
yes. \`certbot renew --cert-name mail.example.org\`
Mara Lind, Mon 10:07 AM
green again`,
    [[4, "certbot renew --cert-name mail.example.org", "green again"]],
  ],
  [
    "Mattermost with one blank and a 12 h clock",
    `mara.lind 10:02 AM
replica lag is 900 s
tilo 10:03 AM
\`\`\`
psql -h db-2 -c "select pg_wal_replay_resume()"
\`\`\`
mara.lind 10:05 AM
dropping`,
    [[5, 'psql -h db-2 -c "select pg_wal_replay_resume()"', "dropping"]],
  ],
  [
    "a phone messenger with dates in front",
    `11.05.25, 21:14 - Mara L.: shop is down
11.05.25, 21:15 - Tilo: kubectl -n shop rollout undo deploy/web
11.05.25, 21:19 - Mara L.: up again`,
    [[2, "kubectl -n shop rollout undo deploy/web", "up again"]],
  ],
  [
    "Slack with a 24 h clock, the name on its own line, reactions with their counts",
    `Mara
  09:02
api is slow
:eyes:
2
Tilo
  09:03
kubectl -n api top pods
NAME    CPU(cores)   MEMORY(bytes)
api-1   990m         1Gi
Grafana
APP
  09:04
kubectl -n api delete pod api-1
Mara
  09:06
thx`,
    [[8, "kubectl -n api top pods", "NAME    CPU(cores)   MEMORY(bytes)\napi-1   990m         1Gi"]],
  ],
  [
    "a fence that nobody closed ends with its message",
    `mara [9:02 AM]
\`\`\`
systemctl status nginx
mara [9:03 AM]
dead. starting it: \`systemctl start nginx\``,
    [
      [3, "systemctl status nginx", null],
      [5, "systemctl start nginx", null],
    ],
  ],
  [
    "log lines below a message are output, not messages",
    `mara [9:02 AM]
journalctl -u sshd -n 2
10:02:33 sshd: connection closed
10:02:35 sshd: connection closed
tilo [9:04 AM]
\`systemctl restart sshd\` then`,
    [
      [2, "journalctl -u sshd -n 2", "10:02:33 sshd: connection closed\n10:02:35 sshd: connection closed"],
      [6, "systemctl restart sshd", null],
    ],
  ],
];

describe("chat copies", () => {
  it.each(CHATS)("%s", (_name, text, commands) => {
    const runbook = parse(text);
    expect({ type: runbook.source_type, commands: commandsOf(runbook) }).toEqual({ type: "chat", commands });
  });
});

const NO_CHATS: readonly (readonly [name: string, text: string])[] = [
  [
    "a page that lists shifts",
    "# On call\n\nNight shift  22:00\nDay shift  06:00\n\n## Steps\n\n1. Look: `df -h`\n2. Tell the day shift\n",
  ],
  [
    "numbered steps below two times",
    "Backup window  02:30\nReport window  05:00\n\n1. Check: df -h /srv\n2. Stop the job\n3. Tell the owner\n",
  ],
  ["a timeline", "04:12  SERVFAIL rises\n04:20  on-call paged\n04:26  resolver restarted\n\nRun `dig pay.svc` on each resolver.\n"],
  ["a log", "10:02:33 info: starting\n10:02:34 error: no such table\n10:02:35 info: stopping\n\nRun `rake db:migrate`.\n"],
  ["a log of two programs", "10:02:33 sshd: closed\n10:02:34 kernel: oom\n\n1. Run `dmesg -T`\n2. Run `free -m`\n3. Reboot the host\n"],
  ["sentences that end in a time", "The job starts at 02:30\nIt should be done by 04:00\n\nIf not, run `systemctl restart nightly`.\n"],
  ["a cron table", "Job  Start\nbackup  02:30\nrotate  03:00\n\n# Steps\n\n- Run `systemctl start backup`\n"],
  ["an agenda", "10:00 Kickoff: goals\n10:15 Demo: new parser\n10:45 Questions: all\n\nRun `make demo` before.\n"],
];

describe("no chats", () => {
  it.each(NO_CHATS)("%s", (_name, text) => {
    const runbook = parse(text);
    expect(runbook.source_type).not.toBe("chat");
    expect(runbook.steps.length).toBeGreaterThan(0);
  });
});

describe("long pastes", () => {
  const repeat = (count: number, make: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => make(index)).join("\n");
  const minute = (index: number): string => String(index % 60).padStart(2, "0");

  it.each([
    [
      "messages",
      (n: number) => repeat(n, (i) => `mara [9:${minute(i)} AM]\n\`kubectl delete pod a-${String(i)}\`\ntilo [9:${minute(i)} AM]\nsame`),
    ],
    ["names above times", (n: number) => repeat(n, (i) => `Mara\n  9:${minute(i)}\nkubectl get pods -n a${String(i)}`)],
    ["log lines of one minute", (n: number) => repeat(n, () => "[10:02] <mara> df -h /srv")],
    [
      "one message",
      (n: number) => `mara [9:00 AM]\nhm\ntilo [9:01 AM]\n${repeat(n, (i) => `then \`kubectl delete pod a-${String(i)}\` and`)}`,
    ],
    [
      "conditions",
      (n: number) =>
        `mara [9:00 AM]\n\`df -h\`\n${repeat(n, () => "tilo [9:01 AM]\nif that fails `kubectl delete pod a-1`\nmara [9:02 AM]\nok")}`,
    ],
    ["open fences", (n: number) => repeat(n, () => "mara [9:00 AM]\n```\ndf -h")],
    ["quotes", (n: number) => `From: a\nTo: b\nSubject: c\n\n${repeat(n, (i) => `${"> ".repeat(i % 9)}never run \`rm -rf /\``)}`],
    [
      "review sentences",
      (n: number) =>
        `Postmortem\n\nTimeline\n${repeat(n, () => "10:00 We ran df -h /srv and saw 90 %. It did not help.")}\n\nResolution\nx\n`,
    ],
  ])("stay near linear on %s", (_name, make) => {
    const [small, large] = [make(500), make(4_000)];
    const atMostMs = Math.max(400, bestMs(() => parseRunbook(small), 0) * 40);
    expect(bestMs(() => parseRunbook(large), atMostMs)).toBeLessThan(atMostMs);
  });
});
