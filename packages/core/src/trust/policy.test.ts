import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultPolicy,
  effectivePolicy,
  type GovernanceMode,
  type PolicyField,
  type PolicyFields,
  policyFields,
  type PolicyLayer,
  policyScale,
  strictestLayer,
} from "./policy.ts";
import { layerOfRecord, layerRecord, policyNames, policyRecord, policySourceRecord } from "./policy-record.ts";

const none: PolicyLayer = {};
const audit: PolicyLayer = { governanceMode: "audit" };
const strict: PolicyLayer = { governanceMode: "strict" };

describe("effectivePolicy", () => {
  it.each([
    ["nobody said anything", none, none, none, "strict", "default"],
    ["the tenant chose audit", none, audit, none, "audit", "tenant"],
    ["only the system says audit", audit, none, none, "strict", "default"],
    ["only the runbook says audit", none, none, audit, "strict", "default"],
    ["the runbook is locked", audit, audit, strict, "strict", "runbook"],
    ["the system is strict", strict, audit, audit, "strict", "system"],
    ["the tenant is strict", audit, strict, audit, "strict", "tenant"],
    ["the runbook is locked where nobody chose", none, none, strict, "strict", "runbook"],
    ["several are strict", strict, strict, strict, "strict", "system"],
    ["all agree", audit, audit, audit, "audit", "system"],
    ["a layer is misspelt", { governanceMode: "Audit" as GovernanceMode }, audit, none, "strict", "system"],
  ] as const)("%s", (_name, system, tenant, runbook, governanceMode, decidedBy) => {
    const policy = effectivePolicy({ system, tenant, runbook });
    expect(policy).toEqual({ ...defaultPolicy, governanceMode, decidedBy: { ...policy.decidedBy, governanceMode: decidedBy } });
  });

  it.each(["system", "tenant", "runbook"] as const)("takes the strictest value of every field from the %s and says so", (layer) => {
    const layers = { system: none, tenant: audit, runbook: none, [layer]: { ...audit, ...strictestLayer } };
    const policy = effectivePolicy({ ...layers, tenant: layer === "tenant" ? strictestLayer : audit });
    expect(policy).toEqual({ ...strictestLayer, decidedBy: Object.fromEntries(policyFields.map((field) => [field, layer])) });
  });

  const value = (field: PolicyField) =>
    fc.option(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...policyScale[field]) }, fc.constantFrom("loose", 3, -1, null)), {
      nil: undefined,
    });
  const layer = fc.record(Object.fromEntries(policyFields.map((field) => [field, value(field)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<PolicyLayer>;
  const rank = (field: PolicyField, said: unknown): number => {
    const scale: readonly unknown[] = policyScale[field];
    return scale.includes(said) ? scale.indexOf(said) : scale.length - 1;
  };

  it("is never looser than any layer, and never stricter than the strictest of them and the default", () => {
    fc.assert(
      fc.property(layer, layer, layer, (system, tenant, runbook) => {
        const policy = effectivePolicy({ system, tenant, runbook });
        for (const field of policyFields) {
          const ranks = [system, tenant, runbook].flatMap((each) => (each[field] === undefined ? [] : [rank(field, each[field])]));
          const own = rank(field, policy[field]);
          expect(own).toBeGreaterThanOrEqual(Math.max(0, ...ranks));
          expect([...ranks, rank(field, defaultPolicy[field])]).toContain(own);
        }
      }),
    );
  });

  it("names a layer that said exactly that, or the default where it holds", () => {
    fc.assert(
      fc.property(layer, layer, layer, (system, tenant, runbook) => {
        const layers = { system, tenant, runbook };
        const { decidedBy, ...values } = effectivePolicy(layers);
        for (const field of policyFields) {
          const source = decidedBy[field];
          const said = source === "default" ? defaultPolicy[field] : layers[source][field];
          expect(rank(field, said)).toBe(rank(field, values[field]));
          expect(source !== "default" && said === undefined).toBe(false);
        }
      }),
    );
  });

  it("only tightens what some layer said when another adds a word; a choice replaces the product's default share", () => {
    fc.assert(
      fc.property(layer, layer, layer, fc.constantFrom("system", "runbook"), layer, (system, tenant, runbook, which, more) => {
        const before = effectivePolicy({ system, tenant, runbook });
        const layers = { system, tenant, runbook };
        const after = effectivePolicy({ ...layers, [which]: stricterOfBoth(layers[which], more) });
        for (const field of policyFields) {
          if (field === "maxAutoSharePercent" && before.decidedBy[field] === "default") continue;
          expect(rank(field, after[field])).toBeGreaterThanOrEqual(rank(field, before[field]));
        }
      }),
    );
  });
  const stricterOfBoth = (one: PolicyLayer, other: PolicyLayer): PolicyLayer =>
    Object.fromEntries(
      policyFields.flatMap((field) => {
        const said = [one[field], other[field]].filter((each) => each !== undefined);
        const [first, second = first] = said;
        return first === undefined ? [] : [[field, rank(field, second) > rank(field, first) ? second : first]];
      }),
    );
});

describe("the record of a policy", () => {
  it("names every field once, in snake case, and reads back", () => {
    expect(new Set(Object.values(policyNames)).size).toBe(policyFields.length);
    const layer: PolicyFields = { ...strictestLayer, maxAutoSharePercent: 40 };
    expect(layerOfRecord(policyRecord(layer))).toEqual(layer);
    expect(layerOfRecord({ ...layerRecord({ peerReview: "required" }), setup_done: true, governance_mode: null })).toEqual({
      peerReview: "required",
    });
    expect(policySourceRecord(effectivePolicy({ system: strictestLayer, tenant: {}, runbook: {} }))).toEqual(
      Object.fromEntries(Object.values(policyNames).map((name) => [name, "system"])),
    );
  });
});
