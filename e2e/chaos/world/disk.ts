// A small disk of its own for one program, which can be filled to the last byte and emptied again.
// In: a folder. Out: a file system in memory mounted on it. Where this host does not let us mount, there is none, and the run says so.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface Disk {
  fill(): void;
  clear(): void;
  /** Call when nobody uses it any more. */
  unmount(): void;
}

/** A run that breaks off leaves no file system mounted. */
const mounted = new Set<string>();
const unmount = (folder: string): void => {
  mounted.delete(folder);
  spawnSync("umount", ["-l", folder], { stdio: "ignore" });
};
process.on("exit", () => mounted.forEach(unmount));

const block = Buffer.alloc(1 << 20, 0x61);

/** Whole blocks first, then less and less, until not one byte has room. */
function fillUp(file: string): void {
  const handle = openSync(file, "a");
  try {
    for (let size = block.length; size >= 1; ) {
      try {
        if (writeSync(handle, block, 0, size) < size) size = Math.floor(size / 2);
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(handle);
  }
}

/** Undefined where a file system cannot be mounted (no root, no capability). */
export function mountDisk(folder: string, megabytes: number): Disk | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0700`, "tmpfs", folder], { stdio: "ignore" });
  if (status !== 0) return undefined;
  mounted.add(folder);
  const filler = join(folder, "filler");
  return {
    fill: () => fillUp(filler),
    clear: () => rmSync(filler, { force: true }),
    unmount: () => unmount(folder),
  };
}
