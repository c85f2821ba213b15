// Programs that read infrastructure files and say what is wrong with them, or what they cost. Options that write, download or load code are named.
import { type OptionRule, program } from "../../rule.ts";
import { asksHelp, change, destroy, read, switchedOn, verbTable } from "./verb-kinds.ts";

const written: OptionRule = { kind: "write", why: "writes a file" };
const loads: OptionRule = { risk: "unknown", why: "loads code or rules from elsewhere" };
const kept = "the repository has the files as they were";

export const tflint = program({
  names: "tflint|terraform-docs|tfupdate|hclfmt",
  source: "github.com/terraform-linters/tflint 0.59; terraform-docs.io 0.20",
  style: "go",
  risk: (inv) => (/^(tflint|terraform-docs)$/.test(inv.program) ? "safe" : "caution"),
  why: "checks or describes files; tfupdate and hclfmt change them",
  flags: "--recursive --force --no-color --color --no-module --show --hide-empty --no-parallel-runners",
  values:
    "-f|--format -c|--config --only --enable-rule --disable-rule --enable-plugin --var-file --var --minimum-failure-severity --filter --max-workers --call-module-type --sort-by --header-from --footer-from --hide -r",
  optional: "-h|--help -v|--version --recursive-include-main --sort --required --sensitive --type --lockfile --output-check",
  options: {
    "--fix|-w|--write": { arity: "flag", risk: "caution", why: "changes the files", safer: "leave it out" },
    "--init": { arity: "flag", risk: "caution", why: "downloads plugins" },
    "--chdir": {},
    "--langserver|--act-as-bundled-plugin|--act-as-worker": { arity: "optional", risk: "unknown", why: "starts a server" },
    "--output-file|--output-template|--output-mode": { risk: "caution", why: "writes a file" },
  },
  operands: "data*",
  answers: [1, 2, 3],
  noInverse: kept,
  targets: () => [],
  examples: {
    "tflint --recursive -f compact": "safe",
    "tflint --chdir=envs/eu": "safe",
    "terraform-docs markdown .": "safe",
    "terraform-docs markdown . --output-file README.md": "caution",
    "tflint --fix": "caution",
    "tflint --init": "caution",
    "tflint --langserver": "unknown",
    "tfupdate terraform -v 1.9 .": "caution",
  },
  nearMisses: ["tflint --frob", "hclfmt -w main.tf"],
});

/** Words of these programs that send findings to a service, download or change something. */
const sends = /^(monitor|auth|config|pull|push|fix|server|init|ignore|remediate|redteam|sbom|apps)$/;

export const policyCheckers = program({
  names: "tfsec|checkov|terrascan|kics|snyk|conftest|regula|cfn-lint|cfn-nag|cfn_nag_scan|driftctl|hadolint",
  source: "aquasecurity.github.io/tfsec 1.28; checkov.io 3.2; conftest.dev 0.63; cfn-lint 1.40; hadolint 2.14",
  why: "checks files against rules",
  risk: (inv) => (inv.operands.some((arg) => sends.test(arg.text)) ? "caution" : "safe"),
  flags:
    "-q|--quiet --compact --no-color --no-colour --soft-fail --verbose --debug --no-fail-on-crash --ignore-missing-schemas --skip-download -s --concise-output --include-passed --include-ignored --run-statistics --no-module-downloads --list --ignore-hcl-errors --no-ignores --no-fail --strict-labels --deep --all-namespaces --no-exit-code",
  values:
    "-f|--format -d|--directory --file --framework -c|--check --skip-check -e|--exclude --exclude-path --minimum-severity -m --var-file --tfvars-file --skip-framework --skip-path --regions -r --ignore-checks --include-checks -i --namespace -n -o --output --parser -p --policy --data --severity-threshold -t --iac-type",
  optional: "-h|--help -v|--version --exclude-downloaded-modules --filter-results",
  options: {
    "--output-file-path|--output-file|--out|-O|--json-file-output|--sarif-file-output": written,
    "--output-baseline-as-csv|--create-baseline|--migrate-config|--update-severities": {
      arity: "optional",
      risk: "caution",
      why: "writes a file",
    },
    "--external-checks-dir|--external-checks-git|--custom-check-dir|--custom-check-url|--config-file-url|--config-file|--update|--append-rules|-a":
      loads,
    "--bc-api-key|--prisma-api-url|--repo-id|--token|--org": { risk: "unknown", why: "sends the findings to a service" },
    "--download-external-modules": { risk: "caution", why: "downloads modules" },
  },
  operands: "data*",
  answers: [1, 2, 3],
  noInverse: "delete the file; a service keeps what was sent",
  targets: () => [],
  examples: {
    "tfsec . --no-color": "safe",
    "checkov -d . --framework terraform --compact": "safe",
    "conftest test x.yaml -p rules": "safe",
    "hadolint Dockerfile": "safe",
    "checkov -d . --output-file-path x": "caution",
    "checkov -d . --create-baseline": "caution",
    "checkov -d . --external-checks-git https://example.com/x": "unknown",
    "checkov -d . --bc-api-key x": "unknown",
    "checkov -d . --download-external-modules true": "caution",
    "snyk monitor": "caution",
    "kics scan -p .": "safe",
  },
  nearMisses: ["checkov -d . --frob", "conftest push x"],
});

export const infracost = program({
  names: "infracost",
  source: "infracost.io/docs, 0.10",
  style: "go",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "says what infrastructure files cost",
  optional: "-h|--help -v|--version --no-color",
  values: "--log-level",
  get verbs() {
    return verbTable({
      "breakdown, diff, output": read("asks a service for prices and prints them", {
        options: {
          "--out-file": written,
          "--usage-file": {},
          "--terraform-force-cli|--config-file|--terraform-init-flags|--terraform-plan-flags": {
            arity: "optional",
            risk: "unknown",
            why: "runs terraform as a file says",
          },
          "--terraform-cloud-host|--terraform-cloud-token": { risk: "unknown", why: "sends a token to a server" },
          "--sync-usage-file": { arity: "flag", risk: "caution", why: "writes the usage file" },
        },
        targets: () => [],
        noInverse: "delete the file",
      }),
      "configure get": read("prints a setting", { sensitive: (inv) => /key|token/.test(inv.operand(0) ?? "key") }),
      "configure set, upload, comment, auth login, register, generate": change(
        "changes settings or sends results to a service",
        "setting",
        "configure get shows the setting before",
      ),
      "comment delete": destroy("deletes comments", "comment"),
    });
  },
  examples: {
    "infracost breakdown --path . --format table": "safe",
    "infracost diff --path . --usage-file u.yml": "safe",
    "infracost breakdown --path . --out-file x": "caution",
    "infracost breakdown --path . --sync-usage-file": "caution",
    "infracost breakdown --config-file x": "unknown",
    "infracost breakdown --path . --terraform-cloud-host x": "unknown",
    "infracost configure get currency": "safe",
    "infracost configure get api_key": "caution",
  },
  nearMisses: ["infracost", "infracost upload --path x", "infracost frob"],
});
