// What starts a machine: boot entries, firmware and kernel images.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import { unlessHelp } from "./rule-kinds.ts";

export const firmwareChanges = program({
  names:
    "efibootmgr|fwupdmgr|flashrom|grub-install|grub2-install|update-grub|grub-mkconfig|grub2-mkconfig|grub-set-default|grub-reboot|grubby|dracut|mkinitrd|update-initramfs|mkinitcpio|kernel-install|nvram",
  source: "efibootmgr(8), fwupdmgr(1), grub-install(8), dracut(8), nvram(8), macOS 14",
  why: "shows or changes how the machine starts",
  risk: (inv) => (readsFirmware(inv) ? "safe" : unlessHelp("dangerous")(inv)),
  safer: "efibootmgr -v",
  flags: "--help --version -v -p --default-kernel --default-index",
  values: "--info",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("boot setting"),
  examples: {
    efibootmgr: "safe",
    "efibootmgr -v": "safe",
    "fwupdmgr get-devices": "safe",
    "grubby --info=ALL": "safe",
    "grubby --default-kernel": "safe",
    "nvram -p": "safe",
    "nvram -c": "dangerous",
    "efibootmgr -b 3 -B": "dangerous",
    "fwupdmgr update": "dangerous",
    "update-initramfs -u": "dangerous",
  },
  nearMisses: ["flashrom -w rom.bin", "efibootmgr -o 1,2", "nvram -p x=y", "nvram -d x"],
});

function readsFirmware(inv: Invocation): boolean {
  if (inv.unlisted.length > 0) return false;
  if (inv.program === "efibootmgr") return inv.operands.length === 0;
  if (inv.program === "grubby") return inv.operands.length === 0 && inv.options.length > 0 && !inv.has("-v") && !inv.has("-p");
  if (inv.program === "nvram") return inv.has("-p") && inv.operands.length === 0;
  return inv.program === "fwupdmgr" && inv.operands.length === 1 && /^get-(devices|history|topology|remotes)$/.test(inv.operand(0) ?? "");
}
