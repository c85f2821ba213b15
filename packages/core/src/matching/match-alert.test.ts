// What is offered and what is not: look-alikes that nothing fits, terse titles, another team's name for it, and what people said before.
import { describe, expect, it } from "vitest";
import { alertFromRecord } from "./alert-record.ts";
import { matchAlert, maxMatches, offerThreshold } from "./match-alert.ts";
import { createMatchLibrary } from "./match-library.ts";
import { sampleLibrary, sampleRunbooks } from "./test/sample-library.ts";
import type { KnownBefore } from "./types.ts";

const library = sampleLibrary();
const match = (record: unknown, known?: KnownBefore) => matchAlert(alertFromRecord(record), library, known);
const ids = (record: unknown, known?: KnownBefore): readonly string[] => match(record, known).map(({ runbookId }) => runbookId);
const terse = (title: string) => ({ source: "pagerduty", title, service: "Platform", urgency: "high" });

describe("nothing fits", () => {
  it.each([
    ["another store's members", "ConsulMissingMasterNode", "Number of Consul raft peers should be 3, in order to preserve quorum."],
    ["another broker's lag", "KafkaConsumerLag", "Consumer group orders of Kafka lags 12,000 messages behind."],
    ["another database's memory", "ClickHouseMemoryUsageCritical", "Memory usage of ClickHouse is critically high, over 90%."],
  ])("%s", (_what, alertname, description) => {
    expect(ids({ source: "alertmanager", labels: { alertname, severity: "critical" }, annotations: { description } })).toEqual([]);
  });

  it.each([
    "Front door badge readers offline in Berlin office",
    "Refund rate doubled since noon",
    "Orders per minute down 60% vs last week",
    "UPS on battery, rack B04",
    "F5 BIG-IP pool members down: 2 of 4",
    "NetApp aggregate aggr1 nearly full",
    "Car park nearly full",
    "Kafka queue slow",
  ])("%s", (title) => {
    expect(ids(terse(title))).toEqual([]);
  });

  it("an alert that says nothing", () => {
    expect(ids({})).toEqual([]);
    expect(ids({ source: "alertmanager", labels: { severity: "critical", instance: "10.0.0.1:9100" } })).toEqual([]);
  });

  it("a library without runbooks", () => {
    expect(matchAlert(alertFromRecord(terse("etcd has no leader")), createMatchLibrary())).toEqual([]);
  });
});

describe("the right one comes first", () => {
  it.each([
    ["etcd no leader prod-eu-1", "etcdNoLeader"],
    ["kubelet client cert expiring on worker-3", "KubeletClientCertificateExpiration"],
    ["worker-07 /var out of space", "NodeFilesystemAlmostOutOfSpace"],
    ["pod crashlooping payments/ledger-0", "KubePodCrashLooping"],
  ])("a terse title: %s", (title, id) => {
    expect(ids(terse(title))[0]).toBe(id);
  });

  it.each([
    ["RestartLoop", "Container worker exits right after its start, kubelet backs off (CrashLoopBackOff).", "KubePodCrashLooping"],
    ["ConsensusLeaderless", "etcd member 10.20.0.15 has had no leader for over a minute.", "etcdNoLeader"],
    ["RootVolume", "Disk / of host db-3 is nearly exhausted, 4 % of its space is left.", "NodeFilesystemAlmostOutOfSpace"],
    [
      "CredentialEnds",
      "The certificate with which the kubelet of worker-2 speaks to the API server will expire soon.",
      "KubeletClientCertificateExpiration",
    ],
  ])("another team's name for it: %s", (alertname, description, id) => {
    expect(ids({ source: "alertmanager", labels: { alertname }, annotations: { description } })[0]).toBe(id);
  });

  it.each([
    { source: "alertmanager", labels: { alertname: "etcdNoLeader" } },
    { source: "grafana", title: "[FIRING:1] etcdNoLeader Production", labels: { alertname: "etcdNoLeader", grafana_folder: "Production" } },
    {
      source: "pagerduty",
      title: "[FIRING:1] etcdNoLeader (critical)",
      details: { firing: "Labels:\n - alertname = etcdNoLeader\n - severity = critical\n" },
    },
    { source: "opsgenie", title: "[Prometheus]: etcdNoLeader", tags: ["severity:critical"] },
  ])("the same name from $source, and almost surely", (record) => {
    const [first] = match(record);
    expect(first?.runbookId).toBe("etcdNoLeader");
    expect(first?.confidence).toBeGreaterThanOrEqual(0.9);
    expect(first?.reasons.map(({ signal }) => signal)).toContain("name");
  });
});

describe("what is offered", () => {
  it("is at most three, best first, none twice, each with a reason and above nothing", () => {
    const matches = match(terse("etcd disk slow, high latency, node down, pod restarting, certificate expired"));
    expect(matches.length).toBeLessThanOrEqual(maxMatches);
    expect(new Set(matches.map(({ runbookId }) => runbookId)).size).toBe(matches.length);
    expect(matches.map(({ confidence }) => confidence)).toEqual(matches.map(({ confidence }) => confidence).sort((a, b) => b - a));
    for (const { reasons } of matches) expect(reasons[0]?.text).toMatch(/\S/);
  });

  it("the first is at the threshold or above", () => {
    for (const { title } of sampleRunbooks) {
      const [first] = match(terse(title));
      expect(first === undefined || first.confidence >= offerThreshold).toBe(true);
    }
  });
});

describe("what is known beside the words", () => {
  const crash = { source: "alertmanager", labels: { alertname: "KubePodCrashLooping" } };

  it("a runbook_url names it, whatever the alert is called", () => {
    const annotations = { runbook_url: "https://wiki.example/runbooks/etcdNoLeader?x=1" };
    const [first] = match({ ...crash, annotations });
    expect(first?.runbookId).toBe("etcdNoLeader");
    expect(first?.reasons[0]?.signal).toBe("runbook_url");
  });

  it("a person's mapping outranks both, and says so", () => {
    const mappings = [{ runbookId: "payment-latency", criteria: { name: "Kube*" } }];
    const annotations = { runbook_url: "https://wiki.example/runbooks/etcdNoLeader" };
    const [first, second] = match({ ...crash, annotations }, { mappings, usedBefore: [] });
    expect([first?.runbookId, second?.runbookId]).toEqual(["payment-latency", "etcdNoLeader"]);
    expect(first?.reasons[0]?.signal).toBe("mapping");
  });

  it("what was used again and again for this alert is offered, though its words say nothing", () => {
    const record = terse("Till 4 blinks red");
    expect(ids(record)).toEqual([]);
    const usedBefore = [{ runbookId: "payment-latency", used: 6, dismissed: 0 }];
    const [first] = match(record, { mappings: [], usedBefore });
    expect(first?.runbookId).toBe("payment-latency");
    expect(first?.reasons[0]?.text).toContain("6 times");
  });

  it("what was dismissed loses its place to what was not", () => {
    const sure = match(crash)[0]?.confidence ?? 0;
    const usedBefore = [{ runbookId: "KubePodCrashLooping", used: 0, dismissed: 4 }];
    expect(match(crash, { mappings: [], usedBefore })[0]?.confidence ?? 0).toBeLessThan(sure / 2);
  });

  it("nothing comes of runbooks that the library does not hold", () => {
    const mappings = [{ runbookId: "gone", criteria: { name: "*" } }];
    const usedBefore = [{ runbookId: "gone-too", used: 9, dismissed: 0 }];
    expect(ids(terse("Till 4 blinks red"), { mappings, usedBefore })).toEqual([]);
  });
});
