// Rules of programs that show or change one machine: processes, disks, kernel, services, users.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { dd, lvmReports, makeFileSystem, mount, partitions, swapon, umount } from "./disks.ts";
import { date, getent, hostname, uname, who } from "./identity.ts";
import { dmesg, modinfo, modules, sysctl } from "./kernel.ts";
import { free, kill, killByName, pgrep, ps, sysstat, top } from "./processes.ts";
import { journalctl, service, systemctl, systemdFacts, timeAndNames } from "./systemd.ts";

export const systemRules: readonly ProgramRule[] = [
  date,
  dd,
  dmesg,
  free,
  getent,
  hostname,
  journalctl,
  kill,
  killByName,
  lvmReports,
  makeFileSystem,
  modinfo,
  modules,
  mount,
  partitions,
  pgrep,
  ps,
  service,
  swapon,
  sysctl,
  sysstat,
  systemctl,
  systemdFacts,
  timeAndNames,
  top,
  umount,
  uname,
  who,
];
