// Runs a program and waits, with its output shown or kept. No shell is involved.
import { spawn } from "node:child_process";
import { root } from "./freshness.mjs";

/** Resolves to {code, output}; output is kept only when `quiet` is set. */
export const run = (command, args, { quiet = false, env = {}, cwd = root } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (output += bytes));
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });

/** Path of a locally installed tool's JavaScript entry or binary. */
export const bin = (name) => `${root}/node_modules/.bin/${name}`;
