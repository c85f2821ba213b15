// helm 3 and 4, with the plug-ins diff and secrets.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Inverse, Target } from "../../types.ts";
import { asksHelp, freeRead, namedTargets, placeWords, plainWord, switchedOn, unlessHelp, unlessTried } from "./cluster-words.ts";
import { chartFlags, chartOptions, chartValues, inspectCharts } from "./helm-charts.ts";

const read = freeRead("reads releases or charts");

/** Renders locally, or shows what would change. */
const render: CommandRule = {
  why: "renders a chart and prints it",
  operands: "data*",
  flags: chartFlags,
  values: chartValues,
  optional: "--dry-run --wait --force",
  options: {
    ...chartOptions,
    "--output-dir": { kind: "write", why: "writes the manifests to files", safer: "leave --output-dir out" },
  },
  inspect: inspectCharts,
  targets: namedTargets("chart"),
};

const diff: CommandRule = {
  ...render,
  why: "prints what a change of the release would change",
  flags: `${chartFlags} --detailed-exitcode --no-color --color --suppress-secrets --allow-unreleased --three-way-merge --normalize-manifests --strip-trailing-cr --include-tests --disable-validation --skip-hooks`,
  values: `${chartValues} -C|--context --suppress --revision --suppress-output-line-regex -D|--find-renames`,
  options: {
    ...chartOptions,
    "--show-secrets|--show-secrets-decoded": { arity: "flag", sensitive: true, why: "prints secrets", safer: "leave it out" },
  },
  answers: [1, 2],
};

const targets = (inv: Invocation): readonly Target[] => {
  const namespace = inv.value("-n");
  const names = /^(uninstall|delete|del|un)$/.test(inv.path[0] ?? "") ? inv.operands : inv.operands.slice(0, 1);
  return names.map((arg) => ({ kind: "release", name: arg.text, ...(namespace === undefined ? {} : { namespace }) }));
};

/** The release of the call and where it lives, when both are written out. */
function release(inv: Invocation): { readonly name: string; readonly place: string } | undefined {
  const name = inv.operand(0);
  const place = placeWords(inv, ["-n", "--kube-context"]);
  return name === undefined || !plainWord.test(name) || place === undefined ? undefined : { name, place };
}

/** Back to the revision that is deployed now. */
function undoneByRollback(inv: Invocation): Inverse | undefined {
  const found = release(inv);
  if (found === undefined) return undefined;
  return {
    kind: "capture",
    capture: `helm history ${found.name}${found.place} --max 1 -o json | jq -r '.[0].revision'`,
    command: `helm rollback ${found.name} {capture}${found.place}`,
  };
}

function undoneInstall(inv: Invocation): Inverse | undefined {
  const found = release(inv);
  if (found === undefined || inv.has("-g")) return undefined;
  return { kind: "command", command: `helm uninstall ${found.name}${found.place}` };
}

const force = { risk: "dangerous", why: "deletes objects and makes them anew", safer: "leave it out" } as const;

const deploy = (why: string, inverse: (inv: Invocation) => Inverse | undefined): CommandRule => ({
  risk: unlessTried("caution"),
  why,
  operands: "name*",
  flags: chartFlags,
  values: chartValues,
  optional: "--dry-run --wait",
  options: {
    ...chartOptions,
    "--force|--force-replace": { arity: "flag", ...force },
    "--recreate-pods": { arity: "flag" },
  },
  inspect: inspectCharts,
  targets,
  inverse,
  safer: "--dry-run, or helm diff",
});

const uninstall: CommandRule = {
  risk: unlessTried("dangerous"),
  why: "deletes everything that the release made, and its history",
  operands: "name*",
  flags: "--no-hooks --keep-history --ignore-not-found --purge",
  values: "--description --timeout --cascade --deletion-propagation",
  optional: "--dry-run --wait",
  targets,
  safer: "--dry-run",
};

const local = (why: string, noInverse: string): CommandRule => ({
  risk: unlessHelp("caution"),
  why,
  operands: "name*",
  flags: `${chartFlags} -u --sign --untar --prov --skip-refresh --no-update --force-update --allow-deprecated-repos --password-stdin --insecure --fail-on-repo-update-fail`,
  values: `${chartValues} -d|--destination --untardir --app-version --key --passphrase-file -p|--starter --url --merge --parent-dir --json`,
  options: {
    "-f|--values": { kind: "read" },
    "--dependency-update": { arity: "flag" },
    "--password": { sensitive: true, why: "names a password" },
  },
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "chart", name: arg.text })),
  noInverse,
});

