// A small server that speaks S3 on the real wire, for tests: path style, signature version 4, conditional writes, checksums, pages of two keys.
// Debian has no package that does. What it does not know it refuses, so that a request of another form is seen.
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What is stored, by key; a test may damage it. */
  readonly objects: Map<string, Buffer>;
  /** Answers so many requests with 503. */
  failNext(times: number): void;
  close(): Promise<void>;
}

const bucket = "dd0c-test";
const region = "eu-test-1";
const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "not-a-secret-of-anybody" };
const pageKeys = 2;

const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly body: Buffer;
}

const header = ({ request }: Asked, name: string): string => [request.headers[name] ?? ""].flat().join(",");

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** The text that is signed. @param names of the signed headers */
function canonicalRequest(asked: Asked, names: string): string {
  const query = [...asked.url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const headers = names.split(";").map((name) => `${name}:${header(asked, name).trim()}`);
  const payload = header(asked, "x-amz-content-sha256");
  return [asked.request.method, asked.url.pathname, query.join("&"), ...headers, "", names, payload].join("\n");
}

/** Null: signed by who may. */
function signatureFault(asked: Asked): string | null {
  const [id, day, place, names, signature] = (authorization.exec(header(asked, "authorization")) ?? []).slice(1).map(String);
  if (id !== credentials.accessKeyId || place !== region || day === undefined || names === undefined) return "InvalidAccessKeyId";
  const payload = header(asked, "x-amz-content-sha256");
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(asked.body)) return "XAmzContentSHA256Mismatch";
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", header(asked, "x-amz-date"), scope, sha256(canonicalRequest(asked, names))].join("\n");
  const key = ["s3", "aws4_request"].reduce(hmac, hmac(hmac(`AWS4${credentials.secretAccessKey}`, day), region));
  return hmac(key, text).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}

type Answer = { readonly status: number; readonly body?: Buffer | string };

const fault = (status: number, code: string): Answer => ({ status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` });

function put(objects: Map<string, Buffer>, asked: Asked, key: string): Answer {
  const promised = header(asked, "x-amz-checksum-sha256");
  if (promised !== Buffer.from(sha256(asked.body), "hex").toString("base64")) return fault(400, "BadDigest");
  if (header(asked, "if-none-match") === "*" && objects.has(key)) return fault(412, "PreconditionFailed");
  objects.set(key, asked.body);
  return { status: 200 };
}

function listing(objects: Map<string, Buffer>, { url }: Asked): Answer {
  const after = url.searchParams.get("continuation-token") ?? "";
  const prefix = url.searchParams.get("prefix") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageKeys);
  const more = keys.length > page.length;
  const next = more ? `<NextContinuationToken>${page.at(-1) ?? ""}</NextContinuationToken>` : "";
  const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length ?? 0}</Size></Contents>`).join("");
  return { status: 200, body: `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>` };
}

function answer(objects: Map<string, Buffer>, asked: Asked): Answer {
  const refused = signatureFault(asked);
  if (refused !== null) return fault(403, refused);
  const [, name, ...rest] = decodeURIComponent(asked.url.pathname).split("/");
  const key = rest.join("/");
  if (name !== bucket) return fault(404, "NoSuchBucket");
  const { method } = asked.request;
  if (method === "PUT") return put(objects, asked, key);
  if (method === "GET" && key === "" && asked.url.searchParams.get("list-type") === "2") return listing(objects, asked);
  const found = objects.get(key);
  if (method !== "GET" && method !== "HEAD") return fault(405, "MethodNotAllowed");
  return found === undefined ? fault(404, "NoSuchKey") : { status: 200, body: found };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  let failures = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = { request, url: new URL(request.url ?? "/", "http://s3"), body: await bodyOf(request) };
    const fails = failures > 0;
    if (fails) failures -= 1;
    const { status, body = "" } = fails ? fault(503, "SlowDown") : answer(objects, asked);
    response.writeHead(status, { "content-length": Buffer.byteLength(body) }).end(request.method === "HEAD" ? undefined : body);
  };
  const server = createServer((request, response) => void serve(request, response));
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    region,
    credentials,
    objects,
    failNext: (times) => {
      failures = times;
    },
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
