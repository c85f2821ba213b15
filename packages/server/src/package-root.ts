// Where this package lies on disk, the same from source (src/) and from the bundle (dist/): both are one level below it.
// Files that travel beside the code (flags, templates, the built web app) are found from here and never from the working directory.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of a file or folder below packages/server. */
export const packagePath = (...parts: readonly string[]): string => join(packageRoot, ...parts);

/** Absolute path below the repository root (or the image's equivalent). */
export const repositoryPath = (...parts: readonly string[]): string => join(packageRoot, "..", "..", ...parts);
