// Rules about the repository itself that no other tool states. Each rule is a function from the tracked files to
// sentences about what is wrong; an empty list means the rule holds. Tested in scripts/repository-rules.test.ts.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./freshness.mjs";

/** Written by programs: the agent link, the routes of the pages, the dump of the schema. */
const GENERATED = /(^|\/)generated\/|routeTree\.gen\.ts$|\/schema\.sql$/;
const SOURCE = /\.(ts|tsx|mjs|cjs|js|sql|proto|css)$/;
const PERMISSIVE =
  /^(MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|Python-2\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|PostgreSQL|Zlib|MPL-2\.0)$/;

/** Tracked files (and untracked ones that git does not ignore) as {path, text}; binary files have empty text. */
export const readRepository = (base = root) =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: base, encoding: "utf8", maxBuffer: 64e6 })
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(base, path)))
    .map((path) => ({ path, text: /\.(png|woff2|ico|wasm|gz)$/.test(path) ? "" : readFileSync(join(base, path), "utf8") }));

const sources = (files) => files.filter(({ path }) => SOURCE.test(path) && !GENERATED.test(path));

const noShell = (files) =>
  sources(files)
    .filter(
      ({ path, text }) =>
        /\bshell:\s*true\b/.test(text) && path !== "scripts/lib/repository-rules.mjs" && !path.endsWith("repository-rules.test.ts"),
    )
    .map(({ path }) => `${path}: a process is started through a shell`);

