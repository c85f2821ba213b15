import { describe, expect, it } from "vitest";
import { cleanTitle } from "./alert-text.ts";

describe("the line without the marks of its sender", () => {
  it.each([
    ["[FIRING:1] KubePodNotReady Production", "KubePodNotReady Production"],
    ["[P2] [Triggered] Queue is long", "Queue is long"],
    ["Problem: disk is slow", "disk is slow"],
    ["Pods wait (instance 10.0.0.1:9090)", "Pods wait"],
    ['ALARM: "orders-api 5xx" in EU (Ireland)', "orders-api 5xx"],
    ['INSUFFICIENT_DATA: "queue-age" in us-east-1', "queue-age"],
    ["** PROBLEM Service Alert: db-7/Software RAID is CRITICAL **", "Software RAID"],
    ["** PROBLEM alert - web-3/Disk / is WARNING **", "Disk /"],
  ])("%s", (title, clean) => {
    expect(cleanTitle(title)).toBe(clean);
  });

  it("what only begins like a sender's sentence stays as it is", () => {
    for (const title of ['ALARM: "never closed', "** PROBLEM Service Alert: no host **", "alarmed staff left"])
      expect(cleanTitle(title)).not.toBe("");
  });

  it("a title that never ends takes no time", () => {
    const before = performance.now();
    for (const piece of ["** PROBLEM alert - a/", 'ALARM: "', "is A "]) cleanTitle(piece.repeat(50_000));
    expect(performance.now() - before).toBeLessThan(100);
  });
});
