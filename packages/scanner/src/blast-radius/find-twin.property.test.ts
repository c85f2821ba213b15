// What must hold for every twin that exists, over every labelled command: it is proven safe, it keeps where the command would act,
// it holds no SQL that changes anything, and a word that nobody understands takes it away.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { programName } from "../registry.ts";
import { scan } from "../scan.ts";
import { scanSqlText } from "../sql/scan-sql.ts";
import type { Plan, PlanCommand } from "../types.ts";
import { findTwin, twinPrograms } from "./find-twin.ts";
import type { Twin } from "./types.ts";

const folder = "packages/scanner/corpus";
const commands: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
  .filter((line) => line !== "")
  .map((line) => (JSON.parse(line) as { readonly cmd: string }).cmd);

/** Commands of people's runbooks that the corpus holds few of: the shapes that have twins, with words put in. */
const shapes = [
  "kubectl delete pods -l app=@ -n @",
  "kubectl --context=@ -n @ delete deploy @",
  "kubectl scale deploy/@ --replicas=0 --context @ --namespace=@",
  "kubectl rollout restart deploy @ -n @ --as @",
  "kubectl label pods @ a=b -n @ --user=@",
  "kubectl drain @ --cluster @",
  "psql -h @ -U @ -d @ -c 'DELETE FROM t WHERE a = 1'",
  "PGHOST=@ psql -p 5433 @ -c 'UPDATE t SET a = 1 WHERE b'",
  "mysql -h @ -u @ @ -e 'DELETE FROM t WHERE a = 1'",
  "mysql --host=@ --defaults-group-suffix=@ -e 'UPDATE t SET a = 1 WHERE b = 2'",
  "docker -c @ stop @",
  "docker rm -f @ @",
  "podman stop @",
  "systemctl --user restart @ @",
  "rm -rf ./@ /srv/@",
  "chmod -R 755 /srv/@",
  "mv /srv/@ /srv/@/",
];

const name = fc.stringMatching(/^[a-z][a-z0-9]{5,9}$/);
const filled = fc
  .tuple(fc.constantFrom(...shapes), fc.array(name, { minLength: 4, maxLength: 4 }))
  .map(([shape, names]) => names.reduce((text, word) => text.replace("@", word), shape));

const only = (plan: Plan): PlanCommand | undefined => plan.lists[0]?.first.members[0];
const twinOf = (text: string): Twin | undefined => {
  const { plan } = scan(text);
  return plan === undefined ? undefined : findTwin(plan);
};

const cluster = /^(-n|--namespace|--context|--cluster|--user|--as)$/;
const mysql = /^(-h|--host|-P|--port|-u|--user|-D|--database|-S|--socket|--defaults-file|--defaults-group-suffix)$/;
const placeOptions: Readonly<Record<string, RegExp>> = {
  kubectl: cluster,
  oc: cluster,
  psql: /^(-h|--host|-p|--port|-U|--username|-d|--dbname)$/,
  mysql,
  mariadb: mysql,
  docker: /^(-c|--context)$/,
};

/** Values of the options that say where and as whom, as somebody would find them who knows nothing of the twin. */
function places(argv: readonly string[]): readonly string[] {
  const options = placeOptions[programName(argv[0] ?? "") ?? ""];
  return argv.flatMap((word, at) => {
    const [option = "", ...value] = word.split("=");
    if (options?.test(option) !== true) return [];
    return word.includes("=") ? [value.join("=")] : [argv[at + 1] ?? ""];
  });
}

const isSql = (word: string): boolean => /^\s*(select|insert|update|delete|with|drop)\b/i.test(word);

function checkTwin(text: string, twin: Twin): void {
  const verdict = scan(twin.command);
  expect([text, verdict.risk, verdict.sensitive, verdict.unbounded]).toEqual([text, "safe", false, false]);
  expect([text, verdict.plan]).toEqual([text, twin.plan]);
  const original = only(scan(text).plan ?? { lists: [] });
  const argv = original?.argv ?? [];
  for (const { first } of twin.plan.lists) {
    const [member] = first.members;
    expect([text, member?.env]).toEqual([text, original?.env]);
    if (member?.argv[0] !== "find") expect([text, member?.argv[0]]).toEqual([text, argv[0]]);
    expect([text, places(argv).filter((value) => member?.argv.every((word) => !word.includes(value)))]).toEqual([text, []]);
    for (const sql of member?.argv.filter(isSql) ?? []) {
      const dialect = programName(argv[0] ?? "") === "psql" ? "postgresql" : "mysql";
      expect([text, /^SELECT count\(\*\) FROM /.test(sql), scanSqlText(dialect, sql).risk]).toEqual([text, true, "safe"]);
    }
  }
}

beforeAll(() => loadSql());

describe("every twin", () => {
  it("of a labelled command is proven, in the same place, and changes nothing", () => {
    const twins = commands.flatMap((text) => {
      const twin = twinOf(text);
      return twin === undefined ? [] : [[text, twin] as const];
    });
    for (const [text, twin] of twins) checkTwin(text, twin);
    expect(twins.length).toBeGreaterThan(40);
  });

  it("of a command that reads only does not exist", () => {
    const reads = commands.filter((text) => scan(text).risk === "safe");
    expect(reads.filter((text) => twinOf(text) !== undefined)).toEqual([]);
  });

  it("of a filled-in command exists, is proven, and names every word of the command that says where", () => {
    fc.assert(
      fc.property(filled, (text) => {
        const twin = twinOf(text);
        expect([text, twin === undefined]).toEqual([text, false]);
        if (twin !== undefined) checkTwin(text, twin);
      }),
      { numRuns: 300 },
    );
  });

  it("goes when a word is put in that nobody understands", () => {
    const odd = fc.constantFrom("--frob", "--frob=x", "-Z", "--kubeconfig=/tmp/x", "--server=https://x", "--dry-run", "");
    fc.assert(
      fc.property(filled, odd, fc.nat(20), (text, word, place) => {
        const plan = scan(text).plan;
        const command = plan === undefined ? undefined : only(plan);
        if (command === undefined) throw new Error(`no plan: ${text}`);
        const at = 1 + (place % command.argv.length);
        // As the value of an option it is no option: there it must be carried over, or the twin must go.
        const argv = [...command.argv.slice(0, at), word, ...command.argv.slice(at)];
        const twin = findTwin({ lists: [{ first: { members: [{ ...command, argv }] }, rest: [] }] });
        const words = twin?.plan.lists.flatMap((list) => list.first.members[0]?.argv ?? []) ?? [];
        expect([argv, twin === undefined || words.some((each) => word !== "" && each.includes(word))]).toEqual([argv, true]);
      }),
      { numRuns: 500 },
    );
  });

  it("is of a program that is listed", () => {
    expect(twinPrograms.filter((program) => scan(program).reasons.some(({ ruleId }) => ruleId.startsWith("program.unknown")))).toEqual([]);
  });
});
