// kustomize as a program of its own; `kubectl kustomize` shares the rule for building.
import { type CommandRule, program } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets } from "./cluster-words.ts";
import { kubectlReads } from "./kubectl-reads.ts";

const build = kubectlReads["kustomize"] ?? freeRead("builds manifests from files");

const change = (why: string): CommandRule =>
  freeChange(why, { targets: namedTargets("file"), noInverse: "git has the kustomization before the change" });

export const kustomize = program({
  names: "kustomize",
  source: "kubectl.docs.kubernetes.io/references/kustomize, kustomize 5.7",
  style: "go",
  risk: bareRisk,
  why: "builds manifests",
  flags: "--stack-trace",
  optional: "-h|--help --version",
  verbs: {
    build,
    "version|help|completion|docs": freeRead("prints help or versions"),
    "cfg cat|count|grep|tree": freeRead("prints resources of files"),
    "cfg create-setter|set|delete-setter|create-subst|annotate|fmt|merge|init": change("changes manifests in their files"),
    "create|edit|localize": change("changes or writes the files of a kustomization"),
    fn: { ...freeChange("runs functions, which are programs or containers"), risk: "dangerous", targets: namedTargets("file") },
  },
  examples: {
    "kustomize build overlays/prod": "safe",
    "kustomize build overlays/prod -o out.yaml": "caution",
    "kustomize build --enable-alpha-plugins --enable-exec x": "dangerous",
    "kustomize build --mount type=bind,src=/,dst=/h x": "dangerous",
    "kustomize build https://github.com/example/repo": "unknown",
    "kustomize edit set image a=b:1": "caution",
    "kustomize fn run x": "dangerous",
    "kustomize cfg tree x": "safe",
  },
  nearMisses: ["kustomize build github.com/example/repo", "kustomize build $DIR", "kustomize --frob build edit", "kustomize create"],
});
