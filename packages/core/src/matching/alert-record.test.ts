import { describe, expect, it } from "vitest";
import { alertKey } from "./alert-key.ts";
import { alertFromRecord } from "./alert-record.ts";
import { readFiringText } from "./firing-text.ts";
import { namesInUrl, runbookNames } from "./runbook-names.ts";
import { runbookParts } from "./runbook-parts.ts";
import { runbookTitle } from "./runbook-title.ts";

const firing =
  "Labels:\n - alertname = CDINotReady\n - namespace = kubevirt\nAnnotations:\n - summary = CDI is not\n   available\nSource: http://x\nLabels:\n - alertname = Other\n";

describe("an alert as facts", () => {
  it("PagerDuty's firing text gives labels and annotations of its first alert, values over several lines whole", () => {
    expect(readFiringText(firing)).toEqual({
      labels: { alertname: "CDINotReady", namespace: "kubevirt" },
      annotations: { summary: "CDI is not\navailable" },
    });
    const facts = alertFromRecord({
      source: "pagerduty",
      title: "[FIRING:1] CDINotReady",
      service: "Prod",
      urgency: "high",
      details: { firing },
    });
    expect([facts.name, facts.service, facts.urgency, facts.labels["namespace"]]).toEqual(["CDINotReady", "Prod", "high", "kubevirt"]);
  });

  it("Opsgenie's tags and details are labels", () => {
    const facts = alertFromRecord({
      source: "opsgenie",
      title: "x",
      priority: "P2",
      tags: ["team:edge", "prod"],
      details: { alertname: "Y", port: 80 },
    });
    expect([facts.name, facts.team, facts.severity, facts.labels["port"]]).toEqual(["Y", "edge", "P2", "80"]);
  });

  it("the key forgets machines, amounts and the sender's marks, and knows the service", () => {
    const key = (title: string) => alertKey(alertFromRecord({ source: "pagerduty", title, service: "Storage" }));
    expect(key("[FIRING:1] disk full on db-3 97%")).toBe(key("disk full on db-11 98%"));
    expect(key("disk full on db-3")).not.toBe(key("disk slow on db-3"));
    expect(alertKey(alertFromRecord({}))).toBe("");
  });
});

describe("a runbook's names and parts", () => {
  const text =
    '---\ntitle: "Payments: slow"\n---\n\n# Heading\n\nCheckout hangs.\n\n## Meaning\n\nPool is empty.\n\n## Drain the pool\n\n```sh\nkubectl get pods\n```\nThen wait.\n';

  it("front matter names it before its heading does", () => {
    expect(runbookTitle(text)).toBe("Payments: slow");
    expect(runbookTitle("CNPGClusterOffline\n==================\n")).toBe("CNPGClusterOffline");
    expect(runbookTitle("just prose")).toBeNull();
  });

  it("what it tells stands apart from what it does", () => {
    const { lead, headings, body, code } = runbookParts(text);
    expect(lead).toContain("Checkout hangs.");
    expect(lead).toContain("Pool is empty.");
    expect(headings).toContain("Drain the pool");
    expect(body).toContain("Then wait.");
    expect(code.trim()).toBe("kubectl get pods");
  });

  it("an address is compared by its last part, its fragment, and without its query", () => {
    expect(namesInUrl("https://wiki.example/runbooks/etcd/etcdNoLeader.md?plain=1#alert-name-kubepdb")).toEqual([
      "kubepdb",
      "etcdnoleader",
    ]);
    const names = runbookNames({
      id: "1",
      fileName: "a/pg_xid.html.md",
      title: "XID!",
      text: "",
      service: null,
      team: null,
      tags: [],
      urls: ["https://w.example/p/xid-wrap/"],
    });
    expect(names).toEqual(["pgxid", "xidwrap"]);
  });
});
