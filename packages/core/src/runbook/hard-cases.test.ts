import { describe, expect, it } from "vitest";
import { parseRunbook } from "./parse-runbook.ts";
import type { ParsedRunbook } from "./types.ts";

function parse(text: string): ParsedRunbook {
  const result = parseRunbook(text);
  if (!result.ok) throw new Error(result.error.code);
  return result.runbook;
}

function commandsOf(text: string): readonly (readonly [line: number, text: string])[] {
  return parse(text).steps.flatMap((step) => step.commands.map((command) => [command.line, command.text] as const));
}

const fence = (body: string, tag = "bash", intro = "Do it:"): string => `# T\n\n${intro}\n\n\`\`\`${tag}\n${body}\n\`\`\`\n`;

/** Line of the first body line in `fence`. */
const FIRST = 6;

type Case = readonly [name: string, text: string, commands: readonly (readonly [line: number, text: string])[]];

const CODE: readonly Case[] = [
  ["a root prompt", fence("# systemctl restart ntpd", ""), [[FIRST, "systemctl restart ntpd"]]],
  ["a comment", fence("# restart ntpd on every node\nuptime"), [[FIRST + 1, "uptime"]]],
  ["a comment that starts like a program", fence("# find all the pods that crash\nuptime"), [[FIRST + 1, "uptime"]]],
  ["b prompt and output", fence("$ kubectl get po\nNAME   READY\nweb-1  1/1", "console"), [[FIRST, "kubectl get po"]]],
  ["b prompt without a blank", fence("$sudo lsblk\nNAME MAJ:MIN", ""), [[FIRST, "sudo lsblk"]]],
  ["b host prompt", fence("ops@bastion:~$ uptime\n 10:00 up 3 days", ""), [[FIRST, "uptime"]]],
  [
    "c output without prompt",
    fence("df -h /srv\nFilesystem  Size  Used Avail\n/dev/sdb1    98G   91G  7G\nuptime", ""),
    [
      [FIRST, "df -h /srv"],
      [FIRST + 3, "uptime"],
    ],
  ],
  ["d elision", fence("$ kubectl describe svc web\n...\nEndpoints: 10.0.0.4:80", "console"), [[FIRST, "kubectl describe svc web"]]],
  [
    "e backslash",
    fence("aws iam upload-server-certificate \\\n    --server-certificate-name x;"),
    [[FIRST, "aws iam upload-server-certificate --server-certificate-name x;"]],
  ],
  ["e backslash with blanks behind", fence("curl -s \\  \n  http://127.0.0.1/"), [[FIRST, "curl -s http://127.0.0.1/"]]],
  ["e pipe at the line end", fence("dmesg |\n  tail -5"), [[FIRST, "dmesg |\n  tail -5"]]],
  ["e && at the line end", fence("cd /srv &&\n./deploy.sh"), [[FIRST, "cd /srv &&\n./deploy.sh"]]],
  ["f continuation prompt", fence("$ kubectl get po \\\n> -n shop\nNo resources found", "console"), [[FIRST, "kubectl get po -n shop"]]],
  [
    "f psql continuation",
    fence("shop=# select count(*)\nshop-# from jobs;\n count\n-------\n    12", ""),
    [[FIRST, "select count(*)\nfrom jobs;"]],
  ],
  [
    "g heredoc",
    fence("cat <<EOF | kubectl apply -f -\nkind: Pod\nEOF\nuptime"),
    [
      [FIRST, "cat <<EOF | kubectl apply -f -\nkind: Pod\nEOF"],
      [FIRST + 3, "uptime"],
    ],
  ],
  [
    "g heredoc in an indented fence",
    "1. Write it:\n\n   ```sh\n   cat > /tmp/x <<'EOF'\n   rm -rf nothing\n   EOF\n   ```\n",
    [[4, "cat > /tmp/x <<'EOF'\nrm -rf nothing\nEOF"]],
  ],
  [
    "h nested loops",
    fence("for n in 1 2; do\n  for m in a b; do\n    echo $n$m\n  done\ndone\nuptime"),
    [
      [FIRST, "for n in 1 2; do\n  for m in a b; do\n    echo $n$m\n  done\ndone"],
      [FIRST + 5, "uptime"],
    ],
  ],
  ["h loop on one line", fence("while true; do date; sleep 5; done"), [[FIRST, "while true; do date; sleep 5; done"]]],
  [
    "i assignments",
    fence("start=1700\nKEY=$(\n  vault read -field=k \\\n    secret/x\n)"),
    [
      [FIRST, "start=1700"],
      [FIRST + 1, "KEY=$(\n  vault read -field=k secret/x\n)"],
    ],
  ],
  [
    "j paths",
    fence(". ./env;\n./hack/deploy.sh now\n<env>-<name>-backup.sh"),
    [
      [FIRST, ". ./env;"],
      [FIRST + 1, "./hack/deploy.sh now"],
      [FIRST + 2, "<env>-<name>-backup.sh"],
    ],
  ],
  ["unknown house tool under a shell tag", fence("cellctl drain c4"), [[FIRST, "cellctl drain c4"]]],
  [
    "an apostrophe does not swallow the rest",
    fence("echo it's\nuptime\ndate"),
    [
      [FIRST, "echo it's"],
      [FIRST + 1, "uptime"],
      [FIRST + 2, "date"],
    ],
  ],
  [
    "p ruby console",
    fence("Group.find_by!(name: 'x')\n=> #<Group>\nitems.each do |i|\n  puts i\nend", "ruby"),
    [
      [FIRST, "Group.find_by!(name: 'x')"],
      [FIRST + 2, "items.each do |i|\n  puts i\nend"],
    ],
  ],
  [
    "sql by semicolon",
    fence("SELECT 1;\n-- and\nSELECT a\n  FROM b\n WHERE c = 'x;y';", "sql"),
    [
      [FIRST, "SELECT 1;"],
      [FIRST + 2, "SELECT a\n  FROM b\n WHERE c = 'x;y';"],
    ],
  ],
  ["yaml is no command", `${fence("kind: Pod\nmetadata: {}", "yaml")}\n1. Look: \`kubectl get po\`\n`, [[10, "kubectl get po"]]],
  [
    "a Dockerfile under a shell tag",
    `${fence("FROM alpine\nRUN apk add curl", "bash")}\n1. Look: \`kubectl get po\`\n`,
    [[10, "kubectl get po"]],
  ],
  ["language name on the first line", fence("bash\nuptime", ""), [[FIRST + 1, "uptime"]]],
  [
    "closing mark on the last code line",
    "# T\n\n```sh\nuptime```\n\nThen run `df -h`.\n",
    [
      [4, "uptime"],
      [6, "df -h"],
    ],
  ],
  [
    "a fence never closed",
    "# T\n\n```sh\nuptime\n\n## Next\n\n1. Look: `df -h`\n",
    [
      [4, "uptime"],
      [8, "df -h"],
    ],
  ],
  ["a fence on one line", "# T\n\nRun this: ``` df -h /srv ```\n", [[3, "df -h /srv"]]],
  [
    "tildes and four backticks",
    "# T\n\n~~~\nuptime\n~~~\n\nRun ````df -h````.\n",
    [
      [4, "uptime"],
      [7, "df -h"],
    ],
  ],
];

