// Programs that make and keep clusters on this machine: minikube, kind, k3d, k3s, microk8s, kubeadm.
// Where one of them hands words to kubectl, those are classified as kubectl's own.
import { type Arg, literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, isSettled, namedTargets, switchedOn } from "./cluster-words.ts";

const read = freeRead("reads about clusters on this machine");
const shown = freeRead("prints credentials of a cluster", { sensitive: true });
const kept = "what was there before is not recorded";
const clusterTargets = (inv: Invocation) =>
  inv.operands.length > 0
    ? namedTargets("cluster")(inv)
    : [{ kind: "cluster", name: inv.arg("-p")?.text ?? inv.arg("-n")?.text ?? inv.program }];

const change = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets: clusterTargets, noInverse: kept, ...more });
const destroy = (why: string): CommandRule => freeChange(why, { risk: "dangerous", targets: clusterTargets });

/** Words that another program gets unchanged. */
const handsOver = (name: string): CommandRule => ({
  why: `runs ${name} against this cluster`,
  operands: "inner*",
  anyWord: true,
  inspect: (inv: Invocation, ctx: RuleContext) => ctx.scanArgv([literalArg(name, inv.span), ...withoutDashes(inv.operands)]),
});

function withoutDashes(args: readonly Arg[]): readonly Arg[] {
  return args[0]?.shape === "literal" && args[0].text === "--" ? args.slice(1) : args;
}

const remote: CommandRule = {
  risk: "caution",
  why: "runs a command on the machine of the cluster",
  operands: "inner*",
  flags: "--native-ssh",
  values: "-n|--node",
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  targets: clusterTargets,
  noInverse: "what the command changes is not recorded",
};

const pairs = { start: "stop", stop: "start", pause: "unpause", unpause: "pause" } as const;

function minikubePairs(): Record<string, CommandRule> {
  const rule = (verb: keyof typeof pairs): CommandRule =>
    change(`${verb}s the cluster`, {
      inverse: (inv) => {
        const profile = inv.arg("-p");
        if (profile !== undefined && !/^[\w.-]+$/.test(profile.text)) return undefined;
        return { kind: "command", command: `minikube ${pairs[verb]}${profile === undefined ? "" : ` -p ${profile.text}`}` };
      },
    });
  return { start: rule("start"), stop: rule("stop"), pause: rule("pause"), unpause: rule("unpause") };
}

export const minikube = program({
  names: "minikube",
  source: "minikube.sigs.k8s.io/docs/commands, minikube 1.37",
  style: "go",
  risk: bareRisk,
  why: "works with a cluster on this machine",
  flags: "--alsologtostderr --logtostderr --one_output --rootless --skip-audit --add_dir_header --skip_headers --skip_log_headers",
  values: "-p|--profile -b|--bootstrapper --user -v|--v --stderrthreshold --vmodule --log_backtrace_at --log_file_max_size",
  optional: "-h|--help --version",
  options: { "--log_dir|--log_file": { kind: "write", why: "writes log files" } },
  verbs: {
    "version|ip|options|help|completion|update-check": read,
    "docker-env|podman-env": freeRead("prints settings for a client", {
      options: { "--ssh-add": { arity: "optional", risk: "caution", why: "gives a key to the agent" } },
      noInverse: "ssh-add -d takes the key out of the agent",
    }),
    license: change("downloads licences into files"),
    status: {
      ...read,
      options: { "-w|--watch": { arity: "optional", unbounded: true, why: "repeats without end" } },
      answers: [1, 2, 3, 4, 5, 6, 7],
    },
    logs: {
      ...read,
      options: {
        "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "-n 100" },
        "--file": { kind: "write", why: "writes a file" },
      },
    },
    "service list": read,
    service: {
      risk: (inv) => (switchedOn(inv, "--url") && isSettled(inv) ? "safe" : "caution"),
      why: "opens the page of a service; with --url it prints the address",
      operands: "name?",
      flags: "--https --all",
      values: "-n|--namespace --format --interval --wait",
      optional: "--url",
      targets: namedTargets("service"),
      noInverse: "it changes nothing",
    },
    "profile list": read,
    profile: change("changes which cluster later commands reach"),
    "addons list|images": read,
    "addons enable|disable|configure|open": change("changes what is installed in the cluster"),
    "node list": read,
    "node add|start|stop": change("changes the nodes of the cluster"),
    "node delete": destroy("deletes a node"),
    "image ls|list": read,
    "image load|pull|push|tag|build|save": change("changes images of the cluster"),
    "image rm|remove|unload": destroy("deletes images of the cluster"),
    "config view|get|defaults": read,
    "config set|unset": change("changes settings"),
    kubectl: handsOver("kubectl"),
    ssh: remote,
    "ssh-key": read,
    "ssh-host": freeRead("prints the key of the machine", {
      options: { "--append-known": { arity: "optional", risk: "caution", why: "changes the known hosts" } },
      noInverse: "ssh-keygen -R takes the key away",
    }),
    "dashboard|tunnel|mount": change("opens a way into the cluster", { unbounded: true }),
    "cp|update-context|cache": change("changes files or settings"),
    ...minikubePairs(),
    delete: destroy("deletes the cluster"),
  },
  examples: {
    "minikube status": "safe",
    "minikube -p dev kubectl -- get pods -A": "safe",
    "minikube kubectl -- delete pod x": "dangerous",
    "minikube kubectl -- get secret x -o yaml": "caution",
    "minikube logs -n 50": "safe",
    "minikube logs -f": "caution",
    "minikube logs --file x": "caution",
    "minikube status -w": "caution",
    "minikube service web --url": "safe",
    "minikube stop -p dev": "caution",
    "minikube ssh -- ls /": "caution",
    "minikube ssh -- rm -rf /data": "dangerous",
    "minikube delete --all": "dangerous",
    "minikube status --log_file x": "caution",
    "minikube license -d out": "caution",
    "minikube docker-env": "safe",
    "minikube docker-env --ssh-add": "caution",
    "minikube ssh-host": "safe",
    "minikube ssh-host --append-known": "caution",
  },
  nearMisses: ["minikube kubectl -- frob", "minikube profile dev", "minikube --frob status delete", "minikube tunnel"],
});

