// What the outputs of twins come to, and which outputs come to nothing: a wrong number is worse than none.
import { describe, expect, it } from "vitest";
import { readTwin } from "./read-twin.ts";
import type { Reading } from "./types.ts";

const read = (reading: Reading, stdout: string, exitCodes: readonly (number | null)[] = [0], truncated = false) =>
  readTwin(reading, { stdout, exitCodes, truncated });

const objects: Reading = { kind: "objects" };

describe("objects of a cluster", () => {
  it("are counted with their kinds, namespaces and first names", () => {
    expect(read(objects, "Pod          pay      api-0\nPod          pay      api-1\nPod          shop     web-0\n")).toEqual({
      what: "pods",
      count: 3,
      kinds: ["Pod"],
      namespaces: ["pay", "shop"],
      sample: ["api-0", "api-1", "web-0"],
    });
  });

  it.each([
    ["Deployment   pay      a", "deployments"],
    ["NetworkPolicy   pay      a", "networkpolicies"],
    ["Ingress   pay      a", "ingresses"],
    ["Endpoints   pay      a", "endpoints"],
    ["Gateway   pay      a", "gateways"],
    ["Pod pay a\nService pay b", "objects"],
    ["", "objects"],
  ])("%s", (stdout, what) => {
    expect(read(objects, stdout)?.what).toBe(what);
  });

  it("have no namespace where the cluster has none", () => {
    expect(read(objects, "Node   <none>   n1\n")).toMatchObject({ what: "nodes", count: 1, namespaces: [] });
  });

  it("may be none", () => {
    expect(read(objects, "\n")).toEqual({ what: "objects", count: 0, kinds: [], namespaces: [], sample: [] });
  });

  it.each(["Pod pay", "Pod pay a b", "<none> pay a", "Pod pay <none>", "error: the server is away"])("are not known: %s", (stdout) => {
    expect(read(objects, stdout)).toBeUndefined();
  });

  it("are not known after a failure, a signal, a cut or when nothing ran", () => {
    expect(read(objects, "Pod pay a", [1])).toBeUndefined();
    expect(read(objects, "Pod pay a", [null])).toBeUndefined();
    expect(read(objects, "Pod pay a", [0, 1])).toBeUndefined();
    expect(read(objects, "Pod pay a", [])).toBeUndefined();
    expect(read(objects, "Pod pay a", [0], true)).toBeUndefined();
  });
});

describe("pods of a node", () => {
  const stdout = [
    "Pod   pay    api-0    ReplicaSet   <none>",
    "Pod   sys    agent    DaemonSet    <none>",
    "Pod   sys    odd      Job,DaemonSet    <none>",
    "Pod   sys    static   Node         0a1b2c",
    "Pod   pay    bare     <none>       <none>",
  ].join("\n");

  it("leave without those of daemon sets and without mirror pods", () => {
    expect(read({ kind: "pods", daemonPods: "stay" }, stdout)).toMatchObject({ what: "pods", count: 2, namespaces: ["pay"] });
  });

  it("leave with those of daemon sets where that is forced", () => {
    expect(read({ kind: "pods", daemonPods: "go" }, stdout)).toMatchObject({ count: 4, namespaces: ["pay", "sys"] });
  });

  it("are not known without the columns", () => {
    expect(read({ kind: "pods", daemonPods: "go" }, "Pod pay api-0")).toBeUndefined();
  });
});

describe("rows", () => {
  it.each([
    ["42\n", 42],
    ["  0 \n", 0],
  ])("%j", (stdout, count) => {
    const rows = { what: "rows of orders", count, kinds: ["orders"], namespaces: [], sample: [] };
    expect(read({ kind: "rows", table: "orders" }, stdout)).toEqual(rows);
  });

  it.each(["", "count\n42\n", "42\n43\n", "-1", "4.2", "9999999999999999", "42 rows"])("not known: %j", (stdout) => {
    expect(read({ kind: "rows", table: "orders" }, stdout)).toBeUndefined();
  });
});

describe("paths", () => {
  const paths: Reading = { kind: "paths", link: null };

  it("are counted with their types", () => {
    expect(read(paths, "d /srv/a\nf /srv/a/b c\nl /srv/a/d\ns /srv/a/e\n")).toEqual({
      what: "paths",
      count: 4,
      kinds: ["directories", "files", "links", "special files"],
      namespaces: [],
      sample: ["/srv/a", "/srv/a/b c", "/srv/a/d", "/srv/a/e"],
    });
  });

  it("with line breaks in their names count at least once", () => {
    expect(read(paths, "f /srv/a\nb\nf /srv/c\nf x\n")?.count).toBe(3);
  });

  it("may be none", () => {
    expect(read(paths, "")?.count).toBe(0);
  });

  it("are not known where the output begins otherwise, or the destination is a link", () => {
    expect(read(paths, "BusyBox v1\nf /srv/a\n")).toBeUndefined();
    expect(read({ kind: "paths", link: "./b" }, "f a\nl ./b\n", [0, 0])).toBeUndefined();
    expect(read({ kind: "paths", link: "./b" }, "f a\nf ./b\n", [0, 0])?.count).toBe(2);
  });

  it("keep long names short and their number small", () => {
    const radius = read(paths, `${`f /${"x".repeat(500)}\n`.repeat(9)}`);
    expect(radius?.sample.map((name) => name.length)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe("containers", () => {
  const all = "0123456789ab running web\nba9876543210 exited /db\n";

  it("count once, whatever they were called", () => {
    const twice = `${all}0123456789ab running web\n`;
    expect(read({ kind: "containers", only: "all" }, twice)).toMatchObject({ what: "containers", count: 2, sample: ["web", "db"] });
  });

  it("count only while they run where the rest is left alone", () => {
    expect(read({ kind: "containers", only: "running" }, all)).toMatchObject({ count: 1, sample: ["web"] });
  });

  it.each(["web", "0123456789ab running", "0123456789ab Up 2 hours web", "<no value> running a"])("not known: %s", (stdout) => {
    expect(read({ kind: "containers", only: "all" }, stdout)).toBeUndefined();
  });
});

describe("units", () => {
  const block = (id: string, load: string, active: string, more = "") => `Id=${id}\nLoadState=${load}\nActiveState=${active}\n${more}`;
  const three = [
    block("a.service", "loaded", "active", "RequiredBy=\n"),
    block("b.service", "loaded", "failed"),
    block("c.socket", "not-found", "inactive"),
  ].join("\n");

  it("count by their state", () => {
    expect(read({ kind: "units", only: "running" }, three)).toMatchObject({
      what: "units",
      count: 1,
      kinds: ["service"],
      sample: ["a.service"],
    });
    expect(read({ kind: "units", only: "loaded" }, three)).toMatchObject({ count: 2, sample: ["a.service", "b.service"] });
  });

  it("count once under two names", () => {
    const twice = `${block("ssh.service", "loaded", "active")}\n${block("ssh.service", "loaded", "active")}`;
    expect(read({ kind: "units", only: "running" }, twice)?.count).toBe(1);
  });

  it.each([
    block("a.service", "loaded", "active", "RequiredBy=b.service\n"),
    block("a.service", "loaded", "active", "ConsistsOf=b.service\n"),
    block("multi-user.target", "loaded", "active"),
    block("user.slice", "loaded", "active"),
    "Id=a.service\nLoadState=loaded\n",
    "Unit a.service could not be found.",
  ])("not known: %j", (stdout) => {
    expect(read({ kind: "units", only: "running" }, stdout)).toBeUndefined();
  });
});
