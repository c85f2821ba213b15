// podman: the words of docker, and its own for pods, machines and units.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type OptionRule, program } from "../../rule.ts";
import { asksHelp, freeChange, freeRead, isDryRun, namedTargets, switchedOn, undoneByVerb } from "./cluster-words.ts";
import { compose } from "./compose.ts";
import { changed, containerChanges, destroyed, undoneByRemoval } from "./container-changes.ts";
import { containerReads, containerStats, containerTop, engineRead, follow, inspect, listed } from "./container-reads.ts";
import { clientObjects, container, image, network, object, volume } from "./docker-objects.ts";

/** Here `-n` prints names and takes no value, and `-w` repeats the list. */
const logs: CommandRule = {
  why: "prints the output of a container",
  operands: "data*",
  anyWord: true,
  flags: "-t|--timestamps -l|--latest -n|--names --color --no-trunc",
  values: "--tail --since --until -c|--container",
  options: follow,
};

const list = freeRead("lists containers", {
  flags: "-a|--all -q|--quiet -s|--size -p|--pod --external --sync --no-trunc --noheading --ns -l|--latest",
  values: "-n|--last --format --filter -f --sort",
  options: { "-w|--watch": { unbounded: true, why: "repeats the list without end", safer: "leave -w out" } },
});

const lost = "what was there before is overwritten";

/** `podman kube play FILE`, from a pipe or from elsewhere it hides what it does. */
const play: CommandRule = freeChange("makes the pods of a manifest", {
  targets: namedTargets("file"),
  noInverse: "podman kube down FILE takes them away; what they replaced is gone",
  options: { "--replace|--force": { arity: "optional", risk: "dangerous", why: "deletes the pods that are there" } },
  inspect: (inv: Invocation, ctx) => {
    const [file] = inv.operands;
    if (file !== undefined && (/:\/\//.test(file.text) || (file.text === "-" && inv.stdin.kind === "data")))
      ctx.report({ risk: "dangerous", why: "makes whatever a manifest from elsewhere says", span: file.span });
  },
});

/** `generate kube`, `generate systemd`: to the terminal unless a file is asked for. */
const generate = (file: OptionRule): CommandRule => ({
  why: "prints a unit or a manifest for what runs",
  operands: "data*",
  flags: "--new -n|--name -s|--service --no-header --no-trunc --podman-only",
  values:
    "--container-prefix --pod-prefix --separator --restart-policy --restart-sec --start-timeout -t|--stop-timeout --time --after --requires --wants -e|--env --format -r|--replicas --type",
  options: { "-f|--filename|--files": { ...file, why: "writes files", safer: "leave -f out" } },
  noInverse: lost,
});

const pod = object("pod", {
  "ps|exists": listed("pods"),
  logs,
  stats: containerStats,
  top: containerTop,
  create: changed("makes a pod", "pod", {
    inverse: (inv) =>
      inv.value("--name") === undefined ? undefined : { kind: "command", command: `podman pod rm ${inv.value("--name")}` },
    values: "--name",
  }),
  start: changed("starts pods", "pod", { inverse: undoneByVerb("pod stop") }),
  stop: changed("stops pods", "pod", { inverse: undoneByVerb("pod start") }),
  restart: changed("restarts pods", "pod", { noInverse: "they run again; what they held in memory is gone" }),
  pause: changed("freezes pods", "pod", { inverse: undoneByVerb("pod unpause") }),
  unpause: changed("resumes pods", "pod", { inverse: undoneByVerb("pod pause") }),
  clone: changed("copies a pod", "pod", { noInverse: lost }),
  kill: destroyed("ends the containers of pods at once", "pod", "podman pod stop"),
});

const machine = object("machine", {
  info: engineRead,
  start: changed("starts a virtual machine", "machine", { inverse: undoneByVerb("machine stop") }),
  stop: changed("stops a virtual machine", "machine", { inverse: undoneByVerb("machine start") }),
  "init|set|cp|os": changed("changes a virtual machine", "machine", { noInverse: lost }),
  ssh: {
    risk: "caution",
    why: "runs a command in a virtual machine",
    firstEnds: true,
    operands: "inner*",
    values: "--username",
    inspect: (inv, ctx) => ctx.scanArgv(inv.operands.slice(1)),
    targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "machine", name: arg.text })),
    noInverse: "what the command changes is not recorded",
  },
  reset: destroyed("deletes every virtual machine", "machine", "podman machine list"),
});

const secret: CommandRule = {
  ...object("secret", { create: changed("stores a secret", "secret", { inverse: undoneByRemoval("secret rm") }), exists: engineRead }),
};

const only = (names: readonly string[]): Record<string, CommandRule> =>
  Object.fromEntries(Object.entries(containerReads).filter(([name]) => names.includes(name)));

