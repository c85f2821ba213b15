// Programs that read, erase or ask block devices themselves.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { unlessHelp } from "./rule-kinds.ts";
import { changing, destroying, each } from "../verb-rules.ts";

const device = operandTargets("device");
const nowhere = /^\/dev\/(null|stdout|stderr|fd\/[12])$/;

/** Without of= dd prints; to a file or a device it overwrites. */
function ddRisk(inv: Invocation): Risk {
  const out = inv.arg("of=");
  return out === undefined || (out.shape === "literal" && nowhere.test(out.text)) ? "safe" : "dangerous";
}

export const dd = program({
  names: "dd",
  source: "dd(1), GNU coreutils 9.4",
  style: "keyvalue",
  risk: ddRisk,
  why: "copies blocks; of= overwrites a file or a whole device",
  safer: "leave of= out to print what is read",
  flags: "--help --version",
  values: "bs= cbs= conv= count= ibs= iflag= iseek= obs= oflag= oseek= seek= skip= status= speed=",
  reads: "if=",
  options: { "of=": {} },
  targets: (inv) => inv.all("of=").map((arg) => ({ kind: "device", name: arg.text })),
  unbounded: (inv) => /^\/dev\/(zero|full|u?random)$/.test(inv.value("if=") ?? "") && !inv.has("count="),
  sensitive: (inv) => /^\/dev\/(?!zero|full|u?random|stdin|null)/.test(inv.arg("if=")?.head ?? "") && inv.value("of=") !== "/dev/null",
  examples: {
    "dd if=/dev/zero of=/dev/sda": "dangerous",
    "dd of=x": "dangerous",
    "dd if=/dev/sda of=/dev/null bs=1M count=256 iflag=direct": "safe",
    "dd if=core.7 bs=512 count=1 status=none": "safe",
    "dd --version": "safe",
    "dd if=/dev/zero of=/dev/null": "caution",
    "dd if=/etc/shadow": "caution",
  },
  nearMisses: ["dd if=/dev/sda", "dd if=x of=/dev/null of=y", 'dd "of=$x"', "dd $x", "dd if=x of=/dev/stdou?"],
});

export const wipefs = program({
  names: "wipefs",
  source: "wipefs(8), util-linux 2.39",
  risk: (inv) => ((inv.has("-a") || inv.has("-o")) && !inv.has("-n") ? "dangerous" : "safe"),
  why: "lists the signatures of a device, or erases them",
  safer: "leave -a and -o out, or add -n",
  flags: "-a|--all -n|--no-act -i|--noheadings -J|--json -p|--parsable -q|--quiet -f|--force -h|--help -V|--version",
  values: "-o|--offset -O|--output -t|--types",
  options: {
    "-b|--backup": { arity: "optional", risk: "caution", why: "writes what it erases to a file" },
    "--lock": { arity: "optional" },
  },
  operands: "name*",
  targets: device,
  noInverse: "it only writes a copy",
  examples: {
    "wipefs /dev/sdb": "safe",
    "wipefs -J /dev/sdb": "safe",
    "wipefs -na /dev/sdb": "safe",
    "wipefs -a /dev/sdb": "dangerous",
    "wipefs -b /dev/sdb": "caution",
  },
  nearMisses: ["wipefs -fa /dev/sdb", "wipefs -o 0x1fe /dev/sdb", "wipefs --all /dev/sdb"],
});

export const eraseDevices = program({
  ...destroying("erases a device", "device"),
  names: "blkdiscard|sg_format|sg_sanitize|sg_unmap|sg_write_same|nwipe|sedutil-cli|blkzone",
  source: "blkdiscard(8), util-linux 2.39; sg_format(8), sg3_utils 1.47",
  risk: unlessHelp("dangerous"),
  flags: "--help --version",
  safer: "lsblk -f DEVICE",
  examples: { "blkdiscard /dev/nvme0n1": "dangerous", "sg_format --format /dev/sg1": "dangerous", "blkdiscard --help": "safe" },
  nearMisses: ["blkdiscard -f /dev/sdb", "nwipe --autonuke"],
});

