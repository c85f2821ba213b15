import { parseRunbook } from "@dd0c/core";
import { describe, expect, it } from "vitest";
import type { StepRecord } from "../db/index.ts";
import { stepTemplate } from "./step-template.ts";

const runbook = (text: string) => {
  const result = parseRunbook(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.runbook;
};

const record = (order: number, command: string | null, sub = 0): StepRecord => ({
  id: `row-${order}`,
  stepId: `step-${order}`,
  order,
  sub,
  label: String(order),
  kind: "command",
  section: null,
  description: "Look.",
  command,
  expectedOutput: null,
  rollbackCommand: null,
  timeoutMs: null,
  line: 1,
  endLine: 1,
  variables: [],
  classification: null,
});

describe("stepTemplate", () => {
  it("leaves a command of this machine to the agent", () => {
    const parsed = runbook("# A\n\n1. Look.\n\n   ```\n   uptime\n   ```\n");
    expect(stepTemplate(record(1, "uptime"), { parsed }, "s1")).toMatchObject({ kind: "command", command: "uptime", description: "Look." });
  });

  it("gives what follows a remote shell to a human", () => {
    const parsed = runbook(
      "# A\n\n1. Log in.\n\n   ```\n   ssh db1\n   ```\n\n2. Stop it.\n\n   ```\n   systemctl stop postgresql\n   ```\n",
    );
    const place = parsed.steps[1]?.commands[0]?.context;
    const made = stepTemplate(record(2, "systemctl stop postgresql"), { parsed }, "s2");
    expect(place).toBe("remote");
    expect(made).toMatchObject({ kind: "manual", command: null, templateHash: null });
    expect(made.description).toContain("systemctl stop postgresql");
  });

  it("gives SQL without a client to a human", () => {
    const parsed = runbook("# A\n\n1. Count.\n\n   ```sql\n   select count(*) from orders;\n   ```\n");
    expect(stepTemplate(record(1, "select count(*) from orders;"), { parsed }, "s1")).toMatchObject({ kind: "manual", command: null });
  });
});
