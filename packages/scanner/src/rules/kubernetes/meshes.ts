// Clients of service meshes and cluster networks: istioctl, linkerd, cilium, hubble, calicoctl.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type OptionRule, program } from "../../rule.ts";
import { clusterClient } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets } from "./cluster-words.ts";

const read = freeRead("reads about the mesh");
const opens = freeRead("opens a page or a way into the cluster", { unbounded: true, noInverse: "it ends with the process" });
const stays = "what was there before is not recorded";
const change = (why: string, kind: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets: namedTargets(kind), noInverse: stays, ...more });
const destroy = (why: string, kind: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, {
    risk: "dangerous",
    targets: (inv) => (inv.operands.length > 0 ? namedTargets(kind)(inv) : [{ kind, name: inv.program }]),
    ...more,
  });

const writesFile: OptionRule = { kind: "write", why: "writes a file", safer: "leave it out" };
const level: Readonly<Record<string, OptionRule>> = {
  "--level|--stack-trace-level": { risk: "caution", why: "changes what the proxy logs", safer: "leave --level out" },
  "-r|--reset": { arity: "optional", risk: "caution", why: "changes what the proxy logs", safer: "leave it out" },
};
const logLevels = freeRead("reads log levels, or changes them", {
  options: level,
  noInverse: "read the levels first, then set them again",
});

const secretConfig = freeRead("prints the certificates of a proxy", {
  sensitive: (inv: Invocation) => inv.has("-o"),
  values: "-o|--output",
});

/** `internal-debug PAGE`: some pages of istiod act when they are asked (`adsz?push=true`, `cachez?clear=true`, `force_disconnect`). */
const internalDebug = freeRead("prints a debugging page of istiod", {
  inspect: (inv, ctx) => {
    for (const page of inv.operands)
      if (page.shape !== "literal" || !/^\/?(debug\/)?\w+$/.test(page.text) || page.text.includes("disconnect"))
        ctx.report({ risk: "unknown", why: "asks a page of istiod that may act", span: page.span });
  },
});

const proxyConfig: CommandRule = {
  why: "reads the configuration of a proxy",
  verbs: {
    "all|bootstrap|cluster|clusters|c|ecds|endpoint|endpoints|ep|listener|listeners|l|route|routes|r|eds|rootca-compare|workload|w|service|services|policy|policies|p|connections":
      read,
    "secret|secrets|s|certificate|certificates|cert": secretConfig,
    "log|lo": logLevels,
  },
};

const experimental: Readonly<Record<string, CommandRule>> = {
  "describe|desc|analyze|precheck|version|wait|metrics|check-inject|proxy-status|ps|remote-clusters|revision|config": read,
  "internal-debug": internalDebug,
  "injector list": read,
  "authz check": read,
  "waypoint list|status|generate": read,
  "waypoint apply": change("makes a waypoint", "waypoint"),
  "waypoint delete": destroy("deletes waypoints", "waypoint"),
};

export const istioctl = program({
  ...clusterClient,
  names: "istioctl",
  source: "istio.io/docs/reference/commands/istioctl, istio 1.27",
  why: "works with an Istio mesh",
  values: `${clusterClient.values} -i|--istioNamespace --vklog --log_output_level`,
  options: {
    "--kubeconfig|-c": clusterClient.options["--kubeconfig"],
    "--xds-address": { risk: "unknown", why: "sends a token to another server" },
    "--log_target|--log_rotate": writesFile,
  },
  verbs: {
    "validate|help|completion": read,
    "proxy-config|pc": proxyConfig,
    "ztunnel-config|zc": proxyConfig,
    ...experimental,
    "experimental|x": { why: "works with an Istio mesh", verbs: experimental },
    "admin log": logLevels,
    "manifest generate|diff|translate": freeRead("prints manifests", { options: { "-o|--output": writesFile } }),
    "profile list|dump|diff": read,
    "tag list": read,
    "tag generate": read,
    "tag set": change("changes which revision name spaces use", "tag"),
    "tag remove": destroy("deletes a revision tag", "tag"),
    "kube-inject": freeRead("prints manifests with the proxy in them", { options: { "-o|--output": writesFile } }),
    "create-remote-secret": freeRead("prints credentials of the cluster", { sensitive: true }),
    "dashboard|dash|d": opens,
    "bug-report": change("gathers logs into files", "cluster"),
    "install|upgrade": change("puts the mesh into the cluster", "cluster"),
    "uninstall|operator": destroy("takes the mesh out of the cluster", "cluster"),
  },
  examples: {
    "istioctl proxy-status": "safe",
    "istioctl proxy-config routes web-0.prod -o json": "safe",
    "istioctl pc log web-0": "safe",
    "istioctl pc log web-0 --level debug": "caution",
    "istioctl pc log web-0 -r": "caution",
    "istioctl pc secret web-0": "safe",
    "istioctl pc secret web-0 -o json": "caution",
    "istioctl analyze -A": "safe",
    "istioctl x describe pod web-0": "safe",
    "istioctl manifest generate -o out": "caution",
    "istioctl kube-inject -f x.yaml -o out.yaml": "caution",
    "istioctl dashboard kiali": "caution",
    "istioctl install -y": "caution",
    "istioctl uninstall --purge": "dangerous",
    "istioctl ps -c /tmp/x": "unknown",
    "istioctl ps --xds-address x:15012": "unknown",
    "istioctl version --log_target x": "caution",
  },
  nearMisses: [
    "istioctl admin log --level all:debug",
    "istioctl bug-report",
    "istioctl --frob ps uninstall",
    "istioctl create-remote-secret",
  ],
});

