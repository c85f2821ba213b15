// Bundles the embedded database's process for tests, once per test run and content, and tells where the bundle is.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const source = join(root, "packages/server/src/db/embedded/child.ts");
const bundle = join(root, ".cache/test", "embedded-db.mjs");
let built: Promise<string> | undefined;

/** Path of the bundled child; built freshly by the first caller of each test process. */
export function embeddedChildEntry(): Promise<string> {
  built ??= buildChild();
  return built;
}

async function buildChild(): Promise<string> {
  mkdirSync(dirname(bundle), { recursive: true });
  // Test processes run in parallel: each writes its own file and moves it in place whole.
  const draft = `${bundle}.${randomUUID()}.mjs`;
  await build({
    entryPoints: [source],
    outfile: draft,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  renameSync(draft, bundle);
  if (!existsSync(bundle)) throw new Error("the embedded database was not bundled");
  return bundle;
}
