// `npm start` to the letter of CONTRACTS: the link, a page behind it, a clean end, a second start, a second instance.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, environment, freePorts, Output, type Ports, type Product, root, startProduct, temporaryFolder } from "./support/product.ts";

/** Processes that still know this data folder. */
const processesOf = (dataDir: string): readonly string[] =>
  readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`DATA_DIR=${dataDir}`);
      } catch {
        return false;
      }
    });

const follow = async (url: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
};

describe("npm start", () => {
  const folder = temporaryFolder();
  let ports: Ports;
  let product: Product;

  beforeAll(async () => {
    ports = await freePorts();
    product = await startProduct(ports, folder.path, { command: ["npm", "start"] });
  });
  afterAll(async () => {
    await product.stop();
    folder.remove();
  });

  it("prints the one-time link alone on its line, uncoloured, and no other address with a path on that port before it", () => {
    const before = product.output.text.slice(0, product.output.text.indexOf(product.link));
    expect(product.output.text).not.toContain("\u001b[");
    expect(before).not.toMatch(new RegExp(`http://127\\.0\\.0\\.1:${ports.web}/\\S`));
    expect(product.link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${ports.web}/\\S+$`));
  });

  it("answers the link without cookies with a page, and spends it", async () => {
    const first = await follow(product.link);
    expect(first.status).toBe(200);
    expect(first.text).toContain("<!doctype html>");
    const again = await fetch(product.link, { redirect: "manual" });
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it("refuses a second instance on the same folder with a clear error", async () => {
    const second = spawn(process.execPath, ["packages/server/dist/main.js"], {
      cwd: root,
      env: environment(await freePorts(), folder.path),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = new Output(second);
    expect(await ended(second)).toBe(1);
    expect(output.text).toMatch(/INSTANCE_LOCKED/);
    expect((await fetch(`${product.base}/healthz`)).status).toBe(200);
  });

  it("ends everything on SIGINT to the process group, exit 0, and starts again with a fresh link", async () => {
    expect(await product.stop()).toBe(0);
    expect(processesOf(folder.path)).toEqual([]);
    const again = await startProduct(ports, folder.path);
    try {
      expect(again.link).not.toBe(product.link);
      expect((await follow(again.link)).status).toBe(200);
    } finally {
      expect(await again.stop()).toBe(0);
    }
    expect(processesOf(folder.path)).toEqual([]);
  });

  it("says what is wrong with a setting", async () => {
    const child = spawn(process.execPath, ["packages/server/dist/main.js"], {
      cwd: root,
      env: { ...environment(ports, folder.path), PORT: "eighty" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = new Output(child);
    expect(await ended(child)).toBe(1);
    expect(output.text).toMatch(/CONFIG_INVALID.*PORT/s);
  });
});
