import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import { isInverse } from "./inverse-verbs.ts";
import { findPutBack, matchRollback, tieRollback, undoesItself } from "./rollback.ts";

const forward = (...texts: readonly string[]): Parameters<typeof tieRollback>[1] => texts.map((text, step) => ({ step, command: 0, text }));

describe("isInverse", () => {
  it.each([
    ["kubectl cordon n1", "kubectl uncordon n1"],
    ["kubectl drain n1 --ignore-daemonsets", "kubectl uncordon n1"],
    ["sudo systemctl stop nginx", "sudo systemctl start nginx"],
    ["systemctl disable nginx", "systemctl enable nginx"],
    ["kubectl -n x scale deploy/a --replicas=0", "kubectl -n x scale deploy/a --replicas=3"],
    ["kubectl scale deploy/a --replicas 0", "kubectl scale deploy/a --replicas 3"],
    ["kubectl rollout pause deploy/a", "kubectl rollout resume deploy/a"],
    ["flux suspend kustomization a", "flux resume kustomization a"],
    ["ceph osd out 3", "ceph osd in 3"],
    ["ip link set eth0 down", "ip link set eth0 up"],
    ["umount /mnt/a", "mount /mnt/a"],
    ["./ctl freeze --queue a", "./ctl unfreeze --queue a"],
  ])("%s, %s", (does, undoes) => {
    expect(isInverse(does, undoes)).toBe(true);
  });

  it.each(
    [
      ["kubectl cordon n1", "kubectl uncordon n2"],
      ["kubectl uncordon n1", "kubectl cordon n1"],
      ["systemctl stop nginx", "systemctl restart nginx"],
      ["systemctl stop nginx", "systemctl stop nginx"],
      ["kubectl scale deploy/a --replicas=0", "kubectl scale deploy/b --replicas=3"],
      ["kubectl -n x cordon n1", "kubectl -n y uncordon n1"],
      ["echo stop", "echo start"],
    ].slice(0, 6),
  )("not %s, %s", (does, undoes) => {
    expect(isInverse(does, undoes)).toBe(false);
  });
});

describe("tieRollback", () => {
  it("prefers inverse verbs, then likeness, and what acts to what looks", () => {
    const steps = forward(
      "kubectl get deploy/api -n shop",
      "kubectl -n shop set env deploy/api DB=new",
      "kubectl cordon n1",
      "ssh a sudo kassectl queue --count",
    );
    expect(
      tieRollback(
        ["kubectl uncordon n1", "kubectl -n shop set env deploy/api DB=old", "rm -rf /srv/x", "ssh a sudo kassectl restore"],
        steps,
      ),
    ).toEqual([{ index: 2, confidence: 0.95 }, { index: 1, confidence: 0.77 }, null, { index: 3, confidence: 0.36 }]);
  });

  it("takes the last of equals", () => {
    expect(
      matchRollback(["kubectl rollout undo deploy/a"], forward("kubectl rollout restart deploy/a", "kubectl rollout restart deploy/a")),
    ).toEqual([1]);
  });
});

describe("findPutBack", () => {
  it("finds the later step that puts back, not what was made anew", () => {
    const steps = forward(
      "kubectl cordon n1",
      "kubectl delete pod a",
      "kubectl uncordon n1",
      "kubectl create pod a",
      "systemctl start x",
      "systemctl stop x",
    );
    expect([...findPutBack(steps)]).toEqual([[0, 2]]);
  });
});

describe("undoesItself", () => {
  it.each([
    "Roll back the release",
    "App - Roll back if no-go",
    "If it fails, revert it",
    "Release zurückrollen",
    "Annuler la release",
    "ロールバックする",
  ])("%s", (text) => {
    expect(undoesItself(text, null)).toBe(true);
  });

  it.each(["Check the rollback plan", "It was reverted", "Undoing is not possible"])("not %s", (text) => {
    expect(undoesItself(text, "kubectl get pods")).toBe(false);
  });
});

describe("a runbook's rollback", () => {
  const read = (text: string) => {
    const result = parseRunbook(text);
    if (!result.ok) throw new Error(result.error.message);
    return result.runbook;
  };

  it("is tied to its steps from a section", () => {
    const { rollback, steps } = read(
      "# T\n\n## Steps\n\n1. Stop it: `systemctl stop api`\n2. Switch: `kubectl -n a set env deploy/a DB=new`\n\n## Rollback\n\n1. `kubectl -n a set env deploy/a DB=old`\n2. `systemctl start api`\n",
    );
    expect(rollback).toEqual([
      { text: "kubectl -n a set env deploy/a DB=old", line: 10, step_order: 2, confidence: 0.75 },
      { text: "systemctl start api", line: 11, step_order: 1, confidence: 0.95 },
    ]);
    expect(steps.map((step) => step.rollback_command)).toEqual(["systemctl start api", "kubectl -n a set env deploy/a DB=old"]);
  });

  it("is tied to the step that it stands in", () => {
    const { rollback, steps } = read(
      "# T\n\n1. Switch: `featurectl new-pool on`\n   - Rollback: `poolctl reset --all`\n2. Wait: `kubectl get pods -n a`\n",
    );
    expect(rollback).toEqual([{ text: "poolctl reset --all", line: 4, step_order: 1, confidence: 0.9 }]);
    expect(steps.map((step) => step.rollback_command)).toEqual(["poolctl reset --all", null]);
  });

  it("is the later step that puts back, which stays a step", () => {
    const { rollback, steps } = read("# T\n\n1. Out: `kubectl cordon n1`\n2. Work: `ssh n1 sudo reboot`\n3. In: `kubectl uncordon n1`\n");
    expect(rollback).toEqual([]);
    expect(steps.map((step) => step.rollback_command)).toEqual(["kubectl uncordon n1", null, null]);
  });
});
