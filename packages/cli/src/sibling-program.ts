// Starts another program of this product (the server, the agent) as a process of its own: programs never import each other.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError } from "./command-line.ts";

/** Resolves to the program's exit code; signals reach it through the terminal's process group or are handed on. */
export const runSibling = (entry: string, args: readonly string[]): Promise<number> => {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  if (!existsSync(file)) throw new UsageError("This part is not built. Run npm run build first.");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
};
