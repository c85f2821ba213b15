// The ObjectStore of a single machine: one file per object below a folder that only this user may read.
// An object is written aside and renamed, so that a reader never sees half of one.
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ObjectStore } from "../ports.ts";

const nameShape = /^[a-z0-9][a-z0-9_.-]*(\/[a-z0-9][a-z0-9_.-]*)*$/;

export const createFolderStore = (folder: string): ObjectStore => {
  const pathOf = (name: string): string => {
    if (!nameShape.test(name)) throw new Error("object names are relative paths of lower-case letters, digits, '-', '_' and '.'");
    return join(folder, name);
  };
  return {
    put: async (name, content) => {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const aside = `${path}.${randomUUID()}.tmp`;
      await writeFile(aside, content, { mode: 0o600 });
      await rename(aside, path);
    },
    get: async (name) => {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
};