export const badblocks = program({
  names: "badblocks",
  source: "badblocks(8), e2fsprogs 1.47",
  why: "reads a whole device to find bad blocks",
  flags: "-s -v -f -B -X",
  values: "-b -c -d -e -p -t",
  reads: "-i",
  options: {
    "-w|-n": { arity: "flag", risk: "dangerous", why: "writes over the device while it tests", safer: "leave -w and -n out" },
    "-o": { kind: "write", why: "writes the list of bad blocks to a file" },
  },
  operands: "data*",
  targets: device,
  examples: { "badblocks -sv /dev/sdb": "safe", "badblocks -wsv /dev/sdb": "dangerous", "badblocks -o x /dev/sdb": "caution" },
  nearMisses: ["badblocks -nv /dev/sdb"],
});

export const blkid = program({
  names: "blkid",
  source: "blkid(8), util-linux 2.39",
  why: "prints what is on block devices",
  flags: "-d|--no-encoding -D|--no-part-details -i|--info -k|--list-filesystems -l|--list-one -p|--probe -h|--help -V|--version",
  values:
    "-c|--cache-file -L|--label -n|--match-types -o|--output -O|--offset -s|--match-tag -S|--size -t|--match-token -u|--usages -U|--uuid -H|--hint",
  options: {
    "-g|--garbage-collect": { arity: "flag", risk: "caution", why: "cleans its cache" },
    "-w": { kind: "write", why: "writes its cache" },
  },
  operands: "data*",
  answers: [2],
  examples: { blkid: "safe", "blkid -o value -s UUID /dev/sda1": "safe", "blkid -g": "caution", "blkid -w x": "caution" },
  nearMisses: ["blkid -gp"],
});

export const findmnt = program({
  names: "findmnt",
  source: "findmnt(8), util-linux 2.39",
  why: "lists what is mounted",
  flags:
    "-A|--all -a|--ascii -b|--bytes -C|--nocanonicalize -c|--canonicalize -D|--df -e|--evaluate -f|--first-only -i|--invert -I|--dfi -J|--json -k|--kernel -l|--list -m|--mtab -n|--noheadings -P|--pairs --pseudo --shadow --real -r|--raw -R|--submounts -s|--fstab -u|--notruncate -U|--uniq -v|--nofsroot -x|--verify --verbose --vfs-all --deleted --output-all -y|--shell -h|--help -V|--version -H|--list-columns",
  values: "-d|--direction -M|--mountpoint -N|--task -o|--output -O|--options -S|--source -t|--types -T|--target -w|--timeout -Q|--filter",
  optional: "--tree",
  reads: "-F|--tab-file",
  options: { "-p|--poll": { arity: "optional", unbounded: true, why: "follows mounts without end", safer: "leave -p out" } },
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: {
    findmnt: "safe",
    "findmnt -no SOURCE /var": "safe",
    "findmnt -D -t nfs4": "safe",
    "findmnt --verify": "safe",
    "findmnt -p": "caution",
  },
  nearMisses: ["findmnt --poll=mount", "findmnt --frob"],
});

export const blockdev = program({
  names: "blockdev",
  source: "blockdev(8), util-linux 2.39",
  style: "long",
  why: "asks or sets a block device",
  flags:
    "-q -v --report --getro --getss --getpbsz --getiomin --getioopt --getalign --getmaxsect --getbsz --getsize --getsize64 --getsz --getra --getfra --getdiscardzeroes --getdiskseq --getzonesz -h|--help -V|--version",
  options: {
    "--setra|--setfra|--setbsz": { risk: "caution", why: "sets how the device is read" },
    "--setro|--setrw|--flushbufs|--rereadpt": { arity: "flag", risk: "caution", why: "sets how the device is used" },
  },
  operands: "data*",
  noInverse: "blockdev --report shows the settings before",
  examples: {
    "blockdev --getsize64 /dev/sda": "safe",
    "blockdev --report": "safe",
    "blockdev --setra 256 /dev/sda": "caution",
    "blockdev --setro /dev/sda": "caution",
  },
  nearMisses: ["blockdev --rereadpt /dev/sda"],
});

