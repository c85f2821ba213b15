// Rules of version control, package managers, build tools and language tools.
// One import per file, one entry per rule.
import type { ProgramRule } from "../../rule.ts";
import { compilers, formatters, java, linters, make, maven, objectWriters, preCommit, ruff, scanners, taskRunners } from "./builds.ts";
import { powershellCmdlet, windowsCommand, windowsPath } from "./foreign-shells.ts";
import { gh } from "./forges/gh.ts";
import { glab, trackers } from "./forges/glab.ts";
import { git } from "./git/git.ts";
import { bundle, cargo, composer, dotnet, dotnetTrace, gem, go, rustup } from "./language-packages.ts";
import { amtool, ciClients, collectors, logcli, longTerm, promtool } from "./monitoring.ts";
import { nodeDeleters, nodeTools, npm, npx, pnpm, yarn } from "./npm.ts";
import { apk, flatpak, nix, nixTools, otherManagers, pacman, snap } from "./packages/apk-pacman.ts";
import { alternatives, apt, aptCache, aptKey, aptMark, aptSources, aptTools, packageSetup, releaseUpgrade } from "./packages/apt.ts";
import { brew, port } from "./packages/brew.ts";
import { dpkg, dpkgDeb, dpkgQuery, needrestart, packageChecks } from "./packages/dpkg.ts";
import { dnf, rpm, zypper } from "./packages/rpm.ts";

import { hg, svn } from "./other-version-control.ts";
import { conda, pip, pipTools, poetry, uv, uvx } from "./python-packages.ts";

export const developmentRules: readonly ProgramRule[] = [
  git,
  hg,
  svn,
  gh,
  glab,
  trackers,
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
  conda,
  pip,
  pipTools,
  poetry,
  uv,
  uvx,
  bundle,
  cargo,
  composer,
  dotnet,
  dotnetTrace,
  gem,
  go,
  rustup,
  apk,
  flatpak,
  nix,
  nixTools,
  otherManagers,
  pacman,
  snap,
  amtool,
  ciClients,
  collectors,
  logcli,
  longTerm,
  promtool,
  powershellCmdlet,
  windowsCommand,
  windowsPath,
  compilers,
  formatters,
  java,
  linters,
  make,
  maven,
  objectWriters,
  preCommit,
  ruff,
  scanners,
  taskRunners,
];
