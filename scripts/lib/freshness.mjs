// Decides whether an install or a build is stale: a hash over the inputs is compared with the stamp of the last success.
// A stamp is written only after success, so an interrupted run is simply done again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const SKIP = new Set(["node_modules", "dist", ".git", ".dd0c", ".cache", "coverage"]);

/** Files below `path` (or the file itself), sorted, build output left out. */
export const filesBelow = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !SKIP.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
};

/** SHA-256 over names and contents of everything below the given paths (relative to the root). */
export const hashInputs = (paths) => {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesBelow(join(root, path)))
      hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
};

const stampFile = (name) => join(root, "node_modules", ".dd0c", name);

export const isFresh = (name, hash) => existsSync(stampFile(name)) && readFileSync(stampFile(name), "utf8") === hash;

export const markFresh = (name, hash) => {
  mkdirSync(dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), hash);
};