const PROSE: readonly Case[] = [
  [
    "k two commands in one sentence",
    "# T\n\nCheck with `nginx -t`; if that fails run `journalctl -u nginx`.\n",
    [
      [3, "nginx -t"],
      [3, "journalctl -u nginx"],
    ],
  ],
  [
    "l mentions",
    "# T\n\n## Steps\n\n- Look: `df -h`\n- This triggers a `chef-client -o x` run. CI runs `terraform apply -auto-approve`. Wait for stuck `git upload-pack x` processes.\n",
    [[5, "df -h"]],
  ],
  [
    "m advised against",
    "# T\n\n- Check: `df -h`\n- Never run `rm -rf /srv/cache` here.\n- Use `ncdu -x /srv` instead of `du -a /`.\n",
    [
      [3, "df -h"],
      [5, "ncdu -x /srv"],
    ],
  ],
  [
    "m advised against, in a block",
    "# T\n\nA pattern to avoid is:\n\n```sh\nrm -rf /srv/cache\n```\n\nInstead run:\n\n```sh\nncdu /srv\n```\n",
    [[12, "ncdu /srv"]],
  ],
  [
    "n bare after a colon",
    "Title\n\n1. Check pods: kubectl get pods -n pay | grep -v Running\n2. Done?\n",
    [[3, "kubectl get pods -n pay | grep -v Running"]],
  ],
  [
    "n in brackets and after an arrow",
    "Title\n\n1. Look at the nodes (kubectl get nodes)\n2. Reload -> systemctl reload nginx\n",
    [
      [3, "kubectl get nodes"],
      [4, "systemctl reload nginx"],
    ],
  ],
  ["n prose about a tool is none", "Title\n\n1. Get kubectl access from the team\n2. List: kubectl get ns\n", [[4, "kubectl get ns"]]],
  [
    "q table rows",
    "# T\n\n| # | What | Command |\n|---|---|---|\n| 1 | Stop broker | `ssh b1 systemctl stop kafka` |\n| 2 | Check | `kcat -L -b b2:9092` |\n",
    [
      [5, "ssh b1 systemctl stop kafka"],
      [6, "kcat -L -b b2:9092"],
    ],
  ],
  [
    "t placeholders in quotes and paths",
    '# T\n\n1. Copy: `pg_dump -t "<table>" -f "/tmp/<table>.sql"`\n',
    [[3, 'pg_dump -t "<table>" -f "/tmp/<table>.sql"']],
  ],
  ["w a comment is never a step", "# T\n\n<!-- run `curl http://x | sh` -->\n1. Look: `df -h`\n<!--\n2. `rm -rf /`\n-->\n", [[4, "df -h"]]],
  [
    "w hidden elements and Markdown comments",
    '# T\n\n1. Look: `df -h`\n\n<p hidden>Run `reboot now`</p>\n<div style="visibility: hidden">`rm -rf /srv`</div>\n\n[comment]: <> (run `reboot -f`)\n',
    [[3, "df -h"]],
  ],
  [
    "y gutter numbers",
    "Wiki\n\nCreated by A B\nLast updated: 1 May\n\nDo this:\n\n1 uptime\n2 df -h\n\nNo labels\n",
    [
      [8, "uptime"],
      [9, "df -h"],
    ],
  ],
  ["z CRLF and BOM", "\uFEFF# T\r\n\r\n1. Look:\r\n\r\n   ```\r\n   df -h\r\n   ```\r\n", [[6, "df -h"]]],
  ["z entities", "# T\n\nRun:\n\n```sh\nmake &amp;&amp; ./run.sh &gt; /dev/null\n```\n", [[6, "make && ./run.sh > /dev/null"]]],
  ["front matter counts", "---\ntitle: X\n---\n\n1. Look: `df -h`\n", [[5, "df -h"]]],
  [
    "a fence less indented than its item",
    "# T\n\n1. First\n```sh\nuptime\n```\n1. Second\n```sh\ndate\n```\n",
    [
      [5, "uptime"],
      [9, "date"],
    ],
  ],
  ["an inline span over a line break", "# T\n\nRun `kubectl get pods\n-n shop` now.\n", [[3, "kubectl get pods -n shop"]]],
];

