// The table of variables: defaults, derived values, every kind of refusal, and the page that documents it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AppError } from "@dd0c/core";
import { describe, expect, it } from "vitest";
import { configurationPage, isLoopback, readConfig, settings } from "./config.ts";
import { repositoryPath } from "./package-root.ts";

const problemsOf = (environment: Record<string, string>): unknown => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return error instanceof AppError && error.code === "CONFIG_INVALID" ? error.details["problems"] : error;
  }
};

describe("readConfig", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 4400,
      agentPort: 4401,
      demoPort: 4402,
      publicUrl: undefined,
      agentHost: undefined,
      trustedProxies: 0,
      dataDir: resolve(".dd0c"),
      databaseUrl: undefined,
      migrationDatabaseUrl: undefined,
      logLevel: "info",
      signInLink: "auto",
      authSecret: undefined,
      sessionHours: 168,
      demo: "0",
      writesPerMinute: 60,
      readsPerMinute: 600,
      previewsPerMinute: 120,
      flagsFile: undefined,
    });
  });

  it("derives the ports from PORT, and any free ones from 0", () => {
    expect(readConfig({ PORT: "5000" })).toMatchObject({ port: 5000, agentPort: 5001, demoPort: 5002 });
    expect(readConfig({ PORT: "5000", AGENT_PORT: "7000" })).toMatchObject({ agentPort: 7000, demoPort: 5002 });
    expect(readConfig({ PORT: "0" })).toMatchObject({ port: 0, agentPort: 0, demoPort: 0 });
  });

  it("takes an empty variable as absent and an origin without its slash", () => {
    expect(readConfig({ PORT: "", PUBLIC_URL: "https://run.example.com/" })).toMatchObject({
      port: 4400,
      publicUrl: "https://run.example.com",
    });
  });

  it.each([
    [{ PORT: "http" }, "PORT must be a whole number from 0 to 65533"],
    [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65533"],
    [{ PORT: "-1" }, "PORT must be a whole number from 0 to 65533"],
    [{ PUBLIC_URL: "run.example.com" }, "PUBLIC_URL must be a URL that starts with http:// or https://"],
    [{ PUBLIC_URL: "https://example.com/run" }, "PUBLIC_URL must be an origin without a path"],
    [{ DATABASE_URL: "mysql://db" }, "DATABASE_URL must be a URL that starts with postgres:// or postgresql://"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent"],
    [{ AUTH_SECRET: "short" }, "AUTH_SECRET must have at least 32 characters"],
    [{ DEMO: "yes" }, "DEMO must be one of 0, 1"],
  ])("refuses %j", (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  it("names every problem at once and no value", () => {
    const secret = "postgres-password-in-the-wrong-variable";
    expect(() => readConfig({ PORT: secret, LOG_LEVEL: secret })).toThrow(/^PORT .*; LOG_LEVEL /);
    expect(() => readConfig({ PORT: secret, LOG_LEVEL: secret })).not.toThrow(secret);
  });
});

describe("docs/configuration.md", () => {
  it("is the table", () => {
    expect(readFileSync(repositoryPath("docs", "configuration.md"), "utf8")).toBe(configurationPage());
  });

  it("names each variable once", () => {
    const names = Object.values(settings).map((setting) => setting.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

it.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["::1", true],
  ["localhost", true],
  ["0.0.0.0", false],
  ["127.0.0.1.example.com", false],
  ["10.0.0.1", false],
])("isLoopback(%s) is %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
