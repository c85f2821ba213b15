// Rules of programs that look at or change one machine: files, text, processes, network, packages.
// One import and one entry per rule file, in alphabetical order.
import type { ProgramRule } from "../rule.ts";
import { awk } from "./awk.ts";
import { cat } from "./cat.ts";
import { diff, jq } from "./comparing.ts";
import { checksum, dumpers, encoders, xxd } from "./digests.ts";
import { dd, lvmReports, makeFileSystem, mount, partitions, swapon, umount } from "./disks.ts";
import { compressors, makePath, move, overwrite, permissions, tar, unzip } from "./files.ts";
import { grep } from "./grep.ts";
import { head, tail } from "./head-tail.ts";
import { date, getent, hostname, uname, who } from "./identity.ts";
import { dmesg, modinfo, modules, sysctl } from "./kernel.ts";
import { ls } from "./ls.ts";
import { du, pathFacts, tree, which } from "./paths.ts";
import { free, kill, killByName, pgrep, ps, sysstat, top } from "./processes.ts";
import { rm } from "./rm.ts";
import { sed } from "./sed.ts";
import { sort, uniq } from "./sort-uniq.ts";
import { journalctl, service, systemctl, systemdFacts, timeAndNames } from "./systemd.ts";
import { columns, cut, joining, sequence, shuf, tr, wc, yes } from "./text-filters.ts";

export const systemRules: readonly ProgramRule[] = [
  awk,
  cat,
  checksum,
  columns,
  compressors,
  cut,
  date,
  dd,
  diff,
  dmesg,
  du,
  dumpers,
  encoders,
  free,
  getent,
  grep,
  head,
  hostname,
  joining,
  journalctl,
  jq,
  kill,
  killByName,
  ls,
  lvmReports,
  makeFileSystem,
  makePath,
  modinfo,
  modules,
  mount,
  move,
  overwrite,
  partitions,
  pathFacts,
  permissions,
  pgrep,
  ps,
  rm,
  sed,
  sequence,
  service,
  shuf,
  sort,
  swapon,
  sysctl,
  sysstat,
  systemctl,
  systemdFacts,
  tail,
  tar,
  timeAndNames,
  top,
  tr,
  tree,
  umount,
  uname,
  uniq,
  unzip,
  wc,
  which,
  who,
  xxd,
  yes,
];
