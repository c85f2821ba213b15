// Rules of programs that show or change one machine: processes, disks, kernel, services, users.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { dd, lvmReports, makeFileSystem, mount, partitions, swapon, umount } from "./disks.ts";
import { firmwareChanges } from "./firmware.ts";
import { nvidiaSmi, otherGpu } from "./graphics.ts";
import { dmidecode, hardwareFacts, inventory, ipmitool, lshw, lspci, processors, sensors, turbostat } from "./hardware.ts";
import { date, getent, hostname, uname, who } from "./identity.ts";
import { dmesg, ipcChanges, ipcs, modules, securityChanges, securityModules, sysctl } from "./kernel.ts";
import { fuser, lsof, pgrep, pidwait, pmap, ps } from "./processes.ts";
import { raidControllers } from "./raid-controllers.ts";
import { kill, killByName, otherKillers } from "./signals.ts";
import { dstat, free, iotop, once, sar, screens, sysstat, top, vmstat } from "./statistics.ts";
import { journalctl, service, systemctl, systemdFacts, timeAndNames } from "./systemd.ts";

export const systemRules: readonly ProgramRule[] = [
  date,
  dd,
  dmesg,
  dmidecode,
  dstat,
  firmwareChanges,
  free,
  fuser,
  getent,
  hardwareFacts,
  hostname,
  inventory,
  iotop,
  ipcChanges,
  ipcs,
  ipmitool,
  journalctl,
  kill,
  killByName,
  lshw,
  lsof,
  lspci,
  lvmReports,
  makeFileSystem,
  modules,
  mount,
  nvidiaSmi,
  once,
  otherGpu,
  otherKillers,
  partitions,
  pgrep,
  pidwait,
  pmap,
  processors,
  ps,
  raidControllers,
  sar,
  screens,
  securityChanges,
  securityModules,
  sensors,
  service,
  swapon,
  sysctl,
  sysstat,
  systemctl,
  systemdFacts,
  timeAndNames,
  top,
  turbostat,
  umount,
  uname,
  vmstat,
  who,
];
