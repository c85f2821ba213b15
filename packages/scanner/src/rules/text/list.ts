// Rules of programs that read, compare, filter, pack, copy and remove files.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { jar, tar, unzip, zip } from "./archives.ts";
import { ar, compressors, cpio, decompressToStdout, rar, rpm2cpio, sevenZip } from "./archives-more.ts";
import { awk } from "./awk.ts";
import { cat } from "./cat.ts";
import { diff } from "./comparing.ts";
import { csv, dasel, jless, jq, xmllint, yq } from "./data-tools.ts";
import { checksum, dumpers, encoders, xxd } from "./digests.ts";
import { editors } from "./editors.ts";
import { copy, makePath, overwrite, tee } from "./files.ts";
import { fd } from "./find-like.ts";
import { ack, grep, ripgrep } from "./grep.ts";
import { head, tail } from "./head-tail.ts";
import { calculators, calendar, layout, lineEnds, linkedLibraries, objectFiles, progress, recode } from "./layout.ts";
import { listers, ls } from "./ls.ts";
import { gron, miller } from "./miller.ts";
import { bat, less, man } from "./pagers.ts";
import { attributes, diskReports, du, file, fileDatabase, ncdu, pathFacts, tree, which } from "./paths.ts";
import { accessLists, capabilities, chmod, owner } from "./permissions.ts";
import { rm, rmdir } from "./rm.ts";
import { sed } from "./sed.ts";
import { sort, uniq } from "./sort-uniq.ts";
import { columns, cut, joining, sequence, shuf, tr, wc, yes } from "./text-filters.ts";
import { logrotate, patch, rsync, secureCopy, split } from "./transfer.ts";

export const textRules: readonly ProgramRule[] = [
  accessLists,
  ack,
  ar,
  attributes,
  awk,
  bat,
  calculators,
  calendar,
  capabilities,
  cat,
  checksum,
  chmod,
  columns,
  compressors,
  copy,
  cpio,
  csv,
  cut,
  dasel,
  decompressToStdout,
  diff,
  diskReports,
  du,
  dumpers,
  editors,
  encoders,
  fd,
  file,
  fileDatabase,
  grep,
  gron,
  head,
  jar,
  jless,
  joining,
  jq,
  layout,
  less,
  lineEnds,
  linkedLibraries,
  listers,
  logrotate,
  ls,
  makePath,
  man,
  miller,
  ncdu,
  objectFiles,
  overwrite,
  owner,
  patch,
  pathFacts,
  progress,
  rar,
  recode,
  ripgrep,
  rm,
  rmdir,
  rpm2cpio,
  rsync,
  secureCopy,
  sed,
  sequence,
  sevenZip,
  shuf,
  sort,
  split,
  tail,
  tar,
  tee,
  tr,
  tree,
  uniq,
  unzip,
  wc,
  which,
  xmllint,
  xxd,
  yes,
  yq,
  zip,
];
