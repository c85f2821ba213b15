// The arrows of the architecture: anything not drawn in ARCHITECTURE.md is refused here.
const only = (name, from, allowed) => ({
  name,
  severity: "error",
  comment: `${name} may use ${allowed.length === 0 ? "no other package" : allowed.join(", ")} only`,
  from: { path: `^packages/${from}/`, pathNot: "\\.test\\.tsx?$|/test-support/|/test/" },
  to: { path: "^packages/", pathNot: `^packages/(${[from, ...allowed].join("|")})/` },
});

const stages = ["runbook", "classification", "trust", "execution", "audit", "matching", "divergence"];

module.exports = {
  forbidden: [
    only("scanner-is-first", "scanner", []),
    only("core-above-scanner", "core", ["scanner"]),
    only("protocol-above-core", "protocol", ["core"]),
    only("executor-above-core", "executor", ["scanner", "core"]),
    only("server-arrows", "server", ["scanner", "core", "protocol"]),
    only("agent-arrows", "agent", ["scanner", "core", "protocol", "executor"]),
    only("cli-arrows", "cli", ["scanner", "core", "protocol", "executor"]),
    only("web-sees-protocol-only", "web", ["protocol"]),
    {
      name: "web-sees-http-only",
      severity: "error",
      from: { path: "^packages/web/" },
      to: { path: "^packages/protocol/", pathNot: "^packages/protocol/src/http/" },
    },
    {
      name: "protocol-takes-types-from-core",
      severity: "error",
      from: { path: "^packages/protocol/", pathNot: "\\.test\\.ts$" },
      to: { path: "^packages/core/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-deep-imports",
      severity: "error",
      comment: "A package is entered through its entry",
      from: { path: "^packages/([^/]+)/" },
      to: {
        path: "^packages/([^/]+)/src/",
        pathNot: [
          "^packages/$1/",
          "^packages/[^/]+/src/index\\.ts$",
          "^packages/protocol/src/(http|agent)/index\\.ts$",
          "^packages/executor/src/terminal/paint\\.ts$",
        ],
      },
    },
    ...stages.slice(0, -1).map((stage, at) => ({
      name: `core-${stage}-imports-leftwards`,
      severity: "error",
      from: { path: `^packages/core/src/${stage}/`, pathNot: "\\.test\\.ts$" },
      to: { path: `^packages/core/src/(${stages.slice(at + 1).join("|")})/` },
    })),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    {
      name: "pure-dependencies",
      severity: "error",
      comment: "scanner and core may use the listed packages only",
      from: { path: "^packages/(scanner|core)/src/", pathNot: "\\.test\\.ts$|/src/(test|testing|catalogue)/" },
      to: { pathNot: "^packages/|node_modules/(unbash|libpg-query|@pgsql|markdown-it|@types/markdown-it)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/.*/(dist|generated)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default"], extensions: [".ts", ".tsx", ".js"] },
  },
};
