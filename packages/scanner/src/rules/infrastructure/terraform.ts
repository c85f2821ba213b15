// terraform and its fork tofu: what is planned, what is made, what is destroyed. The state has its own file.
// A plan is a read, although providers and external data sources run with the agent's role (DESIGN ruling 14); a saved plan is a file.
import { type CommandRule, program } from "../../rule.ts";
import { formatFiles } from "./format-files.ts";
import { stateVerbs } from "./terraform-state.ts";
import { bareRisk, change, destroy, namedBy, read, unlessHelp, verbTable } from "./verb-kinds.ts";

const planOptions = {
  flags: "-destroy -refresh-only -compact-warnings -concise -no-color -json -detailed-exitcode -show-sensitive",
  optional: "-refresh -input -lock -h|-help",
  values: "-var -var-file -target -exclude -lock-timeout -parallelism -state -module-depth -target-file -exclude-file -deprecation",
} as const;

const plan: CommandRule = {
  ...planOptions,
  why: "shows what apply would change; providers and data sources run with the agent's role",
  operands: "data?",
  answers: [2],
  options: {
    "-replace": {},
    "-out|-generate-config-out|-json-into": { kind: "write", why: "writes a file; a saved plan holds secrets", safer: "leave it out" },
  },
  noInverse: "delete the file",
  targets: () => [],
};

const apply: CommandRule = {
  ...planOptions,
  flags: "-destroy -refresh-only -compact-warnings -concise -no-color -json -show-sensitive",
  values: `${planOptions.values} -backup -state-out -json-into`,
  options: {
    "-auto-approve": { arity: "optional", risk: "dangerous", why: "changes the infrastructure without asking", safer: "terraform plan" },
    "-replace": { risk: "dangerous", why: "destroys a resource and builds it again", safer: "terraform plan -replace=..." },
  },
  risk: unlessHelp("caution"),
  why: "changes the infrastructure to what the files say, after asking",
  safer: "terraform plan",
  operands: "name*",
  inspect: (inv, ctx) => {
    if (inv.stdin.kind !== "none") ctx.report({ risk: "dangerous", why: "is given the answer to its question", safer: "terraform plan" });
    if (inv.has("-destroy")) ctx.report({ risk: "dangerous", why: "destroys what the files describe", safer: "plan -destroy" });
    if (inv.operands.length > 0)
      ctx.report({ risk: "dangerous", why: "carries out a saved plan without asking", safer: "terraform show PLAN" });
  },
  targets: namedBy("resource", "-target", "-replace"),
  noInverse: "apply the files as they were before; what was destroyed does not come back",
};

const downloads = "delete the folder .terraform; the lock file is in the repository";

export const terraformVerbs: Readonly<Record<string, CommandRule>> = {
  ...stateVerbs,
  plan,
  apply,
  destroy: destroy("destroys everything that the files describe", "resource", {
    targets: namedBy("resource", "-target"),
    values: planOptions.values,
    safer: "terraform plan -destroy",
  }),
  "version, validate, graph, modules": read("checks or prints the configuration"),
  "providers, providers schema, metadata functions": read("prints what providers are used", { values: "-test-directory" }),
  "providers lock|mirror, get": change("downloads providers or modules into files", "folder", downloads),
  fmt: formatFiles,
  init: change("downloads providers and modules, and may move the state", "folder", downloads, {
    options: {
      "-force-copy": { arity: "optional", risk: "dangerous", why: "overwrites the state at the new place without asking" },
      "-migrate-state": { arity: "optional", risk: "dangerous", why: "moves the state to another place" },
      "-reconfigure": { arity: "optional", risk: "caution", why: "forgets where the state was" },
      "-plugin-dir|-from-module": { risk: "unknown", why: "loads programs from a folder or address" },
    },
  }),
  refresh: change("writes what it finds into the state", "resource", "the state before is the last version of its store"),
  test: change("makes real resources and destroys them again", "test", "it removes what it made"),
  "login|logout": change("stores or removes a token on this machine", "host", "the token is made anew by the other command"),
  console: { risk: "unknown", why: "evaluates expressions that are typed in", operands: "none" },
};

export const terraform = program({
  names: "terraform|tofu",
  source: "developer.hashicorp.com/terraform/cli, 1.13; opentofu.org/docs/cli, 1.10",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "plans and changes infrastructure",
  optional: "-chdir -v|-version -h|-help -no-color",
  get verbs() {
    return verbTable(terraformVerbs);
  },
  examples: {
    "terraform -version": "safe",
    "terraform -chdir=envs/eu plan -no-color -lock=false": "safe",
    "terraform plan -destroy -var-file=eu.tfvars -target=aws_instance.web": "safe",
    "terraform plan -out=x.plan": "caution",
    "terraform plan -generate-config-out=x.tf": "caution",
    "terraform apply": "caution",
    "terraform apply --help": "safe",
    "terraform apply -auto-approve": "dangerous",
    "terraform apply -replace=aws_instance.web": "dangerous",
    "terraform apply -destroy": "dangerous",
    "terraform apply x.plan": "dangerous",
    "echo yes | terraform apply": "dangerous",
    "terraform destroy -target module.web": "dangerous",
    "terraform output": "safe",
    "terraform output -raw vpc_id": "safe",
    "terraform output -json": "caution",
    "terraform output db_password": "caution",
    "terraform show": "safe",
    "terraform show -json": "caution",
    "terraform state list": "safe",
    "tofu state show aws_instance.web": "safe",
    "terraform state pull": "caution",
    "terraform state mv a.b c.d": "caution",
    "terraform state rm -dry-run a.b": "safe",
    "terraform state rm a.b": "dangerous",
    "terraform state replace-provider a/b c/d": "caution",
    "terraform state replace-provider -auto-approve a/b c/d": "dangerous",
    "terraform workspace select eu": "caution",
    "terraform fmt -check -recursive": "safe",
    "terraform fmt": "caution",
    "terraform init -backend=false": "caution",
    "terraform init -migrate-state": "dangerous",
    "terraform init -force-copy": "dangerous",
    "terraform init -reconfigure": "caution",
    "terraform init -plugin-dir=/tmp/p": "unknown",
    "terraform console": "unknown",
  },
  nearMisses: [
    "terraform",
    "terraform -chdir=x destroy",
    "terraform plan -var x=1 $X",
    "terraform fmt -check -write=true",
    "terraform fmt -check -check=false",
    "terraform state rm a.b -dry-run",
    "terraform state rm -dry-run -dry-run=false a.b",
    "terraform state rm -dry-run $X",
    "terraform frob",
  ],
});
