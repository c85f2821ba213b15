// virsh and the tools around libvirt: machines on this host. virsh takes several commands in one call, separated by `;` words.
import type { Arg } from "../../arg.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";
import { asksHelp, named, switchedOn, undoneBy, verbTable } from "./verb-kinds.ts";
import type { Invocation } from "../../invocation.ts";

const plainConnection = /^(qemu|lxc|xen|test|vbox|bhyve)(\+(ssh|tls|tcp|unix))?:\/\/[\w.@:-]*\/(system|session|default)?$/;

/** A word with `;` begins another command. */
function seeOthers(inv: Invocation, ctx: RuleContext): void {
  const bad = [...inv.operands, ...inv.unlisted].find((arg: Arg) => arg.text.includes(";") || arg.shape === "many" || arg.shape === "glob");
  if (bad !== undefined) ctx.report({ risk: "unknown", why: "may begin another command of virsh", span: bad.span });
}

const reads = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  why,
  operands: "data*",
  anyOption: true,
  inspect: seeOthers,
  ...more,
});
const kind = "machine";
const changes = (why: string, noInverse: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: named(kind),
  ...(more.inverse === undefined ? { noInverse } : {}),
  inspect: seeOthers,
  ...more,
});
const destroys = (why: string, what = kind): CommandRule => changes(why, "", { risk: "dangerous", targets: named(what) });

