// VBoxManage: machines of VirtualBox.
import { program } from "../../rule.ts";
import { asksHelp, bareRisk, change, destroy, endless, read, verbTable } from "./verb-kinds.ts";

const boxBefore = "VBoxManage showvminfo shows the state before";

export const virtualBox = program({
  names: "VBoxManage|vboxmanage|VBoxHeadless",
  source: "virtualbox.org manual, chapter 8, 7.2",
  style: "long",
  risk: bareRisk,
  why: "shows and changes machines of VirtualBox",
  optional: "--help|-h --version|-v --nologo -q",
  get verbs() {
    return verbTable({
      "list, showvminfo, showmediuminfo, showhdinfo, guestproperty get|enumerate, getextradata, metrics list|query, help, dhcpserver findlease, cloud list":
        read("prints the state of machines"),
      "guestproperty wait, metrics collect": endless("waits for changes"),
      "startvm, modifyvm, clonevm, createvm, registervm, import, export, createmedium, createhd, modifymedium, modifyhd, clonemedium, clonehd, convertfromraw, storageattach, storagectl, bandwidthctl, setextradata, setproperty, sharedfolder, hostonlyif, dhcpserver, natnetwork, hostonlynet, movevm, encryptvm, mediumio, usbfilter, extpack install, guestproperty set|unset, metrics setup|enable|disable, setpassword, signova, unattended, checkmediumpwd, updatecheck":
        change("changes a machine or a disk", "machine", boxBefore),
      "unregistervm, closemedium, discardstate, adoptstate, extpack uninstall|cleanup, guestproperty delete, cloud instance": destroy(
        "removes a machine or a disk",
        "machine",
      ),
      controlvm: change("pauses, resumes or changes a running machine", "machine", boxBefore, {
        inspect: (inv, ctx) => {
          if (/^(poweroff|reset|unplugcpu|detachdevice)$/.test(inv.operand(1) ?? "poweroff"))
            ctx.report({ risk: "dangerous", why: "ends a machine at once" });
        },
      }),
      snapshot: {
        risk: (inv) =>
          asksHelp(inv) || /^(list|showvminfo)$/.test(inv.operand(1) ?? "")
            ? "safe"
            : /^(take|edit)$/.test(inv.operand(1) ?? "")
              ? "caution"
              : "dangerous",
        why: "shows, makes, restores or deletes copies of a machine",
        operands: "name*",
        optional: "--details --machinereadable --live",
        values: "--description --name",
        targets: (inv) => inv.operands.filter((_, index) => index !== 1).map((arg) => ({ kind: "machine", name: arg.text })),
        noInverse: "delete the copy",
      },
      guestcontrol: {
        risk: "dangerous",
        why: "runs programs or changes files inside a machine",
        operands: "inner*",
        targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "machine", name: arg.text })),
      },
    });
  },
  examples: {
    "VBoxManage list runningvms": "safe",
    "VBoxManage showvminfo web --machinereadable": "safe",
    "VBoxManage startvm web --type headless": "caution",
    "VBoxManage controlvm web pause": "caution",
    "VBoxManage controlvm web poweroff": "dangerous",
    "VBoxManage unregistervm web --delete": "dangerous",
    "VBoxManage snapshot web list": "safe",
    "VBoxManage snapshot web take x": "caution",
    "VBoxManage snapshot web restore x": "dangerous",
    "VBoxManage guestcontrol web run -- /bin/ls": "dangerous",
  },
  nearMisses: ["VBoxManage", "VBoxManage controlvm web", "VBoxManage internalcommands x", "VBoxManage snapshot web frob"],
});