const settable = "-a|-A|-B|-c|-d|-J|-k|-K|-m|-M|-n|-N|-P|-Q|-r|-S|-u|-W|-X|-Z";

export const hdparm = program({
  names: "hdparm|sdparm",
  source: "hdparm(8) 9.65; sdparm(8) 1.12",
  style: "long",
  why: "asks or sets a disk",
  flags: "-C -g -h -H -i -I -q -t -T -tT -Tt -v -V -tv --direct --Istdout --all --inquiry --long --enumerate --help --version",
  options: {
    [settable]: { arity: "flag", why: "shows or sets a value of the disk" },
    "-w": { arity: "flag", risk: "dangerous", why: "resets the device while it is in use" },
    "-y|-Y|-z|-f|-F|-D|-E|-s|-b|-L|-R|-U|-x|--set|--clear|--defaults|--command|--save|--idle-immediate|--idle-unload|--dco-freeze|--offset":
      {
        arity: "optional",
        risk: "caution",
        why: "sets the disk",
      },
    "--security-erase|--security-erase-enhanced|--security-set-pass|--security-disable|--security-unlock|--security-freeze|--write-sector|--repair-sector|--make-bad-sector|--trim-sector-ranges|--trim-sector-ranges-stdin|--fwdownload|--fwdownload-mode3|--fwdownload-mode7|--dco-restore|--dco-setmax|--sanitize-block-erase|--sanitize-crypto-scramble|--sanitize-overwrite|--drq-hsm-error|--user-master|--yes-i-know-what-i-am-doing|--please-destroy-my-drive|--set-sector-size":
      { arity: "optional", risk: "dangerous", why: "erases, locks or rewrites the disk" },
    "--read-sector": { risk: "caution", sensitive: true, why: "prints what is on the disk" },
  },
  operands: "name*",
  targets: device,
  inspect: (inv, ctx) => {
    // -W shows, -W 0 and -W0 set: a word that is no device is a value.
    for (const arg of inv.operands)
      if (!arg.head.startsWith("/dev/")) ctx.report({ risk: "caution", why: "sets a value of the disk", span: arg.span });
  },
  noInverse: "hdparm -I and the option without a value show what it was before",
  examples: {
    "hdparm -I /dev/sda": "safe",
    "hdparm -tT /dev/sda": "safe",
    "hdparm -W /dev/sda": "safe",
    "hdparm -W 0 /dev/sda": "caution",
    "hdparm -y /dev/sda": "caution",
    "hdparm --read-sector 5 /dev/sda": "caution",
    "hdparm --user-master u --security-erase p /dev/sdb": "dangerous",
  },
  nearMisses: ["hdparm -W0 /dev/sda", "hdparm --security-erase=p /dev/sdb", "hdparm -S 12 /dev/sda"],
});

