// runAs names a user of this host and never root; only an agent that is root can use it.
import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { findUser } from "./run-as-user.ts";

const isRoot = userInfo().uid === 0;

describe("runAs", () => {
  const refusals: readonly (readonly [string, string])[] = isRoot
    ? [
        ["nobody-such", "names no user of this host"],
        ["root", "must not name root"],
        ["-u", "names no user of this host"],
      ]
    : [["nobody", "needs an agent that runs as root"]];
  it.each(refusals)("%s stops the start", (user, why) => {
    expect(() => findUser(user)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(why) }));
  });

  it("finds the numbers of a user", () => {
    const found = () => findUser("nobody");
    if (!isRoot) expect(found).toThrow();
    else expect(found()).toEqual({ user: "nobody", uid: 65_534, gid: expect.any(Number) });
  });
});
