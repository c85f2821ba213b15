// Programs that look into images, files and manifests and report: trivy, grype, syft, and checkers of manifests.
// They fetch their database into a cache of their own; that is no change that anyone depends on.
import { type CommandRule, type OptionRule, program } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets } from "./cluster-words.ts";

const output: OptionRule = { kind: "write", why: "writes a file", safer: "leave it out" };
const config: OptionRule = { kind: "read", risk: "unknown", why: "another configuration, which may name files and servers" };
const password: OptionRule = { risk: "caution", sensitive: true, why: "names credentials" };
const kept = "what was there before is not recorded";
const change = (why: string): CommandRule => freeChange(why, { targets: namedTargets("object"), noInverse: kept });
const destroy = (why: string): CommandRule => freeChange(why, { risk: "dangerous", targets: namedTargets("object") });

const scanOptions: Readonly<Record<string, OptionRule>> = {
  "-o|--output": output,
  "--cache-dir": { kind: "write", why: "writes its cache there" },
  "-c|--config": config,
  "--server|--token|--custom-headers|--cache-backend": { risk: "unknown", why: "sends what it finds to a server" },
  "--username|--password|--password-stdin|--registry-token": password,
  "--generate-default-config": { arity: "flag", risk: "caution", why: "writes a file" },
  "--reset|--reset-policy-bundle|--clear-cache": { arity: "flag", risk: "caution", why: "deletes its cache" },
  "--config-check|--checks-bundle-repository|--policy-bundle-repository|--policy|--config-policy|--module-dir|--enable-modules|--output-plugin-arg":
    {
      risk: "unknown",
      why: "loads code for its checks",
    },
};

const scanned = freeRead("looks for weaknesses and reports them", {
  options: scanOptions,
  answers: [1],
  noInverse: kept,
  targets: () => [],
});

export const trivy = program({
  names: "trivy",
  source: "trivy.dev/latest/docs/references, trivy 0.67",
  style: "go",
  risk: bareRisk,
  why: "looks for weaknesses",
  flags: "-d|--debug -q|--quiet --insecure",
  values: "--timeout",
  optional: "-h|--help -v|--version",
  options: { "--cacert": { kind: "read" } },
  verbs: {
    "image|i|filesystem|fs|repository|repo|config|conf|sbom|rootfs|vm|convert": scanned,
    "version|help|completion": freeRead("prints help or versions"),
    "plugin list|info|search": freeRead("reads about plug-ins"),
    "kubernetes|k8s": {
      ...scanned,
      risk: "caution",
      why: "makes jobs on the nodes of the cluster to look into them",
      noInverse: "the jobs are deleted at the end",
    },
    "plugin install|uninstall|run|update|upgrade": destroy("installs or runs a program"),
    "module install|uninstall": destroy("installs code that every scan runs"),
    "clean|registry|vex": change("changes its cache or credentials"),
    server: { ...change("starts a service"), unbounded: true },
  },
  examples: {
    "trivy image --severity HIGH web:1": "safe",
    "trivy fs .": "safe",
    "trivy image -o out.json web:1": "caution",
    "trivy image --cache-dir /tmp/x web:1": "caution",
    "trivy image -c /tmp/x web:1": "unknown",
    "trivy image --server http://x web:1": "unknown",
    "trivy image --cache-backend redis://x web:1": "unknown",
    "trivy config --checks-bundle-repository x .": "unknown",
    "trivy image --password x web:1": "caution",
    "trivy fs --generate-default-config": "caution",
    "trivy image --reset": "caution",
    "trivy config --config-check ./x .": "unknown",
    "trivy k8s cluster": "caution",
    "trivy plugin install x": "dangerous",
  },
  nearMisses: ["trivy server", "trivy clean --all", "trivy --frob image plugin install x"],
});

export const grype = program({
  names: "grype|syft",
  source: "github.com/anchore/grype 0.100 and github.com/anchore/syft 1.33, their READMEs",
  style: "go",
  risk: "safe",
  why: "lists what an image is made of, or its weaknesses",
  operands: "data?",
  flags: "-q|--quiet -v|--verbose -vv --only-fixed --only-notfixed --add-cpes-if-none --by-cve --show-suppressed -h|--help --version",
  values:
    "-s|--scope -f|--fail-on --platform --distro --name --exclude --from --base-path --source-name --source-version --override-default-catalogers --select-catalogers --sort-by --ignore-states --profile --parallelism --enrich",
  reads: "-t|--template --vex --key",
  options: {
    "-o|--output": {
      check: (value) =>
        value.shape === "literal" && /^[\w.@-]+$/.test(value.text)
          ? undefined
          : { risk: "caution", why: "writes a file", span: value.span },
    },
    "--file": output,
    "-c|--config": config,
  },
  answers: [1, 2],
  verbs: {
    "db status|list|providers|search": freeRead("reads about the database"),
    "db check": { ...freeRead("says whether there is a newer database"), answers: [100] },
    "version|help|completion|cataloger|explain": freeRead("prints help or versions"),
    "db update|import": change("replaces the database"),
    "db delete": change("deletes the database"),
    "attest|login|config": change("signs, or stores credentials"),
    scan: {
      ...scanned,
      options: {
        ...scanOptions,
        "-o|--output": { check: (value) => (value.head.includes("=") ? { risk: "caution", why: "writes a file" } : undefined) },
        "--file": output,
      },
    },
    convert: freeRead("converts a list of parts", {
      options: {
        "-o|--output": { check: (value) => (value.head.includes("=") ? { risk: "caution", why: "writes a file" } : undefined) },
        "--file": output,
      },
    }),
  },
  examples: {
    "grype web:1 -o json": "safe",
    "syft web:1 -o spdx-json": "safe",
    "syft web:1 -o spdx-json=out.json": "caution",
    "grype web:1 --file out.json": "caution",
    "grype web:1 -c /tmp/x": "unknown",
    "grype db status": "safe",
    "grype db update": "caution",
    "syft scan dir:.": "safe",
    "syft convert a.json -o cyclonedx-json=b.json": "caution",
    "grype -t ~/.ssh/id_rsa web:1": "caution",
  },
  nearMisses: ["syft attest web:1", "grype db delete", "syft scan web:1 -o json=x", "grype --frob web:1"],
});

