import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adviseIntent } from "./intent.ts";
import { OPTION_TABLE } from "./intent-option-table.ts";
import { ALSO_READS, SHAPES } from "./intent-shapes.ts";
import { bestMs } from "../../../../bench/best-ms.ts";

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
    "psql -h db -c 'select count(*) from jobs'",
    "SELECT pid, state FROM pg_stat_activity;",
    "systemctl status nginx",
    "timeout 5 curl -fsS http://127.0.0.1:8080/health",
    "echo $(hostname)",
    "redis-cli -h cache-1 info memory",
    "mongosh --quiet --eval 'db.orders.countDocuments({state:\"open\"})' shop",
    "kafka-topics.sh --bootstrap-server kafka-1:9092 --describe --topic orders",
    "echo ruok | nc -w 2 zk-1 2181",
    "printf 'stats\\r\\nquit\\r\\n' | nc -w1 cache-2 11211",
    "psql -d ledger <<'SQL'\nSELECT state, count(*) FROM entries GROUP BY state;\nSQL",
    "awk '$9 >= 500 {n++} END {print n}' access.log",
    "sed -n '1,20p' /etc/hosts",
    "curl -sG --data-urlencode 'query=up==0' http://prom:9090/api/v1/query",
    "kubectl delete pod cart-1 --dry-run=server",
    "terraform plan -input=false",
    'while read -r h; do getent hosts "$h"; done < hosts.txt',
    "[[ $(df --output=pcent / | tail -1) == *9* ]] && echo near",
    "comm -13 <(rpm -qa | sort) <(sort wanted.txt)",
    "case $(uname -m) in x86_64) echo amd;; *) echo other;; esac",
    "systemctl --help",
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
      version: "2.0.0",
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

describe("adviseIntent, whatever is asked", () => {
  const READS = ["uptime", "kubectl get pods -n shop", "df -h | sort -k5", "psql -c 'select 1'", "grep -c x y", "aws s3 ls"];
  const CHANGES = [
    "reboot",
    "rm -rf /srv",
    "kubectl delete pod x",
    "psql -c 'drop table x'",
    "sh -c 'reboot'",
    "redis-cli flushall",
    "> /etc/hosts",
  ];
  const JOINTS = ["; ", " && ", " || ", " | ", "\n", " & ", "; then ", " |& ", ";;"];

  it("never throws, and answers with a sure read or with nothing", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc
        .array(
          fc.constantFrom(
            ..."ab $(){}[]<>|&;'\"\\`#!*?-=\n~/",
            "$(",
            "<<EOF\n",
            "EOF\n",
            "constructor",
            "git",
            "toString",
            "__proto__",
            " ",
          ),
          { maxLength: 24 },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(anything, anything, (command, description) => {
        const { opinion, absence } = adviseIntent({ command, description, section: description, neighbours: [description] });
        if (opinion === null) expect(absence).toMatch(/\w/);
        else expect([opinion.risk, opinion.confidence >= 0.9, absence]).toEqual(["safe", true, null]);
      }),
      { numRuns: 5_000 },
    );
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", "git constructor", "git __proto__"])
      expect(turnsKey(name)).toBe(false);
  });

  it("is silent on a read that is joined with a change, in either order, in any nesting", () => {
    const wraps: readonly ((command: string) => string)[] = [
      (command) => command,
      (command) => `echo "$(${command})"`,
      (command) => `(${command})`,
      (command) => `if true; then ${command}; fi`,
      (command) => `for i in 1 2; do ${command}; done`,
      (command) => `cat <(${command})`,
      (command) => `echo \`${command}\``,
    ];
    const pieces = fc.record({
      read: fc.constantFrom(...READS),
      change: fc.constantFrom(...CHANGES),
      joint: fc.constantFrom(...JOINTS),
      wrap: fc.constantFrom(...wraps),
      first: fc.boolean(),
    });
    fc.assert(
      fc.property(pieces, ({ read, change, joint, wrap, first }) => {
        expect(turnsKey(wrap(first ? `${change}${joint}${read}` : `${read}${joint}${change}`), "Check the pods")).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it("takes less than a second for a long text that almost fits a pattern", () => {
    const pieces = ["and ", "a", "a ", "-a ", "--a=b ", "-a b ", "a:b ", "1 ", "'", '"', "$(", "${a}", "(", "/", "osd ls ", "s/a/b/;", "-"];
    const programs = [...SHAPES.keys(), ...ALSO_READS.keys(), ...OPTION_TABLE.keys()];
    const heads = [
      ...new Set([
        "",
        "git branch",
        "git tag",
        "psql -c '",
        "awk '",
        "sed '",
        "curl http://x/",
        "mongosh --eval '",
        "redis-cli",
        "kubectl get",
        ...programs,
      ]),
    ];
    for (const head of heads) {
      for (const piece of pieces) {
        const text = `${head} ${piece.repeat(Math.floor(1_500 / piece.length))}\u0000`;
        const advise = (): void => {
          adviseIntent({ command: text, description: text, section: null, neighbours: [text] });
          adviseIntent({ command: text.replace("\u0000", "!"), description: "", section: null, neighbours: [] });
        };
        expect([head, piece, bestMs(advise, 1_000) < 1_000]).toEqual([head, piece, true]);
      }
    }
  });
});

describe("the second key", () => {
  it("is cut from its own pattern: no module of it imports the scanner, or anything that could bring it in", () => {
    const folder = new URL(".", import.meta.url);
    const modules = readdirSync(folder).filter((name) => /^intent.*\.ts$/.test(name) && !name.includes(".test."));
    expect(modules.length).toBeGreaterThan(10);
    const imports = modules.flatMap((name) =>
      [...readFileSync(new URL(name, folder), "utf8").matchAll(/^import (type )?[^]*?from "([^"]+)";/gm)].map(([, type, from = ""]) => ({
        name,
        type: type !== undefined,
        from,
      })),
    );
    const foreign = imports.filter(({ type, from }) => !/^\.\/intent-[\w-]+\.ts$/.test(from) && !(type && from === "./types.ts"));
    expect(foreign).toEqual([]);
  });
});
