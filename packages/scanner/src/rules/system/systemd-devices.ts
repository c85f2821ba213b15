// Devices, temporary files and users that systemd keeps.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import { changing, destroying, listing } from "../verb-rules.ts";

export const udevadm = program({
  names: "udevadm",
  source: "udevadm(8), systemd 257",
  why: "shows or changes how devices are set up",
  flags: "-d|--debug -h|--help --version",
  verbs: {
    info: listing("prints what is known about a device", {
      flags: "-r|--root -t|--tree -a|--attribute-walk -e|--export-db -x|--export -w --no-pager -h|--help -V|--version",
      values:
        "-q|--query -p|--path -n|--name -d|--device-id-of-file -P|--export-prefix --property-match --subsystem-match --sysname-match --name-match --property --json",
      options: { "-c|--cleanup-db": { arity: "flag", risk: "dangerous", why: "deletes what is known about devices" } },
    }),
    monitor: {
      why: "follows events of devices without end",
      flags: "-k|--kernel -u|--udev -p|--property -e",
      values: "-s|--subsystem-match -t|--tag-match",
      unbounded: true,
    },
    settle: listing("waits until devices are set up", { flags: "-h|--help", values: "-t|--timeout -E|--exit-if-exists" }),
    "trigger|control|wait|hwdb|verify": changing("sets up devices anew or changes how that is done", "devices are as the rules say"),
    "test|test-builtin|lock": { risk: "unknown", why: "runs rules or programs" },
  },
  examples: {
    "udevadm info /dev/sda": "safe",
    "udevadm info -q all -n sda": "safe",
    "udevadm settle": "safe",
    "udevadm monitor": "caution",
    "udevadm trigger": "caution",
    "udevadm info --cleanup-db": "dangerous",
  },
  nearMisses: ["udevadm control --reload", "udevadm", "udevadm lock -d sda rm x"],
});

export const temporaryFiles = program({
  names: "systemd-tmpfiles|systemd-sysusers",
  source: "systemd-tmpfiles(8), systemd 257",
  risk: (inv) => (inv.options.length === 1 && (inv.has("--cat-config") || inv.has("--help") || inv.has("--version")) ? "safe" : "caution"),
  why: "makes files and users as the configuration says",
  flags: "--cat-config --create --user --boot --no-pager --dry-run --inline --tldr --graceful -h|--help --version",
  values: "--prefix --exclude-prefix --replace",
  options: {
    "--clean|--remove|--purge": {
      arity: "flag",
      risk: "dangerous",
      why: "deletes files as the configuration says",
      safer: "systemd-tmpfiles --cat-config",
    },
    "--root|--image": { risk: "unknown", why: "acts on another file system" },
    "-E": { arity: "flag" },
  },
  operands: "data*",
  noInverse: "what was made stays",
  targets: (inv) => [{ kind: "directory", name: inv.value("--prefix") ?? "all that is configured" }],
  examples: {
    "systemd-tmpfiles --cat-config": "safe",
    "systemd-tmpfiles --create": "caution",
    "systemd-tmpfiles --clean": "dangerous",
    "systemd-sysusers --root /mnt": "unknown",
  },
  nearMisses: ["systemd-tmpfiles --cat-config --remove", "systemd-sysusers"],
});

export const userDatabase = program({
  names: "userdbctl|oomctl",
  source: "userdbctl(1), oomctl(1), systemd 257",
  why: "prints users, or what is killed first when memory runs out",
  flags: "--no-pager --no-legend -N --with-varlink -h|--help --version",
  values: "-o|--output --json -s|--service --with-nss --synthesize --with-dropin",
  operands: "data*",
  sensitive: (inv: Invocation) => inv.program === "userdbctl" && inv.operands.length > 0,
  examples: { oomctl: "safe", userdbctl: "safe", "userdbctl user app": "caution" },
  nearMisses: ["userdbctl --chain ssh-authorized-keys app rm"],
});

export const homes = program({
  names:
    "homectl|portablectl|systemd-umount|systemd-mount|systemd-firstboot|systemd-machine-id-setup|systemd-cryptenroll|systemd-repart|systemd-dissect|systemd-sysext|systemd-confext|importctl|updatectl|sysupdatectl",
  source: "homectl(1), portablectl(1), systemd-repart(8), systemd 257",
  safer: "homectl list",
  ...destroying("makes, changes or removes homes, images, partitions and keys", "name"),
  examples: { "homectl remove app": "dangerous", "systemd-repart --dry-run=no": "dangerous" },
  nearMisses: ["portablectl attach x", "systemd-umount /x"],
});
