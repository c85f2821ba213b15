// The pure parts: scanner and parser, over the labelled command lines and texts that grow. Prints figures as JSON lines.
import { alertFromRecord, createMatchLibrary, matchAlert, parseRunbook } from "@dd0c/core";
import { loadSql, needsSql, scan } from "@dd0c/scanner";
import { ownSets, publicSets } from "./labelled-sets.ts";
import { figure } from "./measure.ts";

const commands = [...publicSets(), ...ownSets()].flatMap(({ rows }) => rows.map(({ cmd }) => cmd));

const timed = (work: () => unknown): number => {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started);
};

await loadSql();
for (let round = 0; round < 2; round += 1) for (const cmd of commands) scan(cmd);
const shell = commands.filter((cmd) => !needsSql(cmd)).map((cmd) => timed(() => scan(cmd)) / 1_000);
const withSql = commands.filter(needsSql).map((cmd) => timed(() => scan(cmd)) / 1_000);
const long = [
  "a ".repeat(2_048),
  "ls; ".repeat(1_024),
  `echo ${"x".repeat(4_080)}`,
  "(".repeat(4_096),
  "$(".repeat(2_048),
  `grep ${"'a' ".repeat(1_000)}`,
].flatMap((text) => Array.from({ length: 20 }, () => timed(() => scan(text)) / 1e6));
const step =
  "## Check\n\n1. Look at the pods:\n\n   ```bash\n   kubectl get pods -n payments | grep -v Running\n   ```\n\n   You should see five pods.\n\n2. If one is down, restart it: `kubectl rollout restart deploy/pay`.\n\n";
const page = (bytes: number): string => `# Runbook\n\n${step.repeat(Math.ceil(bytes / step.length))}`.slice(0, bytes);
const parse = (bytes: number, times: number): number[] => {
  const text = page(bytes);
  for (let round = 0; round < 20; round += 1) parseRunbook(page(10_000));
  return Array.from({ length: times }, () => timed(() => parseRunbook(text)) / 1e6);
};

/** Alerts against a library of 10,000 pages that differ in two words each. */
const match = (): number[] => {
  const things = ["etcd", "kubelet", "disk", "queue", "pod", "certificate", "replica", "Prometheus", "Ceph", "ingress"];
  const faults = ["down", "slow", "full", "failing", "expiring", "lagging", "restarting", "missing", "throttled", "corrupt"];
  const library = createMatchLibrary();
  for (let at = 0; at < 10_000; at += 1) {
    const title = `Service${at} ${things[at % 10] ?? ""} ${faults[Math.floor(at / 10) % 10] ?? ""}`;
    const text = `# ${title}\n\n## Meaning\n\nOf service${at}: ${title} in region${at % 97}.\n\n${step}`;
    library.put({ id: `${at}`, fileName: null, title, text, service: null, team: null, tags: [], urls: [] });
  }
  const alert = (at: number) =>
    alertFromRecord({
      title: `service${at} ${things[at % 10] ?? ""} ${faults[at % 7] ?? ""}`,
      description: `The pods of service${at} restart again and again.`,
    });
  return Array.from({ length: 60 }, (_, at) => timed(() => matchAlert(alert(at * 31), library)) / 1e6).slice(10);
};

const figures = [
  figure(`scan, shell (${shell.length} commands)`, "us", shell, "p50 <= 20, p99 <= 100", { median: 20, p99: 100 }),
  figure(`scan, with SQL (${withSql.length} commands)`, "us", withSql, "p99 <= 200", { p99: 200 }),
  figure("scan, any 4 KB", "ms", long, "<= 10", { p99: 10 }),
  figure("parse 10 KB", "ms", parse(10_000, 200), "p99 <= 15", { p99: 15 }),
  figure("parse 300 kB", "ms", parse(300_000, 10), "<= 150", { median: 150 }),
  figure("match an alert among 10,000 runbooks", "ms", match(), "p99 <= 50", { p99: 50 }),
];
for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
