// The object store as a bucket of S3 or of a service that speaks it. An object is written only where none is, and its SHA-256 goes with it, so
// that the service refuses what arrived damaged. The client is loaded at the first use. Never removes anything.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ObjectBody, ObjectStore } from "../ports.ts";
import { checkFolder, ContentCheck, hashOfBody, hashOfKey, objectKey, unavailable } from "./object-keys.ts";

export interface BucketOptions {
  readonly bucket: string;
  /** Undefined: AWS's own. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Undefined: found as every AWS program finds them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const library = () => import("@aws-sdk/client-s3");

const statusOf = (error: unknown): unknown => {
  const metadata = error instanceof Error && "$metadata" in error ? error.$metadata : undefined;
  return typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata ? metadata.httpStatusCode : undefined;
};

/** Other services than AWS refuse checksums that nobody asked for. */
async function connect({ endpoint, region, credentials }: BucketOptions): Promise<S3Client> {
  const { S3Client } = await library();
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

const content = async (body: ObjectBody) =>
  body instanceof Uint8Array
    ? { Body: body, ContentLength: body.byteLength }
    : { Body: createReadStream(body.file), ContentLength: (await stat(body.file)).size };

/** Two at a time write the same content: the one that comes late finds it there, or is told to try again. */
const alreadyThere = new Set<unknown>([409, 412]);

export function s3Objects(options: BucketOptions): ObjectStore {
  const Bucket = options.bucket;
  let connecting: Promise<S3Client> | undefined;
  const client = (): Promise<S3Client> => {
    connecting ??= connect(options);
    return connecting;
  };

  const isThere = async (key: string): Promise<boolean> => {
    const { HeadObjectCommand } = await library();
    try {
      await (await client()).send(new HeadObjectCommand({ Bucket, Key: key }));
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw unavailable(error);
    }
  };

  return {
    put: async (prefix, extension, body) => {
      const hash = await hashOfBody(body);
      const key = objectKey(prefix, extension, hash);
      const { PutObjectCommand } = await library();
      const ChecksumSHA256 = Buffer.from(hash, "hex").toString("base64");
      const command = new PutObjectCommand({ Bucket, Key: key, IfNoneMatch: "*", ChecksumSHA256, ...(await content(body)) });
      try {
        await (await client()).send(command);
      } catch (error) {
        if (!alreadyThere.has(statusOf(error)) || !(await isThere(key))) throw unavailable(error);
      }
      return key;
    },

    get: async (key) => {
      hashOfKey(key);
      const { GetObjectCommand } = await library();
      try {
        const { Body } = await (await client()).send(new GetObjectCommand({ Bucket, Key: key }));
        const checked = new ContentCheck(key);
        // A failure reaches the reader through the stream.
        if (Body instanceof Readable) pipeline(Body, checked, () => undefined);
        else checked.end();
        return checked;
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw unavailable(error);
      }
    },

    list: async (folder) => {
      checkFolder(folder);
      const { paginateListObjectsV2 } = await library();
      const keys: string[] = [];
      try {
        for await (const page of paginateListObjectsV2({ client: await client() }, { Bucket, Prefix: folder })) {
          for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
        }
      } catch (error) {
        throw unavailable(error);
      }
      return keys.sort();
    },
  };
}
