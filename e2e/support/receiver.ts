// A receiver of webhooks in a process of its own, behind TLS of its own authority: it refuses the first so many of each delivery and tells what came.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCertificateAuthority } from "../../packages/server/src/agents/certificate-authority.ts";
import { ended } from "./product.ts";

export interface Came {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answered: number;
}

export interface Receiver {
  readonly url: string;
  readonly host: string;
  /** Its authority, for NODE_EXTRA_CA_CERTS. */
  readonly authorityFile: string;
  /** In the order in which it came. */
  readonly came: readonly Came[];
  /** From now on it answers this; null: as it began. */
  readonly answer: (status: number | null) => void;
  readonly stop: () => Promise<unknown>;
}

const program = `
  const { readFileSync } = require("node:fs");
  const [key, cert, refusals] = process.argv.slice(1);
  const seen = new Map();
  let fixed = null;
  process.on("message", (status) => { fixed = status; });
  require("node:https").createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text) => { body += text; }).on("end", () => {
      const id = request.headers["webhook-id"];
      const nth = (seen.get(id) ?? 0) + 1;
      seen.set(id, nth);
      const answered = fixed ?? (nth <= Number(refusals) ? 503 : 204);
      process.send({ headers: request.headers, body, answered });
      response.writeHead(answered).end(answered === 204 ? undefined : "busy");
    });
  }).listen(0, "127.0.0.1", function () { process.send({ port: this.address().port }); });`;

/** A certificate for localhost, signed by an authority that nobody but its file knows. */
async function makeCertificate(folder: string): Promise<{ readonly key: string; readonly cert: string; readonly authority: string }> {
  const file = (name: string): string => join(folder, name);
  const authority = await openCertificateAuthority(file("authority-key.pem"), Date.now());
  const { keyPem, chainPem } = await authority.issueServerCertificate(["localhost"], Date.now());
  const written = { key: file("tls.key"), cert: file("tls.pem"), authority: file("authority.pem") };
  writeFileSync(written.key, keyPem);
  writeFileSync(written.cert, chainPem);
  writeFileSync(written.authority, authority.caPem);
  return written;
}

/** @param refusals how many attempts of each delivery are answered 503 */
export async function startReceiver(folder: string, refusals: number): Promise<Receiver> {
  const { key, cert, authority } = await makeCertificate(folder);
  const child: ChildProcess = spawn(process.execPath, ["-e", program, key, cert, String(refusals)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const came: Came[] = [];
  child.on("message", (message) => came.push(message as Came));
  return {
    url: `https://localhost:${port}/hooks/dd0c`,
    host: `localhost:${port}`,
    authorityFile: authority,
    came,
    answer: (status) => void child.send(status as never),
    stop: async () => {
      child.kill("SIGTERM");
      await ended(child);
    },
  };
}
