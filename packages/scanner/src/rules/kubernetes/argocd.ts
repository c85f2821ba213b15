// argocd: applications that are kept as git has them.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { bareRisk, kubeconfig } from "./cluster-client.ts";
import { freeChange, freeRead, isDryRun, namedTargets, plainOperands } from "./cluster-words.ts";

const read = freeRead("reads from Argo CD");
const refreshing = freeRead("reads an application", {
  options: {
    "--refresh|--hard-refresh": { arity: "optional", risk: "caution", why: "makes the server read git again", safer: "leave it out" },
  },
  noInverse: "a refresh cannot be taken back",
  answers: [1, 2],
});

const change = (why: string, kind: string, more: Partial<CommandRule>): CommandRule =>
  freeChange(why, { targets: namedTargets(kind), ...more });
const destroy = (why: string, kind: string): CommandRule =>
  freeChange(why, { risk: "dangerous", targets: namedTargets(kind), safer: `argocd ${kind} get shows it` });

/** Back to the entry of the history that is deployed now. */
function undoneBySync(inv: Invocation): Inverse | undefined {
  const name = plainOperands(inv)?.[0];
  if (name === undefined) return undefined;
  return { kind: "capture", capture: `argocd app history ${name} -o id | tail -1`, command: `argocd app rollback ${name} {capture}` };
}

const undoneBy =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const name = plainOperands(inv)?.[0];
    return name === undefined ? undefined : { kind: "command", command: `argocd ${verb} ${name}` };
  };

const kept = "the setting before is not recorded; argocd app get shows it";

/** All options are listed, so that none can take `--dry-run` as its value. */
const sync: CommandRule = {
  risk: (inv) => (isDryRun(inv) ? "safe" : "caution"),
  why: "changes the cluster to what git says",
  operands: "name*",
  flags: "--async --assumeYes --server-side --apply-out-of-sync-only --ignore-normalizer --preview-changes",
  values:
    "--revision --revisions --source-positions --source-names --resource --label --info --timeout --retry-limit --retry-backoff-duration --retry-backoff-factor --retry-backoff-max-duration --strategy -o|--output -l|--selector --project -N|--app-namespace --local-repo-root",
  optional: "--dry-run",
  reads: "--local",
  options: {
    "--prune": { arity: "flag", risk: "dangerous", why: "deletes what git no longer has", safer: "leave --prune out" },
    "--force|--replace": { arity: "flag", risk: "dangerous", why: "deletes objects and makes them anew", safer: "leave it out" },
  },
  targets: namedTargets("application"),
  inverse: undoneBySync,
  safer: "--dry-run, or argocd app diff",
};

const app: CommandRule = {
  why: "works with applications",
  verbs: {
    "list|ls|history|manifests|resources|list-resources|get-resource|wait": read,
    "get|diff": refreshing,
    logs: {
      why: "prints the output of containers",
      operands: "data*",
      anyWord: true,
      flags: "-p|--previous -m|--match-case",
      values: "--kind --name --group --namespace -c|--container --tail --since-seconds --until-time --filter -N|--app-namespace",
      options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--tail 200 without -f" } },
    },
    "actions list": read,
    "actions run": change("runs an action of a resource", "application", { noInverse: "what the action does depends on the resource" }),
    sync,
    rollback: { ...sync, why: "goes back to an earlier entry of the history" },
    create: change("makes an application", "application", {
      inverse: undoneBy("app delete"),
      options: { "--upsert": { arity: "flag", risk: "caution", why: "replaces the application" } },
    }),
    "set|unset|edit|patch|patch-resource|add-source|remove-source": change("changes an application", "application", { noInverse: kept }),
    "delete|delete-resource|confirm-deletion": destroy("deletes an application or what it made", "app"),
    "terminate-op": destroy("ends an operation half way", "app"),
  },
};

