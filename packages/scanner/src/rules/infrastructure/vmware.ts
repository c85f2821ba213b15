// govc, esxcli and vim-cmd: machines of VMware; xe and xl: machines of Xen. The verb is the last part of a dotted or dashed word.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { serverAddress } from "./addresses.ts";
import { asksHelp, named, namedBy } from "./verb-kinds.ts";

const base = { operands: "name*", anyOption: true, anyWord: true } as const;
const reads: CommandRule = {
  ...base,
  why: "prints the state of machines and hosts",
  options: {
    "-f": { arity: "optional", unbounded: true, why: "follows without end" },
    "-u": serverAddress,
  },
};
const secrets: CommandRule = { ...reads, why: "prints settings that may hold secrets, or the content of files", sensitive: true };
const changes: CommandRule = {
  ...base,
  risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
  why: "changes a machine, a host or a network",
  targets: (inv) => namedBy("machine", "-vm", "-host")(inv),
  values: "-vm -host",
  noInverse: "the list or info form shows the state before",
};
const destroys: CommandRule = {
  ...changes,
  risk: (inv) => (asksHelp(inv) ? "safe" : "dangerous"),
  why: "ends or deletes something, runs a program, or changes who may do what",
};

const govcReads =
  /^(about|ls|find|tree|events|tasks|version|license\.ls|[a-z.]*\.(info|ls|list|find|tree|usage|status|collect|counter|get|type|interval|sample)|metric\.(ls|sample|interval\.info)|permissions\.ls|role\.ls|tags\.[a-z.]*(ls|info|get)|vm\.(ip|info|rdm\.ls|disk\.ls|network\.ls|option\.(info|ls)|target\.(info|cap\.ls))|device\.(info|ls)|host\.(date\.info|service\.ls|storage\.info|vnic\.info|portgroup\.info|vswitch\.info|cert\.info|option\.ls)|snapshot\.tree|object\.collect|volume\.ls|sso\.(group|user|service)\.(ls|id)|namespace\.[a-z.]*(ls|info)|vsan\.info|cluster\.[a-z.]*(ls|info|usage)|dvs\.portgroup\.info|library\.(ls|info)|session\.ls)$/;
const govcDestroys =
  /(destroy|remove|rm|delete|unregister|shutdown|disconnect|kill|wipe|terminate|detach|power|passwd|permissions\.(set|remove)|role\.(create|update|remove)|account\.|guest\.(run|start|kill|rm|rmdir|mv|upload|chmod|chown)|esxcli|revert|evict|logout|vm\.console|sso\.)/;

function govcVerb(word: string): CommandRule | undefined {
  if (govcReads.test(word)) return reads;
  if (
    /^(env|guest\.(ps|getenv|download|df|ls)|datastore\.(tail|download)|logs(\.ls|\.download)?|vm\.keystrokes|extension\.info|option\.ls|host\.option\.ls|datastore\.cat)$/.test(
      word,
    )
  )
    return secrets;
  if (!/^[a-z][a-z0-9]*(\.[a-z0-9]+)+$/.test(word)) return undefined;
  return govcDestroys.test(word) ? destroys : changes;
}

export const govc = program({
  names: "govc",
  source: "github.com/vmware/govmomi, govc/USAGE.md of 0.52",
  style: "goflag",
  risk: (inv) => (asksHelp(inv) ? "safe" : "unknown"),
  why: "works with vSphere",
  optional: "-h|-help",
  otherVerb: govcVerb,
  examples: {
    "govc ls -u https://x.example.com": "caution",
    "govc about": "safe",
    "govc env": "caution",
    "govc vm.info -json web": "safe",
    "govc ls /dc/vm": "safe",
    "govc events -f": "caution",
    "govc datastore.info": "safe",
    "govc vm.power -off web": "dangerous",
    "govc vm.destroy web": "dangerous",
    "govc vm.change -vm web -m 4096": "caution",
    "govc snapshot.create -vm web x": "caution",
    "govc guest.run -vm web /bin/ls": "dangerous",
    "govc datastore.download x /tmp/x": "caution",
  },
  nearMisses: ["govc", "govc frob", "govc snapshot.remove -vm web x", "govc permissions.set -principal x"],
});

/** Words of `esxcli NAMESPACE... COMMAND`: the first of these decides. */
function esxcliRisk(inv: Invocation): "safe" | "caution" | "dangerous" | "unknown" {
  const words = inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?"));
  if (
    words.some((word) =>
      /^(kill|shutdown|poweroff|reboot|remove|delete|uninstall|unmap|format|destroy|reset|leave|detach|unload|clear|purge|unregister|wipe|evacuate)$/.test(
        word,
      ),
    )
  )
    return "dangerous";
  if (words.includes("?")) return "unknown";
  if (
    words.some((word) =>
      /^(set|add|load|update|install|enter|exit|apply|create|rescan|refresh|join|start|stop|enable|disable|change|mark|run|send|restore|mount|unmount|claim|rename|upgrade|test|reload|sync|reset|import|restart|power|cancel|abort)$/.test(
        word,
      ),
    )
  )
    return "caution";
  return /^(list|get|stats|summary|version|hostname|time)$/.test(words.at(-1) ?? "") ? "safe" : "unknown";
}

