// A signed export of a million events, verified by the command line as it ships: time and the memory that it took. Prints JSON lines.
import { spawn } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditDraft, checkpointEvery, emptyHead, exportLine, keyLine, sealEvent, signedLine, signedText } from "@dd0c/core";
import { figure, value } from "./measure.ts";

const events = 1_000_000;
const rounds = 3;
const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const file = join(folder, "chain.jsonl");
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const spki = publicKey.export({ type: "spki", format: "der" });
const key_id = sha256(spki).slice(0, 16);
const signed = (statement: Parameters<typeof signedText>[0]): string =>
  signedLine(statement, sign(null, Buffer.from(signedText(statement)), privateKey).toString("base64"));

function draft(at: number, time: string): AuditDraft {
  return {
    type: "step.executed",
    schema_version: 1,
    tenant: "bench",
    execution: "0198c6a2-3b1f-7cc0-9d5e-1f2a3b4c5d6e",
    step_execution: "0198c6a2-3b1f-7cc0-9d5e-1f2a3b4c5d6f",
    runbook: "0198c6a2-3b1f-7cc0-9d5e-1f2a3b4c5d60",
    actor: { type: "agent", id: "0198c6a2-3b1f-7cc0-9d5e-1f2a3b4c5d61", via: "agent" },
    occurred_at: time,
    recorded_at: time,
    late: false,
    source_ip: null,
    data: { command: "kubectl get pods -n payments", exit_code: 0, duration_ms: 120, at },
  };
}

function writeExport(): void {
  const handle = openSync(file, "w");
  let head = emptyHead("bench");
  let lines = [keyLine({ id: key_id, public_key: spki.toString("base64") })];
  for (let at = 1; at <= events; at += 1) {
    const time = new Date(1_760_000_000_000 + at).toISOString();
    const sealed = sealEvent(draft(at, time), head, sha256);
    head = sealed.head;
    lines.push(exportLine(sealed.event, sealed.hash));
    if (at % checkpointEvery !== 0) continue;
    lines.push(signed({ kind: "dd0c.checkpoint.v1", chain: "bench", count: at, head: head.hash, taken_at: time, key_id }));
    writeSync(handle, `${lines.join("\n")}\n`);
    lines = [];
  }
  const exported_at = new Date(1_770_000_000_000).toISOString();
  const checkpoints = events / checkpointEvery;
  const end = signed({ kind: "dd0c.audit-export.v1", chain: "bench", count: events, head: head.hash, checkpoints, exported_at, key_id });
  writeSync(handle, `${end}\n`);
  closeSync(handle);
}

interface Run {
  readonly seconds: number;
  /** Of the processor, as far as the last look saw it: what the wall clock would say on a machine that does nothing else. */
  readonly busySeconds: number;
  /** Highest resident memory. */
  readonly mb: number;
}

function verify(): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, ["packages/cli/bin/dd0c.js", "verify-audit", file], { stdio: ["ignore", "ignore", "ignore"] });
  let mb = 0;
  let busySeconds = 0;
  const look = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    const ticks = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    mb = Math.max(mb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    busySeconds = (Number(ticks[11]) + Number(ticks[12])) / 100;
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("exit", (code) => {
      clearInterval(look);
      if (code === 0) resolve({ seconds: (performance.now() - started) / 1_000, busySeconds, mb });
      else reject(new Error(`verify-audit ended with ${code}`));
    });
  });
}

writeExport();
const runs: Run[] = [];
for (let round = 0; round < rounds; round += 1) runs.push(await verify());
rmSync(folder, { recursive: true, force: true });
const of = (name: keyof Run) => runs.map((run) => run[name]);
const figures = [
  figure(`verify-audit, ${events} events with checkpoints`, "s", of("seconds"), "<= 15", { median: 15 }),
  figure("verify-audit, processor time of it", "s", of("busySeconds"), "reported", {}),
  value("verify-audit, memory of it", "MB", Math.max(...of("mb")), "constant, <= 160", 160),
];
for (const each of figures) process.stdout.write(`${JSON.stringify(each)}\n`);
