// Programs that list or change partition tables.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp, unlessHelp } from "./rule-kinds.ts";
import { destroying } from "../verb-rules.ts";

const device = operandTargets("device");

export const fdisk = program({
  names: "fdisk",
  source: "fdisk(8), util-linux 2.39",
  risk: (inv) => (inv.has("-l") || inv.has("-x") || inv.has("-s") || asksHelp(inv) ? "safe" : "dangerous"),
  why: "lists partitions, or changes them",
  safer: "fdisk -l",
  flags: "-l|--list -x|--list-details --bytes -s|--getsz -h|--help -v|-V|--version",
  values: "-o|--output -u|--units -b|--sector-size",
  optional: "-L|--color -c|--compatibility --lock",
  operands: "name*",
  targets: device,
  examples: {
    "fdisk -l": "safe",
    "fdisk -l /dev/sda": "safe",
    "fdisk -x -o +UUID /dev/sda": "safe",
    "fdisk --help": "safe",
    "fdisk /dev/sda": "dangerous",
  },
  nearMisses: ["fdisk -w always /dev/sda", "fdisk /dev/sda -B", "echo d | fdisk /dev/sda"],
});

const asks: ReadonlySet<string> = new Set(["print", "p", "unit", "version", "help", "align-check", "quit", "q"]);
const details = /^(free|list|all|\d+|s|B|kB|MB|GB|TB|KiB|MiB|GiB|TiB|%|cyl|chs|compact|minimal|optimal|opt|min|devices|unit|print)$/i;

function partedRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  const words = inv.has("-l") ? inv.operands : inv.operands.slice(1);
  const only = words.every((arg) => arg.shape === "literal" && (asks.has(arg.text) || details.test(arg.text)));
  if (!only || (words.length === 0 && !inv.has("-l"))) return "dangerous";
  return inv.has("-s") || inv.has("-l") ? "safe" : "caution";
}

export const parted = program({
  names: "parted",
  source: "parted(8) 3.6",
  risk: partedRisk,
  why: "lists partitions, or changes them; without -s it may offer to repair a table and take what it is fed as the answer",
  safer: "parted -s DEVICE print",
  flags: "-l|--list -m|--machine -j|--json -s|--script -f|--fix --help -v|--version",
  values: "-a|--align",
  operands: "name*",
  targets: device,
  noInverse: "it changes nothing unless a repair is accepted",
  inspect: (inv, ctx) => {
    if (inv.has("-f") || inv.stdin.kind !== "none") ctx.report({ risk: "dangerous", why: "repairs or takes commands from its input" });
  },
  examples: {
    "parted -l": "safe",
    "parted -s /dev/sda print": "safe",
    "parted -s /dev/sda unit MiB print free": "safe",
    "parted /dev/sda print": "caution",
    "parted -s /dev/sda mklabel gpt": "dangerous",
    "parted -l -f": "dangerous",
  },
  nearMisses: ["parted /dev/sda rm 1", "parted -l -s /dev/sda rm 1", "parted -s /dev/sda print rm 1", "yes | parted /dev/sda print"],
});

function sfdiskRisk(inv: Invocation): Risk {
  const one = inv.options.filter((use) => use.spec.rule !== undefined || listsTable.test(use.spec.names[0] ?? ""));
  return asksHelp(inv) || (one.length === 1 && listsTable.test(one[0]?.spec.names[0] ?? "")) ? "safe" : "dangerous";
}

const listsTable = /^-(d|J|l|F|s|V|g|T)$/;

