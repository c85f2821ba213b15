import { describe, expect, it } from "vitest";
import { effectivePolicy, type GovernanceMode, type PolicyLayer } from "./policy.ts";

const none: PolicyLayer = {};
const audit: PolicyLayer = { governanceMode: "audit" };
const strict: PolicyLayer = { governanceMode: "strict" };

describe("effectivePolicy", () => {
  it.each([
    ["nobody said anything", none, none, none, "strict"],
    ["the tenant chose audit", none, audit, none, "audit"],
    ["only the system says audit", audit, none, none, "strict"],
    ["only the runbook says audit", none, none, audit, "strict"],
    ["the runbook is locked", audit, audit, strict, "strict"],
    ["the system is strict", strict, audit, audit, "strict"],
    ["the tenant is strict", audit, strict, audit, "strict"],
    ["all agree", audit, audit, audit, "audit"],
    ["a layer is misspelt", { governanceMode: "Audit" as GovernanceMode }, audit, none, "strict"],
  ] as const)("%s", (_name, system, tenant, runbook, governanceMode) => {
    expect(effectivePolicy({ system, tenant, runbook })).toEqual({ governanceMode, dangerousSteps: "typed" });
  });

  it.each(["system", "tenant", "runbook"] as const)("blocks dangerous steps if the %s does", (layer) => {
    const layers = { system: none, tenant: { governanceMode: "audit", dangerousSteps: "typed" } as PolicyLayer, runbook: none };
    expect(effectivePolicy({ ...layers, [layer]: { ...layers[layer], dangerousSteps: "block" } }).dangerousSteps).toBe("block");
  });
});
