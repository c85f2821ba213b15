// The table of variables: defaults, derived values, every kind of refusal, and the page that documents it.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { inspect } from "node:util";
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
      redisUrl: undefined,
      keysDir: undefined,
      acceptNewKeys: "0",
      objectsDir: undefined,
      logLevel: "info",
      signInLink: "auto",
      partyModePeople: 1,
      authSecret: undefined,
      sessionHours: 168,
      demo: "0",
      writesPerMinute: 60,
      readsPerMinute: 600,
      s3Bucket: undefined,
      s3Endpoint: undefined,
      s3Region: "us-east-1",
      previewsPerMinute: 120,
      signInsPerMinute: 20,
      alertDeliveriesDays: 90,
      alertOffersPerMinute: 100,
      flagsFile: undefined,
      llmProvider: "none",
      llmBaseUrl: undefined,
      llmApiKey: undefined,
      llmModel: undefined,
      llmModels: [],
      llmPrices: new Map(),
      llmMonthlyTokens: 5_000_000,
      llmReviewBudgetMs: 3_500,
      llmClassifyBudgetMs: 2_500,
      modelReviewsPerMinute: 10,
      outboundAllowHosts: [],
      outboundRetrySeconds: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
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
    [{ REDIS_URL: "redis://localhost" }, "REDIS_URL needs DATABASE_URL: the embedded database belongs to one server"],
    [
      { REDIS_URL: "http://localhost", DATABASE_URL: "postgres://localhost/x" },
      "REDIS_URL must be a URL that starts with redis:// or rediss://",
    ],
    [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65533"],
    [{ PORT: "-1" }, "PORT must be a whole number from 0 to 65533"],
    [{ PUBLIC_URL: "run.example.com" }, "PUBLIC_URL must be a URL that starts with http:// or https://"],
    [{ PUBLIC_URL: "https://example.com/run" }, "PUBLIC_URL must be an origin without a path"],
    [{ DATABASE_URL: "mysql://db" }, "DATABASE_URL must be a URL that starts with postgres:// or postgresql://"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent"],
    [{ AUTH_SECRET: "short" }, "AUTH_SECRET must have at least 32 characters"],
    [{ DEMO: "yes" }, "DEMO must be one of 0, 1"],
    [{ LLM_PROVIDER: "magic" }, "LLM_PROVIDER must be one of none, openai-compatible, anthropic"],
    [{ LLM_PROVIDER: "anthropic" }, "LLM_MODEL must be set where LLM_PROVIDER is"],
    [{ LLM_PROVIDER: "openai-compatible", LLM_MODEL: "m" }, "LLM_BASE_URL must be set for openai-compatible"],
    [{ LLM_BASE_URL: "https://me:pw@llm.example.org" }, "LLM_BASE_URL must not hold a password; use LLM_API_KEY"],
    [{ LLM_MODEL: "a model" }, "LLM_MODEL must be a model's name"],
    [{ LLM_MODELS: "a,b c" }, "LLM_MODELS must be names of models, separated by commas"],
    [{ LLM_PRICES: "m=cheap" }, "LLM_PRICES must be entries like model=0.25/1.25, separated by commas"],
    [{ LLM_API_KEY: "two words" }, "LLM_API_KEY must be one word of printable ASCII"],
    [
      { OUTBOUND_ALLOW_HOSTS: "*.example" },
      "OUTBOUND_ALLOW_HOSTS must be hosts such as hooks.example.internal or 10.0.0.5:8080, separated by commas, without scheme, path or *",
    ],
    [
      { OUTBOUND_RETRY_SECONDS: "5,soon" },
      "OUTBOUND_RETRY_SECONDS must be at most 20 numbers of seconds, separated by commas, none above 604800",
    ],
  ])("refuses %j", (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  it("names every problem at once and no value", () => {
    const secret = "postgres-password-in-the-wrong-variable";
    expect(() => readConfig({ PORT: secret, LOG_LEVEL: secret })).toThrow(/^PORT .*; LOG_LEVEL /);
    expect(() => readConfig({ PORT: secret, LOG_LEVEL: secret })).not.toThrow(secret);
  });
});

describe("the model's part", () => {
  const config = readConfig({
    LLM_PROVIDER: "openai-compatible",
    LLM_BASE_URL: "http://127.0.0.1:1/v1/",
    LLM_MODEL: "small",
    LLM_MODELS: "small, org/large:v2",
    LLM_PRICES: "small=0.25/1.25,org/large:v2=3/15",
    LLM_API_KEY: "sk-secret",
  });

  it("is read", () => {
    expect(config).toMatchObject({ llmBaseUrl: "http://127.0.0.1:1/v1", llmModel: "small", llmModels: ["small", "org/large:v2"] });
    expect(config.llmPrices.get("org/large:v2")).toEqual({ input: 3, output: 15 });
  });

  it("keeps its key to itself", () => {
    expect(config.llmApiKey?.reveal()).toBe("sk-secret");
    expect(`${inspect(config, { depth: 9, showHidden: true })} ${JSON.stringify(config)}`).not.toContain("sk-secret");
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
