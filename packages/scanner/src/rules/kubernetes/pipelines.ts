// Clients that run pipelines and deploy from them: tkn, argo, argo rollouts, kn, cmctl, skaffold, tilt.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Target } from "../../types.ts";
import { clusterClient } from "./cluster-client.ts";
import { freeChange, freeRead, undoneByVerb } from "./cluster-words.ts";
import { kubectlPlugins } from "./kubectl-plugins.ts";

const follows = {
  "-f|--follow|-w|--watch": { arity: "flag", unbounded: true, why: "follows without end", safer: "leave it out" },
} as const;
const read = freeRead("reads from the cluster", { options: follows });
const ran = "what it did by then stays";

const targets = (inv: Invocation): readonly Target[] => {
  const namespace = inv.value("-n");
  const kind = inv.path[0] ?? inv.program;
  const names = inv.operands.length > 0 ? inv.operands.map((arg) => arg.text) : [inv.path.join(" ")];
  return names.map((name) => (namespace === undefined ? { kind, name } : { kind, name, namespace }));
};
const change = (why: string, more: Partial<CommandRule> = {}): CommandRule => freeChange(why, { targets, noInverse: ran, ...more });
const destroy = (why: string): CommandRule => freeChange(why, { risk: "dangerous", targets });

/** `NOUN VERB` for every noun of a client. */
function each(nouns: string, rules: Readonly<Record<string, CommandRule>>): Record<string, CommandRule> {
  return Object.fromEntries(nouns.split("|").map((noun) => [noun, { why: "works with objects of the cluster", verbs: rules }]));
}

export const tkn = program({
  ...clusterClient,
  names: "tkn|opc",
  source: "tekton.dev/docs/cli, tkn 0.42",
  why: "works with Tekton pipelines",
  flags: "-C|--no-color",
  options: { "-k|--kubeconfig": clusterClient.options["--kubeconfig"] },
  verbs: {
    ...each(
      "pipeline|p|pipelines|pipelinerun|pr|pipelineruns|task|t|tasks|taskrun|tr|taskruns|clustertask|ct|customrun|cr|eventlistener|el|triggerbinding|tb|triggertemplate|tt|clustertriggerbinding|ctb|resource|chain|condition",
      {
        "list|ls|describe|desc|logs|export": read,
        "start|create|sign|payload": change("starts a run"),
        "cancel|stop": destroy("ends a run half way"),
        "delete|rm": destroy("deletes objects"),
      },
    ),
    "bundle list": read,
    "bundle push": change("publishes a bundle"),
    "hub search|info|get|check-upgrade": read,
    "hub install|upgrade|downgrade|reinstall": change("puts a task into the cluster"),
    "version|help|completion": read,
  },
  examples: {
    "tkn pipelinerun list -n ci": "safe",
    "tkn pr logs build-1": "safe",
    "tkn pr logs build-1 -f": "caution",
    "tkn pipeline start build": "caution",
    "tkn pr cancel build-1": "dangerous",
    "tkn pr delete --all": "dangerous",
    "tkn pr list -k /tmp/x": "unknown",
  },
  nearMisses: ["tkn hub install task x", "tkn --frob pr list", "tkn task rm x"],
});