export const virsh = program({
  names: "virsh",
  source: "virsh(1), libvirt 11",
  risk: (inv) => (asksHelp(inv) || ((switchedOn(inv, "-v") || switchedOn(inv, "-V")) && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "shows and changes machines of this host",
  flags: "-q|--quiet -r|--readonly -t|--timing",
  values: "-d|--debug -k|--keepalive-interval -K|--keepalive-count -e|--escape",
  optional: "-h|--help -v|--version -V",
  options: {
    "-c|--connect": {
      check: (value) =>
        value.shape === "literal" && plainConnection.test(value.text)
          ? undefined
          : { risk: "unknown", why: "an address of this kind may name a program to run", safer: "qemu:///system" },
    },
    "-l|--log": { kind: "write", why: "writes a log" },
  },
  noInverse: "delete the file",
  targets: () => [],
  get verbs() {
    return verbTable({
      "list, dominfo, domstate, domuuid, domid, domname, domblklist, domblkinfo, domblkstat, domblkerror, domiflist, domifaddr, domifstat, domif-getlink, domstats, domcontrol, domcapabilities, domjobinfo, domfsinfo, domhostname, vcpuinfo, vcpucount, iothreadinfo, cpu-stats, capabilities, nodeinfo, nodecpumap, nodecpustats, nodememstats, nodedev-list, nodedev-info, nodedev-dumpxml, sysinfo, hostname, uri, version, freecell, freepages, maxvcpus, cpu-models, net-list, net-info, net-dumpxml, net-name, net-uuid, net-dhcp-leases, net-port-list, iface-list, iface-dumpxml, iface-name, iface-mac, nwfilter-list, nwfilter-dumpxml, pool-list, pool-info, pool-dumpxml, pool-name, pool-uuid, pool-capabilities, vol-list, vol-info, vol-dumpxml, vol-key, vol-name, vol-path, vol-pool, snapshot-list, snapshot-info, snapshot-parent, snapshot-dumpxml, checkpoint-list, checkpoint-info, checkpoint-dumpxml, secret-list, secret-dumpxml, guestinfo, get-user-sshkeys, backup-dumpxml, help, hypervisor-cpu-models, domlaunchsecinfo, managedsave-dumpxml, domdisplay, server-list, server-info, client-list, client-info":
        reads("prints the state of machines and of the host"),
      dommemstat: reads("prints how much memory a machine uses", {
        options: { "--period": { risk: "caution", why: "sets how often the machine tells" } },
      }),
      dumpxml: reads("prints how a machine is made", {
        optional: "--security-info",
        sensitive: (inv) => switchedOn(inv, "--security-info"),
        safer: "without --security-info, passwords are masked",
      }),
      "secret-get-value, vncdisplay": reads("prints a secret, or where to see the screen", {
        sensitive: (inv) => inv.path[0] === "secret-get-value",
      }),
      "event, net-event, pool-event, nodedev-event, secret-event": reads("waits for events", {
        flags: "--loop",
        unbounded: (inv) => !inv.has("--list"),
        optional: "--list",
        values: "--timeout",
      }),
      start: changes("starts a machine", "", { inverse: (inv) => (inv.has("-c") ? undefined : undoneBy(inv, "shutdown", [])) }),
      shutdown: changes("asks a machine to shut down", "", { inverse: (inv) => (inv.has("-c") ? undefined : undoneBy(inv, "start", [])) }),
      suspend: changes("pauses a machine", "", { inverse: (inv) => (inv.has("-c") ? undefined : undoneBy(inv, "resume", [])) }),
      resume: changes("lets a machine go on", "", { inverse: (inv) => (inv.has("-c") ? undefined : undoneBy(inv, "suspend", [])) }),
      "reboot, managedsave, save, restore, autostart, setmem, setmaxmem, setvcpus, setvcpu, migrate, migrate-setmaxdowntime, migrate-setspeed, attach-device, attach-disk, attach-interface, change-media, update-device, update-memory-device, edit, define, create, dump, screenshot, domif-setlink, domiftune, blkdeviotune, blkiotune, memtune, numatune, schedinfo, vcpupin, emulatorpin, iothreadadd, iothreadpin, set-user-sshkeys, send-key, inject-nmi, send-process-signal, metadata, desc, domrename, domtime, domfsfreeze, domfsthaw, domfstrim, dompmsuspend, dompmwakeup, domsetlaunchsecstate, blockcopy, blockcommit, blockpull, blockjob, blockresize, backup-begin, net-start, net-define, net-create, net-update, net-edit, net-autostart, iface-define, iface-start, iface-edit, iface-begin, iface-commit, nwfilter-define, nwfilter-edit, pool-start, pool-define, pool-create, pool-create-as, pool-define-as, pool-build, pool-refresh, pool-edit, pool-autostart, vol-create, vol-create-as, vol-create-from, vol-clone, vol-resize, vol-upload, vol-download, snapshot-create, snapshot-create-as, snapshot-edit, snapshot-current, checkpoint-create, checkpoint-create-as, checkpoint-edit, secret-define, secret-set-value, nodedev-reattach, nodedev-detach, nodedev-create, nodedev-define, nodedev-start, nodedev-autostart, node-memory-tune, nodesuspend, hypervisor-cpu-baseline, cpu-baseline, cpu-compare, guest-agent-timeout, guestvcpus, domdirtyrate-calc, allocpages, perf":
        changes("changes a machine, a network or a disk", "dumpxml shows the state before; what a running machine held in memory is gone"),
      "destroy, undefine, reset, managedsave-remove, managedsave-edit, save-image-edit, domjobabort, migrate-postcopy, detach-device, detach-device-alias, detach-disk, detach-interface, snapshot-delete, snapshot-revert, checkpoint-delete, iothreaddel, net-destroy, net-undefine, iface-destroy, iface-undefine, iface-unbridge, iface-rollback, nwfilter-undefine, pool-destroy, pool-delete, pool-undefine, nodedev-destroy, nodedev-undefine":
        destroys("ends or deletes a machine, a network or a pool at once"),
      "vol-delete, vol-wipe, secret-undefine, set-user-password": destroys("deletes a disk or a secret, or changes a password", "object"),
      "qemu-monitor-command, qemu-agent-command, qemu-attach, lxc-enter-namespace": destroys(
        "sends a command to the emulator or into the machine",
      ),
      "console, cd, connect, qemu-monitor-event, echo": {
        risk: "unknown",
        why: "talks at the terminal, or changes where commands go",
        operands: "data*",
      },
    });
  },
  examples: {
    "virsh list --all": "safe",
    "virsh -c qemu:///system dominfo web-1": "safe",
    "virsh -r dumpxml web-1": "safe",
    "virsh dumpxml web-1 --security-info": "caution",
    "virsh domblkstat web-1 vda": "safe",
    "virsh start web-1": "caution",
    "virsh reboot web-1": "caution",
    "virsh destroy web-1": "dangerous",
    "virsh undefine web-1 --remove-all-storage": "dangerous",
    "virsh vol-delete x --pool p": "dangerous",
    "virsh -c 'qemu+ssh://h/system?command=/tmp/x' list": "unknown",
    "virsh list ';' destroy web-1": "unknown",
    "virsh -l /tmp/x list": "caution",
    "virsh event --loop": "caution",
    "virsh console web-1": "unknown",
    "virsh --version": "safe",
  },
  nearMisses: ["virsh", "virsh list $X", "virsh frob", "virsh -c list destroy x", "virsh 'list; destroy x'"],
});

export const guestTools = program({
  names:
    "virt-df|virt-filesystems|virt-inspector|virt-ls|virt-cat|virt-log|virt-diff|virt-host-validate|virt-what|virt-xml-validate|virt-get-kernel",
  source: "libguestfs.org, man pages of libguestfs-tools 1.54",
  risk: (inv) => (inv.program === "virt-get-kernel" ? "caution" : "safe"),
  why: "reads disks of machines from outside",
  flags:
    "-h|--human-readable --csv -i|--inodes -l|--long -R|--recursive -v --version --help --all --partitions --volume-groups --logical-volumes --filesystems --extra --parts --lvs --vgs --pvs --block-devices --uuid --uuids -q|--quiet --checksum --times --time-days --uids",
  values: "-d|--domain -a|--add --format -f",
  options: {
    "-c|--connect": { risk: "unknown", why: "an address may name a program to run" },
    "-m|--mount|-o|--output": { risk: "caution", why: "mounts or writes" },
  },
  operands: "read*",
  targets: () => [],
  noInverse: "delete the file",
  examples: {
    "virt-df -h -d web-1": "safe",
    "virt-cat -d web-1 /etc/hosts": "safe",
    "virt-cat -d web-1 /etc/shadow": "caution",
    "virt-df -c x": "unknown",
    "virt-ls -d web-1 -m /dev/sda1 /": "caution",
  },
  nearMisses: ["virt-get-kernel -d web-1", "virt-cat --frob"],
});

export const guestMakers = program({
  names:
    "virt-install|virt-clone|virt-customize|virt-sysprep|virt-resize|virt-sparsify|virt-edit|virt-copy-in|virt-copy-out|virt-tar-in|virt-tar-out|virt-builder|virt-v2v|virt-xml|virt-make-fs|virt-format|virt-rescue|guestfish|guestmount|guestunmount|virt-manager|virt-viewer|virt-top",
  source: "virt-install(1), libguestfs.org",
  risk: (inv) =>
    /^virt-(format|sysprep)$/.test(inv.program)
      ? "dangerous"
      : /^(guestfish|virt-rescue|virt-customize)$/.test(inv.program)
        ? "unknown"
        : "caution",
  why: "makes or changes machines or their disks",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: named("disk"),
  unbounded: (inv) => /^virt-(top|manager|viewer)$/.test(inv.program),
  noInverse: "a disk is not set back",
  examples: {
    "virt-clone -o web-1 -n web-2 --auto-clone": "caution",
    "virt-format -a disk.img": "dangerous",
    "guestfish -a disk.img": "unknown",
    "virt-top": "caution",
  },
  nearMisses: ["virt-install --name x", "virt-sysprep -d web-1"],
});
