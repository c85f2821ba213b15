import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { adviseIntent } from "./intent.ts";

const CORPUS = fileURLToPath(new URL("../../../../../shared/corpus/commands", import.meta.url));

function turnsKey(command: string, description = ""): boolean {
  return adviseIntent({ command, description, section: null, neighbours: [] }).opinion !== null;
}

describe("adviseIntent", () => {
  it.each([
    "kubectl get pods -n payments | grep -v Running",
    "kubectl -n shop logs deploy/cart --previous --tail=50",
    "kubectl auth can-i delete pods",
    "aws ec2 describe-instances --region eu-west-1 | jq '.Reservations[]'",
    "gh run list --limit 5",
    "git -C /srv/app log --oneline -5",
    "git branch --show-current",
    "ip -s link show dev eth0",
    "find /var/log -name '*.gz' -exec ls -l {} \\;",
    "df -h 2>/dev/null || echo none",
    "for n in 1 2 3; do uptime; done",
    "watch -n 5 'free -m'",
    "psql -h db -c 'select count(*) from jobs'",
    "SELECT pid, state FROM pg_stat_activity;",
    "systemctl status nginx",
    "timeout 5 curl -fsS http://127.0.0.1:8080/health",
    "echo $(hostname)",
  ])("turns its key for %s", (command) => {
    expect(turnsKey(command)).toBe(true);
  });

  it.each([
    "kubectl delete pod cart-1",
    "kubectl get pods; rm -rf /srv",
    "gh run rerun 12",
    "gcloud sql instances failover show",
    "az snapshot delete --name list",
    "git branch old",
    "git -c core.pager='touch x' log",
    "ip link set eth0 down",
    "find /var/log -name '*.gz' -exec rm {} \\;",
    "cat a > b",
    "echo $(rm x)",
    "echo `rm x`",
    "sort -o words words",
    "awk '{system($1)}' list",
    "sed -i s/a/b/ f",
    "curl -XPOST http://127.0.0.1/flush",
    "sh -c 'reboot'",
    "xargs rm < list",
    "sudo cat /etc/hosts",
    "psql -c 'with d as (delete from t returning *) select * from d'",
    "SELECT pg_terminate_backend(42);",
    "DROP TABLE users;",
    "LD_PRELOAD=./x.so ls",
    "cat <<EOF\n$(reboot)\nEOF",
    "echo 'open quote",
    "./house-tool",
    "",
  ])("stays silent for %s", (command) => {
    expect(turnsKey(command)).toBe(false);
  });

  it("reads the prose: a question turns the key for an unknown tool, an announced change leaves it for a known one", () => {
    expect(turnsKey("queue-depth orders", "Check the depth of the queue")).toBe(true);
    expect(turnsKey("queue-depth orders", "Empty the queue")).toBe(false);
    expect(turnsKey("queue-depth --purge orders", "Check the depth of the queue")).toBe(false);
    expect(turnsKey("docker volume ls", "Clean up old volumes")).toBe(false);
    expect(turnsKey("kubectl get nodes", "Fail over to the standby")).toBe(false);
  });

  it("answers with everything the audit needs", () => {
    expect(adviseIntent({ command: "uptime", description: "", section: null, neighbours: [] })).toEqual({
      advisor: "intent",
      version: "1.0.0",
      model: null,
      promptHash: null,
      opinion: {
        risk: "safe",
        confidence: 0.95,
        reasoning: "Every part of the command only reads.",
        sideEffects: [],
        suggestedRollback: null,
      },
      absence: null,
    });
  });
});

describe.skipIf(!existsSync(CORPUS))("adviseIntent on the public command sets (../shared)", () => {
  const rows = existsSync(CORPUS)
    ? readdirSync(CORPUS)
        .filter((name) => name.endsWith(".jsonl"))
        .flatMap((name) => readFileSync(join(CORPUS, name), "utf8").trim().split("\n"))
        .map((line) => JSON.parse(line) as { cmd: string; label: string })
    : [];

  const share = (label: string, turned: boolean): number => {
    const labelled = rows.filter((row) => row.label === label);
    return labelled.filter((row) => turnsKey(row.cmd) === turned).length / labelled.length;
  };

  it("keeps at least 95 % of what must not be safe from being safe, with a scanner that calls everything safe", () => {
    expect(share("must-not-be-safe", false)).toBeGreaterThanOrEqual(0.95);
  });

  it("turns its key on at least 95 % of the read-only commands", () => {
    expect(share("read-only", true)).toBeGreaterThanOrEqual(0.95);
  });
});