export const argo = program({
  ...clusterClient,
  names: "argo",
  source: "argo-workflows.readthedocs.io/en/latest/cli, argo 3.7",
  why: "works with Argo workflows",
  flags: "--verbose --argo-http1",
  values: `${clusterClient.values} --loglevel --argo-base-href --instanceid --cluster --user`,
  options: {
    ...clusterClient.options,
    "-s|--argo-server|--server|-H|--header": { risk: "unknown", why: "another server, which is told the token" },
    "--token|--username|--password": { risk: "caution", sensitive: true, why: "names credentials" },
  },
  verbs: {
    "list|get|logs|lint|version|help|completion|status": read,
    "watch|wait": { ...read, unbounded: true, noInverse: "it changes nothing" },
    ...each("template|cron|cluster-template|archive", {
      "list|get|lint": read,
      "create|update|backfill|resubmit|retry": change("makes or changes objects"),
      suspend: change("stops a schedule", { inverse: undoneByVerb("cron resume", ["-n"]) }),
      resume: change("lets a schedule go on", { inverse: undoneByVerb("cron suspend", ["-n"]) }),
      delete: destroy("deletes objects"),
    }),
    "auth token": freeRead("prints a token", { sensitive: true }),
    "submit|resubmit|retry|node|cp": change("starts a workflow, or writes its files", {
      options: { "-w|--watch|--log|--wait": { arity: "flag", unbounded: true, why: "stays until the workflow ends" } },
    }),
    suspend: change("holds a workflow", { inverse: undoneByVerb("resume", ["-n"]) }),
    resume: change("lets a workflow go on", { inverse: undoneByVerb("suspend", ["-n"]) }),
    "stop|terminate": destroy("ends a workflow half way"),
    delete: destroy("deletes workflows"),
  },
  examples: {
    "argo list -A": "safe",
    "argo logs build-1": "safe",
    "argo logs build-1 --follow": "caution",
    "argo watch build-1": "caution",
    "argo submit x.yaml --watch": "caution",
    "argo suspend build-1": "caution",
    "argo terminate build-1": "dangerous",
    "argo delete --all": "dangerous",
    "argo auth token": "caution",
    "argo list -s x:2746": "unknown",
    "argo list --token x": "caution",
    "argo list --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["argo cron delete x", "argo server", "argo --frob list"],
});

export const argoRollouts = program({
  ...clusterClient,
  names: "kubectl-argo-rollouts",
  source: "argo-rollouts.readthedocs.io, kubectl plug-in 1.8",
  why: "works with Argo rollouts",
  verbs: Object.fromEntries(
    Object.entries(kubectlPlugins)
      .filter(([path]) => path.startsWith("argo-rollouts "))
      .map(([path, rule]) => [path.slice("argo-rollouts ".length), rule]),
  ),
  examples: {
    "kubectl-argo-rollouts get rollout api": "safe",
    "kubectl argo rollouts get rollout api -w": "caution",
    "kubectl-argo-rollouts promote api": "caution",
    "kubectl-argo-rollouts abort api": "dangerous",
    "kubectl-argo-rollouts list rollouts --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["kubectl-argo-rollouts dashboard", "kubectl argo rollouts undo api"],
});

export const kn = program({
  ...clusterClient,
  names: "kn",
  source: "knative.dev/docs/client, kn 1.19",
  why: "works with Knative services",
  values: `${clusterClient.values} --cluster`,
  options: {
    ...clusterClient.options,
    "--config": { kind: "read", risk: "unknown", why: "another configuration, which may name plug-ins" },
  },
  verbs: {
    ...each(
      "service|ksvc|revision|revisions|rev|route|routes|rt|source|broker|trigger|subscription|channel|eventtype|domain|container|secret",
      {
        "list|ls|describe|list-types": read,
        "create|update|apply|import|export|add": change("makes or changes a service"),
        delete: destroy("deletes objects"),
      },
    ),
    "version|help|completion|options": read,
    "plugin list": read,
  },
  examples: {
    "kn service list": "safe",
    "kn service update web --tag a=b": "caution",
    "kn service delete web": "dangerous",
    "kn service list --config x": "unknown",
    "kn service list --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["kn revision delete --prune-all", "kn --frob service list"],
});

export const cmctl = program({
  ...clusterClient,
  names: "cmctl|kubectl-cert_manager",
  source: "cert-manager.io/docs/reference/cmctl, 2.3",
  why: "works with certificates of cert-manager",
  verbs: {
    "check api": read,
    "status certificate": read,
    "inspect secret": read,
    "version|help|completion": read,
    "renew|approve|deny|create|convert|experimental|x|upgrade": change("changes certificates", {
      noInverse: "the certificate before is replaced",
    }),
  },
  examples: {
    "cmctl status certificate web -n prod": "safe",
    "cmctl check api": "safe",
    "cmctl renew web": "caution",
    "cmctl check api --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["cmctl deny x", "cmctl frob"],
});

export const skaffold = program({
  names: "skaffold",
  source: "skaffold.dev/docs/references/cli, skaffold 2.16",
  style: "go",
  risk: clusterClient.risk,
  why: "builds and deploys from a work tree",
  flags: "--interactive --update-check",
  values: "-v|--verbosity --color --timestamps",
  optional: "-h|--help --version",
  verbs: {
    "version|help|completion|options|schema|survey": read,
    credits: change("writes the licences to files"),
    "config list": read,
    "config set|unset": change("changes the client's configuration"),
    diagnose: freeRead("prints how the work tree is set up", { options: { "-o|--output": { kind: "write", why: "writes a file" } } }),
    inspect: freeRead("prints how the work tree is set up", {
      inspect: (inv, ctx) => {
        const word = inv.operands.find((arg) => arg.shape !== "literal" || /^(add|modify)$/.test(arg.text));
        if (word !== undefined) ctx.report({ risk: "caution", why: "may change the files of the work tree", span: word.span });
      },
      noInverse: "the repository has the files as they were",
    }),
    "render|build|test|verify|init|fix|lint|filter": change("builds images, or writes files"),
    "run|deploy|apply|exec": change("builds and deploys"),
    "dev|debug": change("builds and deploys at each change", { unbounded: true }),
    delete: destroy("deletes everything that was deployed"),
  },
  examples: {
    "skaffold diagnose": "safe",
    "skaffold diagnose --yaml-only --output x.yaml": "caution",
    "skaffold inspect build-env list": "safe",
    "skaffold inspect build-env add local": "caution",
    "skaffold credits -d out": "caution",
    "skaffold config list": "safe",
    "skaffold run -p prod": "caution",
    "skaffold delete": "dangerous",
    "skaffold dev": "caution",
  },
  nearMisses: ["skaffold render", "skaffold config set default-repo x", "skaffold --frob diagnose"],
});

export const tilt = program({
  names: "tilt",
  source: "docs.tilt.dev/cli/tilt.html, tilt 0.35",
  style: "go",
  risk: clusterClient.risk,
  why: "builds and deploys from a work tree",
  flags: "-d|--debug -v|--verbose",
  values: "--klog --port --host",
  optional: "-h|--help --version",
  verbs: {
    "get|describe|logs|api-resources|version|doctor|explain|help|completion": read,
    "dump engine|api-docs|cli-docs": { ...read, sensitive: true },
    "up|ci|demo": change("builds and deploys", { unbounded: true }),
    "trigger|enable|disable|args|apply|create|edit|patch|wait|alpha|snapshot|verify-install|docker|docker-prune|lsp": change(
      "changes what is built and deployed",
    ),
    "down|delete": destroy("deletes everything that was deployed"),
  },
  examples: {
    "tilt get uiresources": "safe",
    "tilt logs web": "safe",
    "tilt logs -f web": "caution",
    "tilt up": "caution",
    "tilt down": "dangerous",
  },
  nearMisses: ["tilt trigger web", "tilt docker-prune", "tilt --frob get down"],
});

export const telepresence = program({
  ...clusterClient,
  names: "telepresence",
  source: "telepresence.io/docs/reference, 2.25",
  why: "joins this machine to the network of a cluster",
  values: `${clusterClient.values} --output --use --progress`,
  verbs: {
    "status|version|list|list-contexts|list-namespaces|current-cluster-id|help|completion": read,
    "config view": read,
    "connect|intercept|replace|ingest|wiretap|leave|quit|loglevel|genyaml|curl|docker-run|serve|mcp": change(
      "changes where traffic of the cluster goes",
    ),
    "helm install|upgrade": change("puts the traffic manager into the cluster"),
    "helm uninstall": destroy("takes the traffic manager out of the cluster"),
    "gather-logs": change("gathers logs into a file"),
    uninstall: destroy("takes agents out of the cluster"),
  },
  examples: {
    "telepresence status": "safe",
    "telepresence intercept api --port 80": "caution",
    "telepresence helm uninstall": "dangerous",
    "telepresence list --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["telepresence quit -s", "telepresence --frob list quit"],
});