export const sfdisk = program({
  names: "sfdisk",
  source: "sfdisk(8), util-linux 2.39",
  risk: sfdiskRisk,
  why: "prints a partition table, or replaces it by its input",
  safer: "sfdisk -d DEVICE",
  flags:
    "-d|--dump -J|--json -l|--list -F|--list-free -s|--show-size -V|--verify -g|--show-geometry -T|--list-types --bytes -q|--quiet -h|--help -v|--version",
  values: "-o|--output",
  options: {
    "-A|--activate|--delete|-N|--partno|--disk-id|--part-label|--part-type|--part-uuid|--part-attrs|--relocate|-r|--reorder|-a|--append|-f|--force|--move-data|--wipe|-w|-W|--no-act|-n|--backup|-b|-O|--backup-file|--discard-free|-X|--label|-Y|--label-nested":
      { arity: "optional", risk: "dangerous", why: "changes a partition table" },
  },
  operands: "name*",
  targets: device,
  examples: {
    "sfdisk -d /dev/sda": "safe",
    "sfdisk -J /dev/sda": "safe",
    "sfdisk --help": "safe",
    "sfdisk /dev/sda": "dangerous",
    "sfdisk --delete /dev/sda": "dangerous",
  },
  nearMisses: ["sfdisk -d --delete /dev/sda", "sfdisk /dev/sda < table", "sfdisk --activate /dev/sda 1"],
});

const gdiskReads: Readonly<Record<string, RegExp>> = { gdisk: /^-l$/, sgdisk: /^-[pvViL]$/ };

function gdiskRisk(inv: Invocation): Risk {
  const only = inv.options.length > 0 && inv.unlisted.length === 0;
  if (only && inv.options.every((use) => gdiskReads[inv.program]?.test(use.spec.names[0] ?? "") === true)) return "safe";
  return unlessHelp("dangerous")(inv);
}

export const gdisk = program({
  names: "gdisk|sgdisk|cgdisk|cfdisk|fixparts",
  source: "gdisk(8), sgdisk(8) 1.0.9; cfdisk(8), util-linux 2.39",
  risk: gdiskRisk,
  why: "changes partition tables",
  safer: "sgdisk -p DEVICE",
  flags: "-l -p|--print -v|--verify -V|--version -L|--list-types -? --help",
  values: "-i|--info",
  anyOption: true,
  operands: "name*",
  targets: device,
  examples: {
    "sgdisk -p /dev/sda": "safe",
    "sgdisk -i 1 /dev/sda": "safe",
    "gdisk -l /dev/sda": "safe",
    "gdisk /dev/sda": "dangerous",
    "sgdisk -Z /dev/sda": "dangerous",
    "sgdisk -p -o /dev/sda": "dangerous",
  },
  nearMisses: ["sgdisk -d 1 /dev/sda", "cfdisk /dev/sda", "sgdisk -pZ /dev/sda", "sgdisk -l backup /dev/sda", "gdisk -p /dev/sda"],
});

export const partitionChanges = program({
  ...destroying("changes which partitions the kernel knows", "device"),
  names: "partprobe|partx|addpart|delpart|resizepart|growpart|kpartx",
  source: "partx(8), util-linux 2.39; partprobe(8) 3.6; growpart(1)",
  risk: (inv) =>
    listsPartitions(inv)
      ? "safe"
      : inv.unlisted.length === 0 && inv.options.length === 0 && inv.program !== "delpart"
        ? "caution"
        : unlessHelp("dangerous")(inv),
  flags: "-s|--show -l -N --dry-run --help --version",
  noInverse: "the table of the disk stays as it is",
  examples: {
    "partx -s /dev/sda": "safe",
    "growpart -N /dev/sda 1": "safe",
    "kpartx -l /dev/sda": "safe",
    "partprobe /dev/sda": "caution",
    "growpart /dev/sda 1": "caution",
    "partx -d /dev/sda": "dangerous",
  },
  nearMisses: ["delpart /dev/sda 1", "partx -s -d /dev/sda", "kpartx -d /dev/sda"],
});

const shows: Readonly<Record<string, string>> = { partx: "-s", growpart: "-N", kpartx: "-l" };

function listsPartitions(inv: Invocation): boolean {
  const option = shows[inv.program];
  return option !== undefined && inv.has(option) && inv.options.length === 1 && inv.unlisted.length === 0;
}
