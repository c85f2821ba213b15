// lxc, incus and multipass: containers and small machines, local or on a named remote.
import { program } from "../../rule.ts";
import { asksHelp, change, destroy, endless, read, reversible, runs, secret, switchedOn, verbTable } from "./verb-kinds.ts";

const before = "the show form prints the state before";

export const lxc = program({
  names: "lxc|incus",
  source: "linuxcontainers.org/incus/docs, 6.17; documentation.ubuntu.com/lxd, 6.5",
  style: "go",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "shows and changes containers and machines",
  values: "--project",
  optional: "-h|--help --version --debug -v|--verbose -q|--quiet --force-local --sub-commands",
  get verbs() {
    return verbTable({
      "list, ls, info, version, help, config show|get, config device list|show|get, config metadata show, config template list|show, config trust list|show, network list|show|get|info, network acl|zone|peer|forward|load-balancer list|show|get, network list-leases|list-allocations, storage list|show|get|info, storage volume list|show|get|info, storage bucket list|show|get, profile list|show|get, profile device list|show|get, image list|info|show, image alias list, project list|show|get|info, project get-current, cluster list|show|get|info, cluster group list|show, remote list, remote get-default, alias list, operation list|show, warning list|show, snapshot list|show, admin cluster list":
        read("prints the state of containers and machines"),
      "storage bucket key list|show": secret("prints keys"),
      "config trust list-tokens, cluster list-tokens": secret("prints tokens"),
      monitor: endless("prints events until it is stopped"),
      exec: runs("runs a command inside a container", "container", 1, {
        flags: "-t|--force-interactive -T|--force-noninteractive -n|--disable-stdin",
        values: "--cwd --user --group --mode",
        options: { "--env": { risk: "unknown", why: "sets variables, which may change what runs" } },
      }),
      start: reversible("starts a container", "container", "stop"),
      stop: reversible("stops a container", "container", "start", {
        options: {
          "--all": { arity: "optional", risk: "dangerous", why: "stops every container", safer: "name the container" },
          "-f|--force": { arity: "optional", risk: "dangerous", why: "kills what runs in it" },
        },
      }),
      pause: reversible("pauses a container", "container", "start"),
      "restart, resume, unpause, init, launch, create, copy, cp, move, mv, rename, publish, export, import, snapshot, snapshot create|rename, file push|pull|create|edit|mount, config set|unset|edit, config device add|set|unset|override, config metadata edit, config template create|edit, network create|set|unset|edit|attach|attach-profile|rename, network acl|zone|peer|forward|load-balancer create|set|unset|edit|rename, storage create|set|unset|edit, storage volume create|copy|move|rename|set|unset|edit|attach|attach-profile|snapshot|import|export, storage bucket create|set|unset|edit|import|export, profile create|copy|rename|set|unset|edit|add|assign|apply, profile device add|set|unset, image copy|export|import|edit|refresh|set-property|unset-property, image alias create|rename, project create|rename|set|unset|edit|switch, cluster set|unset|edit|rename|enable|restore, cluster role add, cluster group create, remote switch|rename|set-url|set-default, alias add|rename, warning acknowledge":
        change("changes a container, a network or a disk", "object", before),
      "delete, rm, rebuild, restore, snapshot delete|restore, config device remove, config template delete, network delete|detach|detach-profile, network acl|zone|peer|forward|load-balancer delete, storage delete, storage volume delete|detach|detach-profile|restore, storage bucket delete, profile delete|remove, profile device remove, image delete, image alias delete, project delete, cluster remove|evacuate, cluster group delete, cluster role remove, file delete, operation delete, warning delete, alias remove":
        destroy("deletes or overwrites something", "object"),
      "remote add|remove|generate-certificate, config trust add|add-certificate|edit|remove|revoke-token, cluster add|add-token|revoke-token|update-certificate, storage bucket key create|delete|edit, admin init|recover|shutdown|waitready|sql|cluster, query":
        destroy("opens or closes a way in, or talks to the server directly", "remote"),
      "shell, console": { risk: "unknown", why: "opens a terminal", operands: "data*" },
    });
  },
  examples: {
    "lxc list -f json": "safe",
    "incus config show web": "safe",
    "lxc network list --project a": "safe",
    "incus exec web -- df -h": "caution",
    "incus exec web -- rm -rf /srv": "dangerous",
    "incus exec --env A=b web -- id": "unknown",
    "lxc stop web": "caution",
    "lxc stop --all": "dangerous",
    "lxc stop web --force": "dangerous",
    "incus delete web --force": "dangerous",
    "incus config set web limits.cpu 2": "caution",
    "lxc config trust add x.crt": "dangerous",
    "incus monitor": "caution",
    "lxc shell web": "unknown",
  },
  nearMisses: ["lxc", "lxc frob", "incus --project list delete web", "incus query -X DELETE /1.0/x"],
});

