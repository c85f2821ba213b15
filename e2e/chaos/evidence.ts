// Gathers what the verdict is made from, after the last fault: the export through the API, the executions, the effects file; and has the product's
// own verifier judge the export against each agent's witness.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { routePath } from "@dd0c/protocol/http";
import { root } from "../support/product.ts";
import type { Evidence, ExportedEvent } from "./verdict.ts";
import type { Acknowledged } from "./observer.ts";
import { witnessFile } from "./world/agent-host.ts";
import { readEffects } from "./world/effects.ts";
import type { World } from "./world/world.ts";

export interface Gathered extends Evidence {
  /** What `dd0c verify-audit` said, once without and once per witness. */
  readonly verified: readonly { readonly ok: boolean; readonly said: string }[];
}

async function exportTo(world: World, file: string): Promise<readonly ExportedEvent[]> {
  const { base, cookie } = await world.seat();
  const response = await fetch(`${base}${routePath("exportAudit")}`, { headers: { cookie } });
  if (!response.ok) throw new Error(`the export was refused: ${response.status}`);
  const text = await response.text();
  writeFileSync(file, text);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { readonly event?: ExportedEvent; readonly hash?: string })
    .flatMap(({ event, hash }) => (event === undefined ? [] : [{ ...event, hash: hash ?? "" }]));
}

function verify(file: string, witness: string | undefined): { readonly ok: boolean; readonly said: string } {
  const args = ["packages/cli/bin/dd0c.js", "verify-audit", file, ...(witness === undefined ? [] : ["--witness", witness])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { ok: status === 0, said: `${stdout}${stderr}`.trim() };
}

export async function gather(world: World, executionIds: readonly string[], acknowledged: Acknowledged): Promise<Gathered> {
  const person = await world.person();
  const executions = [];
  for (const id of executionIds) executions.push(await person.call("getExecution", { params: { id } }));
  const file = join(world.folder, "audit.jsonl");
  const events = await exportTo(world, file);
  const witnesses = world.agents.flatMap((agent) => witnessFile(agent) ?? []);
  const verified = [undefined, ...witnesses].map((witness) => verify(file, witness));
  return { effects: readEffects(world.effects.file), executions, events, acknowledged, verified };
}
