import { defineConfig } from "vitest/config";

/** Tests that must find the SQL parser not loaded yet: each in a process of its own. */
const beforeSql = ["packages/scanner/src/canaries.test.ts", "packages/scanner/src/load.test.ts"];

/** They mostly wait, for the pace at which Slack may be written to. */
const paced = "packages/server/src/slack/**/*.test.ts";

const unit = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...unit,
          name: "pure",
          include: ["packages/{core,scanner}/src/**/*.test.ts"],
          exclude: beforeSql,
          // Pure code has no state that one file could leave to the next; loading the scanner anew for each is a third of their time.
          isolate: false,
        },
      },
      {
        test: {
          ...unit,
          name: "unit",
          include: ["packages/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: ["**/node_modules/**", "packages/{core,scanner}/src/**/!(canaries|load).test.ts", paced],
        },
      },
      { test: { ...unit, name: "slack", include: [paced] } },
      { test: { name: "e2e", include: ["e2e/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
