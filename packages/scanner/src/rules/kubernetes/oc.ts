// oc: the words of kubectl and those of OpenShift.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { asksHelp, freeChange, freeRead, isDryRun, namedTargets, switchedOn } from "./cluster-words.ts";
import { kubectlFlags, kubectlOptions, kubectlValues, kubectlVerbs } from "./kubectl.ts";
import { kubernetesTargets } from "./kubectl-objects.ts";

const read = freeRead("reads from the cluster");
const kept = "what was there before is not recorded";
const change = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets: kubernetesTargets, noInverse: kept, ...more });
const destroy = (why: string): CommandRule =>
  freeChange(why, { risk: "dangerous", targets: kubernetesTargets, safer: "oc get the same objects first" });

const verb = (name: string): CommandRule => kubectlVerbs[name] ?? read;

/** `oc project` says which one; with a name it changes which one later commands reach. */
const project: CommandRule = {
  risk: (inv) => (inv.operands.length > 0 ? "caution" : "safe"),
  why: "says, or changes, which project later commands reach",
  operands: "name?",
  flags: "-q|--short",
  targets: namedTargets("project"),
  inverse: () => ({ kind: "capture", capture: "oc project -q", command: "oc project {capture}" }),
};

const shell = verb("exec");

/** `oc rsh POD [COMMAND]`: the command stands behind the pod, without `--`. */
const rsh: CommandRule = {
  ...shell,
  firstEnds: true,
  values: "-c|--container --shell --timeout",
  flags: "-t|--tty -T|--no-tty",
};

function inspectAdmDrain(inv: Invocation): "safe" | "dangerous" {
  return isDryRun(inv) || asksHelp(inv) ? "safe" : "dangerous";
}

const adm: Readonly<Record<string, CommandRule>> = {
  "adm top": { ...verb("top pod|pods|po|node|nodes|no"), values: "--sort-by -l|--selector", flags: "--containers --no-headers" },
  "adm inspect|must-gather": change("gathers the state of the cluster into files, secrets of the platform left out"),
  "adm node-logs|build-chain": read,
  "adm release info": freeRead("reads what a release holds", {
    options: { "--changelog|--bugs": { kind: "write", why: "clones repositories into a folder", safer: "leave it out" } },
  }),
  "adm release extract|mirror|new": change("writes files or publishes images"),
  "adm catalog build|mirror": change("writes files or publishes images"),
  "adm ocp-certificates": destroy("makes certificates and trust of the cluster anew"),
  "adm verify-image-signature": freeRead("checks the signature of an image", {
    options: { "--save|--remove-all": { arity: "optional", risk: "caution", why: "changes the image object", safer: "leave it out" } },
    noInverse: kept,
  }),
  "adm policy who-can|scc-review|scc-subject-review": read,
  "adm policy add-role-to-user|add-role-to-group|add-cluster-role-to-user|add-cluster-role-to-group|add-scc-to-user|add-scc-to-group|remove-role-from-user|remove-role-from-group|remove-cluster-role-from-user|remove-cluster-role-from-group|remove-scc-from-user|remove-scc-from-group|remove-user|remove-group":
    destroy("changes who may do what"),
  "adm upgrade": {
    risk: (inv) =>
      ["--to", "--to-latest", "--to-image", "--clear", "--force", "--allow-explicit-upgrade"].some((name) => inv.has(name))
        ? "dangerous"
        : "safe",
    why: "shows which upgrades there are, or starts one",
    operands: "none",
    flags: "--include-not-recommended --allow-not-recommended --allow-upgrade-with-warnings",
    values: "--to --to-image",
    optional: "--to-latest --clear --force --allow-explicit-upgrade",
    targets: () => [{ kind: "cluster", name: "clusterversion" }],
  },
  "adm upgrade status|recommend": read,
  "adm cordon": { ...verb("cordon"), inverse: (inv) => swapped(inv, "uncordon") },
  "adm uncordon": { ...verb("uncordon"), inverse: (inv) => swapped(inv, "cordon") },
  "adm drain": { ...verb("drain"), risk: inspectAdmDrain },
  "adm taint": { ...verb("taint"), inverse: () => undefined, noInverse: "oc describe node shows the taints before" },
  "adm certificate approve|deny": verb("certificate approve|deny"),
  "adm prune": destroy("deletes builds, images or deployments"),
  "adm groups add-users|remove-users|new|sync|prune": destroy("changes who may do what"),
  "adm new-project": change("makes a project"),
  "adm reboot-machine-config-pool|restart-kubelet|copy-to-node|migrate": destroy("changes nodes of the cluster"),
};

