// How objects are named, for both object stores: lower-case parts between slashes, the content's SHA-256 before the extension.
// A key can name nothing outside its store, whatever it is made of, and content that is not what its key says is found out when it is read.
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Transform, type TransformCallback } from "node:stream";
import { AppError, invariant } from "@dd0c/core";
import type { ObjectBody } from "../ports.ts";

const part = "[a-z0-9](?:[a-z0-9_-]|\\.(?=[a-z0-9_-]))*";
const prefixShape = new RegExp(`^(?:${part}/)+(?:[a-z0-9][a-z0-9_-]*)?$`);
const folderShape = new RegExp(`^(?:${part}/)+$`);
const keyShape = new RegExp(`^(?:${part}/)+(?:[a-z0-9][a-z0-9_-]*)?([0-9a-f]{64})\\.[a-z0-9]+$`);
const maxKeyLength = 500;

/** The key of a content. */
export function objectKey(prefix: string, extension: string, sha256: string): string {
  const key = `${prefix}${sha256}.${extension}`;
  invariant(prefixShape.test(prefix) && hashOfKey(key) === sha256, "an object's name is made of lower-case parts");
  return key;
}

/** The SHA-256 that a key names. */
export function hashOfKey(key: string): string {
  const hash = key.length > maxKeyLength ? undefined : keyShape.exec(key)?.[1];
  invariant(hash !== undefined, "an object's key is not of our form");
  return hash;
}

export function checkFolder(folder: string): void {
  invariant(
    folder.length <= maxKeyLength && folderShape.test(folder),
    "a folder of objects is made of lower-case parts and ends in a slash",
  );
}

/** SHA-256 in lower-case hexadecimal. */
export async function hashOfBody(body: ObjectBody): Promise<string> {
  const hash = createHash("sha256");
  if (body instanceof Uint8Array) return hash.update(body).digest("hex");
  for await (const chunk of createReadStream(body.file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Passes content on and fails at its end if it is not what its key says. */
export class ContentCheck extends Transform {
  private readonly hash: Hash = createHash("sha256");
  private readonly key: string;

  constructor(key: string) {
    super();
    this.key = key;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    const isWhole = this.hash.digest("hex") === hashOfKey(this.key);
    done(isWhole ? null : new AppError("OBJECT_DAMAGED", "An object of the object store is not what its name says.", { key: this.key }));
  }
}

/** What a store's own failure becomes; its words stay out, they may hold addresses and tokens. */
export function unavailable(error: unknown): AppError {
  const reason = error instanceof Error ? ("code" in error && typeof error.code === "string" ? error.code : error.name) : "unknown";
  return new AppError("OBJECT_STORE_UNAVAILABLE", "The object store does not answer or refuses us.", { reason });
}
