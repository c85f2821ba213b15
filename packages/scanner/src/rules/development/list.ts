// Rules of version control, package managers, build tools and language tools.
// One import per file, one entry per rule.
import type { ProgramRule } from "../../rule.ts";
import { git } from "./git/git.ts";
import { nodeDeleters, nodeTools, npm, npx, pnpm, yarn } from "./npm.ts";
import { alternatives, apt, aptCache, aptKey, aptMark, aptSources, aptTools, packageSetup, releaseUpgrade } from "./packages/apt.ts";
import { brew, port } from "./packages/brew.ts";
import { dpkg, dpkgDeb, dpkgQuery, needrestart, packageChecks } from "./packages/dpkg.ts";
import { dnf, rpm, zypper } from "./packages/rpm.ts";

export const developmentRules: readonly ProgramRule[] = [
  git,
  alternatives,
  apt,
  aptCache,
  aptKey,
  aptMark,
  aptSources,
  aptTools,
  packageSetup,
  releaseUpgrade,
  brew,
  port,
  dpkg,
  dpkgDeb,
  dpkgQuery,
  needrestart,
  packageChecks,
  dnf,
  rpm,
  zypper,
  nodeDeleters,
  nodeTools,
  npm,
  npx,
  pnpm,
  yarn,
];