const download = "the files that were there before are overwritten";

const code = (why: string): CommandRule => ({
  risk: unlessHelp("dangerous"),
  why,
  operands: "name*",
  values: "--version --keyring",
  flags: "--verify",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "plug-in", name: arg.text })),
});

export const helm = program({
  names: "helm|helm3",
  source: "helm.sh/docs, helm 3.18 and 4.0; github.com/databus23/helm-diff 3.10",
  style: "go",
  why: "works with releases of charts",
  risk: (inv) => (asksHelp(inv) || switchedOn(inv, "--version") ? "safe" : "unknown"),
  flags: "--debug --kube-insecure-skip-tls-verify --colour",
  values:
    "-n|--namespace --kube-context --kube-as-group --kube-as-user --kube-tls-server-name --burst-limit --qps --color --tiller-namespace",
  optional: "-h|--help --version",
  options: {
    "--kubeconfig": {
      kind: "read",
      risk: "unknown",
      why: "a kubeconfig may name a program that is run to log in",
      safer: "--kube-context",
    },
    "--kube-apiserver": { risk: "unknown", why: "sends credentials to another server" },
    "--kube-token|--kube-ca-file": { risk: "caution", sensitive: true, why: "names credentials" },
    "--registry-config|--repository-config": { kind: "read", risk: "unknown", why: "another configuration, which names servers" },
    "--repository-cache|--content-cache": { kind: "write", why: "writes downloads to this folder" },
  },
  verbs: {
    "list|ls|status|history|hist|env|version|help|completion|verify": read,
    "get all|hooks|manifest|metadata|notes|values": read,
    "search hub|repo": read,
    "dependency|dependencies|dep list|ls": read,
    "plugin list|ls|verify": read,
    "repo list|ls": read,
    "show|inspect all|chart|crds|readme|values": { ...read, inspect: inspectCharts },
    "template|lint": render,
    "diff upgrade|revision|rollback|release|version": diff,
    install: deploy("makes a release and all its objects", undoneInstall),
    upgrade: deploy("changes the objects of the release", undoneByRollback),
    rollback: deploy("goes back to an earlier revision of the release", undoneByRollback),
    "uninstall|delete|del|un": uninstall,
    test: {
      ...deploy("runs the test pods of the release", undoneByRollback),
      flags: "--logs --hide-notes --cleanup --parallel",
      values: "--filter --timeout --max",
      inverse: () => undefined,
      noInverse: "what the tests did inside the cluster is not recorded",
    },
    "pull|fetch|package|create": local("writes charts to this machine", download),
    push: local("publishes a chart", "a published chart may have been fetched already"),
    "repo add|update|up|index": local("changes the list of chart repositories on this machine", "the index before is overwritten"),
    "repo remove|rm": local("forgets a chart repository on this machine", "its address is not recorded; helm repo list shows it before"),
    "dependency|dependencies|dep update|up|build": local("downloads charts into the chart's folder", download),
    "registry login|logout": local("changes the stored credentials of a registry", "the credentials before are not read"),
    "plugin install|update|add|up": code("installs a program that helm runs"),
    "plugin uninstall|remove|rm": {
      ...code("removes a program that helm runs"),
      risk: unlessHelp("caution"),
      noInverse: "the plug-in's source is not recorded",
    },
    "plugin package": local("writes an archive of a plug-in", download),
    "secrets view|decrypt|dec": freeRead("prints decrypted secrets", {
      sensitive: true,
      options: { "-i": { arity: "flag", risk: "caution", why: "writes the decrypted secrets to a file" } },
    }),
    "secrets encrypt|enc|edit|clean": local("changes files of secrets", download),
    mapkubeapis: {
      ...deploy("rewrites the record of the release", undoneByRollback),
      optional: "--dry-run",
      values: "--mapfile",
      flags: "",
    },
  },
  examples: {
    "helm list -A": "safe",
    "helm -n prod status api -o json": "safe",
    "helm get values api --all": "safe",
    "helm template api ./chart -f values.yaml --set a=b": "safe",
    "helm template api ./chart --output-dir out": "caution",
    "helm template api ./chart --post-renderer ./x": "dangerous",
    "helm template api ./chart --enable-dns": "unknown",
    "helm template api ./chart -f secrets://x.yaml": "unknown",
    "helm template api s3://bucket/chart": "unknown",
    "helm template api ./chart --set-file k=/etc/shadow": "caution",
    "helm lint ./chart --strict": "safe",
    "helm diff upgrade api ./chart -f v.yaml -C 3": "safe",
    "helm diff upgrade api ./chart --show-secrets": "caution",
    "helm install api ./chart": "caution",
    "helm install api ./chart --dry-run": "safe",
    "helm upgrade api ./chart --dry-run=none": "caution",
    "helm upgrade --install api ./chart -n prod --wait --timeout 5m": "caution",
    "helm upgrade api ./chart --force": "dangerous",
    "helm rollback api 3": "caution",
    "helm uninstall api -n prod": "dangerous",
    "helm uninstall api --dry-run": "safe",
    "helm repo update": "caution",
    "helm plugin install https://example.com/p": "dangerous",
    "helm registry login r.example.com --password x": "caution",
    "helm secrets view s.yaml": "caution",
    "helm secrets dec -i s.yaml": "caution",
    "helm install --help": "safe",
    "helm list --kubeconfig /tmp/x": "unknown",
    "helm list --kube-apiserver https://x": "unknown",
    "helm list --kube-token x": "caution",
    "helm list --registry-config /tmp/x": "unknown",
    "helm list --repository-cache /tmp/x": "caution",
  },
  nearMisses: [
    "helm uninstall api --dry-run --dry-run=false",
    "helm --frob list uninstall api",
    "helm test api",
    "helm pull repo/chart",
    "helm template api ./chart --dependency-update",
    "helm frob",
    "helm install --help=false api ./chart",
    "helm upgrade api ./chart --new-flag --dry-run",
  ],
});

