import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const stepsOf = (text: string): readonly string[] => {
  const result = parseRunbook(text);
  return result.ok
    ? result.runbook.steps.map(({ description, source_lines: [start, end] }) => `${String(start)}-${String(end)} ${description}`)
    : [];
};

describe("steps below a numbered heading", () => {
  it("are its paragraphs that tell to act, each with the remarks behind it", () => {
    const text =
      "# Restore\n\n## Step 1: Shut down\n\nThe old cluster may still run.\n\nScale down the operator.\n\nThis takes a minute.\n\nIf it is still possible, revoke its token.\n\n## Step 2: Start\n\nScale it up.\n";
    expect(stepsOf(text)).toEqual([
      "7-9 Scale down the operator.",
      "11-11 If it is still possible, revoke its token.",
      "15-15 Scale it up.",
    ]);
  });

  it("are found by the heading's number", () => {
    const result = parseRunbook(
      "# Restore\n\n## Step 1: Stop\n\nStop the writer.\n\n## Step 2: Copy\n\nCopy the backup.\n\nCheck its size.\n\n## Step 3: End\n\nIf it is too small, repeat step 2.\n",
    );
    expect(result.ok && result.runbook.steps.map(({ refers_to }) => refers_to ?? [])).toEqual([[], [], [], [2]]);
  });

  it("are the heading itself where it holds commands or tells nothing in words", () => {
    const text =
      "# Restore\n\n## Step 1: Look\n\nLook at it first.\n\n```\ndf -h\n```\n\n## Step 2: The standby\n\nIt takes over by itself.\n";
    expect(stepsOf(text)).toEqual(["3-9 Look", "11-13 The standby"]);
  });

  it("are not what an overview of them lists", () => {
    const text = "# Restore\n\n## Overview of the steps below\n\n1. Stop the writer.\n2. Copy it.\n\n## Steps\n\n1. Run `df -h`.\n";
    expect(stepsOf(text)).toHaveLength(1);
  });

  it("are none where the number only counts the sections", () => {
    const text =
      "# BGP\n\n## 1. Detection\n\nAn alert fires.\n\n## 2. Mitigation\n\n- Restart the session.\n\n## 3. Validation\n\n- The session is up\n\n## 4. References\n\nThe handbook.\n";
    expect(stepsOf(text)).toEqual(["9-9 Restart the session."]);
  });

  it("are no aims and no signs of success", () => {
    const text =
      "# Key\n\n## Objective\n\nConfirm the alert and decide.\n\n## Steps\n\n1. Revoke the key.\n\n## Success Criteria\n\n- [ ] All pods are up\n";
    expect(stepsOf(text)).toEqual(["9-9 Revoke the key."]);
  });
});
