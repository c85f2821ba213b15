// flux: sources and releases that are kept as git has them.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { clusterClient } from "./cluster-client.ts";
import { freeChange, freeRead, switchedOn, undoneByVerb } from "./cluster-words.ts";

const watching = {
  "-w|--watch|-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "leave it out" },
} as const;

const read: CommandRule = {
  why: "reads what Flux knows",
  operands: "data*",
  anyWord: true,
  flags: "-A|--all-namespaces --no-header --client --pre",
  values:
    "--status-selector --label-selector -l -o|--output --kind --name --level --tail --since --timeout --for --types --flux-namespace --components --components-extra --poll-interval --color --field-selector",
  options: watching,
};

/** `kustomization app`, as a person types it. */
const targets = (inv: Invocation) => [{ kind: inv.operands[0]?.text ?? "flux", name: inv.operands.at(-1)?.text ?? "flux" }];
const change = (why: string, more: Partial<CommandRule>): CommandRule => freeChange(why, { targets, ...more });

export const flux = program({
  ...clusterClient,
  names: "flux",
  source: "fluxcd.io/flux/cmd, flux 2.6",
  why: "works with Flux",
  flags: "--verbose",
  values: `${clusterClient.values} --cluster --user --tls-server-name --kube-api-qps --kube-api-burst --cache-dir`,
  options: {
    ...clusterClient.options,
    "--server": { risk: "unknown", why: "sends credentials to another server" },
    "--token|--certificate-authority|--client-certificate|--client-key": { risk: "caution", sensitive: true, why: "names credentials" },
    "--insecure-skip-tls-verify": { arity: "flag", risk: "caution", why: "does not check who answers" },
  },
  verbs: {
    "get|logs|tree|stats|trace|check|version|events|list|help|completion": read,
    diff: freeRead("prints what a change would change", { answers: [1] }),
    "build|envsubst": freeRead("builds manifests from files"),
    "build artifact": change("writes the files of a folder into an archive", { noInverse: "an archive of that name is overwritten" }),
    export: freeRead("prints objects as manifests", {
      options: { "--with-credentials": { arity: "flag", sensitive: true, why: "prints secrets", safer: "leave it out" } },
    }),
    debug: freeRead("prints the values that a release was made with", { sensitive: true }),
    reconcile: change("makes Flux act now", {
      noInverse: "what it applies is what git says",
      options: { "--force|--reset": { arity: "flag", risk: "dangerous", why: "deletes objects and makes them anew" } },
    }),
    suspend: change("stops Flux from acting on an object", {
      inverse: undoneByVerb("resume", ["-n", "--context"]),
      options: { "--all": { arity: "flag", risk: "dangerous", why: "reaches every object" } },
    }),
    resume: change("lets Flux act on an object again", {
      inverse: undoneByVerb("suspend", ["-n", "--context"]),
      options: { "--all": { arity: "flag", risk: "dangerous", why: "reaches every object" } },
    }),
    create: {
      risk: (inv) => (switchedOn(inv, "--export") ? "safe" : "caution"),
      why: "makes an object of Flux; with --export it only prints it",
      operands: "name*",
      flags: "--prune --wait --silent --recurse-submodules --insecure",
      values:
        "--url --branch --tag --tag-semver --commit --interval --path --source --target-namespace --health-check --health-check-timeout --depends-on --service-account --chart --chart-version --chart-ref --release-name --values-from --create-target-namespace --label --secret-ref --git-implementation --provider --bucket-name --endpoint --region --timeout --retry-interval --validation --decryption-provider --decryption-secret --reconcile-strategy --storage-namespace --cluster --target --event-severity --event-source --channel --type --event --resource --image --image-ref --select-semver --select-alpha --select-numeric --filter-regex --filter-extract --username --password --ssh-key-algorithm",
      optional: "--export",
      reads: "--values",
      targets,
      noInverse: "flux delete takes it away; what it replaced is gone",
      safer: "--export",
    },
    delete: { ...change("deletes an object of Flux and what it made", {}), risk: "dangerous", safer: "flux get" },
    uninstall: { ...change("takes Flux out of the cluster", {}), risk: "dangerous", targets: () => [{ kind: "cluster", name: "flux" }] },
    "install|bootstrap": change("puts Flux into the cluster", { noInverse: "flux uninstall takes it away; what it replaced is gone" }),
    "push|tag": change("publishes an artefact", { noInverse: "what is published may have been fetched already" }),
    pull: change("writes an artefact to this machine", { noInverse: "the files that were there before are overwritten" }),
  },
  examples: {
    "flux get kustomizations -A": "safe",
    "flux get all -A --status-selector ready=false": "safe",
    "flux logs --level=error --tail 20": "safe",
    "flux logs -f": "caution",
    "flux diff kustomization app --path ./x": "safe",
    "flux export source git --all": "safe",
    "flux export source git --all --with-credentials": "caution",
    "flux debug hr app --show-values": "caution",
    "flux reconcile kustomization app --with-source": "caution",
    "flux reconcile hr app --force": "dangerous",
    "flux suspend hr app": "caution",
    "flux suspend hr --all": "dangerous",
    "flux resume ks --all": "dangerous",
    "flux create kustomization app --export": "safe",
    "flux create kustomization app --path ./x": "caution",
    "flux delete ks app -s": "dangerous",
    "flux uninstall": "dangerous",
    "flux get ks --kubeconfig /tmp/x": "unknown",
    "flux get ks --server https://x": "unknown",
    "flux get ks --token x": "caution",
    "flux get ks --insecure-skip-tls-verify": "caution",
  },
  nearMisses: ["flux create ks app --export --export=false", "flux --frob get uninstall", "flux bootstrap github", "flux get ks -w"],
});
