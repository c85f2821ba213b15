// Rules of programs that show or change one machine: processes, disks, kernel, services, users.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { addAccount, chage, changeAccount, gpasswd, passwd, removeAccount } from "./accounts.ts";
import { dd, lvmReports, makeFileSystem, mount, partitions, swapon, umount } from "./disks.ts";
import { firmwareChanges } from "./firmware.ts";
import { nvidiaSmi, otherGpu } from "./graphics.ts";
import { dmidecode, hardwareFacts, inventory, ipmitool, lshw, lspci, processors, sensors, turbostat } from "./hardware.ts";
import { date, finger, getent, hostname, lastlog, uname, who } from "./identity.ts";
import { auditctl, auditReports, coredumpctl, journalctl, journalRemote, logChanges, logFollowers } from "./journalctl.ts";
import { dmesg, ipcChanges, ipcs, modules, securityChanges, securityModules, sysctl } from "./kernel.ts";
import { power, runlevel } from "./power.ts";
import { fuser, lsof, pgrep, pidwait, pmap, ps } from "./processes.ts";
import { raidControllers } from "./raid-controllers.ts";
import { bootServices, launchctl, otherManagers, service, supervisorctl } from "./services.ts";
import { kill, killByName, otherKillers } from "./signals.ts";
import { dstat, free, iotop, once, sar, screens, sysstat, top, vmstat } from "./statistics.ts";
import { systemctl } from "./systemctl.ts";
import { homes, temporaryFiles, udevadm, userDatabase } from "./systemd-devices.ts";
import { networkctl, resolvectl, systemdResolve } from "./systemd-network.ts";
import { bootctl, busctl, hostnamectl, localectl, loginctl, systemdFacts, timedatectl } from "./systemd-tools.ts";

export const systemRules: readonly ProgramRule[] = [
  addAccount,
  auditctl,
  auditReports,
  bootctl,
  bootServices,
  busctl,
  chage,
  changeAccount,
  coredumpctl,
  date,
  dd,
  dmesg,
  dmidecode,
  dstat,
  finger,
  firmwareChanges,
  free,
  fuser,
  getent,
  gpasswd,
  hardwareFacts,
  homes,
  hostname,
  hostnamectl,
  inventory,
  iotop,
  ipcChanges,
  ipcs,
  ipmitool,
  journalctl,
  journalRemote,
  kill,
  killByName,
  lastlog,
  launchctl,
  localectl,
  logChanges,
  logFollowers,
  loginctl,
  lshw,
  lsof,
  lspci,
  lvmReports,
  makeFileSystem,
  modules,
  mount,
  networkctl,
  nvidiaSmi,
  once,
  otherGpu,
  otherKillers,
  otherManagers,
  partitions,
  passwd,
  pgrep,
  pidwait,
  pmap,
  power,
  processors,
  ps,
  raidControllers,
  removeAccount,
  resolvectl,
  runlevel,
  sar,
  screens,
  securityChanges,
  securityModules,
  sensors,
  service,
  supervisorctl,
  swapon,
  sysctl,
  sysstat,
  systemctl,
  systemdFacts,
  systemdResolve,
  temporaryFiles,
  timedatectl,
  top,
  turbostat,
  udevadm,
  umount,
  uname,
  userDatabase,
  vmstat,
  who,
];
