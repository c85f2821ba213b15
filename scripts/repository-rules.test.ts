// Each repository rule is shown what it must refuse, and what it must let through.
import { describe, expect, it } from "vitest";
import { rules } from "./lib/repository-rules.mjs";

const rule = (name: string) => rules[name] ?? (() => ["no such rule"]);
const problems = (name: string, path: string, text: string): number => rule(name)([{ path, text }]).length;

describe("repository rules", () => {
  it.each([
    ["noShell", "packages/a/src/x.ts", 'spawn("ls", { shell: true })', 1],
    ["noShell", "packages/a/src/x.ts", 'spawn("ls", [])', 0],
    ["auditIsAppendOnly", "packages/server/src/x.ts", "sql`UPDATE run.audit_events SET data = 1`", 1],
    ["auditIsAppendOnly", "packages/server/src/x.ts", 'tx.query.deleteFrom("audit_events")', 1],
    ["auditIsAppendOnly", "packages/server/src/x.sql", "delete from audit_events", 1],
    ["auditIsAppendOnly", "packages/server/src/x.ts", 'tx.query.insertInto("audit_events")', 0],
    ["smallFiles", "packages/a/src/x.ts", "x\n".repeat(501), 1],
    ["smallFiles", "packages/a/src/x.ts", "x\n".repeat(500), 0],
    ["smallFiles", "packages/a/src/generated/x.ts", "x\n".repeat(900), 0],
    ["noFocusedTests", "packages/a/src/x.test.ts", `it.${"only"}("x", () => {})`, 1],
    ["noFocusedTests", "packages/a/src/x.test.ts", 'it("x", () => {})', 0],
    ["workspaceOutputs", "packages/a/dist/x.js", "", 1],
    ["lockHasNoAddresses", "package-lock.json", '{"resolved": "https://example.org/x.tgz"}', 1],
    ["lockHasNoAddresses", "package-lock.json", '{"resolved": "packages/a", "link": true}', 0],
    ["exactVersions", "packages/a/package.json", '{"dependencies": {"x": "^1.0.0"}}', 1],
    ["exactVersions", "packages/a/package.json", '{"dependencies": {"x": "1.0.0"}}', 0],
    ["dependenciesExplained", "packages/a/package.json", '{"dependencies": {"x": "1.0.0"}}', 1],
    ["permissiveLicences", "package-lock.json", '{"packages": {"node_modules/x": {"license": "GPL-3.0"}}}', 1],
    ["permissiveLicences", "package-lock.json", '{"packages": {"node_modules/x": {"license": "(MIT OR GPL-3.0)"}}}', 0],
    ["decisionShape", "docs/decisions/12-x.json", "{}", 1],
    ["decisionShape", "docs/decisions/0001-x.json", "{}", 7],
    ["documentPathsExist", "README.md", "see `packages/gone/x.ts`", 1],
    ["documentPathsExist", "README.md", "see [this](README.md)", 0],
  ] as const)("%s, %s: %s -> %i", (name, path, text, expected) => {
    expect(problems(name, path, text)).toBe(expected);
  });

  it("finds evidence that does not exist, wherever a document names it", () => {
    const tests = { path: "e2e/x.test.ts", text: 'describe("group", () => it.each([["a"]])("each %s", () => it("one \\"quoted\\"", f)));' };
    const found = (path: string, text: string) => rule("evidenceExists")([{ path, text }, tests]);
    const named = (name: string) => `\`e2e/x.test.ts\`: "${name}"`;
    expect(found("ARCHITECTURE.md", `${named("group")} ${named("each %s")}`)).toEqual([]);
    expect(found("ARCHITECTURE.md", named("gone"))).toEqual(['ARCHITECTURE.md: e2e/x.test.ts has no test "gone"']);
    expect(found("ARCHITECTURE.md", '`e2e/gone.test.ts`: "group"')).toHaveLength(1);
    const threat = (evidence: string) => `# S\n\n## Threat\n**Claim.** **Argument.** **Evidence.** ${evidence} **Remains.**`;
    expect(found("docs/safety-case.md", threat(named("group")))).toEqual([]);
    expect(found("docs/safety-case.md", threat("none"))).toHaveLength(1);
    expect(found("docs/safety-case.md", threat(named("gone")))).toHaveLength(1);
  });

  it("misses no document", () => {
    expect(rule("documentsPresent")([]).length).toBeGreaterThan(5);
  });
});
