import { parseRunbook } from "@dd0c/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paintFor } from "@dd0c/executor/paint";
import { assessRunbook } from "./assess-runbook.ts";
import { showRunbook } from "./show-runbook.ts";

const plain = paintFor({ isTTY: false });
const coloured = paintFor({ isTTY: true }, {});

const show = async (text: string, paint = plain, name = "x.md"): Promise<string> => {
  const parsed = parseRunbook(text);
  return parsed.ok ? showRunbook(await assessRunbook(parsed.runbook), name, paint) : "";
};

const runbook = [
  "# Orders fail",
  "",
  "## Prerequisites",
  "- VPN access",
  "",
  "## Diagnosis",
  "1. Look at the pods:",
  "   ```",
  "   $ kubectl get pods -n <ns>",
  "   orders-0  Running",
  "   ```",
  "2. Count what waits:",
  "   ```sql",
  "   select count(*) from orders where state = 'new';",
  "   ```",
  "",
  "## Mitigation",
  "1. If it grows, restart the service",
  "2. Throw the cache away: `rm -r /var/cache/orders`",
  "3. Scale: `kubectl -n <ns> scale deploy/orders --replicas=5`",
  "",
  "## Rollback",
  "```",
  "kubectl -n <ns> scale deploy/orders --replicas=3",
  "```",
  "",
].join("\n");

describe("showRunbook", () => {
  it("shows steps, risks, reasons, outputs, rollback, variables, prerequisites, decisions and questions", async () => {
    expect(await show(runbook)).toMatchInlineSnapshot(`
      "Orders fail   x.md
      5 steps  4 commands  2 ● safe  1 ▲ caution  1 ■ dangerous

      Before you start
          4: VPN access

      Fill in
          9: <ns>  from the alert (namespace)

      Diagnosis

        1  Look at the pods
          9: ● safe       kubectl get pods -n <ns>
           expect    orders-0  Running

        2  Count what waits
         14: ● safe       select count(*) from orders where state = 'new';   (sql)

      Mitigation

        3  If it grows, restart the service

        4  Throw the cache away
         19: ■ dangerous  rm -r /var/cache/orders
                          Deletes files or directories; there is no way back. Safer: ls the same paths first, or move them aside with mv
           undo      not said

        5  Scale
         20: ▲ caution    kubectl -n <ns> scale deploy/orders --replicas=5
                          Changes the number of replicas. Safer: --dry-run=server shows what would happen
           undo      kubectl -n <ns> scale deploy/orders --replicas=3

      Rollback
         24: ▲ caution    kubectl -n <ns> scale deploy/orders --replicas=3   (step 5)
                          Changes the number of replicas. Safer: --dry-run=server shows what would happen

      Decisions
         18: if  If it grows  -> step 3

      Questions to the author
         18: step 3: Unclear: "restart the service". Which one, and by which command?
      "
    `);
  });

  it("colours badges on a terminal, beside shape and word", async () => {
    const text = await show(runbook, coloured);
    expect(text).toContain("\u001b[31m■ dangerous\u001b[0m");
    expect(text).toContain("\u001b[32m● safe\u001b[0m");
  });

  it("asks the SQL parser about SQL in a command", async () => {
    expect(await show('# T\n\n1. Run `psql -c "select 1"`\n')).toContain("● safe       psql");
    expect(await show('# T\n\n1. Run `psql -c "drop table t"`\n')).toContain("■ dangerous  psql");
  });

  it("lets nothing of a file or its name steer the terminal", async () => {
    const evil = "\u001b]0;x\u0007\u001b[2J\r\u009b31m\u202e";
    const hostile = fc.array(
      fc.oneof(
        fc.constantFrom("# ", "## ", "1. ", "- ", "```\n", "\n", "Run `", "`", "If ", "Rollback:", "$ kubectl get pods -n <", ">", evil),
        fc.string({ unit: "binary", maxLength: 8 }),
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (pieces) => {
        const text = await show(
          `# T${evil}\n\n## S${evil}\n\n1. Do${evil}: \`kubectl get pods -n <n${evil}s>\`\n${pieces.join("")}`,
          plain,
          evil,
        );
        expect(text.replaceAll("\n", "").replaceAll("\t", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 200 },
    );
  });
});
