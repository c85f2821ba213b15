// crictl and ctr: containers as the node's own runtime sees them.
import { type CommandRule, type OptionRule, program } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets, undoneByVerb } from "./cluster-words.ts";
import { changed, destroyed } from "./container-changes.ts";
import { containerLogs, inspect } from "./container-reads.ts";
import { execContainer } from "./container-run.ts";

const read = freeRead("reports about containers of this node");
const events: CommandRule = freeRead("prints what happens in the runtime", { unbounded: true, noInverse: "it changes nothing" });
const gone = "what was there before is gone";

const endpoint: OptionRule = {
  allow:
    "unix:///run/containerd/containerd.sock unix:///var/run/containerd/containerd.sock unix:///run/crio/crio.sock unix:///var/run/crio/crio.sock unix:///run/k3s/containerd/containerd.sock unix:///var/run/cri-dockerd.sock unix:///run/cri-dockerd.sock unix:///var/run/dockershim.sock",
  why: "another runtime",
};

export const crictl = program({
  names: "crictl",
  source: "github.com/kubernetes-sigs/cri-tools, docs/crictl.md of 1.34",
  style: "go",
  globals: "before",
  risk: bareRisk,
  why: "works with the containers of this node",
  flags: "-D|--debug --enable-tracing",
  values: "-t|--timeout",
  optional: "-h|--help --version|-v",
  options: {
    "-r|--runtime-endpoint|-i|--image-endpoint": endpoint,
    "-c|--config": { kind: "read", risk: "unknown", why: "another configuration" },
    "--tracing-endpoint|--profile-cpu|--profile-mem": { risk: "caution", why: "writes or sends what the client does" },
  },
  verbs: {
    "images|image|img|info|version|imagefsinfo|runtime-config|metricdescs|completion|help": read,
    "ps|pods": freeRead("lists containers", {
      options: { "-w|--watch": { arity: "flag", unbounded: true, why: "repeats the list without end" } },
    }),
    "inspect|inspecti|inspectp": inspect,
    logs: {
      why: containerLogs.why,
      operands: "data*",
      flags: "-t|--timestamps -p|--previous -l|--latest",
      values: "-n|--tail --since --limit-bytes",
      options: {
        ...containerLogs.options,
        "-r|--rotate": { arity: "flag", risk: "caution", why: "rotates the log file", safer: "leave it out" },
      },
      noInverse: "the log goes on in a new file",
    },
    "stats|statsp|metricsp": freeRead("prints use of resources", {
      options: { "-w|--watch": { arity: "flag", unbounded: true, why: "repeats the list without end" } },
    }),
    "events|event": events,
    exec: {
      ...execContainer,
      flags: "-i|--interactive -t|--tty -s|--sync -q|--quiet --ignore-errors",
      values: "--timeout -r|--transport -e|--env",
    },
    "attach|port-forward": changed("opens a way into a container", "container", { unbounded: true, noInverse: "it ends with the process" }),
    start: changed("starts containers", "container", { inverse: undoneByVerb("stop") }),
    stop: changed("stops containers, which the kubelet may start anew", "container", { noInverse: "the kubelet makes a new one" }),
    stopp: changed("stops the containers of a pod", "pod", { noInverse: "the kubelet makes a new one" }),
    "create|run|runp|update|update-runtime-config|checkpoint|pull": changed("changes containers or images of this node", "container", {
      noInverse: gone,
    }),
    config: {
      risk: (inv) => (inv.operands.length === 0 && (inv.has("--get") || inv.has("--list")) ? "safe" : "caution"),
      why: "reads or changes the client's configuration",
      operands: "name*",
      values: "--get --set",
      flags: "--list",
      targets: namedTargets("setting"),
      noInverse: "crictl config --get shows the setting before",
    },
    "rm|rmp": destroyed("deletes containers or pods of this node", "container", "crictl ps -a"),
    rmi: destroyed("deletes images of this node", "image", "crictl images"),
  },
  examples: {
    "crictl ps -a --name web": "safe",
    "crictl -r unix:///run/containerd/containerd.sock pods": "safe",
    "crictl ps -w": "caution",
    "crictl stats --watch": "caution",
    "crictl metricsp -w": "caution",
    "crictl logs --tail 50 3f4e": "safe",
    "crictl logs -f 3f4e": "caution",
    "crictl logs --rotate 3f4e": "caution",
    "crictl inspect 3f4e": "safe",
    "crictl exec 3f4e ls -la /": "caution",
    "crictl exec 3f4e rm -rf /data": "dangerous",
    "crictl rmp -fa": "dangerous",
    "crictl rmi --prune": "dangerous",
    "crictl -r unix:///tmp/x ps": "unknown",
    "crictl -c /tmp/x ps": "unknown",
    "crictl --tracing-endpoint x ps": "caution",
  },
  nearMisses: ["crictl config --set debug=true", "crictl pull web", "crictl --frob ps rm 3f4e"],
});

