// As much of a Kubernetes API server as `kubectl get pods` speaks with: HTTPS with a certificate of an authority of its own, discovery, a bearer
// token, pods as a table. In: nothing. Out: its address, a kubeconfig for it, what was asked of it. Test code only; it changes nothing and grants nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCertificateAuthority } from "../../packages/server/src/agents/certificate-authority.ts";

export interface FakeKubernetes {
  /** `GET /path`, with the token that came. */
  readonly asked: readonly { readonly what: string; readonly token: string }[];
  /** @param user how kubectl proves itself, as in a kubeconfig */
  kubeconfig(user: Readonly<Record<string, unknown>>): string;
  close(): void;
}

const pods = {
  name: "pods",
  singularName: "pod",
  namespaced: true,
  kind: "Pod",
  verbs: ["get", "list"],
  shortNames: ["po"],
};
const column = (name: string) => ({ name, type: "string", format: "", description: "", priority: 0 });
const podNames = ["checkout-7d9f", "payments-5c4b"];
const table = {
  kind: "Table",
  apiVersion: "meta.k8s.io/v1",
  metadata: { resourceVersion: "1" },
  columnDefinitions: [column("Name"), column("Status")],
  rows: podNames.map((name) => ({
    cells: [name, "Running"],
    object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: { name, namespace: "shop" } },
  })),
};
const answers: Readonly<Record<string, unknown>> = {
  "/version": { major: "1", minor: "32", gitVersion: "v1.32.0" },
  "/api": { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] },
  "/apis": { kind: "APIGroupList", apiVersion: "v1", groups: [] },
  "/api/v1": { kind: "APIResourceList", groupVersion: "v1", resources: [pods] },
  "/api/v1/namespaces/shop/pods": table,
};
const notFound = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 };
const unauthorized = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "Unauthorized", message: "Unauthorized", code: 401 };

export async function startFakeKubernetes(token: string): Promise<FakeKubernetes> {
  const folder = mkdtempSync(join(tmpdir(), "dd0c-kubernetes-"));
  const ca = await openCertificateAuthority(join(folder, "ca.pem"), Date.now());
  const { chainPem, keyPem } = await ca.issueServerCertificate(["localhost"], Date.now());
  const asked: { what: string; token: string }[] = [];
  const server = createServer({ cert: chainPem, key: keyPem }, ({ method, url = "", headers }, response) => {
    const path = url.split("?")[0] ?? "";
    const given = (headers.authorization ?? "").replace("Bearer ", "");
    asked.push({ what: `${method ?? ""} ${path}`, token: given });
    const answer = given !== token ? unauthorized : (answers[path] ?? notFound);
    const status = answer === unauthorized ? 401 : answer === notFound ? 404 : 200;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const cluster = { server: `https://localhost:${port}`, "certificate-authority-data": Buffer.from(ca.caPem).toString("base64") };
  return {
    asked,
    kubeconfig: (user) =>
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "shop",
        contexts: [{ name: "shop", context: { cluster: "shop", user: "reader", namespace: "shop" } }],
        clusters: [{ name: "shop", cluster }],
        users: [{ name: "reader", user }],
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