const auditIsAppendOnly = (files) =>
  sources(files)
    // Stories do what a thief of the database would do, to see it found.
    .filter(({ path }) => !path.endsWith(".test.ts") && !path.startsWith("e2e/") && path !== "scripts/lib/repository-rules.mjs")
    .filter(
      ({ text }) =>
        /\b(update|delete\s+from|truncate(\s+table)?)\s+(only\s+)?(run\.)?"?audit_events\b/i.test(text) ||
        /(updateTable|deleteFrom)\(\s*["'](run\.)?audit_events/.test(text),
    )
    .map(({ path }) => `${path}: audit_events is append-only, yet this file changes it`);

const smallFiles = (files) =>
  sources(files)
    .filter(({ text }) => text.split("\n").length > 501)
    .map(({ path, text }) => `${path}: ${text.split("\n").length - 1} lines, the limit is 500`);

const noFocusedTests = (files) =>
  sources(files)
    .filter(({ path, text }) => /\.test\.tsx?$/.test(path) && /\b(it|test|describe)\.(only|skip|todo)\(/.test(text))
    .map(({ path }) => `${path}: a focused, skipped or to-do test`);

const workspaceOutputs = (files) =>
  files
    .filter(({ path }) => /(^|\/)(dist|node_modules|\.dd0c)\//.test(path))
    .map(({ path }) => `${path}: built or installed files are not tracked`);

const lockHasNoAddresses = (files) =>
  files
    .filter(({ path, text }) => path === "package-lock.json" && /"resolved":\s*"(https?|git)/.test(text))
    .map(({ path }) => `${path}: records download addresses`);

const exactVersions = (files) =>
  files
    .filter(({ path }) => /(^|\/)package\.json$/.test(path))
    .flatMap(({ path, text }) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(text);
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${path}: ${name} is not pinned exactly (${version})`);
    });

const dependenciesExplained = (files) => {
  const page = files.find(({ path }) => path === "docs/dependencies.md")?.text ?? "";
  const names = new Set(
    files
      .filter(({ path }) => /(^|\/)package\.json$/.test(path))
      .flatMap(({ text }) => Object.keys({ ...JSON.parse(text).dependencies, ...JSON.parse(text).devDependencies }))
      .filter((name) => !name.startsWith("@dd0c/")),
  );
  return [...names].filter((name) => !page.includes(`\`${name}\``)).map((name) => `docs/dependencies.md: ${name} has no line`);
};

const permissiveLicences = (files) => {
  const lock = files.find(({ path }) => path === "package-lock.json");
  if (!lock) return ["package-lock.json is missing"];
  return Object.entries(JSON.parse(lock.text).packages)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.link)
    .filter(
      ([, { license = "" }]) =>
        !String(license)
          .replace(/[()]/g, "")
          .split(/ OR | AND /)
          .some((one) => PERMISSIVE.test(one.trim())),
    )
    .map(([path, { license }]) => `${path}: licence ${license ?? "unknown"} is not on the permissive list`);
};

const DECISION_FIELDS = ["prompt", "reasoning", "alternatives_considered", "confidence", "timestamp", "author"];

const decisionShape = (files) =>
  files
    .filter(({ path }) => path.startsWith("docs/decisions/"))
    .flatMap(({ path, text }) => {
      if (!/^docs\/decisions\/\d{4}-[a-z0-9-]+\.json$/.test(path)) return [`${path}: the name must be NNNN-title.json`];
      const record = JSON.parse(text);
      const missing = DECISION_FIELDS.filter((field) => !(field in record));
      const wrong =
        record.confidence >= 0 &&
        record.confidence <= 1 &&
        Array.isArray(record.alternatives_considered) &&
        record.author === "dd0c maintainers";
      return [
        ...missing.map((field) => `${path}: ${field} is missing`),
        ...(wrong ? [] : [`${path}: confidence, alternatives_considered or author is off`]),
      ];
    });

const documentsPresent = (files) =>
  [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "LICENSE",
    "docs/glossary.md",
    "docs/errors.md",
    "docs/dependencies.md",
    "docs/safety-case.md",
    ".ci/run",
  ]
    .filter((name) => !files.some(({ path }) => path === name))
    .map((name) => `${name} is missing`);

/** Paths in backticks and links of the top-level documents must lead somewhere. */
const documentPathsExist = (files) => {
  const known = new Set(files.flatMap(({ path }) => path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"))));
  return files
    .filter(({ path }) => /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY)\.md$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:packages|e2e|docs|scripts|bench|templates)\/[\w./-]+)`|\]\(((?!https?:)[\w./-]+)\)/g)]
        .map(([, code, link]) => (code ?? link).replace(/\/$/, ""))
        .filter((target) => !known.has(target))
        .map((target) => `${path}: ${target} does not exist`),
    );
};

/** Names of tests and of their groups as they stand in a test file. */
const testNames = (text) =>
  new Set([...text.matchAll(/(?:\b(?:it|test|describe)(?:\.\w+)?\(|\)\()\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , name]) => name));

/** Documents that name tests as evidence (`file`: "name") name tests that exist; the safety case has evidence for each threat. */
const evidenceExists = (files) => {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const missing = ["ARCHITECTURE.md", "docs/safety-case.md"].flatMap((path) =>
    [...(texts.get(path) ?? "").matchAll(/`([\w./-]+\.test\.tsx?)`: "([^"]+)"/g)]
      .filter(([, file, name]) => !testNames(texts.get(file) ?? "").has(name))
      .map(([, file, name]) => `${path}: ${file} has no test "${name}"`),
  );
  const threats = (texts.get("docs/safety-case.md") ?? "").split(/^## /m).slice(1);
  const bare = threats
    .filter(
      (threat) => !["**Claim.**", "**Argument.**", "**Evidence.**", ".test.ts`: ", "**Remains.**"].every((part) => threat.includes(part)),
    )
    .map((threat) => `docs/safety-case.md: ${threat.split("\n")[0]} lacks claim, argument, evidence or what remains`);
  return [...missing, ...bare];
};

export const rules = {
  evidenceExists,
  documentPathsExist,
  noShell,
  auditIsAppendOnly,
  smallFiles,
  noFocusedTests,
  workspaceOutputs,
  lockHasNoAddresses,
  exactVersions,
  dependenciesExplained,
  permissiveLicences,
  decisionShape,
  documentsPresent,
};

/** Every broken rule as a sentence; empty when the repository is in order. */
export const repositoryProblems = (files = readRepository()) => Object.values(rules).flatMap((rule) => rule(files));