export const kind = program({
  names: "kind",
  source: "kind.sigs.k8s.io/docs/user, kind 0.30 (--help)",
  style: "go",
  risk: bareRisk,
  why: "works with clusters in containers",
  flags: "-q|--quiet",
  values: "-v|--verbosity --loglevel",
  optional: "-h|--help --version",
  verbs: {
    "get clusters|nodes": read,
    "get kubeconfig": shown,
    "version|help|completion": read,
    "create cluster": change("makes a cluster", {
      inverse: (inv) => ({ kind: "command", command: `kind delete cluster --name ${inv.value("-n") ?? inv.value("--name") ?? "kind"}` }),
      values: "-n|--name --image --config --retain --wait --kubeconfig",
    }),
    "load docker-image|image-archive": change("copies images into a cluster"),
    "export kubeconfig|logs": change("writes files"),
    "build node-image": change("makes an image"),
    "delete cluster|clusters": destroy("deletes clusters"),
  },
  examples: {
    "kind get clusters": "safe",
    "kind get kubeconfig": "caution",
    "kind create cluster --name a": "caution",
    "kind delete cluster --name a": "dangerous",
  },
  nearMisses: ["kind export logs", "kind load docker-image a", "kind delete clusters --all"],
});

export const k3d = program({
  names: "k3d",
  source: "k3d.io/v5.8/usage/commands",
  style: "go",
  risk: bareRisk,
  why: "works with k3s clusters in containers",
  flags: "--timestamps --trace --verbose",
  optional: "-h|--help --version",
  verbs: {
    ...lists("cluster|node|registry"),
    "version|help|completion": read,
    "version list|ls": read,
    "config init|migrate": change("writes a file"),
    "kubeconfig get|print|show": shown,
    "kubeconfig merge|write": change("changes the client's configuration"),
    "cluster create|start|stop|edit": change("changes a cluster"),
    "node create|start|stop|edit": change("changes a node"),
    "registry create": change("makes a registry"),
    "image import": change("copies images into a cluster"),
    "cluster delete|del|rm": destroy("deletes clusters"),
    "node delete|del|rm": destroy("deletes nodes"),
    "registry delete|del|rm": destroy("deletes a registry"),
  },
  examples: {
    "k3d cluster list": "safe",
    "k3d kubeconfig get a": "caution",
    "k3d cluster stop a": "caution",
    "k3d cluster delete a": "dangerous",
  },
  nearMisses: ["k3d kubeconfig merge a", "k3d cluster delete --all", "k3d --frob cluster list"],
});

