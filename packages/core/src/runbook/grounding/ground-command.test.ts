import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { readerText } from "../source/reader-text.ts";
import { groundCommand, indexSource, type Place } from "./ground-command.ts";
import { groundFindings } from "./ground-findings.ts";
import { noFindings } from "./model-findings.ts";
import { bestMs } from "../../../../../bench/best-ms.ts";

const fence = (body: string): string => `# T\n\n\`\`\`\n${body}\n\`\`\`\n`;
const ground = (text: string, command: string, near: number | null = null): Place | null =>
  groundCommand(indexSource(readerText(text).lines), command, near);
const at = (command: string, line: number, endLine = line): Place => ({ command, line, endLine });

describe("groundCommand", () => {
  it.each<[what: string, text: string, command: string, place: Place | null]>([
    ["a line of code", fence("kubectl get pods -n shop"), "kubectl get pods -n shop", at("kubectl get pods -n shop", 4)],
    ["other blanks: the source's count", fence("kubectl  get\tpods"), "kubectl get pods", at("kubectl  get\tpods", 4)],
    ["a word torn apart: the source's word counts", fence("rm -rf /tmp/x"), "rm -rf / tmp/x", at("rm -rf /tmp/x", 4)],
    ["curly quotes and dashes", fence("grep “a b” —color x"), 'grep "a b" --color x', at('grep "a b" --color x', 4)],
    ["a prompt in front", fence("$ df -h"), "df -h", at("df -h", 4)],
    ["a root prompt in front", fence("root@db:~# systemctl restart x"), "systemctl restart x", at("systemctl restart x", 4)],
    ["a comment behind", fence("df -h  # look"), "df -h", at("df -h", 4)],
    [
      "lines joined by a backslash",
      fence("curl -s \\\n    -X POST http://x"),
      "curl -s -X POST http://x",
      at("curl -s -X POST http://x", 4, 5),
    ],
    [
      "several lines",
      fence("for i in a b; do\n  echo $i\ndone"),
      "for i in a b; do\necho $i\ndone",
      at("for i in a b; do\n  echo $i\ndone", 4, 6),
    ],
    ["a code span", "# T\n\nRun `df -h` now.\n", "df -h", at("df -h", 3)],
    [
      "bare words of a sentence",
      "Then run kubectl get pods -n shop and look.\n",
      "kubectl get pods -n shop",
      at("kubectl get pods -n shop", 1),
    ],
    [
      "the end of a sentence",
      "Now restart it with systemctl restart nginx.\n",
      "systemctl restart nginx",
      at("systemctl restart nginx", 1),
    ],
    ["a list item", "1. systemctl restart nginx\n", "systemctl restart nginx", at("systemctl restart nginx", 1)],

    ["a whole here-document", fence("cat > x <<E\nrm a\nE"), "cat > x <<E\nrm a\nE", at("cat > x <<E\nrm a\nE", 4, 6)],
    ["root's prompt where every command has it", fence("# df -h\n# systemctl restart x"), "df -h", at("df -h", 4)],

    ["a comment among commands", fence("df -h\n# rm -rf /srv"), "rm -rf /srv", null],
    ["a line of a here-document", fence("cat > x <<E\nrm a\nE"), "rm a", null],
    ["a line of a string", fence('psql -c "\ndrop table x;\n"'), "drop table x;", null],
    ["a line of a loop", fence("for i in a; do\n  rm $i\ndone"), "rm $i", null],
    ["a line of a function", fence("f() {\n  rm -rf /srv\n}"), "rm -rf /srv", null],
    ["what a condition guards", fence("test -f /safe &&\n  rm -rf /srv"), "rm -rf /srv", null],
    ["the end of a pipe on its own line", fence("cat x |\n  sh"), "sh", null],
    ["a statement without its condition on the next line", fence("delete from t\nwhere id = 1;"), "delete from t", null],
    ["up to a # inside of quotes", fence('mysql -e "delete from t #x where id=1"'), 'mysql -e "delete from t', null],
    ["a line that a patch takes away", fence("- rm -rf /srv\n+ ls"), "rm -rf /srv", null],
    ["bare words without their last argument", "Run kubectl delete pods app=x now\n", "kubectl delete pods", null],
    ["bare words without what is in quotes", 'Run psql -c "select 1" now\n', "psql -c", null],
    ["what is only printed", "Please echo kubectl delete ns x\n", "kubectl delete ns x", null],
    ["what is struck out", "# T\n\n1. `df -h`\n2. ~~Run `rm -rf /srv`~~\n", "rm -rf /srv", null],
    ["two commands as one", fence("df\nrm x"), "df rm x", null],
    ["nothing", fence("df -h"), "", null],
    ["blanks", fence("df -h"), " \n ", null],
    ["a command that is not there", fence("df -h"), "df -i", null],
    ["the beginning of a line of code", fence("kubectl delete pod x --dry-run=client"), "kubectl delete pod x", null],
    ["the end of a line of code", fence("echo rm -rf /"), "rm -rf /", null],
    ["the beginning of a word", fence("rm -rf /tmp"), "rm -rf /", null],
    ["the beginning of a code span", "Run `psql -c 'delete from t where id=1'`.\n", "psql -c 'delete from t", null],
    ["the end of a code span", "Run `kubectl diff -f x; rm x`.\n", "rm x", null],
    ["one line of two that a backslash joins", fence("rm -rf /srv/cache \\\n  --one-file-system"), "rm -rf /srv/cache", null],
    ["a code span with a word before it", "Then run it: `df -h` now.\n", "it: `df -h", null],
    ["a code span with a word behind it", "Then run `df -h` now.\n", "df -h` now", null],
    ["a member of a pipe in prose", "Run ps aux | grep x please\n", "ps aux", null],
    ["what a pipe in prose ends with", "Run echo x | sh please\n", "sh", null],
    ["a statement without its condition", "Run DELETE FROM t WHERE id = 1 now\n", "DELETE FROM t", null],
    ["what sudo runs in prose", "Then sudo reboot now\n", "reboot", null],
    ["the words of two lines of prose", "Please run kubectl\ndelete pods now\n", "kubectl delete pods", null],
    ["an HTML comment", "# T\n\n1. Look: `df -h`\n\n<!-- rm -rf /srv -->\n", "rm -rf /srv", null],
    ["a hidden element", '# T\n\n1. Look: `df -h`\n\n<p style="display:none">rm -rf /srv</p>\n', "rm -rf /srv", null],
    ["Markdown's own comment", "# T\n\n1. Look: `df -h`\n\n[//]: # (rm -rf /srv)\n", "rm -rf /srv", null],
    ["the front matter", "---\ntitle: x\nrun: rm -rf /srv\n---\n\n1. Look: `df -h`\n", "rm -rf /srv", null],
    [
      "a hidden part of a page",
      "<div><p>Look</p><p hidden>rm -rf /srv</p><ol><li><code>df -h</code></li></ol></div>\n",
      "rm -rf /srv",
      null,
    ],
  ])("%s", (_what, text, command, place) => {
    expect(ground(text, command)).toEqual(place);
  });

  it("takes the place nearest to the line that is named, else the first", () => {
    const text = "# T\n\n1. `df -h`\n2. wait\n3. `df -h`\n";
    expect([ground(text, "df -h"), ground(text, "df -h", 5), ground(text, "df -h", 99), ground(text, "df -h", Number.NaN)]).toEqual([
      at("df -h", 3),
      at("df -h", 5),
      at("df -h", 5),
      at("df -h", 3),
    ]);
  });

  it("stays quick on a text that holds nothing but beginnings", () => {
    const text = fence(Array.from({ length: 20_000 }, () => "a a a a a a a a").join("\n"));
    expect(bestMs(() => expect(ground(text, "a".repeat(5_000))).toBeNull(), 2_000)).toBeLessThan(2_000);
  });
});

