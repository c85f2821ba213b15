// The committed code must be what agent.proto generates today, byte for byte, and both sides must read what the other wrote.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AgentFrame, OutputStream, ServerFrame } from "./index.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const read = (folder: string) => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

describe("generated agent protocol", () => {
  it("is what the generator makes of agent.proto", () => {
    const out = mkdtempSync(join(tmpdir(), "dd0c-proto-"));
    try {
      const run = spawnSync(process.execPath, [join(here, "../../generate-agent.mjs"), out], { encoding: "utf8" });
      expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
      expect(read(out)).toEqual(read(join(here, "generated")));
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }, 30_000);

  it("survives its own wire format", () => {
    const step = { executionId: "e", stepExecutionId: "s", attempt: 2 };
    const output = { stream: OutputStream.STDERR, offset: 7, data: Buffer.from([0, 255]), omittedBytes: 0 };
    const frame: AgentFrame = { step, sequence: 3, frame: { $case: "stepOutput", value: output } };
    expect(AgentFrame.decode(AgentFrame.encode(frame).finish())).toEqual(frame);
  });

  it("ignores fields of a newer version", () => {
    const newer = Buffer.concat([
      Buffer.from([0xfa, 0x01, 0x02, 0x08, 0x01]),
      ServerFrame.encode({ frame: { $case: "panic", value: { on: true, panicId: "p" } } }).finish(),
    ]);
    expect(ServerFrame.decode(newer)).toEqual({ frame: { $case: "panic", value: { on: true, panicId: "p" } } });
  });
});
