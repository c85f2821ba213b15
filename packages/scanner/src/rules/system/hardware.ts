// Programs that print facts about processors, devices and firmware, and those that also set them.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import { numbersOf } from "./rule-kinds.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

export const hardwareFacts = program({
  ...reading("prints facts about devices, processors or modules"),
  names:
    "lscpu|lsmem|lsmod|lsusb|lsns|modinfo|lsblk|lslocks|lslogins|lsirq|lsscsi|lsinitramfs|biosdecode|vpddecode|cpufreq-info|lspcmcia|lsdev|lsfd|lsclocks|edac-util|getconf|ibstat|ibstatus|ibv_devices|ibv_devinfo|ibdev2netdev",
  source:
    "lscpu(1), lsblk(8), lslocks(8), lslogins(1), util-linux 2.40; lsmod(8), modinfo(8), kmod 30; lsusb(8), usbutils 017; lsscsi(8); getconf(1), glibc 2.38",
  examples: {
    lscpu: "safe",
    "lsblk -o NAME,SIZE,MOUNTPOINT -J": "safe",
    "lsblk -f /dev/sda": "safe",
    "modinfo -F version overlay": "safe",
    "lsusb -t": "safe",
    "lsns -t net": "safe",
    "getconf PAGESIZE": "safe",
  },
  nearMisses: ["lsblk > x"],
});

export const lspci = program({
  names: "lspci",
  source: "lspci(8), pciutils 3.10",
  why: "lists PCI devices",
  flags: "-m -mm -t -v -vv -vvv -k -x -xxx -xxxx -b -D -P -PP -n -nn --version --help",
  values: "-s -d -A",
  reads: "-i -p -F",
  options: { "-Q|-q|-qq": { arity: "flag", risk: "unknown", why: "asks a server on the network" } },
  operands: "none",
  examples: { lspci: "safe", "lspci -nnk": "safe", "lspci -vvs 03:00.0": "safe" },
  nearMisses: ["lspci -Q", "lspci x"],
});

export const inventory = program({
  names: "inxi|hwinfo",
  source: "inxi(1) 3.3; hwinfo(8) 23",
  why: "prints an inventory of the machine",
  flags:
    "-A -b -B -C -d -D -E -f -F -G -I -j -J -l -L -m -M -n -N -o -p -P -r -R -s -S -u -v -x -xx -xxx -z --short --cpu --disk --memory --network --netcard --pci --usb --bios --block --gfxcard --monitor --sound --storage --storage-ctrl --partition --arch --help --version",
  values: "-c",
  operands: "none",
  examples: { "inxi -Fxz": "safe", "hwinfo --short": "safe", "hwinfo --disk --netcard": "safe" },
  nearMisses: ["inxi -U", "hwinfo --save-config=all", "hwinfo --log=x", "inxi --output-file x"],
});

export const dmidecode = program({
  names: "dmidecode",
  source: "dmidecode(8) 3.5",
  why: "prints the hardware as the firmware describes it",
  flags: "-q|--quiet -u|--dump --no-sysfs --list-strings --list-types -h|--help -V|--version",
  values: "-s|--string -t|--type -H|--handle --oem-string",
  reads: "-d|--dev-mem --from-dump",
  options: { "--dump-bin": { kind: "write", why: "writes a file" } },
  operands: "none",
  examples: {
    "dmidecode -t memory": "safe",
    "dmidecode -qt17": "safe",
    "dmidecode -s system-serial-number": "safe",
    "dmidecode --dump-bin x": "caution",
  },
  nearMisses: ["dmidecode --dump-bin=x", "dmidecode --dump-b x"],
});

export const lshw = program({
  names: "lshw",
  source: "lshw(1) B.02.19",
  style: "long",
  why: "lists the hardware",
  flags: "-html -xml -json -short -businfo -sanitize -numeric -notime -quiet -version -help",
  values: "-class|-C|-c -disable -enable",
  options: { "-dump": { kind: "write", why: "writes a file" }, "-X": { arity: "flag", risk: "unknown", why: "opens a window" } },
  operands: "none",
  examples: { lshw: "safe", "lshw -short -C network": "safe", "lshw -dump x": "caution", "lshw -X": "unknown" },
  nearMisses: ["lshw -dump /etc/x"],
});

export const sensors = program({
  names: "sensors",
  source: "sensors(1), lm-sensors 3.6",
  why: "prints temperatures, voltages and fans",
  flags: "-A|--no-adapter -f|--fahrenheit -j|-u --bus-list -h|--help -v|--version",
  reads: "-c|--config-file",
  options: { "-s|--set": { arity: "flag", risk: "caution", why: "sets limits of the sensors" } },
  operands: "data*",
  noInverse: "the limits before are not kept",
  examples: { sensors: "safe", "sensors -j": "safe", "sensors -s": "caution" },
  nearMisses: ["sensors --set"],
});

const ipmiRead = reading("asks the management controller");
const before = "the matching get, list or print shows what it was before";

