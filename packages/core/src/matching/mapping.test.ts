import { describe, expect, it } from "vitest";
import { alertFromRecord } from "./alert-record.ts";
import { agrees, mappedRunbooks, meets } from "./mapping.ts";

describe("a pattern and a value", () => {
  it.each([
    ["Kube*", "KubePodNotReady", true],
    ["kubepodnotready", "KubePodNotReady", true],
    ["Kube", "KubePodNotReady", false],
    ["*latency*p99*", "checkout latency over p99 limit", true],
    ["*p99*latency*", "checkout latency over p99 limit", false],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["*", "", true],
    ["", "x", false],
  ])("%s and %s: %s", (pattern, value, expected) => {
    expect(agrees(pattern, value)).toBe(expected);
  });

  it("a value that is not there, or far too long, agrees with nothing", () => {
    expect(agrees("*", null)).toBe(false);
    expect(agrees("*", "x".repeat(501))).toBe(false);
  });

  it("many stars take no time", () => {
    const before = performance.now();
    agrees("*a".repeat(250), "a".repeat(499));
    expect(performance.now() - before).toBeLessThan(50);
  });
});

describe("criteria", () => {
  const alert = alertFromRecord({ source: "alertmanager", labels: { alertname: "HighLatency", service: "checkout", env: "prod" } });

  it("all that are given must agree", () => {
    expect(meets(alert, { name: "High*", labels: { env: "prod" } })).toBe(true);
    expect(meets(alert, { name: "High*", labels: { env: "test" } })).toBe(false);
    expect(meets(alert, { service: "checkout", team: "shop" })).toBe(false);
  });

  it("none hold for nothing, and a label must be the alert's own", () => {
    expect(meets(alert, {})).toBe(false);
    expect(meets(alert, { labels: { constructor: "*" } })).toBe(false);
  });

  it("runbooks come in the order of the mappings, each once", () => {
    const mappings = ["b", "a", "b"].map((runbookId) => ({ runbookId, criteria: { source: "alertmanager" } }));
    expect(mappedRunbooks(alert, mappings)).toEqual(["b", "a"]);
  });
});
