// The object store as a folder of this machine: written beside, flushed, renamed, and the folders flushed too, so that an object is there
// whole or not at all, also after a power loss. Readable by its owner only. Leads nowhere else: not by names, not by links.
import { randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream";
import type { ObjectBody, ObjectStore } from "../ports.ts";
import { checkFolder, ContentCheck, hashOfBody, hashOfKey, objectKey, unavailable } from "./object-keys.ts";

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

async function writeBody(handle: FileHandle, body: ObjectBody): Promise<void> {
  if (body instanceof Uint8Array) await handle.writeFile(body);
  else for await (const chunk of createReadStream(body.file)) await handle.writeFile(chunk as Buffer);
  await handle.sync();
}

/** Makes the folder of a key, with every folder above it, and flushes those that it was made in. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let at = folder; at.length >= first.length; at = dirname(at)) await flushFolder(dirname(at));
  await flushFolder(root);
}

async function refuseLinksOutside(root: string, folder: string): Promise<void> {
  const [own, real] = [await realpath(root), await realpath(folder)];
  if (real !== own && !real.startsWith(own + sep)) throw new Error("a folder of objects is a link to somewhere else");
}

async function put(root: string, prefix: string, extension: string, body: ObjectBody): Promise<string> {
  const key = objectKey(prefix, extension, await hashOfBody(body));
  const file = join(root, key);
  const draft = join(root, `.draft-${randomUUID()}`);
  await makeFolder(root, dirname(file));
  await refuseLinksOutside(root, dirname(file));
  const handle = await open(draft, "wx", 0o600);
  try {
    await writeBody(handle, body).finally(() => handle.close());
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await flushFolder(dirname(file));
  return key;
}

async function get(root: string, key: string): Promise<ContentCheck | undefined> {
  hashOfKey(key);
  const file = join(root, key);
  try {
    await refuseLinksOutside(root, dirname(file));
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    const checked = new ContentCheck(key);
    // A failure reaches the reader through the stream.
    pipeline(handle.createReadStream(), checked, () => undefined);
    return checked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function list(root: string, folder: string): Promise<readonly string[]> {
  checkFolder(folder);
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const translated = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.name === "InvariantError") throw error;
    throw unavailable(error);
  }
};

/** @param root absolute; made at the first put */
export const folderObjects = (root: string): ObjectStore => ({
  put: (prefix, extension, body) => translated(put(root, prefix, extension, body)),
  get: (key) => translated(get(root, key)),
  list: (folder) => translated(list(root, folder)),
});
