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

/** What each tool is asked for when it only shows. */
const shows: Readonly<Record<string, (inv: Invocation) => boolean>> = {
  efibootmgr: (inv) => inv.options.every((use) => use.spec.names.includes("-v")),
  grubby: (inv) => inv.options.length > 0 && ["-v", "-p", "--help", "--version"].every((name) => !inv.has(name)),
  nvram: (inv) => inv.options.length === 1 && inv.has("-p"),
};

function readsFirmware(inv: Invocation): boolean {
  if (inv.unlisted.length > 0) return false;
  if (inv.program === "fwupdmgr") return inv.operands.length === 1 && /^get-(devices|history|topology|remotes)$/.test(inv.operand(0) ?? "");
  return inv.operands.length === 0 && shows[inv.program]?.(inv) === true;
}