export const multipass = program({
  names: "multipass",
  source: "documentation.ubuntu.com/multipass, 1.16",
  globals: "anywhere",
  risk: (inv) => (asksHelp(inv) && inv.operands.length === 0 ? "safe" : "unknown"),
  why: "shows and changes small machines",
  optional: "-h|--help -v|--verbose",
  get verbs() {
    return verbTable({
      "list, ls, info, find, version, networks, aliases, get, help": read("prints the state of machines", {
        sensitive: (inv) => /passphrase/.test(inv.operand(0) ?? ""),
      }),
      start: reversible("starts a machine", "machine", "stop"),
      stop: reversible("stops a machine", "machine", "start"),
      suspend: reversible("suspends a machine", "machine", "start"),
      "launch, restart, mount, umount, unmount, transfer, copy-files, set, alias, unalias, prefer, snapshot, clone, recover, authenticate":
        change("changes a machine", "machine", "multipass info shows the state before"),
      "delete, purge, restore": destroy("deletes a machine", "machine"),
      exec: runs("runs a command inside a machine", "machine", 1, {
        values: "-d|--working-directory",
        flags: "-n|--no-map-working-directory",
      }),
      "shell, sh, connect": { risk: "unknown", why: "opens a shell", operands: "data*" },
    });
  },
  examples: {
    "multipass list": "safe",
    "multipass info web": "safe",
    "multipass stop web": "caution",
    "multipass exec web -- uptime": "caution",
    "multipass exec web -- rm -rf /srv": "dangerous",
    "multipass delete --purge web": "dangerous",
    "multipass shell web": "unknown",
  },
  nearMisses: ["multipass", "multipass frob", "multipass exec web"],
});

export const lowLevelContainers = program({
  names:
    "lxc-ls|lxc-info|lxc-top|lxc-checkconfig|lxc-config|lxc-attach|lxc-start|lxc-stop|lxc-destroy|lxc-execute|lxc-freeze|lxc-unfreeze|lxc-snapshot|lxc-create|lxc-copy|lxc-console|lxc-monitor|lxc-cgroup",
  source: "lxc(7) 6.0",
  risk: (inv) => {
    if (/^lxc-(ls|info|checkconfig|config)$/.test(inv.program)) return "safe";
    if (/^lxc-(destroy|stop|snapshot)$/.test(inv.program)) return "dangerous";
    if (/^lxc-(attach|execute|console)$/.test(inv.program)) return "unknown";
    return "caution";
  },
  why: "shows or changes containers of this host",
  operands: "name*",
  flags:
    "-f|--fancy -1 --active --frozen --running --stopped --defined -i|--ips -p|--pid -s|--state -S|--stats -H|--no-humanize -q|--quiet -l|--list -a|--all",
  values: "-n|--name -F|--fancy-format -c|--config --filter -g|--groups",
  options: { "-P|--lxcpath|--rcfile|-o|--logfile": { risk: "unknown", why: "takes settings from, or writes to, another folder" } },
  targets: (inv) => [...inv.all("-n"), ...inv.operands].map((arg) => ({ kind: "container", name: arg.text })),
  unbounded: (inv) => /^lxc-(top|monitor)$/.test(inv.program),
  noInverse: "lxc-info shows the state before",
  examples: {
    "lxc-ls -f": "safe",
    "lxc-info -n web": "safe",
    "lxc-start -n web": "caution",
    "lxc-stop -n web": "dangerous",
    "lxc-destroy -n web": "dangerous",
    "lxc-attach -n web": "unknown",
    "lxc-ls -P /tmp/x": "unknown",
  },
  nearMisses: ["lxc-top", "lxc-ls --frob", "lxc-attach -n web -- id"],
});
