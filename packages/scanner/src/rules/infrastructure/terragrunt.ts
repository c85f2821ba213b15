// terragrunt: terraform for many folders. Its reads and plans are terraform's, with its own switches; over all folders a change is asked about once or never.
import { type CommandRule, program } from "../../rule.ts";
import { terraformVerbs } from "./terraform.ts";
import { asksHelp, bareRisk, change, destroy, listed, read, unlessHelp, verbTable } from "./verb-kinds.ts";

/** What a word of terraform means when it runs in every folder below. */
const overAll = (inner: string): "safe" | "caution" | "dangerous" => {
  if (/^(plan|validate|output|show|version|graph|providers)$/.test(inner)) return "safe";
  return inner === "init" || inner === "refresh" || inner === "get" ? "caution" : "dangerous";
};

const everywhere: CommandRule = {
  risk: (inv) => (asksHelp(inv) ? "safe" : overAll(inv.operand(0) ?? "")),
  why: "runs a command of terraform in every folder below; an apply does not ask in each",
  operands: "data*",
  flags: "-no-color -destroy -json -compact-warnings -detailed-exitcode -refresh-only --graph -all --all",
  optional: "-lock -input -refresh -auto-approve",
  values: "-var -var-file -target -parallelism -lock-timeout --parallelism",
  options: { "-out|--out-dir|--json-out-dir": { kind: "write", why: "writes plans, which hold secrets" } },
  inspect: (inv, ctx) => {
    // Options behind the first word are terraform's own and were not sorted: only those of a plan that look are accepted.
    for (const arg of inv.operands.slice(1)) {
      if (
        !/^-{1,2}(no-color|destroy|json|lock=false|lock-timeout=\w+|input=false|refresh=(true|false)|compact-warnings|detailed-exitcode|refresh-only|target=[\w.[\]"-]+|var-file=[\w./-]+|var=[^$]+|parallelism=\d+)$/.test(
          arg.text,
        ) ||
        arg.shape !== "literal"
      )
        ctx.report({ risk: "unknown", why: `${arg.text} is not in the table`, span: arg.span });
    }
  },
  sensitive: (inv) => inv.operand(0) === "output" && inv.operands.some((arg) => arg.text.endsWith("json")),
  targets: () => [],
  noInverse: "the files as they were before",
  safer: "terragrunt run-all plan",
};

const own =
  "-working-dir -config -config-dir -log-level -log-format -parallelism -include-dir -exclude-dir -queue-include-dir -queue-exclude-dir -iam-role -iam-assume-role-session-name -source-update -download-dir";

/** Each switch in its three spellings: --x, --terragrunt-x, and with one dash. */
const values = own
  .split(" ")
  .map((name) => `${name}|-terragrunt${name}`)
  .join(" ");

export const terragrunt = program({
  names: "terragrunt",
  source: "terragrunt.gruntwork.io/docs/reference/cli, 0.90",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "runs terraform in one folder or many",
  flags:
    "-no-color -json -terragrunt-debug -terragrunt-no-auto-init -no-auto-init -log-disable -strict-include -terragrunt-strict-include -queue-strict-include -log-show-abs-paths -experimental",
  values,
  optional:
    "-h|-help -v|-version -non-interactive|-terragrunt-non-interactive -all -graph -ignore-external-dependencies|-terragrunt-ignore-external-dependencies -include-external-dependencies|-terragrunt-include-external-dependencies",
  options: {
    "-source|-terragrunt-source|-source-map|-tf-path|-terragrunt-tfpath|-provider-cache-dir|-auth-provider-cmd|-terragrunt-auth-provider-cmd|-iam-web-identity-token":
      {
        risk: "unknown",
        why: "takes modules or programs from elsewhere",
      },
    "-report-file|-report-schema-file": { kind: "write", why: "writes a file" },
  },
  get verbs() {
    return verbTable({
      ...terraformVerbs,
      apply: {
        ...terraformVerbs["apply"],
        risk: (inv) => (asksHelp(inv) ? "safe" : inv.has("-all") || inv.has("-graph") ? "dangerous" : "caution"),
        why: "changes the infrastructure to what the files say; over all folders without asking in each",
      },
      "graph-dependencies, output-module-groups, dag graph, find, list, info print, terragrunt-info, info strict, validate-inputs, hcl validate":
        read("prints folders, modules and what depends on what"),
      "hclfmt, hcl fmt, hcl format": {
        ...listed("formats files", {
          risk: (inv) => (asksHelp(inv) || inv.has("-check") ? "safe" : "caution"),
          flags: "-check -terragrunt-check -diff",
          values: "-file -exclude-dir",
          answers: [1],
        }),
        targets: () => [],
        noInverse: "the repository has the files as they were",
        safer: "-check",
      },
      "render-json, render": change("writes or prints the settings with everything filled in", "file", "delete the file", {
        sensitive: true,
      }),
      "run-all, run": everywhere,
      "plan-all, validate-all, output-all": { ...terraformVerbs["plan"], why: "runs a read of terraform in every folder below" },
      "apply-all, destroy-all": destroy("changes or destroys everything in every folder below", "folder"),
      "stack generate|run|clean, scaffold, catalog, backend bootstrap|migrate": change(
        "writes files, or changes infrastructure",
        "folder",
        "the files as they were before",
      ),
      "backend delete": destroy("deletes the state", "folder"),
      exec: { risk: unlessHelp("unknown"), why: "runs a program", operands: "inner*" },
    });
  },
  examples: {
    "terragrunt find --terragrunt-auth-provider-cmd x": "unknown",
    "terragrunt list --report-file x": "caution",
    "terragrunt plan": "safe",
    "terragrunt --working-dir envs/eu plan": "safe",
    "terragrunt plan --terragrunt-working-dir envs/eu": "safe",
    "terragrunt run-all plan": "safe",
    "terragrunt run --all plan -lock=false": "safe",
    "terragrunt output-all": "safe",
    "terragrunt run-all apply": "dangerous",
    "terragrunt run-all destroy --terragrunt-non-interactive": "dangerous",
    "terragrunt run --all plan -out x": "unknown",
    "terragrunt run --out-dir x plan": "caution",
    "terragrunt apply": "caution",
    "terragrunt apply --all": "dangerous",
    "terragrunt destroy": "dangerous",
    "terragrunt hclfmt --check": "safe",
    "terragrunt render-json": "caution",
    "terragrunt plan --terragrunt-source /tmp/x": "unknown",
    "terragrunt graph-dependencies": "safe",
  },
  nearMisses: [
    "terragrunt",
    "terragrunt run-all",
    "terragrunt run-all $X",
    "terragrunt plan-all -out=x",
    "terragrunt --working-dir plan apply",
    "terragrunt hclfmt",
  ],
});