export const podman = program({
  names: "podman|podman-remote",
  source: "docs.podman.io, podman 5.5",
  style: "go",
  globals: "before",
  why: "works with containers and pods",
  risk: (inv) => (asksHelp(inv) || (inv.has("-v") && inv.operands.length === 0) ? "safe" : "unknown"),
  flags: "-v|--version --syslog --noout --transient-store",
  values: "--log-level --storage-driver --storage-opt --cgroup-manager --events-backend --network-config-dir --ssh",
  optional: "--help",
  options: {
    "-c|--connection|--url|--identity": { risk: "unknown", why: "another engine" },
    "--out": { kind: "write", why: "writes what it prints to a file", safer: "leave --out out" },
    "--root|--runroot|--imagestore|--tmpdir|--volumepath": { kind: "write", why: "makes its folders there", safer: "leave it out" },
    "-r|--remote": { arity: "optional", risk: "unknown", why: "another engine" },
    "--conmon|--runtime|--runtime-flag|--hooks-dir|--network-cmd-path|--module|--config": {
      risk: "unknown",
      why: "names programs that are run",
    },
  },
  verbs: {
    ps: list,
    logs,
    "images|version|info|history|port|diff|search|exists|help": engineRead,
    ...only(["stats", "events", "top", "wait"]),
    inspect,
    ...containerChanges,
    "restore|checkpoint|init|clone|mount|umount|unmount|runlabel": changed("changes containers", "container", { noInverse: lost }),
    "healthcheck run": changed("runs the health check of a container", "container", { noInverse: "it changes nothing that stays" }),
    "auto-update": {
      risk: (inv) => (isDryRun(inv) ? "safe" : "caution"),
      why: "replaces containers whose image has a newer version",
      operands: "none",
      optional: "--dry-run --rollback --tls-verify",
      values: "--format --authfile",
      targets: () => [{ kind: "engine", name: "podman" }],
      noInverse: "the image before is no longer named",
      safer: "--dry-run",
    },
    container,
    pod,
    image: {
      ...image,
      verbs: {
        ...image.verbs,
        "trust show": engineRead,
        "mount|unmount|scp|sign": changed("changes images", "image", { noInverse: lost }),
      },
    },
    volume: {
      ...volume,
      verbs: {
        ...volume.verbs,
        exists: engineRead,
        "export|import|mount|unmount|reload": changed("copies or mounts volumes", "volume", { noInverse: lost }),
      },
    },
    network: {
      ...network,
      verbs: { ...network.verbs, exists: engineRead, "update|reload": changed("changes networks", "network", { noInverse: lost }) },
    },
    secret: {
      ...secret,
      verbs: {
        ...secret.verbs,
        inspect: {
          ...inspect,
          optional: "--showsecret",
          sensitive: (inv) => switchedOn(inv, "--showsecret"),
          safer: "leave --showsecret out",
        },
      },
    },
    machine,
    manifest: clientObjects["manifest"] ?? engineRead,
    system: clientObjects["system"] ?? engineRead,
    "artifact ls|inspect": engineRead,
    "farm list|ls": engineRead,
    "kube play|apply": play,
    "play kube": play,
    "kube down": destroyed("deletes the pods of a manifest", "file", "podman pod ps"),
    "kube generate": generate({ kind: "write" }),
    "generate kube|spec": generate({ kind: "write" }),
    "generate systemd": generate({ arity: "flag", risk: "caution" }),
    unshare: {
      risk: "caution",
      why: "runs a command as root of its own name space",
      firstEnds: true,
      flags: "--rootless-netns",
      operands: "inner*",
      inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
      targets: () => [],
      noInverse: "what the command changes is not recorded",
    },
    compose,
  },
  examples: {
    "podman ps -a --pod": "safe",
    "podman logs -n web": "safe",
    "podman logs -nf web": "caution",
    "podman ps -w 5": "caution",
    "podman pod ps": "safe",
    "podman generate kube web": "safe",
    "podman generate kube web -f out.yaml": "caution",
    "podman --out /tmp/x ps": "caution",
    "podman --root /tmp/x ps": "caution",
    "podman generate systemd --files --name web": "caution",
    "podman machine list": "safe",
    "podman secret inspect db": "safe",
    "podman secret inspect --showsecret db": "caution",
    "podman auto-update --dry-run": "safe",
    "podman auto-update": "caution",
    "podman exec -l ls /": "caution",
    "podman unshare cat /proc/self/uid_map": "caution",
    "podman unshare rm -rf /data": "dangerous",
    "podman machine ssh default rm -rf /data": "dangerous",
    "podman kube play --replace x.yaml": "dangerous",
    "podman pod rm web": "dangerous",
    "podman system reset -f": "dangerous",
    "podman --url ssh://x ps": "unknown",
    "podman --runtime /tmp/x ps": "unknown",
    "podman -r ps": "unknown",
  },
  nearMisses: [
    "podman run alpine",
    "podman kube play https://example.com/x.yaml",
    "podman stats",
    "podman --frob ps rm web",
    "podman volume prune",
  ],
});
