// Rules of programs that read, compare, filter, pack, copy and remove files.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { compressors, tar, unzip } from "./archives.ts";
import { awk } from "./awk.ts";
import { cat } from "./cat.ts";
import { diff, jq } from "./comparing.ts";
import { checksum, dumpers, encoders, xxd } from "./digests.ts";
import { chmod, copy, editors, makePath, overwrite, owner, tee, transfer } from "./files.ts";
import { grep } from "./grep.ts";
import { head, tail } from "./head-tail.ts";
import { ls } from "./ls.ts";
import { du, pathFacts, tree, which } from "./paths.ts";
import { rm } from "./rm.ts";
import { sed } from "./sed.ts";
import { sort, uniq } from "./sort-uniq.ts";
import { columns, cut, joining, sequence, shuf, tr, wc, yes } from "./text-filters.ts";

export const textRules: readonly ProgramRule[] = [
  awk,
  cat,
  checksum,
  chmod,
  columns,
  compressors,
  copy,
  cut,
  diff,
  du,
  dumpers,
  editors,
  encoders,
  grep,
  head,
  joining,
  jq,
  ls,
  makePath,
  overwrite,
  owner,
  pathFacts,
  rm,
  sed,
  sequence,
  shuf,
  sort,
  tail,
  tar,
  tee,
  tr,
  transfer,
  tree,
  uniq,
  unzip,
  wc,
  which,
  xxd,
  yes,
];
