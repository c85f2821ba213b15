// How fast a pasted runbook is parsed and classified over HTTP: budget p99 <= 60 ms (DESIGN 13). Needs a built server.
// Runs it as a process of its own on the embedded database; the texts are our templates and, where present, the public runbooks up to 12 kB.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

const typicalChars = 12_000;
const warmUp = 100;
const measured = 1_000;
const budgetMs = 60;

const markdownIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .toSorted()
        .map((file) => readFileSync(join(folder, file), "utf8"))
        .filter((text) => text.length <= typicalChars)
    : [];

const started = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once("message", (message) => resolve((message as { url: string }).url));
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });

const folder = mkdtempSync(join(tmpdir(), "dd0c-bench-"));
const texts = [...markdownIn("templates"), ...markdownIn("../shared/corpus/runbooks")];
const server = spawn(process.execPath, ["packages/server/dist/main.js"], {
  env: { ...process.env, PORT: "0", DATA_DIR: folder, LOG_LEVEL: "error", PREVIEWS_PER_MINUTE: "1000000" },
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
const times: number[] = [];
const statuses = new Map<number, number>();
try {
  const url = await started(server);
  for (let at = 0; at < warmUp + measured; at++) {
    const body = JSON.stringify({ raw_text: texts[at % texts.length] ?? "" });
    const begin = performance.now();
    const answer = await fetch(`${url}/v1/run/runbooks/parse-preview`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    await answer.text();
    if (at < warmUp) continue;
    times.push(performance.now() - begin);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  }
} finally {
  server.kill("SIGINT");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

const sorted = times.toSorted((a, b) => a - b);
const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const p99 = at(0.99);
const answers = [...statuses].map(([status, count]) => `${count} x ${status}`).join(", ");
process.stdout.write(
  `parse-preview over HTTP: median ${at(0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, budget ${budgetMs} ms; ` +
    `${texts.length} texts, ${answers}; ${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.version}\n`,
);
process.exitCode = p99 <= budgetMs ? 0 : 1;