export const ipmitool = program({
  names: "ipmitool",
  source: "ipmitool(1) 1.8.19",
  why: "talks to the management controller of a machine",
  flags: "-v -vv -c -V -h -4 -6 -N -E",
  values: "-I -H -p -U -L -A -C -t -b -m -o -d -e -l -R -B -T",
  reads: "-f -S -O",
  options: {
    "-P|-k|-y": { sensitive: true, why: "has a password on the command line", risk: "caution" },
    "-K|-a|-Y": { arity: "flag", risk: "unknown", why: "asks for or fetches a password" },
  },
  style: "posix",
  verbs: {
    ...each(
      `sensor sensor_list sensor_get sensor_reading sdr sdr_list sdr_elist sdr_info sdr_get sdr_type sdr_entity sel_info sel_list sel_elist sel_get sel_time_get fru fru_print fru_list
       chassis_status chassis_power_status chassis_poh chassis_restart_cause chassis_bootparam_get chassis_selftest power_status mc_info mc_guid mc_selftest mc_getenables mc_watchdog_get
       bmc_info bmc_guid lan_print lan_stats_get lan_alert_print user_list user_summary user_test channel_info channel_getaccess channel_getciphers session_info pef_info pef_status pef_list pef_policy
       sol_info sunoem_led_get dcmi_power_reading dcmi_sensors dcmi_discover dcmi_power_get_limit dcmi_get_temp_reading nm_discover nm_capability nm_statistics nm_power_get isol_info`,
      ipmiRead,
    ),
    ...each("sdr_dump sel_save sel_writeraw fru_read", changing("writes a file", "the file is new or overwritten")),
    ...each(
      "chassis_identify power_on chassis_power_on sensor_thresh sol_set lan_set chassis_bootdev chassis_policy mc_watchdog_reset sel_time_set mc_setenables user_set_name user_enable user_disable channel_setaccess pef_set dcmi_set_limit power_policy",
      changing("changes the management controller or what the machine does next", before),
    ),
    ...each(
      "chassis_bootparam_set lan_alert_set lan_stats_clear dcmi_power_set_limit dcmi_power_activate dcmi_power_deactivate",
      changing("changes the management controller", before),
    ),
    ...each(
      `power_off power_cycle power_reset power_soft power_diag chassis_power_off chassis_power_cycle chassis_power_reset chassis_power_soft chassis_power_diag sel_clear sel_delete mc_reset bmc_reset
       user_set_password user_priv raw i2c fru_write fru_edit hpm ekanalyzer kontronoem firewall sol_activate mc_watchdog_off exec shell set spd tsol fwum picmg gendev delloem`,
      destroying("switches the machine, erases its log or changes who may manage it", "machine"),
    ),
    "user set password": destroying("changes a password of the management controller", "user"),
  },
  examples: {
    "ipmitool sel elist": "safe",
    "ipmitool -I lanplus -H bmc7 -U admin -f pw.txt chassis power status": "safe",
    "ipmitool sdr type fan": "safe",
    "ipmitool power cycle": "dangerous",
    "ipmitool chassis power off": "dangerous",
    "ipmitool sel clear": "dangerous",
    "ipmitool chassis bootdev pxe": "caution",
    "ipmitool -P x -H h sdr": "caution",
    "ipmitool -E -H h sdr": "safe",
  },
  nearMisses: ["ipmitool raw 0 0", "ipmitool", "ipmitool exec f", "ipmitool sel save f"],
});

export const processors = program({
  names: "cpupower|x86_energy_perf_policy|cpufreq-set|chcpu|chmem|rdmsr|wrmsr|setpci|setkeycodes|rtcwake|mcelog",
  source: "cpupower(1), linux-tools 6.1; chcpu(8), chmem(8), util-linux 2.39; wrmsr(1); setpci(8)",
  why: "shows or sets how processors and memory work",
  risk: (inv) =>
    readsProcessor(inv)
      ? "safe"
      : inv.program === "wrmsr" || inv.program === "setpci" || inv.program === "rtcwake"
        ? "dangerous"
        : "caution",
  safer: "cpupower frequency-info",
  values: "-c|--cpu",
  anyOption: true,
  operands: "data*",
  targets: operandTargets("setting"),
  noInverse: "cpupower frequency-info and lscpu -e show what it was before",
  examples: {
    "cpupower frequency-info": "safe",
    "cpupower -c all idle-info": "safe",
    "cpupower idle-info": "safe",
    "cpupower frequency-set -g performance": "caution",
    "chcpu -d 3": "caution",
    "wrmsr 0x1a0 0": "dangerous",
    "rtcwake -m mem -s 60": "dangerous",
  },
  nearMisses: ["cpupower monitor rm x", "setpci -s 0:1.0 4.w=0", "mcelog --daemon"],
});

function readsProcessor(inv: Invocation): boolean {
  if (inv.program === "rdmsr") return true;
  if (inv.program === "mcelog") return inv.operands.length === 0 && inv.unlisted.length === 1 && inv.unlisted[0]?.text === "--client";
  return inv.program === "cpupower" && /^(frequency|idle|powercap)-info$/.test(inv.operand(0) ?? "");
}

export const turbostat = program({
  names: "turbostat|i7z|powerstat",
  source: "turbostat(8), linux-tools 6.1",
  style: "posix",
  why: "measures processors, for as long as a command runs or without end",
  flags: "-q|--quiet -l|--list -S|--Summary -h|--help -v|--version -d|--debug -D -R -z",
  values: "-c|--cpu -i|--interval -n|--num_iterations -s|--show -H|--hide -e|--enable -N|--header_iterations -J",
  options: { "-o|--out": { kind: "write", why: "writes a file" }, "-a|--add": { risk: "unknown", why: "reads a chosen register" } },
  operands: "inner*",
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  unbounded: (inv) => inv.operands.length === 0 && !["-n", "-l", "-h", "-v"].some((name) => inv.has(name)) && numbersOf(inv).length === 0,
  safer: "turbostat -n 1",
  examples: {
    "turbostat -n 1 -i 2": "safe",
    "turbostat sleep 5": "safe",
    turbostat: "caution",
    "turbostat rm x": "dangerous",
    "turbostat -o f sleep 1": "caution",
  },
  nearMisses: ["turbostat -i 5", "powerstat"],
});
