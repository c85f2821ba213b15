// Debian's own prometheus-alertmanager as a process, sending to one of our integrations. Alerts are given to it as Prometheus would.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ended, freePorts, Output } from "./product.ts";

export interface Alertmanager {
  /** Labels and annotations of an alert that fires now, or whose end was just now. */
  readonly post: (alerts: readonly object[]) => Promise<void>;
  readonly output: Output;
  readonly stop: () => Promise<number | null>;
}

const configOf = (url: string, secret: string): string => `
route:
  receiver: dd0c
  group_by: [alertname]
  group_wait: 100ms
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: dd0c
    webhook_configs:
      - url: ${url}
        send_resolved: true
        http_config:
          authorization:
            credentials: ${secret}
`;

async function answers(base: string, child: ChildProcess, output: Output): Promise<void> {
  const until = performance.now() + 30_000;
  for (;;) {
    const ready = await fetch(`${base}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() > until || child.exitCode !== null) throw new Error(`prometheus-alertmanager did not start:\n${output.text}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
}

/** @param url of the integration's webhook */
export async function startAlertmanager(folder: string, url: string, secret: string): Promise<Alertmanager> {
  const { web: port } = await freePorts();
  const file = join(folder, "alertmanager.yml");
  writeFileSync(file, configOf(url, secret));
  const child = spawn(
    "/usr/bin/prometheus-alertmanager",
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const output = new Output(child);
  const base = `http://127.0.0.1:${port}`;
  await answers(base, child, output);
  return {
    output,
    post: async (alerts) => {
      const answer = await fetch(`${base}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alerts),
      });
      if (!answer.ok) throw new Error(`prometheus-alertmanager refused the alerts: ${await answer.text()}`);
    },
    stop: async () => {
      child.kill("SIGTERM");
      return ended(child);
    },
  };
}
