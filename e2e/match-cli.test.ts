// `dd0c match` as scripts call it: CONTRACTS, through the committed bin file.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root, temporaryFolder } from "./support/product.ts";

const folder = temporaryFolder();
afterAll(folder.remove);
const library = join(folder.path, "runbooks");
mkdirSync(join(library, "below"), { recursive: true });
const pages: Readonly<Record<string, string>> = {
  "etcdNoLeader.md": "# etcdNoLeader\n\nThe etcd cluster has no leader.\n",
  "KubePodCrashLooping.md": "# KubePodCrashLooping\n\nA container of the pod restarts again and again.\n",
  "ssl_cert.md": "# SSL certificate expires\n\nA certificate of the web site expires soon.\n",
  "notes.txt": "KubePodNotReady\n",
  "below/KubePodNotReady.md": "# KubePodNotReady\n",
};
for (const [name, text] of Object.entries(pages)) writeFileSync(join(library, name), text);

const match = (input: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "packages/cli/bin/dd0c.js"), "match", ...args], {
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};
interface Line {
  readonly id: string;
  readonly matches: readonly { readonly runbook: string; readonly confidence: number; readonly reasons: readonly string[] }[];
}
const linesOf = (stdout: string): readonly Line[] =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

const alerts = [
  { id: "one", source: "alertmanager", labels: { alertname: "etcdNoLeader" }, annotations: { summary: "etcd has no leader" } },
  { id: "two", source: "pagerduty", title: "Lift B out of order", service: "Facilities", urgency: "high" },
  { id: "three", source: "opsgenie", title: "TLS cert of www.shop.example expires in 6 days", priority: "P3", tags: ["team:edge"] },
].map((alert) => JSON.stringify(alert));

describe("dd0c match", () => {
  it("answers every line in order: id, matches with file name, confidence and reasons; nothing where nothing fits", () => {
    const { status, stdout, stderr } = match(`${alerts.join("\n")}\n`, "--library", library, "--jsonl");
    const [one, two, three] = linesOf(stdout);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect([one?.id, two?.id, three?.id]).toEqual(["one", "two", "three"]);
    expect(one?.matches[0]?.runbook).toBe("etcdNoLeader.md");
    expect(one?.matches[0]?.confidence).toBeGreaterThanOrEqual(0.9);
    expect(one?.matches.every(({ reasons }) => reasons.length > 0 && reasons.every((reason) => reason !== ""))).toBe(true);
    expect(two?.matches).toEqual([]);
    expect(three?.matches[0]?.runbook).toBe("ssl_cert.md");
  });

  it("reads a file as well, takes the Markdown of the folder alone, and speaks to people", () => {
    const file = join(folder.path, "alerts.jsonl");
    writeFileSync(file, `${JSON.stringify({ id: "x", labels: { alertname: "KubePodNotReady\u001b[31m" } })}\n${alerts[0] ?? ""}`);
    const { status, stdout } = match("", "--library", library, file);
    expect(status).toBe(0);
    expect(stdout).toContain("etcdNoLeader.md");
    expect(stdout).not.toContain("KubePodNotReady.md");
    expect(stdout).not.toContain("\u001b");
  });

  it("a line that is no alert is answered with an error and ends with 2; the others are answered", () => {
    const { status, stdout } = match(`not json\n[1]\n${alerts[0] ?? ""}\n`, "--library", library, "--jsonl");
    expect(status).toBe(2);
    expect(linesOf(stdout)).toMatchObject([{ matches: [], error: { code: "INVALID_REQUEST" } }, { matches: [] }, { id: "one" }]);
  });

  it("says what is wrong with how it was called", () => {
    expect(match("", "--jsonl")).toMatchObject({ status: 2, stdout: "" });
    expect(match("", "--library", join(folder.path, "absent")).stderr).toContain("cannot be read");
    expect(match("", "--library", join(library, "below", "..", "..", "runbooks", "below")).status).toBe(0);
  });
});
