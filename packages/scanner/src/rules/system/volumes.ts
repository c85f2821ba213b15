// LVM: reports are safe, growing and switching is caution, what removes, shrinks or overwrites is dangerous.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { asksHelp, plainOperands, unlessHelp } from "./rule-kinds.ts";
import { destroying } from "../verb-rules.ts";

const volume = operandTargets("volume");

export const lvmReports = program({
  names: "lvs|vgs|pvs|lvdisplay|vgdisplay|pvdisplay|lvscan|pvscan|vgscan|lvmdiskscan",
  source: "lvs(8), vgs(8), pvs(8), lvm2 2.03",
  why: "reports logical volumes",
  flags:
    "-a|--all -v|--verbose -vv -vvv --noheadings --nosuffix -P|--partial --aligned --segments --short -s -c|--colon -C|--columns -m|--maps --foreign --shared --readonly --nolocking --binary --nameprefixes --rows --unbuffered --unquoted --history -H -q|--quiet -y|--yes -t|--test -A -b|--blockdevice -L -l --help --version -h",
  values: "-o|--options -O|--sort --units --separator --reportformat -S|--select --configreport --logonly -d|--debug",
  options: { "--cache|--mknodes|--notifydbus": { arity: "optional", risk: "caution", why: "writes a cache or device nodes" } },
  operands: "data*",
  noInverse: "the cache is made anew",
  examples: {
    lvs: "safe",
    "pvs -o+pv_used": "safe",
    "vgdisplay vg0": "safe",
    "lvs -a -o +devices --units g": "safe",
    "pvscan --cache": "caution",
  },
  nearMisses: ["vgscan --mknodes", "lvs --config log/file=/x"],
});

function back(inv: Invocation): Inverse | undefined {
  const names = plainOperands(inv);
  const active = inv.value("-a");
  if (names === undefined || active === undefined) return undefined;
  return { kind: "command", command: `${inv.program} -a ${active.includes("n") ? "y" : "n"} ${names}` };
}

/** A size with a plus in front grows; anything else may shrink. */
function resizeRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  const size = inv.value("-L") ?? inv.value("-l");
  const grows = inv.program === "lvextend" || (inv.program === "lvresize" && size?.startsWith("+") === true);
  return inv.has("-f") || !grows ? "dangerous" : "caution";
}

const common = "-v|--verbose -q|--quiet -y|--yes -t|--test -f|--force -n|--nofsck -r|--resizefs --help --version";

export const lvmResize = program({
  names: "lvextend|lvresize|lvreduce",
  source: "lvextend(8), lvreduce(8), lvm2 2.03",
  risk: resizeRisk,
  why: "changes the size of a volume; one that shrinks loses what lies behind its new end",
  safer: "lvs; vgs",
  flags: common,
  values: "-L|--size -l|--extents -i|--stripes -I|--stripesize -m|--mirrors --poolmetadatasize --alloc --type --fs",
  operands: "name*",
  targets: volume,
  noInverse: "a volume that holds a file system is not made smaller without loss",
  examples: {
    "lvextend -L +20G /dev/vg0/data": "caution",
    "lvextend -rl +100%FREE vg0/data": "caution",
    "lvresize -L +1G vg0/data": "caution",
    "lvresize -L 5G vg0/data": "dangerous",
    "lvreduce -L 5G vg0/data": "dangerous",
    "lvextend --help": "safe",
  },
  nearMisses: ["lvreduce -f -L -1G vg0/data", "lvresize -L -1G vg0/data"],
});

export const lvmChanges = program({
  names:
    "lvchange|vgchange|lvrename|vgrename|vgextend|lvcreate|pvresize|pvchange|vgcfgbackup|vgimport|vgck|vgmknodes|pvmove|vgimportclone|lvmdump|vgexport|lvpoll|vgimportdevices|lvmdevices",
  source: "lvchange(8), vgchange(8), lvcreate(8), pvmove(8), lvm2 2.03",
  risk: unlessHelp("caution"),
  why: "changes volumes",
  safer: "lvs; vgs; pvs",
  flags: `${common} -K -Z`,
  values: "-a|--activate -L|--size -l|--extents --name -p|--permission",
  anyOption: true,
  operands: "name*",
  inspect: (inv, ctx) => {
    const off = (inv.value("-a") ?? "").includes("n");
    if (off && (inv.operands.length === 0 || inv.program === "vgchange"))
      ctx.report({ risk: "dangerous", why: "takes a whole group of volumes away" });
    if (inv.program === "pvmove" && inv.unlisted.some((arg) => arg.text === "--abort")) ctx.report({ risk: "caution", why: "ends a move" });
  },
  targets: volume,
  inverse: back,
  noInverse: "lvs, vgs and pvs show what it was before",
  examples: {
    "lvchange -ay vg0/data": "caution",
    "lvcreate -L 5G -n snap vg0": "caution",
    "lvrename vg0 a b": "caution",
    "vgchange -an vg0": "dangerous",
    "lvcreate --help": "safe",
  },
  nearMisses: ["vgchange -a n", "pvmove /dev/sdb"],
});

export const lvmRemoval = program({
  ...destroying("removes volumes, or writes over the disks below them", "volume"),
  names:
    "lvremove|vgremove|pvremove|pvcreate|vgcreate|vgreduce|vgsplit|vgmerge|lvconvert|vgconvert|pvck|vgcfgrestore|thin_repair|cache_repair",
  source: "lvremove(8), vgremove(8), pvcreate(8), vgcfgrestore(8), lvm2 2.03",
  risk: (inv) =>
    inv.program === "vgcfgrestore" && inv.has("-l") && inv.unlisted.length === 0 && inv.options.length === 1
      ? "safe"
      : unlessHelp("dangerous")(inv),
  safer: "lvs; vgs; pvs",
  flags: "-l|--list --help --version",
  examples: {
    "lvremove -f vg0/data": "dangerous",
    "vgremove vg0": "dangerous",
    "pvcreate /dev/sdb": "dangerous",
    "vgcfgrestore --list vg0": "safe",
    "lvremove --help": "safe",
  },
  nearMisses: ["vgreduce vg0 /dev/sdb", "vgcfgrestore -l -f x vg0", "pvremove -ff /dev/sdb", "lvremove -t vg0/data"],
});

export const lvm = program({
  names: "lvm",
  source: "lvm(8), lvm2 2.03",
  style: "posix",
  why: "runs one of the programs of LVM",
  flags: "--help --version",
  operands: "inner*",
  inspect: (inv, ctx) => {
    const verb = inv.operand(0);
    if (verb === undefined) {
      if (inv.options.length === 0) ctx.report({ risk: "unknown", why: "reads its commands from its input" });
    } else if (!/^(version|help|segtypes|formats|systemid|tags)$/.test(verb)) ctx.scanArgv(inv.operands);
  },
  examples: { "lvm lvs": "safe", "lvm version": "safe", "lvm lvremove vg0/data": "dangerous", lvm: "unknown" },
  nearMisses: ["lvm dumpconfig -f x", "lvm vgremove vg0"],
});