function swapped(inv: Invocation, name: string) {
  const [node, more] = inv.operands.map((arg) => arg.text);
  return node === undefined || more !== undefined || !/^[\w.-]+$/.test(node)
    ? undefined
    : ({ kind: "command", command: `oc adm ${name} ${node}` } as const);
}

/** `oc extract secret/x --to=-` prints it; otherwise it writes files. */
const extract = freeChange("writes the content of secrets or config maps", {
  sensitive: true,
  targets: kubernetesTargets,
  noInverse: kept,
});

export const oc = program({
  names: "oc",
  source: "docs.redhat.com, OpenShift Container Platform 4.19, CLI tools; reference/command-safety.md 3.5",
  style: "go",
  why: "talks to an OpenShift cluster",
  risk: (inv) => (asksHelp(inv) || switchedOn(inv, "--version") ? "safe" : "unknown"),
  flags: kubectlFlags,
  values: kubectlValues,
  optional: "-h|--help --version",
  options: kubectlOptions,
  verbs: {
    ...kubectlVerbs,
    ...adm,
    "status|projects|types": read,
    "registry info": read,
    whoami: freeRead("says who you are", {
      options: { "-t|--show-token": { arity: "flag", sensitive: true, why: "prints your token", safer: "leave -t out" } },
    }),
    project,
    process: freeRead("fills in a template and prints it"),
    "image info": read,
    "policy who-can|can-i|scc-review|scc-subject-review": read,
    "policy add-role-to-user|add-role-to-group|remove-role-from-user|remove-role-from-group|remove-user|remove-group":
      destroy("changes who may do what"),
    extract,
    rsh,
    "rsync|observe": change("copies files, or runs a program at each change"),
    "image extract|mirror|append|serve": change("copies images"),
    "login|logout": change("changes the stored session"),
    "new-app|new-build|new-project|start-build|import-image|tag|idle|serviceaccounts|rollback|deploy": change("makes or changes objects"),
    "secrets link|unlink": change("changes which secrets an account uses"),
    "set volume|volumes|probe|triggers|route-backends|build-hook|build-secret|deployment-hook|image-lookup|data": change("changes objects"),
    "cancel-build|ex": destroy("ends builds"),
    "create route|user|identity|useridentitymapping|imagestream|imagestreamtag|deploymentconfig|build": change("creates an object"),
    "sa get-token|new-token": freeRead("prints a token", { sensitive: true }),
    "rollout latest|retry|cancel": change("starts or ends a rollout"),
  },
  examples: {
    "oc get pods -n prod": "safe",
    "oc projects": "safe",
    "oc project": "safe",
    "oc project prod": "caution",
    "oc status": "safe",
    "oc whoami": "safe",
    "oc whoami -t": "caution",
    "oc adm top nodes": "safe",
    "oc adm node-logs n1 -u kubelet": "safe",
    "oc adm release info 4.19.3 --commits": "safe",
    "oc adm release info 4.19.3 --changelog=repos": "caution",
    "oc adm release extract --tools 4.19.3": "caution",
    "oc adm ocp-certificates regenerate-leaf -n x secrets/y": "dangerous",
    "oc adm verify-image-signature sha256:x --save": "caution",
    "oc adm upgrade": "safe",
    "oc adm upgrade --to=4.19.3": "dangerous",
    "oc adm policy who-can get pods": "safe",
    "oc adm policy add-cluster-role-to-user cluster-admin bob": "dangerous",
    "oc adm drain n1": "dangerous",
    "oc adm cordon n1": "caution",
    "oc rsh web-0 ls -la": "caution",
    "oc rsh web-0 rm -rf /data": "dangerous",
    "oc extract secret/db --to=-": "caution",
    "oc debug node/n1": "dangerous",
    "oc delete project prod": "dangerous",
    "oc get pods --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: [
    "oc login -u x",
    "oc observe pods -- rm",
    "oc adm prune images --confirm",
    "oc adm upgrade --clear",
    "oc --frob get delete pod x",
    "oc create route edge --x",
  ],
});
