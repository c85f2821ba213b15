import { describe, expect, it } from "vitest";
import { type Actor, hasRole, isHuman, type Role } from "./actor.ts";

const roles: readonly Role[] = ["admin", "approver", "operator", "viewer", "author"];

describe("hasRole", () => {
  it.each([
    ["admin", "admin approver operator viewer author"],
    ["approver", "approver operator viewer"],
    ["operator", "operator viewer"],
    ["viewer", "viewer"],
    ["author", "viewer author"],
  ] as const)("%s holds %s", (held, contained) => {
    expect(roles.filter((needed) => hasRole([held], needed)).join(" ")).toBe(contained);
  });

  it("adds up several roles and gives nothing for none or an unknown one", () => {
    expect(hasRole(["author", "operator"], "operator")).toBe(true);
    expect(hasRole([], "viewer")).toBe(false);
    expect(hasRole(["owner" as Role], "viewer")).toBe(false);
  });
});

describe("isHuman", () => {
  it.each([
    [{ type: "user", id: "u", via: "web" }, true],
    [{ type: "user", id: "u", via: "slack" }, true],
    [{ type: "user", id: "u", via: "cli" }, true],
    [{ type: "user", id: "", via: "cli" }, false],
    [{ type: "agent", id: "u", via: "cli" }, false],
    [{ type: "user", id: "u", via: "api_key" }, false],
    [{ type: "user", id: "", via: "web" }, false],
    [{ type: "agent", id: "a", via: "web" }, false],
    [{ type: "system", id: "s", via: "system" }, false],
    [{ type: "scheduler", id: "s", via: "scheduler" }, false],
  ] as const)("%j: %s", (actor, human) => {
    expect(isHuman(actor satisfies Actor)).toBe(human);
  });
});