/** `ctr NOUN VERB`: nouns and verbs both have several names. */
function nouns(names: string, verbs: Readonly<Record<string, CommandRule>>): Record<string, CommandRule> {
  return Object.fromEntries([[names, { why: "works with containerd on this node", verbs }]]);
}

const lists = "ls|list";
const change = (why: string, kind: string): CommandRule => changed(why, kind, { noInverse: gone });
const destroy = (why: string, kind: string): CommandRule => destroyed(why, kind, "ctr containers ls");
const runs: CommandRule = {
  ...freeChange("starts a container with any rights that its options give", { targets: namedTargets("image") }),
  risk: "dangerous",
};

const ctrExec: CommandRule = {
  ...execContainer,
  flags: "-t|--tty -d|--detach",
  values: "--exec-id --cwd --user --log-uri --fifo-dir",
};

export const ctr = program({
  names: "ctr",
  source: "github.com/containerd/containerd, cmd/ctr of 2.1 (--help)",
  style: "go",
  globals: "before",
  risk: bareRisk,
  why: "works with containerd on this node",
  flags: "--debug",
  values: "--timeout --connect-timeout -n|--namespace",
  optional: "-h|--help --version|-v",
  options: { "-a|--address": { allow: "/run/containerd/containerd.sock /run/k3s/containerd/containerd.sock", why: "another runtime" } },
  verbs: {
    "version|info|help": read,
    "events|event": events,
    run: runs,
    ...nouns("plugins|plugin", { [lists]: read }),
    ...nouns("containers|container|c", {
      [lists]: read,
      info: inspect,
      "create|label|restore|checkpoint": change("changes containers", "container"),
      "delete|del|remove|rm": destroy("deletes containers", "container"),
    }),
    ...nouns("tasks|task|t", {
      "ls|list|ps|metrics|metric": read,
      exec: ctrExec,
      pause: changed("freezes a task", "task", { inverse: undoneByVerb("tasks resume") }),
      resume: changed("lets a task run again", "task", { inverse: undoneByVerb("tasks pause") }),
      "start|attach|checkpoint": change("starts a task, or connects to it", "task"),
      "kill|delete|del|remove|rm": destroy("ends tasks", "task"),
    }),
    ...nouns("images|image|i", {
      "ls|list|check|usage|inspect": read,
      "pull|import|export|tag|label|push|mount|unmount|convert|decrypt|encrypt": change("changes, copies or publishes images", "image"),
      "delete|del|remove|rm|prune": destroy("deletes images", "image"),
    }),
    ...nouns("snapshots|snapshot", {
      "ls|list|info|tree|usage": read,
      diff: freeRead("prints what differs between snapshots", {
        options: { "--keep": { arity: "optional", risk: "caution", why: "keeps the difference in the store", safer: "leave --keep out" } },
        noInverse: "ctr content rm deletes it",
      }),
      "commit|label|mounts|prepare|unpack|view": change("changes snapshots", "snapshot"),
      "delete|del|remove|rm": destroy("deletes snapshots", "snapshot"),
    }),
    ...nouns("content", {
      "ls|list|get|active": read,
      "fetch|fetch-object|fetch-blob|ingest|label|set-labels|push-object|edit": change("changes stored content", "content"),
      "delete|del|remove|rm|prune": destroy("deletes stored content", "content"),
    }),
    ...nouns("leases", {
      [lists]: read,
      create: change("makes a lease", "lease"),
      "delete|del|remove|rm": destroy("deletes leases", "lease"),
    }),
    ...nouns("namespaces|namespace|ns", {
      [lists]: read,
      "create|c|label": change("changes name spaces", "namespace"),
      "remove|rm": destroy("deletes name spaces", "namespace"),
    }),
  },
  examples: {
    "ctr -n k8s.io containers ls": "safe",
    "ctr -n k8s.io t ls": "safe",
    "ctr -a /run/k3s/containerd/containerd.sock i ls -q": "safe",
    "ctr -n k8s.io tasks exec --exec-id 1 web ls": "caution",
    "ctr -n k8s.io tasks kill -s SIGKILL web": "dangerous",
    "ctr -n k8s.io images rm web": "dangerous",
    "ctr run --privileged docker.io/library/alpine:latest x": "dangerous",
    "ctr -a /tmp/x c ls": "unknown",
  },
  nearMisses: ["ctr events", "ctr i pull web", "ctr --frob c ls", "ctr content rm x"],
});
