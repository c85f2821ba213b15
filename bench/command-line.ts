// The command line as it ships: cold starts, loading of the scanner, many commands in one go, verification of a chain. Prints JSON lines.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type AuditDraft, emptyHead, exportLine, sealEvent } from "@dd0c/core";
import { ownSets, publicSets } from "./labelled-sets.ts";
import { figure, type Figure, value } from "./measure.ts";

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const figures: Figure[] = [];

/** The file that brings the scanner along, as `dd0c scan` loads it. */
const scanFile = /scan-\w+\.js/.exec(readFileSync("packages/cli/dist/main.js", "utf8"))?.[0] ?? "";
const loadScanner = `const t = performance.now(); import(${JSON.stringify(resolve("packages/cli/dist", scanFile))}).then(() => console.log(performance.now() - t))`;

/** Commands per second of one process that reads every labelled line twice. */
const scanLines = (): number => {
  const rows = [...publicSets(), ...ownSets()].flatMap((set) => set.rows);
  const input = [...rows, ...rows].map(({ cmd }) => JSON.stringify({ cmd })).join("\n");
  const started = performance.now();
  spawnSync(process.execPath, ["packages/cli/bin/dd0c.js", "scan", "--jsonl"], { input, maxBuffer: 512e6 });
  return (2_000 * rows.length) / (performance.now() - started);
};

const chain = join(folder, "chain.jsonl");
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const events = 100_000;
let head = emptyHead("bench");
const lines: string[] = [];
for (let at = 0; at < events; at += 1) {
  const time = new Date(1_760_000_000_000 + at).toISOString();
  const draft: AuditDraft = {
    type: "step.executed",
    schema_version: 1,
    tenant: "bench",
    execution: "e",
    step_execution: "s",
    runbook: "r",
    actor: { type: "agent", id: "a", via: "agent" },
    occurred_at: time,
    recorded_at: time,
    late: false,
    source_ip: null,
    data: { command: "kubectl get pods -n payments", exit_code: 0, duration_ms: 120, at },
  };
  const sealed = sealEvent(draft, head, sha256);
  head = sealed.head;
  lines.push(exportLine(sealed.event, sealed.hash));
}
writeFileSync(chain, `${lines.join("\n")}\n`);
const timed = (...args: readonly string[]): number => {
  const started = performance.now();
  spawnSync(process.execPath, ["packages/cli/bin/dd0c.js", ...args]);
  return performance.now() - started;
};
figures.push(value(`verify-audit, ${events} events`, "s", timed("verify-audit", chain) / 1000, "1 M in <= 15, so 1.5", 1.5));
const cold = (...args: readonly string[]): number[] => Array.from({ length: 7 }, () => timed(...args));
figures.push(figure("CLI cold start, scan", "ms", cold("scan", "kubectl get pods"), "<= 250", { median: 250 }));
const loading = (): number => Number(spawnSync(process.execPath, ["-e", loadScanner], { encoding: "utf8" }).stdout);
figures.push(figure("scanner, loading", "ms", Array.from({ length: 7 }, loading), "<= 60", { median: 60 }));
figures.push(value("scan --jsonl, start included", "commands/s", scanLines(), ">= 10000", 10_000, true));
figures.push(figure("CLI cold start, parse", "ms", cold("parse", "templates/high-load.md"), "<= 250", { median: 250 }));

for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
rmSync(folder, { recursive: true, force: true });
