// The Markdown of a runbook must be read back as the same runbook: over every file there is, and over mangled ones the writer must say
// where it is not.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import type { ParsedRunbook } from "../types.ts";
import { writeMarkdown } from "./write-markdown.ts";

const root = fileURLToPath(new URL("../../../../..", import.meta.url));

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => /\.(?:md|txt|html|erb)$/.test(path))
        .map((path) => join(folder, path))
    : [];

const ours = ["templates", "packages/core/corpus/pasted", "packages/core/corpus/intent"].flatMap((folder) =>
  filesBelow(join(root, folder)),
);
const blind = filesBelow(join(root, "packages/core/corpus/pasted-blind"));
const shared = ["runbooks", "pasted", "alerts/runbooks"].flatMap((folder) => filesBelow(join(root, "../shared/corpus", folder)));

const read = (text: string): ParsedRunbook | null => {
  const parsed = parseRunbook(text);
  return parsed.ok ? parsed.runbook : null;
};

/** What the round trip keeps. */
const essence = (runbook: ParsedRunbook | null) =>
  runbook === null
    ? null
    : {
        steps: runbook.steps.map(({ order, section, section_kind, kind, commands }) => ({
          order,
          section,
          section_kind,
          kind,
          commands: commands.map(({ text, language, context }) => ({ text, language, context })),
        })),
        variables: runbook.variables.map(({ line: _line, ...variable }) => variable),
        rollback: runbook.rollback.map(({ text }) => text).sort(),
      };

const roundTrip = (text: string): void => {
  const runbook = read(text);
  if (runbook === null) return;
  const written = writeMarkdown(runbook);
  expect(written.differences).toEqual([]);
  expect(essence(read(written.text))).toEqual(essence(runbook));
};

