import { describe, expect, it } from "vitest";
import { type AllowLine, coversCommand } from "./allow-line.ts";

const covers = (line: Partial<AllowLine>, ...argv: readonly string[]): boolean =>
  coversCommand(
    { program: "rm", arguments: ["**"], pathPrefix: null, maxRisk: "dangerous", ...line },
    { argv, env: [], stdin: { kind: "inherit" }, stdout: "stdout", stderr: "stderr" },
  );

describe("coversCommand", () => {
  it.each<[boolean, Partial<AllowLine>, readonly string[]]>([
    [true, {}, ["rm", "-rf", "x"]],
    [false, {}, ["/bin/rm", "x"]],
    [false, {}, ["rmdir", "x"]],
    [true, { arguments: [] }, ["rm"]],
    [false, { arguments: [] }, ["rm", "x"]],
    [true, { arguments: ["-f", "*"] }, ["rm", "-f", "x"]],
    [false, { arguments: ["-f", "*"] }, ["rm", "-f", "-r"]],
    [false, { arguments: ["-f", "*"] }, ["rm", "-f"]],
    [false, { arguments: ["-f", "*"] }, ["rm", "-f", "x", "y"]],
    [true, { arguments: ["deploy/pay*"] }, ["rm", "deploy/payment"]],
    [false, { arguments: ["deploy/pay*"] }, ["rm", "deploy/other"]],
    [false, { arguments: ["**", "x"] }, ["rm", "y", "x"]],
    [true, { pathPrefix: "/demo" }, ["rm", "-rf", "--force", "/demo/a/b"]],
    [false, { pathPrefix: "/demo" }, ["rm", "/demo"]],
    [false, { pathPrefix: "/demo" }, ["rm", "/demonstration/x"]],
    [false, { pathPrefix: "/demo" }, ["rm", "/demo/../etc/passwd"]],
    [false, { pathPrefix: "/demo" }, ["rm", "/demo/./x"]],
    [false, { pathPrefix: "/demo" }, ["rm", "/demo//x"]],
    [false, { pathPrefix: "/demo" }, ["rm", "relative"]],
    [false, { pathPrefix: "/demo" }, ["rm", "--target=/etc"]],
    [false, { pathPrefix: "/demo" }, ["rm", ""]],
    [false, { pathPrefix: "/demo" }, ["rm", "/demo/a", "/etc"]],
    [false, { pathPrefix: "demo" }, ["rm", "demo/a"]],
    [true, { pathPrefix: "/demo/", arguments: ["of=/demo/x"] }, ["rm", "of=/demo/x"]],
  ])("%s: %j for %j", (covered, line, argv) => {
    expect(covers(line, ...argv)).toBe(covered);
  });

  it("covers no command with assignment prefixes", () => {
    const line: AllowLine = { program: "rm", arguments: ["**"], pathPrefix: null, maxRisk: "dangerous" };
    expect(
      coversCommand(line, { argv: ["rm"], env: [["LC_ALL", "C"]], stdin: { kind: "inherit" }, stdout: "stdout", stderr: "stderr" }),
    ).toBe(false);
  });
});
