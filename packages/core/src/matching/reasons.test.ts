// Reasons speak in the alert's and the runbook's own words: no stem ("servic, latenc"), no name of a table's line ("notready", "filedescriptor").
import { describe, expect, it } from "vitest";
import { alertFromRecord } from "./alert-record.ts";
import { matchAlert } from "./match-alert.ts";
import { sampleLibrary, sampleRunbooks } from "./test/sample-library.ts";

const library = sampleLibrary();
/** What reasons are made of beside words of the two. */
const phrases =
  /both are about|both say|it says in other words:|its title:|the alert says what its title says|it has (?:a section with )?the alert's name/g;
const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
/** Words of a text, whole and cut where they change case: "queue" is one of NoticeQueueOverflow. */
const allWordsIn = (text: string): readonly string[] =>
  wordsIn(`${text} ${text.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")}`);

const records = [
  {
    title: "High latency of the payment services during checkout",
    description: "Requests to payment-svc take 3 seconds, latencies are rising.",
  },
  { title: "kubelet's client credentials expire soon on worker-3" },
  { title: "worker-07 /var nearly exhausted: file handles and disk space" },
  {
    labels: { alertname: "NoticeQueueOverflow" },
    annotations: { description: "The Thanos ruler discards notifications, its queue is at its limit." },
  },
  { title: "etcd peers offline", description: "Members of the store have gone away, elections fail." },
  { labels: { alertname: "PodsUnready" }, annotations: { description: "Pods of ledger are unready for 20 minutes." } },
];

describe("the words of reasons", () => {
  it.each(records)("$title$labels.alertname", (record) => {
    const matches = matchAlert(alertFromRecord(record), library);
    expect(matches.length).toBeGreaterThan(0);
    for (const { runbookId, reasons } of matches) {
      const page = sampleRunbooks.find(({ id }) => id === runbookId)?.text ?? "";
      const known = new Set([...allWordsIn(JSON.stringify(record)), ...allWordsIn(page)]);
      const said = reasons.flatMap(({ text }) => wordsIn(text.replace(phrases, " ")));
      const foreign = said.filter((word) => !known.has(word));
      expect(foreign).toEqual([]);
    }
  });

  it("no stem where the alert has the word", () => {
    const [first] = matchAlert(alertFromRecord(records[0]), library);
    const said = first?.reasons.map(({ text }) => text).join(" ") ?? "";
    for (const stem of ["latenc", "servic", "paym"]) expect(said.split(/[^a-z]+/)).not.toContain(stem);
  });

  it("what both say in different words is told in both", () => {
    const [first] = matchAlert(alertFromRecord(records[4]), library);
    expect(first?.runbookId).toBe("etcdMembersDown");
    expect(first?.reasons.map(({ text }) => text).join(" ")).toContain("offline (its title: down)");
  });
});
