// Rules of programs that look at or change one machine: files, text, processes, network, packages.
// One import and one entry per rule file, in alphabetical order.
import type { ProgramRule } from "../rule.ts";
import { compressors, tar, unzip } from "./archives.ts";
import { awk } from "./awk.ts";
import { cat } from "./cat.ts";
import { diff, jq } from "./comparing.ts";
import { checksum, dumpers, encoders, xxd } from "./digests.ts";
import { dd, lvmReports, makeFileSystem, mount, partitions, swapon, umount } from "./disks.ts";
import { chmod, copy, editors, makePath, overwrite, owner, tee, transfer } from "./files.ts";
import { grep } from "./grep.ts";
import { head, tail } from "./head-tail.ts";
import { curl, wget } from "./http-clients.ts";
import { date, getent, hostname, uname, who } from "./identity.ts";
import { dmesg, modinfo, modules, sysctl } from "./kernel.ts";
import { ls } from "./ls.ts";
import { capture, changeNetwork, dig, ip, netstat, ping, routeTables, ss, traceroute } from "./network.ts";
import { openssl } from "./openssl.ts";
import { du, pathFacts, tree, which } from "./paths.ts";
import { free, kill, killByName, pgrep, ps, sysstat, top } from "./processes.ts";
import { rm } from "./rm.ts";
import { sed } from "./sed.ts";
import { sort, uniq } from "./sort-uniq.ts";
import { journalctl, service, systemctl, systemdFacts, timeAndNames } from "./systemd.ts";
import { columns, cut, joining, sequence, shuf, tr, wc, yes } from "./text-filters.ts";

export const systemRules: readonly ProgramRule[] = [
  awk,
  capture,
  cat,
  changeNetwork,
  checksum,
  chmod,
  columns,
  compressors,
  copy,
  curl,
  cut,
  date,
  dd,
  diff,
  dig,
  dmesg,
  du,
  dumpers,
  editors,
  encoders,
  free,
  getent,
  grep,
  head,
  hostname,
  ip,
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
  netstat,
  openssl,
  overwrite,
  owner,
  partitions,
  pathFacts,
  pgrep,
  ping,
  ps,
  rm,
  routeTables,
  sed,
  sequence,
  service,
  shuf,
  sort,
  ss,
  swapon,
  sysctl,
  sysstat,
  systemctl,
  systemdFacts,
  tail,
  tar,
  tee,
  timeAndNames,
  top,
  tr,
  traceroute,
  transfer,
  tree,
  umount,
  uname,
  uniq,
  unzip,
  wc,
  wget,
  which,
  who,
  xxd,
  yes,
];