const stateRead: CommandRule = {
  why: "reads the releases of the helmfile, whose templates and hooks run as they do for every helmfile command",
  operands: "none",
  anyOption: true,
  options: {
    "--output-dir|--output-dir-template|--output-file-template": { kind: "write", why: "writes files" },
    "--args|--post-renderer|--post-renderer-args|--diff-args|--template-args": { risk: "dangerous", why: "hands any options to helm" },
    "--show-secrets": { arity: "flag", sensitive: true, why: "prints secrets" },
  },
  targets: () => [],
};

const stateChange = (why: string, more: Partial<CommandRule> = {}): CommandRule => ({
  risk: "caution",
  why,
  operands: "none",
  anyOption: true,
  targets: (inv) => [{ kind: "helmfile", name: inv.arg("-l")?.text ?? inv.arg("-e")?.text ?? inv.arg("-f")?.text ?? "helmfile.yaml" }],
  noInverse: "each release goes back by helm rollback; helm history shows the revisions",
  safer: "helmfile diff",
  ...more,
});

export const helmfile = program({
  names: "helmfile",
  source: "helmfile.readthedocs.io, helmfile 0.169",
  style: "go",
  why: "works with the releases of a helmfile",
  risk: (inv) => (asksHelp(inv) || switchedOn(inv, "--version") ? "safe" : "unknown"),
  flags:
    "--debug --no-color --color -q|--quiet --allow-no-matching-release --disable-force-update --enable-live-output --skip-deps --skip-refresh",
  values:
    "-e|--environment -n|--namespace -l|--selector --log-level --kube-context -c|--chart --state-values-set --state-values-set-string",
  reads: "-f|--file --state-values-file",
  optional: "-h|--help --version",
  options: { "-b|--helm-binary|-k|--kustomize-binary": { risk: "dangerous", why: "names the program that is run" } },
  verbs: {
    "list|status|diff|show-dag|version|lint|template|build": { ...stateRead, answers: [1, 2] },
    "print-env": { ...stateRead, sensitive: true },
    "apply|sync|test|charts": stateChange("changes the releases of the helmfile"),
    "deps|repos|fetch|write-values|init": stateChange("writes files on this machine", {
      noInverse: "the files that were there before are overwritten",
    }),
    "destroy|delete": stateChange("deletes the releases of the helmfile", { risk: "dangerous" }),
  },
  examples: {
    "helmfile list": "safe",
    "helmfile -e prod diff --detailed-exitcode": "safe",
    "helmfile template --output-dir out": "caution",
    "helmfile diff --args=--post-renderer=x": "dangerous",
    "helmfile diff --show-secrets": "caution",
    "helmfile apply": "caution",
    "helmfile -l name=api destroy": "dangerous",
    "helmfile -b ./x list": "dangerous",
  },
  nearMisses: ["helmfile sync", "helmfile delete --purge", "helmfile --frob list destroy"],
});
