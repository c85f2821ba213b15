// The sub-commands of kubectl that read, as data. kubectl.ts puts them together with the program's own options.
import type { Arg } from "../../arg.ts";
import type { CommandRule, Finding } from "../../rule.ts";
import { sensitivePath } from "../../sensitive-paths.ts";
import { showsSecrets } from "./kubectl-objects.ts";
import { rawFinding } from "./kubectl-raw.ts";

const selection = "-l|--selector --field-selector --chunk-size";
const templates = "--allow-missing-template-keys --show-managed-fields";
const files = "-f|--filename -k|--kustomize";

const read: CommandRule = { why: "reads objects from the cluster", operands: "data*", anyWord: true };

/** `-o jsonpath-file=PATH`: the file is read as a template. */
function outputFinding(value: Arg): Finding | undefined {
  const file = /^[a-z-]*file=(.*)$/.exec(value.head)?.[1];
  const why = file === undefined ? undefined : sensitivePath(file);
  return why === undefined ? undefined : { risk: "caution", why: `${file} ${why}`, sensitive: true };
}

const output = { "-o|--output": { check: outputFinding } } as const;

const get: CommandRule = {
  ...read,
  flags: `-A|--all-namespaces --ignore-not-found --no-headers -R|--recursive --show-kind --show-labels --server-print --output-watch-events --export ${templates}`,
  values: `${selection} -L|--label-columns --sort-by --subresource --template`,
  reads: files,
  options: {
    ...output,
    "-w|--watch|--watch-only": { arity: "flag", unbounded: true, why: "watches without end", safer: "leave -w out" },
    "--raw": { check: rawFinding },
  },
  sensitive: showsSecrets,
  safer: "-o name, or -o jsonpath={.metadata.name}",
};

const describe: CommandRule = {
  ...read,
  flags: "-A|--all-namespaces --show-events -R|--recursive",
  values: selection,
  reads: files,
  sensitive: showsSecrets,
};

const logs: CommandRule = {
  ...read,
  why: "prints the output of containers",
  flags: "-p|--previous --timestamps --all-containers --all-pods --prefix --ignore-errors --insecure-skip-tls-verify-backend",
  values: `-c|--container --tail --since --since-time --limit-bytes --pod-running-timeout --max-log-requests ${selection}`,
  options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--tail=200 without -f" } },
};

const top: CommandRule = {
  ...read,
  why: "prints use of resources",
  flags: "-A|--all-namespaces --containers --no-headers --use-protocol-buffers --sum --show-capacity --show-swap",
  values: `--sort-by ${selection}`,
};

const events: CommandRule = {
  ...read,
  flags: `-A|--all-namespaces --no-headers ${templates}`,
  values: `--for --types --template ${selection}`,
  options: { ...output, "-w|--watch": { arity: "flag", unbounded: true, why: "watches without end", safer: "leave -w out" } },
};

const help: CommandRule = {
  ...read,
  why: "prints help, versions or the kinds of the API",
  flags: `--recursive --client --short --namespaced --no-headers --cached --show-labels --no-descriptions ${templates}`,
  values: "--api-version --api-group --verbs --sort-by --categories --template",
  options: output,
};

const wait: CommandRule = {
  ...read,
  why: "waits for a condition, or until the timeout",
  flags: `--all -A|--all-namespaces -R|--recursive --local ${templates}`,
  values: `--for --timeout --template ${selection}`,
  reads: files,
  options: output,
};

const diff: CommandRule = {
  ...read,
  why: "prints what apply would change",
  flags: `-R|--recursive --server-side --force-conflicts --prune ${templates}`,
  values: `--field-manager --concurrency --prune-allowlist ${selection}`,
  reads: files,
  answers: [1],
};

const configReads: CommandRule = {
  ...read,
  why: "prints the client's configuration",
  flags: `--minify --flatten --no-headers --merge ${templates}`,
  values: "--template",
  options: { ...output, "--raw": { arity: "flag", sensitive: true, why: "prints credentials", safer: "leave --raw out" } },
};

/** A kustomization that is fetched from elsewhere is someone else's text. */
export function kustomizeFinding(path: Arg | undefined): Finding | undefined {
  if (
    path === undefined ||
    (path.shape === "literal" && /^[\w./-]+$/.test(path.text) && !/^(github\.com|gitlab\.com|bitbucket\.org)/.test(path.text))
  )
    return undefined;
  return { risk: "unknown", why: "fetches the kustomization from elsewhere", span: path.span };
}

const kustomize: CommandRule = {
  why: "builds manifests from files",
  operands: "read?",
  flags: "--as-current-user",
  values: "--load-restrictor --reorder --helm-kube-version",
  options: {
    "-o|--output": { kind: "write", why: "writes the manifests to a file", safer: "leave -o out" },
    "--enable-alpha-plugins|--enable-exec|--enable-helm|--network|--enable-star": {
      arity: "flag",
      risk: "dangerous",
      why: "runs plug-ins",
    },
    "--helm-command|--mount|-e|--env|--network-name": { risk: "dangerous", why: "is handed to plug-ins, or names one to run" },
  },
  inspect: (inv, ctx) => {
    const finding = kustomizeFinding(inv.operands[0]);
    if (finding !== undefined) ctx.report(finding);
  },
  targets: (inv) => inv.operands.map((arg) => ({ kind: "kustomization", name: arg.text })),
};

export const kubectlReads: Readonly<Record<string, CommandRule>> = {
  get,
  describe,
  "logs|log": logs,
  "top pod|pods|po|node|nodes|no": top,
  top: { ...top, operands: "none" },
  "events|event|ev": events,
  "alpha events": events,
  "explain|api-resources|api-versions|version|options|help|completion": help,
  "cluster-info": { ...read, why: "prints addresses of the cluster", operands: "none" },
  "cluster-info dump": {
    why: "prints the state of the cluster, logs of its pods included",
    operands: "none",
    options: {
      ...output,
      "--output-directory": {
        check: (value) =>
          value.text === "-" && value.shape === "literal"
            ? undefined
            : { risk: "caution", why: "writes a folder of files", safer: "leave --output-directory out" },
      },
    },
    flags: `-A|--all-namespaces ${templates}`,
    values: "--namespaces --pod-running-timeout --template",
    noInverse: "files that were there before are overwritten",
  },
  "auth can-i": {
    ...read,
    why: "says whether you may do it",
    flags: "-A|--all-namespaces --list --no-headers -q|--quiet",
    values: "--subresource",
    answers: [1],
  },
  "auth whoami": { ...read, why: "says who you are", flags: templates, values: "--template", options: output },
  "rollout status": {
    ...read,
    why: "waits for a rollout and reports it",
    values: `--timeout --revision ${selection}`,
    flags: "-w|--watch -R|--recursive",
    reads: files,
  },
  "rollout history": {
    ...read,
    why: "prints the revisions of a rollout",
    values: `--revision --template ${selection}`,
    flags: `-R|--recursive ${templates}`,
    reads: files,
    options: output,
  },
  "config view|current-context|get-contexts|get-clusters|get-users": configReads,
  "kuberc view": configReads,
  wait,
  diff,
  kustomize,
  "apply view-last-applied": {
    ...read,
    flags: `--all -R|--recursive ${templates}`,
    values: `--template ${selection}`,
    reads: files,
    options: output,
    sensitive: (inv) => showsSecrets(inv) || inv.operands.some((arg) => /(^|,)secrets?($|[/,])/.test(arg.text)),
  },
  "plugin list": { ...read, why: "lists plug-ins", flags: "--name-only" },
};