const checkOptions = "-o|--output --output-format -k|--kubernetes-version --kube-version -t|--target-versions";

const checked: CommandRule = {
  why: "checks manifests and reports",
  operands: "read*",
  anyOption: true,
  values: checkOptions,
  answers: [1, 2, 3, 4],
};

/** Names a command of checkers that have sub-commands. */
const checks = (names: string): Record<string, CommandRule> => ({
  [names]: checked,
  "version|help|completion": freeRead("prints help or versions"),
});

export const kubeScore = program({
  names: "kube-score|kube-linter|pluto|polaris|kubepug|kubesec",
  source: "READMEs of kube-score 1.20, kube-linter 0.7, pluto 5.22, polaris 10, kubepug 1.7, kubesec 2.14",
  style: "go",
  risk: bareRisk,
  why: "checks manifests",
  values: "--kubecontext",
  optional: "-h|--help --version",
  options: {
    "--kubeconfig": { kind: "read", risk: "unknown", why: "a kubeconfig may name a program that is run to log in" },
    "--config|--additional-config": { kind: "read" },
    "--output-url|--upload-insights": { arity: "optional", risk: "unknown", why: "sends the report elsewhere" },
    "--output-file": output,
  },
  verbs: {
    ...checks(
      "score|lint|audit|scan|detect|detect-files|detect-helm|detect-api-resources|detect-all-in-cluster|list|list-versions|checks|templates",
    ),
    "http|webhook|dashboard|fix": change("starts a service, or changes files"),
  },
  examples: {
    "kube-score score x.yaml": "safe",
    "pluto detect-files -d . -o wide": "safe",
    "polaris audit --audit-path . --output-file x": "caution",
    "polaris audit --output-url http://x": "unknown",
    "pluto detect-helm --kubeconfig /tmp/x": "unknown",
    "kube-linter lint --config ~/.ssh/id_rsa x.yaml": "caution",
  },
  nearMisses: ["polaris dashboard", "polaris fix --files-path .", "polaris --frob audit fix"],
});

export const kubeconform = program({
  names: "kubeconform|kubeval",
  source: "github.com/yannh/kubeconform, README of 0.7; kubeval 0.16",
  style: "goflag",
  why: "checks manifests against their schemas",
  operands: "read*",
  flags:
    "-strict -summary -verbose -ignore-missing-schemas -exit-on-error -insecure-skip-tls-verify -debug -h -help -v -version --openshift --quiet --force-color",
  values:
    "-output -kubernetes-version -n -reject -skip -ignore-filename-pattern -schema-location -o --kubernetes-version --additional-schema-locations -d --directories -s --skip-kinds -i --ignored-filename-patterns",
  options: { "-cache": { kind: "write", why: "writes its cache there" }, "-cpu-prof": output },
  answers: [1],
  examples: {
    "kubeconform -summary -strict x.yaml": "safe",
    "kubeconform -cache out x.yaml": "caution",
    "kubeconform -cpu-prof out x.yaml": "caution",
  },
  nearMisses: ["kubeconform -frob x.yaml", "kubeconform ~/.ssh/id_rsa"],
});

export const popeye = program({
  names: "popeye|kubent",
  source: "READMEs of popeye 0.22, kube-no-trouble 0.7",
  style: "go",
  risk: "safe",
  why: "looks through the cluster and reports",
  operands: "data?",
  flags: "-A|--all-namespaces --check-overs --helm3 --cluster --exit-error --verbose --silent -h|--help --force-exit-zero",
  values: "-n|--namespace --context -l|--lint -o|--out --output -s|--sections --log-level -t|--target-version --format",
  options: {
    "--kubeconfig": { kind: "read", risk: "unknown", why: "a kubeconfig may name a program that is run to log in" },
    "-f|--file|--spinach": { kind: "read" },
    "--save": { arity: "flag", risk: "caution", why: "writes a file, or sends the report elsewhere" },
    "--output-file|-O": output,
    "--s3-bucket|--s3-endpoint|--s3-region|--push-gtwy-url|--push-gtwy-user|--push-gtwy-password": {
      risk: "unknown",
      why: "sends the report elsewhere",
    },
  },
  answers: [1, 200],
  examples: {
    popeye: "safe",
    "popeye -n prod -o json": "safe",
    "kubent --output json": "safe",
    "popeye --save": "caution",
    "popeye --output-file x": "caution",
    "popeye --s3-bucket x": "unknown",
    "popeye -f ~/.ssh/id_rsa": "caution",
    "popeye --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["popeye --push-gtwy-url http://x", "popeye --frob", "popeye a b"],
});