export const esxcli = program({
  names: "esxcli|localcli",
  source: "developer.broadcom.com, ESXCLI reference 8.0",
  risk: esxcliRisk,
  why: "shows and changes a host of VMware",
  flags: "--debug --all -a --ipv4 --ipv6",
  values:
    "--formatter -i --interface -n --netstack --type -t --vib-name -d --device -w --world-id -f --file --name -l --level -p -s -A -v -o -u -N --dry-run -r -k -e --enable",
  operands: "name*",
  targets: (inv) => [...inv.all("-w"), ...inv.all("-d"), ...inv.all("--vib-name")].map((arg) => ({ kind: "object", name: arg.text })),
  noInverse: "the get or list form shows the state before",
  examples: {
    "esxcli vm process list": "safe",
    "esxcli --formatter json network nic list": "safe",
    "esxcli network ip interface ipv4 get -i vmk0": "safe",
    "esxcli system maintenanceMode set -e true": "caution",
    "esxcli system settings advanced set -o /x -i 1": "caution",
    "esxcli vm process kill -t force -w 123": "dangerous",
    "esxcli system shutdown reboot -d 10": "dangerous",
  },
  nearMisses: ["esxcli", "esxcli network firewall", "esxcli software vib remove -n x"],
});

export const vimCmd = program({
  names: "vim-cmd",
  source: "vim-cmd help, ESXi 8.0",
  style: "none",
  risk: (inv) => {
    const word = inv.operand(0) ?? "?";
    if (
      /\.(off|reset|suspend|shutdown|destroy|unregister|remove|revert|hibernate|reboot)|\/(destroy|unregister|power\.off|power\.reset|power\.suspend|power\.shutdown|power\.reboot|remove\w*|delete\w*|revert|reset|shutdown\w*|reboot\w*|snapshot\.remove\w*|snapshot\.revert)/.test(
        word,
      )
    )
      return "dangerous";
    if (
      /^(vmsvc\/(getallvms|get\.\w+|power\.getstate|snapshot\.get)|hostsvc\/(host\w+|get\w+|storage\/\w*info|net\/\w*info|datastore\/(listsummary|info)|runtimeinfo|summary|queryconnectioninfo)|solo\/(querycfgopt|environment|rootdir)|vimsvc\/(task_list|task_info)|help|internalsvc\/host_info)$/.test(
        word,
      )
    )
      return "safe";
    return word === "?" ? "unknown" : "caution";
  },
  why: "shows and changes machines of a host",
  operands: "name*",
  targets: named("machine", 1),
  noInverse: "the get form shows the state before",
  examples: {
    "vim-cmd vmsvc/getallvms": "safe",
    "vim-cmd vmsvc/power.getstate 3": "safe",
    "vim-cmd vmsvc/power.on 3": "caution",
    "vim-cmd vmsvc/power.off 3": "dangerous",
    "vim-cmd vmsvc/destroy 3": "dangerous",
  },
  nearMisses: ["vim-cmd", "vim-cmd hostsvc/maintenance_mode_enter"],
});

export const xen = program({
  names: "xe|xl|xm",
  source: "docs.xenserver.com, xe command reference 8; xl(1) 4.20",
  style: "none",
  risk: (inv) => {
    const word = inv.operand(0) ?? "?";
    if (
      /^((\w+-)*(list|list-\w+|param-get|param-list|data-source-list|data-source-query|get-\w+|status)|list|info|vcpu-list|uptime|dmesg|domid|domname|network-list|block-list|cpupool-list|vm-list|help|version|sched-credit2?)$/.test(
        word,
      )
    )
      return "safe";
    if (
      /(destroy|uninstall|delete|forget|eject|shutdown|reboot|force|reset|remove|detach|revert|emergency|declare-dead|restore|disable|kill|crash)/.test(
        word,
      )
    )
      return "dangerous";
    return word === "?" || /^(console|debug-keys|sysrq|top|vncviewer)$/.test(word) ? "unknown" : "caution";
  },
  why: "shows and changes machines of Xen",
  operands: "name*",
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "machine", name: arg.text })),
  noInverse: "the list form shows the state before",
  examples: {
    "xe vm-list": "safe",
    "xe host-param-list uuid=1": "safe",
    "xl list": "safe",
    "xe vm-start vm=web": "caution",
    "xe vm-shutdown vm=web --force": "dangerous",
    "xl destroy web": "dangerous",
    "xl console web": "unknown",
  },
  nearMisses: ["xe", "xe vm-uninstall vm=web", "xl create x.cfg", "xe host-emergency-ha-disable"],
});
