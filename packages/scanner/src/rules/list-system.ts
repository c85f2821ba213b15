// Rules of programs that look at or change one machine: files, text, processes, network, packages.
// One import and one entry per rule file, in alphabetical order.
import type { ProgramRule } from "../rule.ts";
import { awk } from "./awk.ts";
import { cat } from "./cat.ts";
import { checksum, dumpers, encoders, xxd } from "./digests.ts";
import { grep } from "./grep.ts";
import { head, tail } from "./head-tail.ts";
import { date, getent, hostname, uname, who } from "./identity.ts";
import { ls } from "./ls.ts";
import { du, pathFacts, tree, which } from "./paths.ts";
import { free, kill, killByName, pgrep, ps, sysstat, top } from "./processes.ts";
import { rm } from "./rm.ts";
import { sed } from "./sed.ts";
import { sort, uniq } from "./sort-uniq.ts";
import { columns, cut, joining, sequence, shuf, tr, wc, yes } from "./text-filters.ts";

export const systemRules: readonly ProgramRule[] = [
  awk,
  cat,
  checksum,
  columns,
  cut,
  date,
  du,
  dumpers,
  encoders,
  free,
  getent,
  grep,
  head,
  hostname,
  joining,
  kill,
  killByName,
  ls,
  pathFacts,
  pgrep,
  ps,
  rm,
  sed,
  sequence,
  shuf,
  sort,
  sysstat,
  tail,
  top,
  tr,
  tree,
  uname,
  uniq,
  wc,
  which,
  who,
  xxd,
  yes,
];