export const argocd = program({
  names: "argocd",
  source: "argo-cd.readthedocs.io, user guide of 3.1",
  style: "go",
  why: "works with Argo CD",
  risk: bareRisk,
  flags: "--core --grpc-web --plaintext --port-forward",
  values:
    "--argocd-context --kube-context --grpc-web-root-path --port-forward-namespace --http-retry-max --logformat --loglevel --controller-name --server-name --repo-server-name --redis-name --redis-haproxy-name --redis-compress",
  optional: "-h|--help --version",
  options: {
    "--server|--config|-H|--header": { risk: "unknown", why: "another server or configuration, which is told the token" },
    "--kubeconfig": kubeconfig,
    "--insecure": { arity: "flag", risk: "caution", why: "does not check who answers" },
    "--auth-token|--client-crt|--client-crt-key|--server-crt": { risk: "caution", sensitive: true, why: "names credentials" },
  },
  verbs: {
    "version|help|completion": read,
    app,
    "appset list|get": read,
    "appset create": change("makes or changes an application set", "application set", { noInverse: kept }),
    "appset delete": destroy("deletes an application set and its applications", "appset"),
    "appset generate": read,
    "cluster list|ls|get": read,
    "cluster set|rotate-auth": change("changes how Argo CD reaches a cluster", "cluster", { noInverse: kept }),
    "cluster add": destroy("gives Argo CD all rights over a cluster", "cluster"),
    "cluster rm|remove": destroy("takes a cluster away from Argo CD", "cluster"),
    "repo list|ls|get": read,
    "repo add": change("adds a repository", "repository", { inverse: undoneBy("repo rm") }),
    "repo rm|remove": destroy("takes a repository away", "repo"),
    "repocreds list|ls": read,
    "repocreds add": change("stores credentials", "repository", { inverse: undoneBy("repocreds rm") }),
    "repocreds rm|remove": destroy("deletes credentials", "repocreds"),
    "cert list|ls": read,
    "cert add-ssh|add-tls": change("trusts another certificate", "certificate", { noInverse: "argocd cert rm takes it away" }),
    "cert rm|remove": destroy("deletes certificates", "cert"),
    "gpg list|ls|get": read,
    "gpg add": change("trusts another key", "key", { noInverse: "argocd gpg rm takes it away" }),
    "gpg rm|remove": destroy("deletes a key", "gpg"),
    "proj list|ls|get": read,
    "proj role list|ls|get": read,
    "proj windows list|ls": read,
    "proj create|set|edit|add-source|remove-source|add-destination|remove-destination|add-orphaned-ignore|remove-orphaned-ignore|allow-cluster-resource|deny-cluster-resource|allow-namespace-resource|deny-namespace-resource|add-signature-key|remove-signature-key|add-source-namespace|remove-source-namespace|add-destination-service-account|remove-destination-service-account":
      change("changes what a project may do", "project", { noInverse: kept }),
    "proj windows add|update|enable-manual-sync|disable-manual-sync": change("changes when a project is synced", "project", {
      noInverse: kept,
    }),
    "proj windows delete": destroy("deletes a sync window", "proj"),
    "proj role create|add-group|remove-group|add-policy|remove-policy|create-token|delete|delete-token": destroy(
      "changes who may do what",
      "proj",
    ),
    "proj delete|rm": destroy("deletes a project", "proj"),
    "account list|get|get-user-info|can-i": read,
    "account generate-token": change("makes a token and prints it", "account", {
      sensitive: true,
      noInverse: "argocd account delete-token ends it",
    }),
    "account update-password|delete-token|session-token": destroy("changes who may log in", "account"),
    "context|ctx": {
      risk: (inv) => (inv.operands.length > 0 ? "caution" : "safe"),
      why: "lists contexts, or changes which server later commands reach",
      operands: "name?",
      options: { "--delete": { arity: "flag", risk: "dangerous", why: "deletes a context" } },
      targets: namedTargets("context"),
      inverse: () => undefined,
      noInverse: "argocd context lists the one before",
    },
    "login|logout|relogin": change("changes the stored session", "server", { noInverse: "the session before is replaced" }),
    "admin initial-password|export": freeRead("prints secrets", { sensitive: true }),
    "admin settings validate": read,
    "admin settings rbac can|validate": read,
    "admin cluster stats|namespaces|shards": read,
    "admin import": destroy("replaces everything that Argo CD knows", "admin"),
  },
  examples: {
    "argocd app list": "safe",
    "argocd app get api -o json": "safe",
    "argocd app get api --hard-refresh": "caution",
    "argocd app diff api --local ./x": "safe",
    "argocd app logs api --tail 50": "safe",
    "argocd app logs api -f": "caution",
    "argocd app sync api": "caution",
    "argocd app sync api --dry-run": "safe",
    "argocd app sync api --prune": "dangerous",
    "argocd app sync api --force": "dangerous",
    "argocd app rollback api 3": "caution",
    "argocd app create api --upsert": "caution",
    "argocd app delete api": "dangerous",
    "argocd app terminate-op api": "dangerous",
    "argocd cluster list": "safe",
    "argocd context": "safe",
    "argocd context prod": "caution",
    "argocd context prod --delete": "dangerous",
    "argocd admin initial-password -n argocd": "caution",
    "argocd proj role create-token p r": "dangerous",
    "argocd app list --server x": "unknown",
    "argocd app list --kubeconfig /tmp/x": "unknown",
    "argocd app list --insecure": "caution",
    "argocd app list --auth-token x": "caution",
  },
  nearMisses: ["argocd app sync api --dry-run --dry-run=false", "argocd app set api -p a=b", "argocd --frob app list", "argocd login x"],
});
