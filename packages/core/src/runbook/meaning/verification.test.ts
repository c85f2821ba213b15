import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const verified = (text: string): readonly (number | null)[] => {
  const result = parseRunbook(`# T\n\n${text}\n`);
  return result.ok ? result.runbook.steps.map((step) => step.verifies ?? null) : [];
};

describe("findVerified", () => {
  it.each([
    "Verify that it is gone",
    "Confirm that the queue is empty: `rabbitmqctl list_queues`",
    "Then check whether it is back.",
    "Make sure the pod is healthy",
    "Double-check the version",
    "Prüfe, ob er läuft",
    "Verificar que está en marcha",
    "Comprobar que ha vuelto",
    "Vérifier que le taux redescend",
    "Verifique se voltou",
    "Verificare che sia tornato",
    "Controleer of hij draait",
    "`active` であることを確認する。",
  ])("%s", (step) => {
    expect(verified(`1. Restart it: \`systemctl restart x\`\n2. ${step}`)).toEqual([null, 1]);
  });

  it.each([
    "Check the disk: `df -h`",
    "Ensure there is a change ticket",
    "Verify that it is gone and restart the other one",
    "Watch it",
    "Confirmed by the team lead",
  ])("not %s", (step) => {
    expect(verified(`1. Restart it: \`systemctl restart x\`\n2. ${step}\n3. Leave it`)).toEqual([null, null, null]);
  });

  it("needs something that was done", () => {
    expect(verified("1. Verify that the alert fires\n2. Check the disk: `df -h`\n3. Confirm that it is full")).toEqual([null, null, null]);
    expect(verified("## Diagnosis\n\n1. Restart it: `systemctl restart x`\n2. Verify that it is red")).toEqual([null, null]);
  });

  it("looks back at the same step from several checks", () => {
    expect(verified("1. Restart it: `systemctl restart x`\n2. Verify that it is up\n3. Confirm that the alert is gone")).toEqual([
      null,
      1,
      1,
    ]);
  });

  it("takes a section of checks for checks, but not what acts in it", () => {
    const text =
      "## Fix\n\n1. Restart it: `systemctl restart x`\n\n## Verification\n\n1. Status: `systemctl status x`\n2. The alert is gone\n3. Delete the file: `rm -f /tmp/x`\n4. Look: `ls -l /tmp`";
    expect(verified(text)).toEqual([null, 1, 1, null, 4]);
  });
});
