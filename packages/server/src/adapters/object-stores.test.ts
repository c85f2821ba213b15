// What every object store must do, for the folder and for S3 on the real wire; then what only one of them can get wrong.
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type S3Server, startS3Server } from "../../test-support/s3-server.ts";
import type { ObjectStore } from "../ports.ts";
import { folderObjects } from "./folder-objects.ts";
import { s3Objects } from "./s3-objects.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function contentOf(store: ObjectStore, key: string): Promise<Buffer | undefined> {
  const stream = await store.get(key);
  if (stream === undefined) return undefined;
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const folder = mkdtempSync(join(tmpdir(), "dd0c-objects-"));
const root = join(folder, "objects");
let s3: S3Server;

beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Kind {
  readonly name: string;
  readonly open: () => ObjectStore;
  /** Somebody else changes what is stored. */
  readonly damage: (key: string, content: Buffer) => void;
}

const kinds: readonly Kind[] = [
  { name: "a folder", open: () => folderObjects(root), damage: (key, content) => writeFileSync(join(root, key), content) },
  { name: "S3", open: () => s3Objects(s3), damage: (key, content) => void s3.objects.set(key, content) },
];

describe.each(kinds)("the object store in $name", ({ open, damage }) => {
  const small = Buffer.from("a checkpoint\n");

  it("gives back what it was given, named after the content", async () => {
    const store = open();
    const key = await store.put("checkpoints/t1/000000000100-", "jsonl", small);
    expect(key).toBe(`checkpoints/t1/000000000100-${sha256(small)}.jsonl`);
    expect(await contentOf(store, key)).toEqual(small);
    expect(await contentOf(open(), key)).toEqual(small);
    const nothing = await store.put("archive/", "jsonl", new Uint8Array(0));
    expect(await contentOf(store, nothing)).toEqual(Buffer.alloc(0));
  });

  it("takes a file of several megabytes", async () => {
    const bytes = randomBytes(5_000_000);
    const file = join(folder, "large");
    writeFileSync(file, bytes);
    const key = await open().put("archive/t1/2026-03/", "parquet", { file });
    expect((await contentOf(open(), key))?.equals(bytes)).toBe(true);
  });

  it("changes nothing when the same comes again, also from two at once", async () => {
    const put = () => open().put("again/", "txt", small);
    const keys = new Set(await Promise.all([put(), put(), put()]));
    expect([...keys, await put()]).toEqual([...keys, ...keys]);
    expect(await open().list("again/")).toEqual([...keys]);
    const [key = ""] = keys;
    expect(await contentOf(open(), key)).toEqual(small);
  });

  it("says that there is nothing", async () => {
    expect(await contentOf(open(), `nowhere/${"0".repeat(64)}.txt`)).toBeUndefined();
    expect(await open().list("nowhere/")).toEqual([]);
  });

  it("lists a folder whole and in order, and nothing beside it", async () => {
    const store = open();
    const keys: string[] = [];
    for (const prefix of ["list/b/", "list/a/2-", "list/a/1-", "list/a-b/", "list-not/"]) keys.push(await store.put(prefix, "txt", small));
    expect(await store.list("list/")).toEqual(keys.slice(0, 4).sort());
    expect(await store.list("list/a/")).toEqual(keys.slice(1, 3).sort());
  });

  it("fails at the end of what is not what its name says", async () => {
    const key = await open().put("damaged/", "txt", small);
    damage(key, Buffer.from("something else"));
    await expect(contentOf(open(), key)).rejects.toMatchObject({ code: "OBJECT_DAMAGED", details: { key } });
  });

  it.each([
    "../outside/",
    "/etc/",
    "a/../../b/",
    "a/./b/",
    "a//b/",
    "a/..b/",
    "A/",
    "a\\..\\b/",
    "a/b\0/",
    "a/%2e%2e/",
    "a b/",
    "",
    "nofolder",
    `${"a/".repeat(300)}`,
  ])("refuses the name %j", async (prefix) => {
    await expect(open().put(prefix, "txt", small)).rejects.toThrow(/name|key/);
    await expect(open().list(prefix)).rejects.toThrow("folder");
    await expect(open().get(`${prefix}passwd`)).rejects.toThrow("key");
  });
});

describe("the object store in a folder", () => {
  it("is its owner's alone and leaves no drafts", async () => {
    const key = await folderObjects(root).put("private/", "txt", Buffer.from("x"));
    expect(statSync(join(root, key)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, "private")).mode & 0o777).toBe(0o700);
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("follows no link out of itself", async () => {
    const outside = join(folder, "outside");
    mkdirSync(outside);
    mkdirSync(root, { recursive: true });
    symlinkSync(outside, join(root, "link"));
    await expect(folderObjects(root).put("link/", "txt", Buffer.from("x"))).rejects.toMatchObject({ code: "OBJECT_STORE_UNAVAILABLE" });
    expect(readdirSync(outside)).toEqual([]);
    const secret = Buffer.from("secret");
    writeFileSync(join(outside, "secret"), secret);
    mkdirSync(join(root, "files"));
    symlinkSync(join(outside, "secret"), join(root, "files", `${sha256(secret)}.txt`));
    await expect(folderObjects(root).get(`files/${sha256(secret)}.txt`)).rejects.toMatchObject({ code: "OBJECT_STORE_UNAVAILABLE" });
  });

  it("says so when it cannot be written", async () => {
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "a file");
    await expect(folderObjects(blocked).put("a/", "txt", Buffer.from("x"))).rejects.toMatchObject({ code: "OBJECT_STORE_UNAVAILABLE" });
    chmodSync(blocked, 0o600);
    expect(readFileSync(blocked, "utf8")).toBe("a file");
  });
});

describe("the object store in S3", () => {
  it("comes through a moment of refusals, and says so when there are too many", async () => {
    s3.failNext(1);
    const key = await s3Objects(s3).put("slow/", "txt", Buffer.from("x"));
    expect(s3.objects.has(key)).toBe(true);
    s3.failNext(50);
    await expect(s3Objects(s3).put("slow/", "txt", Buffer.from("y"))).rejects.toMatchObject({
      code: "OBJECT_STORE_UNAVAILABLE",
      details: { reason: "SlowDown" },
    });
    s3.failNext(0);
  });

  it("is refused with another secret, in words without it", async () => {
    const stranger = s3Objects({ ...s3, credentials: { accessKeyId: s3.credentials.accessKeyId, secretAccessKey: "wrong-secret" } });
    const failure = await stranger.list("slow/").catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "OBJECT_STORE_UNAVAILABLE", details: { reason: "SignatureDoesNotMatch" } });
    expect(JSON.stringify(failure)).not.toContain("wrong-secret");
  });
});