function lists(nouns: string): Record<string, CommandRule> {
  return Object.fromEntries(nouns.split("|").map((noun) => [`${noun} list|ls|get`, read]));
}

/** A read of this node, unless an option names another server or a file of settings: what is asked there gets a token or keys. */
const here = freeRead("reads about this node", {
  inspect: (inv, ctx) => {
    const word = inv.operands.find(
      (arg) => arg.shape !== "literal" || /^--?(s|server|kubeconfig|config|c|(etcd-)?s3-\w[\w-]*)(=|$)/.test(arg.text),
    );
    if (word !== undefined) ctx.report({ risk: "unknown", why: "may reach another server with a token", span: word.span });
  },
});

/** Every word behind the sub-command is left as it stands, because another program reads it. */
export const k3s = program({
  names: "k3s|rke2",
  source: "docs.k3s.io/cli, k3s 1.34",
  style: "none",
  why: "works with a k3s node",
  verbs: {
    "check-config|--version|-v|--help|-h|help|completion": read,
    kubectl: handsOver("kubectl"),
    crictl: handsOver("crictl"),
    ctr: handsOver("ctr"),
    "etcd-snapshot ls|list|l": here,
    "etcd-snapshot save": change("makes a snapshot"),
    "etcd-snapshot delete|prune": destroy("deletes snapshots"),
    "secrets-encrypt status": here,
    "secrets-encrypt enable|disable|prepare|rotate|reencrypt|rotate-keys": destroy("changes how secrets are encrypted"),
    "certificate check": read,
    "certificate rotate|rotate-ca": destroy("replaces the certificates of the node"),
    "token list": here,
    "token create|generate": shown,
    "token delete|rotate": destroy("takes tokens away"),
    "server|agent": change("starts a node", { unbounded: true }),
  },
  examples: {
    "k3s kubectl -n prod get pods": "safe",
    "k3s kubectl delete node n1": "dangerous",
    "k3s crictl ps": "safe",
    "k3s etcd-snapshot ls": "safe",
    "k3s etcd-snapshot ls --etcd-s3 --etcd-s3-endpoint x": "unknown",
    "k3s token list --kubeconfig x": "unknown",
    "k3s --version": "safe",
    "k3s token create": "caution",
    "k3s etcd-snapshot delete x": "dangerous",
  },
  nearMisses: ["k3s kubectl frob", "k3s server --cluster-reset", "k3s ctr i rm x", "k3s secrets-encrypt disable"],
});

export const microk8s = program({
  names: "microk8s",
  source: "microk8s.io/docs/command-reference, 1.34",
  style: "none",
  why: "works with a MicroK8s node",
  verbs: {
    "version|status|addons|help|--help": read,
    kubectl: handsOver("kubectl"),
    "helm|helm3": handsOver("helm"),
    istioctl: handsOver("istioctl"),
    linkerd: handsOver("linkerd"),
    ctr: handsOver("ctr"),
    config: shown,
    "add-node": freeRead("prints a token that lets a node join", { sensitive: true }),
    inspect: change("gathers logs into a file"),
    enable: change("switches an addon on", { inverse: (inv) => swapped(inv, "disable") }),
    disable: change("switches an addon off", { inverse: (inv) => swapped(inv, "enable") }),
    start: change("starts the node", { inverse: () => ({ kind: "command", command: "microk8s stop" }) }),
    stop: change("stops the node", { inverse: () => ({ kind: "command", command: "microk8s start" }) }),
    "refresh-certs|join|images|dashboard-proxy|dbctl": change("changes the node"),
    "reset|leave|remove-node|uninstall": destroy("takes the node, or all that runs on it, away"),
  },
  examples: {
    "microk8s status": "safe",
    "microk8s kubectl get pods -A": "safe",
    "microk8s helm uninstall x": "dangerous",
    "microk8s config": "caution",
    "microk8s enable dns": "caution",
    "microk8s reset": "dangerous",
  },
  nearMisses: ["microk8s kubectl delete pod x", "microk8s join 1.2.3.4", "microk8s frob"],
});

function swapped(inv: Invocation, verb: string) {
  const [addon, more] = inv.operands;
  return addon === undefined || more !== undefined || !/^[\w-]+$/.test(addon.text)
    ? undefined
    : ({ kind: "command", command: `microk8s ${verb} ${addon.text}` } as const);
}