const top = freeRead("watches traffic without end", { unbounded: true, noInverse: "it changes nothing", safer: "linkerd viz stat" });
const printed = freeRead("prints manifests, keys of the mesh included", { sensitive: true });

export const linkerd = program({
  ...clusterClient,
  names: "linkerd",
  source: "linkerd.io/2/reference/cli, linkerd 2.18",
  why: "works with a Linkerd mesh",
  flags: "--verbose --no-color",
  values: `${clusterClient.values} -L|--linkerd-namespace --api-addr --cni-namespace --as-uid`,
  verbs: {
    "check|version|diagnostics|endpoints|identity|profile|authz|policy|help|completion": read,
    "stat|edges|routes|metrics|get": read,
    "viz stat|edges|routes|list|check|stat-inbound|stat-outbound|authz|profile": read,
    "viz top|tap": top,
    "top|tap": top,
    "viz dashboard": opens,
    dashboard: opens,
    "multicluster gateways|check": read,
    "inject|uninject": read,
    "install|upgrade|install-cni|uninstall|prune": printed,
    "viz install|uninstall": printed,
    "multicluster link|link-gen|install|uninstall|allow|unlink": printed,
  },
  examples: {
    "linkerd check --proxy": "safe",
    "linkerd viz stat deploy -n prod": "safe",
    "linkerd viz tap deploy/api": "caution",
    "linkerd viz top deploy": "caution",
    "linkerd install": "caution",
    "linkerd check --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["linkerd viz dashboard", "linkerd multicluster link", "linkerd install | kubectl apply -f -"],
});

export const cilium = program({
  ...clusterClient,
  names: "cilium|cilium-dbg",
  source: "docs.cilium.io/en/stable/cheatsheet, cilium 1.18 and cilium-cli 0.18",
  why: "works with a Cilium network",
  flags: "-D|--debug",
  values: `${clusterClient.values} --helm-release-name`,
  options: {
    ...clusterClient.options,
    "-H|--host|--config": { risk: "unknown", why: "another agent or configuration" },
  },
  verbs: {
    "status|version|help|completion|metrics": freeRead("reads the state of the network", {
      options: { "--wait": { arity: "flag" }, "-w|--watch": { arity: "flag", unbounded: true, why: "watches without end" } },
    }),
    "config view|get": read,
    "endpoint list|get|health|log": read,
    ...lists("identity|node|service|lb|ip|map|fqdn|recorder|prefilter"),
    "policy get|selectors|trace|validate": read,
    bpf: { why: "reads tables of the kernel", verbs: bpf() },
    "clustermesh status": read,
    "hubble enable|disable": change("changes whether traffic is recorded", "cluster"),
    "hubble ui|port-forward": opens,
    monitor: { ...top, safer: "hubble observe --last 100" },
    "connectivity test|perf": change("makes test workloads in the cluster", "cluster"),
    "sysdump|bugtool": change("gathers logs into files", "cluster"),
    "config set|delete": change("changes the settings of the network", "setting"),
    "install|upgrade|encrypt": change("changes the network of the cluster", "cluster"),
    "endpoint config|disconnect|labels|regenerate": change("changes an endpoint", "endpoint"),
    "policy import|delete": destroy("changes which traffic is let through", "policy"),
    "service update": change("changes a service", "service"),
    "service delete": destroy("deletes services", "service"),
    "kvstore get": read,
    "kvstore set": change("changes the store of the network", "key"),
    "kvstore delete": destroy("deletes keys of the network", "key"),
    "uninstall|cleanup|post-uninstall-cleanup": destroy("takes the network out of the cluster", "cluster"),
  },
  examples: {
    "cilium status --wait": "safe",
    "cilium status --watch": "caution",
    "cilium endpoint list": "safe",
    "cilium bpf ct list global": "safe",
    "cilium bpf ct flush global": "dangerous",
    "cilium connectivity test": "caution",
    "cilium monitor": "caution",
    "cilium policy delete --all": "dangerous",
    "cilium -H tcp://x status": "unknown",
    "cilium status --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["cilium uninstall", "cilium config set debug true", "cilium sysdump"],
});

function lists(nouns: string): Record<string, CommandRule> {
  return Object.fromEntries(nouns.split("|").map((noun) => [`${noun} list|get`, read]));
}

/** `bpf TABLE list`. */
function bpf(): Record<string, CommandRule> {
  const changes = destroy("changes tables of the kernel that carry traffic", "table");
  const tables = ["ct", "lb", "nat", "ipcache", "policy", "tunnel", "endpoint", "metrics", "fs", "egress", "bandwidth", "auth"];
  return Object.fromEntries(
    tables.flatMap((table) => [
      [`${table} list|get|show`, read],
      [`${table} flush|delete|update|purge`, changes],
    ]),
  );
}

export const hubble = program({
  names: "hubble",
  source: "docs.cilium.io/en/stable/observability/hubble, hubble 1.18",
  style: "go",
  why: "reads traffic of a Cilium network",
  flags: "--debug --tls -P|--port-forward",
  values: "--request-timeout --timeout --port-forward-port --tls-server-name --kube-context --kube-namespace",
  optional: "-h|--help --version",
  risk: clusterClient.risk,
  options: {
    "--server|--config|--kubeconfig|--basic-auth-username|--basic-auth-password": {
      risk: "unknown",
      why: "another server or configuration",
    },
    "--tls-allow-insecure": { arity: "flag", risk: "caution", why: "does not check who answers" },
  },
  verbs: {
    observe: freeRead("prints traffic", {
      options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--last 100" } },
    }),
    "status|list|version|help|completion": freeRead("reads the state of the recorder"),
    "config view|get": freeRead("prints the client's configuration"),
    "config set|reset": freeChange("changes the client's configuration", { targets: namedTargets("setting"), noInverse: stays }),
    "watch|record": freeRead("watches without end", { unbounded: true, noInverse: "it changes nothing" }),
  },
  examples: {
    "hubble observe --last 50 -n prod": "safe",
    "hubble observe -f": "caution",
    "hubble status": "safe",
    "hubble status --server x": "unknown",
    "hubble status --tls-allow-insecure": "caution",
  },
  nearMisses: ["hubble config set server x", "hubble watch peers"],
});

export const calicoctl = program({
  names: "calicoctl",
  source: "docs.tigera.io/calico/latest/reference/calicoctl, calico 3.30",
  style: "go",
  why: "works with a Calico network",
  flags: "-h|--help --allow-version-mismatch",
  values: "-l|--log-level --context",
  options: { "-c|--config|--kubeconfig": { kind: "read", risk: "unknown", why: "another configuration, which may name a program" } },
  verbs: {
    "get|version": read,
    "node status|checksystem": read,
    "ipam show|check": freeRead("reads about addresses", { options: { "-o|--output": writesFile } }),
    "cluster diags": change("gathers logs into files", "cluster"),
    "node diags|run": change("changes this node, or writes files", "node"),
    "apply|create|replace|patch|label|convert": change("changes objects of the network", "object"),
    "ipam configure|split": change("changes how addresses are given", "pool"),
    "datastore migrate": change("moves the data of the network", "datastore"),
    delete: destroy("deletes objects of the network", "object"),
    "ipam release": destroy("takes addresses away", "address"),
  },
  examples: {
    "calicoctl get nodes -o wide": "safe",
    "calicoctl node status": "safe",
    "calicoctl ipam check -o x.json": "caution",
    "calicoctl apply -f x.yaml": "caution",
    "calicoctl delete policy x": "dangerous",
    "calicoctl ipam release --ip=10.0.0.1": "dangerous",
    "calicoctl get nodes -c /tmp/x": "unknown",
    "calicoctl ipam check --kubeconfig=x": "unknown",
  },
  nearMisses: ["calicoctl node run", "calicoctl patch node x"],
});
