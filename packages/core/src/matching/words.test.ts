import { describe, expect, it } from "vitest";
import { bareName, stemOf, wordsOf } from "./words.ts";

const stems = (text: string): readonly string[] => wordsOf(text).map(({ stem }) => stem);

describe("words of names and prose", () => {
  it.each([
    ["KubePodCrashLooping", "kube_pod_crash_loop"],
    ["CephOSDFlapping", "Ceph OSD flapping"],
    ["etcdHighFsyncDurations", "etcd high fsync duration"],
    ["NodeRAIDDegraded", "node raid degraded"],
    ["PrometheusTSDBCompactionsFailing", "prometheus tsdb compaction fails"],
    ["Ingress5xxErrors", "ingress 5xx error"],
    ["virt-handler", "VirtHandler"],
  ])("%s and %s meet", (one, other) => {
    expect(stems(one)).toEqual(stems(other));
  });

  it.each([
    ["fail", ["fails", "failed", "failing"]],
    ["expir", ["expires", "expired", "expiring", "expire"]],
  ])("%s is the stem of %j", (stem, words) => {
    for (const word of words) expect(stemOf(word)).toBe(stem);
  });

  it("an ending that would make another word stays", () => {
    expect(stemOf("nats")).not.toBe(stemOf("nat"));
  });

  it("the parts of a name know how they are written together", () => {
    expect(wordsOf("KubeVirt").map(({ joined }) => joined)).toEqual([null, "kubevirt"]);
  });

  it("amounts, ids and words that say nothing are left out; codes of HTTP stay", () => {
    expect(stems("the 97 of a 503 at 4f3a9c21bb7e00d1 for 10m")).toEqual(["503"]);
  });

  it("a bare name forgets case and signs", () => {
    expect(bareName("Kube-Pod Crash_Looping!")).toBe("kubepodcrashlooping");
  });
});