export const smartctl = program({
  names: "smartctl",
  source: "smartctl(8), smartmontools 7.4",
  why: "prints the health of a disk",
  flags:
    "-a|--all -A|--attributes -c|--capabilities -H|--health -i|--info -x|--xall --scan --scan-open -h|--help|--usage -V|--version|--copyright|--license",
  values:
    "-d|--device -f|--format -F|--firmwarebug -g|--get -n|--nocheck -P|--presets -q|--quietmode -r|--report -T|--tolerance -v|--vendorattribute -b|--badsum --identity",
  optional: "-j|--json --identify",
  reads: "-B|--drivedb",
  options: {
    "-l|--log": {
      check: (value) =>
        /^sct(erc|tempint),|,reset\b/i.test(value.text) || value.shape !== "literal"
          ? { risk: "caution", why: "sets a value of the disk", span: value.span }
          : undefined,
    },
    "-t|--test": { risk: "caution", why: "starts a test inside the disk, which slows it down" },
    "-X|--abort|-C|--captive": { arity: "flag", risk: "caution", why: "ends a test, or takes the disk away for one" },
    "-s|--set|-o|--offlineauto|-S|--saveauto|--smart": { risk: "caution", why: "sets a value of the disk" },
  },
  operands: "data*",
  answers: [4, 8, 16, 32, 64, 128],
  noInverse: "smartctl -X ends a test; smartctl -x shows settings",
  examples: {
    "smartctl -a /dev/sda": "safe",
    "smartctl -x -d megaraid,4 /dev/sda": "safe",
    "smartctl -l error -l selftest /dev/sda": "safe",
    "smartctl --scan": "safe",
    "smartctl -t short /dev/sda": "caution",
    "smartctl -X /dev/sda": "caution",
    "smartctl -s off /dev/sda": "caution",
    "smartctl -l scterc,70,70 /dev/sda": "caution",
  },
  nearMisses: ["smartctl -Ct short /dev/sda", "smartctl --tes=long /dev/sda", "smartctl -o on /dev/sda"],
});

const nvmeRead: CommandRule = {
  why: "asks an NVMe disk",
  operands: "data*",
  flags: "-v|--verbose -H|--human-readable -b|--raw-binary -j|--json -a|--all -V|--vendor-specific -s -c -t",
  values: "-o|--output-format -n|--namespace-id -e|--log-entries --lid -i|--log-id -l|--log-len -p|--lsp -L -F",
};

export const nvme = program({
  names: "nvme",
  source: "nvme(1), nvme-cli 2.8",
  why: "asks or changes an NVMe disk",
  verbs: {
    ...each(
      `list list-subsys id-ctrl id-ns id-nvmset id-uuid id-iocs id-domain list-ns list-ctrl list-secondary smart-log error-log fw-log effects-log self-test-log endurance-log changed-ns-list-log ana-log predictable-lat-log sanitize-log supported-log-pages show-regs get-property get-ns-id cmdset-ind-id-ns ns-descs nvm-id-ctrl nvm-id-ns primary-ctrl-caps resv-report list-endgrp version help media-unit-stat-log rotational-media-info-log`,
      nvmeRead,
    ),
    "get-feature": {
      ...nvmeRead,
      values: `${nvmeRead.values} --feature-id --sel --cdw11`,
      options: { "-f": {} },
      flags: "-v|--verbose -H|--human-readable -b|--raw-binary -s",
    },
    "telemetry-log|get-log|read|compare|admin-passthru|io-passthru|discover|gen-hostnqn|show-hostnqn|show-topology|dir-receive|capacity-mgmt|security-recv":
      {
        risk: "unknown",
        why: "writes a file, prints raw data or sends raw commands",
        operands: "data*",
      },
    "set-feature|attach-ns|connect|connect-all|create-ns|device-self-test|ns-rescan|set-property|lockdown|resv-register|resv-acquire":
      changing("changes an NVMe disk or connects one", "nvme list and get-feature show what it was before"),
    "format|sanitize|delete-ns|detach-ns|reset|subsystem-reset|fw-download|fw-activate|fw-commit|write|write-zeroes|write-uncor|dsm|security-send|disconnect|disconnect-all|virt-mgmt|resv-release|copy|zns|rpmb":
      destroying("erases, resets or takes away an NVMe disk", "device"),
  },
  examples: {
    "nvme list": "safe",
    "nvme smart-log /dev/nvme0": "safe",
    "nvme id-ctrl /dev/nvme0 -H -o json": "safe",
    "nvme get-feature /dev/nvme0 -f 7": "safe",
    "nvme set-feature /dev/nvme0 -f 6 -v 1": "caution",
    "nvme format /dev/nvme0n1 -s 1": "dangerous",
    "nvme telemetry-log /dev/nvme0 -o x": "unknown",
  },
  nearMisses: ["nvme", "nvme reset /dev/nvme0", "nvme sanitize -a 2 /dev/nvme0"],
});