describe("groundFindings", () => {
  const text =
    "# T\n\nVPN is needed.\n\n1. Look: `df -h <disk>`\n2. Restart the service.\n\n## What `systemctl restart nginx` did last time\n";
  const parsed = parseRunbook(text);
  if (!parsed.ok) throw new Error("parse failed");
  const { runbook } = parsed;

  it("keeps what is new, bounded and visible, and marks where it comes from", () => {
    const findings = groundFindings(text, runbook, {
      proposals: [
        { command: "df -h <disk>", line: 5, description: "already a step" },
        { command: "systemctl  restart nginx", line: null, description: "restarts\n\u202Eit" },
        { command: "systemctl restart nginx", line: 8, description: "the same again" },
        { command: "rm -rf\u200B /srv", line: 1, description: "" },
        { command: " ", line: 1, description: "nothing" },
      ],
      questions: [
        { step_order: 2, question: "Which service?", suggestion: "nginx" },
        { step_order: 2, question: "Which service?", suggestion: null },
        { step_order: 77, question: "Who is on call?", suggestion: null },
        { step_order: 1, question: " \u200B ", suggestion: null },
      ],
      prerequisites: [{ type: "access", description: "root on the host" }],
      variables: [
        { name: "disk", description: "the mount point" },
        { name: "ghost", description: "no such variable" },
      ],
    });
    expect(findings).toEqual({
      proposals: [
        { grounded: true, origin: "model", command: "systemctl restart nginx", line: 8, end_line: 8, description: "restarts it" },
        { grounded: false, origin: "model", command: "rm -rf /srv", description: "" },
      ],
      questions: [
        { origin: "model", step_order: 2, issue: "Which service?", suggestion: "nginx" },
        { origin: "model", step_order: null, issue: "Who is on call?", suggestion: null },
      ],
      prerequisites: [{ origin: "model", type: "access", description: "root on the host" }],
      variables: [{ origin: "model", name: "disk", description: "the mount point" }],
    });
  });

  it.each([
    ["a sentence", "1. Look: `df -h`\n2. Never run `rm -rf /srv`.\n"],
    ["bare words", "1. Look: `df -h`\n2. Never run rm -rf /srv.\n"],
    ["the words above a block", "1. Look: `df -h`\n\nDo not run this:\n\n```sh\nls\nrm -rf /srv\n```\n"],
    ["a heading", "1. Look: `df -h`\n\n## What not to do\n\n- `rm -rf /srv`\n"],
    ["the item above", "1. Look: `df -h`\n\n- Do not:\n  - `rm -rf /srv`\n"],
  ])("takes nothing as the text's that %s forbids", (_what, body) => {
    const raw = `# T\n\n${body}`;
    const result = parseRunbook(raw);
    const proposals = [{ command: "rm -rf /srv", line: null, description: "" }];
    const answer = { proposals, questions: [], prerequisites: [], variables: [] };
    expect(result.ok && groundFindings(raw, result.runbook, answer).proposals).toEqual([
      { grounded: false, origin: "model", command: "rm -rf /srv", description: "" },
    ]);
  });

  it("makes nothing of nothing", () => {
    expect(groundFindings(text, runbook, { proposals: [], questions: [], prerequisites: [], variables: [] })).toEqual(noFindings);
  });
});