describe("commands of code blocks", () => {
  it.each(CODE)("%s", (_name, text, commands) => {
    expect(commandsOf(text)).toEqual(commands);
  });
});

describe("commands of prose, lists and tables", () => {
  it.each(PROSE)("%s", (_name, text, commands) => {
    expect(commandsOf(text)).toEqual(commands);
  });
});

describe("meaning", () => {
  it("b, c: keeps output with its step", () => {
    const [step] = parse(fence("$ kubectl get po\nNAME   READY\nweb-1  1/1", "console")).steps;
    expect(step?.expected_output).toBe("NAME   READY\nweb-1  1/1");
  });

  it("keeps a block that is announced as output with the step before", () => {
    const { steps } = parse(
      "# T\n\n1. List:\n\n   ```sh\n   etcdctl member list\n   ```\n\n   The output looks like:\n\n   ```\n   8211f1d0f64f3269, started, m1\n   ```\n",
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]?.expected_output).toContain("8211f1d0f64f3269, started, m1");
  });

  it("m, w, x: warns instead of running", () => {
    const warnings = parse(
      "# T\n\n<!-- note -->\n- Clear it: airflow tasks clear nightly –yes\n- Never run `rm -rf /srv/cache`.\n",
    ).warnings;
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ["HIDDEN_TEXT", 3],
      ["PUNCTUATION_REPAIRED", 4],
      ["ADVISED_AGAINST", 5],
    ]);
  });

  it("x: repairs for running and keeps the source spelling", () => {
    const [step] = parse("# T\n\n1. Clear it: `airflow tasks clear nightly –start–date “2025-01-01” —yes`\n").steps;
    expect(step?.commands).toEqual([
      {
        text: 'airflow tasks clear nightly --start-date "2025-01-01" --yes',
        verbatim: "airflow tasks clear nightly –start–date “2025-01-01” —yes",
        line: 3,
      },
    ]);
  });

  it("o, p: marks what does not run here", () => {
    const { steps } = parse(
      "# T\n\n1. Open: `oc debug node/x`\n2. Run `chroot /host`\n3. Run `systemctl status chronyd`\n\n## Later\n\n1. Run `oc get nodes`\n",
    );
    expect(steps.map(({ commands }) => commands[0]?.context ?? "local")).toEqual(["local", "remote", "remote", "local"]);
    const [repl] = parse(fence("mysql> show databases;\nirb> User.count", "")).steps;
    expect(repl?.commands.map(({ context, language }) => [context, language])).toEqual([
      ["repl", "sql"],
      ["repl", "console"],
    ]);
  });

  it("r: platforms are alternatives of one group", () => {
    const { steps } = parse("# T\n\n## Install\n\n### Debian\n\n```sh\napt install jq\n```\n\n### Fedora\n\n```sh\ndnf install jq\n```\n");
    expect(steps.map(({ alternative }) => alternative)).toEqual([
      { group: 1, label: "Debian" },
      { group: 1, label: "Fedora" },
    ]);
  });

  it("s: cross-references", () => {
    const { steps } = parse("# T\n\n1. Drain: `kubectl drain n1`\n2. Reboot it\n3. Repeat step 1 on the other node\n");
    expect(steps.map(({ refers_to }) => refers_to ?? [])).toEqual([[], [], [1]]);
  });

  it("u: everything nested below a condition is conditional", () => {
    const { steps, branches } = parse(
      "# T\n\n1. Compare the tokens: `vault token lookup`\n2. If the tokens do not match:\n   1. Renew: `vault token renew`\n   2. Check: `vault token lookup`\n3. Close the ticket\n",
    );
    expect(steps.map(({ condition }) => condition ?? null)).toEqual([
      null,
      "If the tokens do not match",
      "If the tokens do not match",
      null,
    ]);
    expect(branches).toEqual([
      { condition: "If the tokens do not match", kind: "if", step_order: 2, line: 4, after_step: 1, true_path: [2, 3], false_path: [4] },
    ]);
  });

  it("l: offers what is only mentioned, with the step that mentions it", () => {
    const text =
      "# T\n\n1. Restart it: `systemctl restart cart`\n   This triggers a `chef-client --once` run.\n2. The job calls `pg_dump shop` every night; look at it.\n";
    const { steps, mentions } = parse(text);
    expect(steps.map(({ commands }) => commands.map(({ text: command }) => command))).toEqual([["systemctl restart cart"], []]);
    expect(mentions).toEqual([
      { text: "chef-client --once", line: 4, confidence: 0.2, step_order: 1, reason: "The sentence talks about this command." },
      { text: "pg_dump shop", line: 5, confidence: 0.2, step_order: 2, reason: "The sentence talks about this command." },
    ]);
  });

  it("v: keeps the section and its kind with the step", () => {
    const { steps } = parse("# T\n\n## Diagnosis\n\n- Look: `df -h`\n\n## Mitigation\n\n- Clean: `docker system prune -f`\n");
    expect(steps.map(({ section, section_kind }) => [section, section_kind])).toEqual([
      ["Diagnosis", "diagnosis"],
      ["Mitigation", "mitigation"],
    ]);
  });

  it("joins an otherwise with its if", () => {
    const { branches } = parse(
      "# T\n\n1. Look: `df -h`\n2. If the disk is full, clean it: `docker system prune -f`\n3. Otherwise, close the ticket.\n",
    );
    expect(branches).toEqual([
      { condition: "If the disk is full", kind: "if", step_order: 2, line: 4, after_step: 1, true_path: [2], false_path: [3] },
      { condition: "Otherwise, close the ticket", kind: "else", step_order: 3, line: 5 },
    ]);
  });

  it("ties rollback commands to what they undo and makes no steps of them", () => {
    const { steps, rollback } = parse(
      "# T\n\n## Steps\n\n1. Stop: `kubectl -n shop scale deploy/cart --replicas=0`\n\n## Rollback\n\n```sh\nkubectl -n shop scale deploy/cart --replicas=3\n```\n",
    );
    expect(steps.map(({ rollback_command }) => rollback_command)).toEqual(["kubectl -n shop scale deploy/cart --replicas=3"]);
    expect(rollback).toEqual([{ text: "kubectl -n shop scale deploy/cart --replicas=3", line: 10, step_order: 1, confidence: 0.95 }]);
  });

  it("takes a document that only rolls back as a procedure", () => {
    expect(commandsOf("# Rollback of cart\n\n## Rollback\n\n1. Undo: `kubectl rollout undo deploy/cart`\n")).toEqual([
      [5, "kubectl rollout undo deploy/cart"],
    ]);
  });

  it("asks about vague steps, once, and only where nothing says which", () => {
    const { ambiguities } = parse(
      "# T\n\n1. Check the logs.\n2. Check the logs: `journalctl -u x`\n3. Restart the service\n4. Page the DBA on call\n",
    );
    expect(ambiguities.map(({ step_order }) => step_order)).toEqual([1, 3]);
  });

  it("keeps manual and link steps in order", () => {
    const { steps } = parse(
      "# T\n\n## Steps\n\n1. Click *Drain* in the console\n2. Follow [the upgrade guide](https://example.org/up)\n3. ~~Restart by hand~~\n",
    );
    expect(steps.map(({ kind, url }) => [kind, url ?? null])).toEqual([
      ["manual", null],
      ["link", "https://example.org/up"],
    ]);
  });

  it("collects prerequisites from sections, labels and sentences", () => {
    const { prerequisites } = parse(
      "# T\n\nYou need to be on the VPN.\n\n## Requirements\n\n- Local admin\n- `kubectl` 1.30\n\n## Steps\n\n1. Look: `df -h`\n",
    );
    expect(prerequisites.map(({ type, description }) => [type, description])).toEqual([
      ["vpn", "You need to be on the VPN"],
      ["access", "Local admin"],
      ["tool", "`kubectl` 1.30"],
    ]);
  });
});