describe("writeMarkdown", () => {
  it("writes title, notes, sections, steps, outputs and rollback", () => {
    const source = [
      "Requirements: VPN access",
      "# Move the primary",
      "",
      "## Steps",
      "1. Look: `kubectl get pods -n <ns>`, it should list 3 pods",
      "2. Ask the owner",
      "3. Move it, where `<target>` is the new node:",
      "   ```",
      "   $ pgmove --to <target> \\",
      "       --now",
      "   moved",
      "   ```",
      "",
      "## Rollback",
      "```",
      "pgmove --to old-node --now",
      "```",
    ].join("\n");
    const runbook = read(source);
    expect(runbook === null ? null : writeMarkdown(runbook).text).toBe(
      [
        "# Move the primary",
        "",
        "## Before you start",
        "",
        "- [ ] VPN access",
        "",
        "## Notes",
        "",
        "- From the alert (namespace): `<ns>`",
        "- By hand, where `<target>` is the new node",
        "",
        "## Steps",
        "",
        "1. Look",
        "",
        "   ```bash",
        "   kubectl get pods -n <ns>",
        "   ```",
        "",
        "   Expected output:",
        "",
        "   ```output",
        "   Look: `kubectl get pods -n <ns>`, it should list 3 pods",
        "   ```",
        "",
        "2. Ask the owner",
        "",
        "3. Move it, where `<target>` is the new node",
        "",
        "   ```bash",
        "   pgmove --to <target> --now",
        "   ```",
        "",
        "   Expected output:",
        "",
        "   ```output",
        "   moved",
        "   ```",
        "",
        "## Rollback",
        "",
        "These commands undo what step 3 did:",
        "",
        "```bash",
        "pgmove --to old-node --now",
        "```",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["a fence inside a here-document", "# T\n\n1. Write:\n\n````\ncat <<EOF > /tmp/x\n```\na\n```\nEOF\n````\n"],
    ["a loop and an open quote", "# T\n\n1. Do\n\n```\nfor n in a b; do\n  ssh $n uptime\ndone\necho 'one\ntwo'\n```\n"],
    ["a root shell elsewhere", "# T\n\n1. Do\n\n```\n$ oc debug node/x\nsh-4.4# chroot /host\nsh-4.4# systemctl status kubelet\n```\n"],
    ["statements at a prompt", "# T\n\n1. Ask\n\n```\norders=# select 1;\norders=# select now();\n```\n"],
    [
      "steps before any heading, with prerequisites",
      "You need VPN access.\n\n1. Run `uptime -p`\n2. Run `df -h /`\n\n## Later\n\n1. Run `free -m`\n",
    ],
    [
      "marks of Markdown in the words",
      "# T *x* `y`\n\n1. # Not a heading: run `ls -l`\n2. - not a list, a_b and 2*3*4: `df -h`\n3. 4. four: `free -m`\n",
    ],
    ["a link that is a step", "# T\n\n## Steps\n\n1. Follow [the guide (new)](https://example.org/a_(b))\n2. <https://example.org/x>\n"],
    [
      "entities that mean themselves",
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[echo "&lt;b&gt;" | tee /tmp/x]]></ac:plain-text-body></ac:structured-macro>',
    ],
    [
      "platforms as alternatives",
      "# T\n\n## Install\n\n### Debian\n\n```\napt-get install -y jq\n```\n\n### Fedora\n\n```\ndnf install -y jq\n```\n",
    ],
    ["a document that only undoes", "# Roll back\n\n## Rollback\n\n1. Undo: `kubectl rollout undo deploy/x`\n2. Tell the channel\n"],
    ["an explanation that ends in a command", "# T\n\n## Steps\n\n1. Look, where `<dir>` is a folder of the team: `du -xh <dir>`\n"],
    ["an explanation in italics", "# T\n\n1. Look:\n\n```\nls <dir>\n```\n\n*where `<dir>` is the folder (e.g. where `<0>` is the id).*\n"],
    ["control characters", "# T\n\n1. Run `printf '\u001b[31m'`\n"],
  ])("keeps %s", (_name, text) => {
    expect(read(text)).not.toBeNull();
    roundTrip(text);
  });

  it("says what is read differently in the few texts that were written without sight of the parser", () => {
    const told = blind.filter((path) => {
      const runbook = read(readFileSync(path, "utf8"));
      if (runbook === null) return false;
      const written = writeMarkdown(runbook);
      const isSame = JSON.stringify(essence(read(written.text))) === JSON.stringify(essence(runbook));
      expect(written.differences.length === 0, path).toBe(isSame);
      return !isSame;
    });
    expect(blind.length).toBeGreaterThanOrEqual(180);
    expect(told.length).toBeLessThanOrEqual(blind.length * 0.02);
  });

  it("has files of our own to prove it on", () => {
    expect(ours.length).toBeGreaterThanOrEqual(3);
  });

  it.each(ours.map((path) => [path.slice(root.length), path] as const))("keeps %s", (_name, path) => {
    roundTrip(readFileSync(path, "utf8"));
  });

  it.skipIf(shared.length === 0).each(shared.map((path) => [path.split("/corpus/")[1], path] as const))(
    "keeps %s (skipped when ../shared/corpus is absent)",
    (_name, path) => {
      roundTrip(readFileSync(path, "utf8"));
    },
  );

  it("says so where mangled text is not read back the same", () => {
    const lines = [...ours, ...shared].flatMap((path) => readFileSync(path, "utf8").split("\n"));
    const mangled = fc
      .array(fc.tuple(fc.nat(lines.length - 1), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 4 })
      .map((cuts) => cuts.flatMap(([from, count]) => lines.slice(from, from + count)).join("\n"));
    let same = 0;
    let all = 0;
    fc.assert(
      fc.property(mangled, (text) => {
        const runbook = read(text);
        if (runbook === null) return;
        const written = writeMarkdown(runbook);
        const isSame = JSON.stringify(essence(read(written.text))) === JSON.stringify(essence(runbook));
        expect(written.differences.length === 0).toBe(isSame);
        all += 1;
        same += isSame ? 1 : 0;
      }),
      { numRuns: 300, seed: 20261121 },
    );
    expect(same / all).toBeGreaterThanOrEqual(0.97);
  });
});
