// aws-vault, saml2aws and chamber: programs that fetch credentials or secrets and run a command with them.
// The command that they run is judged by its own rule; printing what they fetched is a secret read.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../../rule.ts";

const secret: CommandRule = {
  why: "prints credentials or secrets",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  sensitive: true,
};
const stored: CommandRule = {
  risk: "caution",
  why: "changes stored credentials",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  noInverse: "the credentials before are not kept",
};
const removed: CommandRule = {
  ...stored,
  risk: "dangerous",
  why: "deletes stored credentials or secrets",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "entry", name: arg.text })),
};

/** Runs what stands behind the first `skip` operands and an optional `--`. */
function runs(skip: number): (inv: Invocation, ctx: RuleContext) => void {
  return (inv, ctx) => {
    const rest = inv.operands.slice(skip);
    const words = rest[0]?.shape === "literal" && rest[0].text === "--" ? rest.slice(1) : rest;
    if (words.length === 0)
      ctx.report({ risk: "unknown", why: "opens a shell that holds credentials", safer: "write the command behind --" });
    else if (words[0]?.dash === true) ctx.report({ risk: "unknown", why: `${words[0].text} stands where the command should` });
    else ctx.scanArgv(words);
  };
}

export const awsVault = program({
  names: "aws-vault",
  source: "aws-vault 7 usage guide",
  why: "works with stored AWS credentials",
  flags: "--version --help --debug",
  optional: "--prompt --backend --keychain --biometrics",
  verbs: {
    exec: {
      why: "runs a command with the credentials of a profile",
      flags: "-n|--no-session -j|--json",
      values: "-d|--duration --region -t|--mfa-token --mfa-serial",
      options: {
        "-s|--server|--ec2-server|--ecs-server|--lazy": { arity: "flag", risk: "unknown", why: "serves credentials to other programs" },
      },
      firstEnds: true,
      operands: "data? inner*",
      inspect: runs(1),
    },
    "list|ls": { why: "lists profiles", flags: "--profiles --sessions --credentials" },
    "export|login": secret,
    "add|rotate": stored,
    "remove|rm|clear": removed,
  },
  examples: {
    "aws-vault exec prod -- aws s3 ls": "safe",
    "aws-vault exec --duration 1h prod -- aws rds describe-db-instances": "safe",
    "aws-vault exec prod -- aws s3 rm s3://b/k": "dangerous",
    "aws-vault exec -s prod -- aws s3 ls": "unknown",
    "aws-vault list": "safe",
    "aws-vault export prod": "caution",
    "aws-vault rotate prod": "caution",
    "aws-vault remove prod": "dangerous",
  },
  nearMisses: ["aws-vault exec prod", "aws-vault exec prod -- env", "aws-vault exec prod --server -- aws s3 ls", "aws-vault proxy"],
});

export const saml2aws = program({
  names: "saml2aws",
  source: "saml2aws 2.36 README",
  why: "signs in and fetches AWS credentials",
  flags: "--version --help --verbose --quiet",
  values: "-a|--idp-account -p|--profile --region --config",
  globals: "anywhere",
  verbs: {
    exec: {
      why: "runs a command with the credentials of a profile",
      values: "--exec-profile",
      firstEnds: true,
      operands: "inner*",
      inspect: runs(0),
    },
    "list-roles": { why: "signs in to list roles", risk: "caution", anyOption: true, noInverse: "there is nothing to undo" },
    "script|console": secret,
    "login|configure": stored,
  },
  examples: {
    "saml2aws exec -p prod -- aws sts get-caller-identity": "safe",
    "saml2aws exec -- aws ec2 terminate-instances --instance-ids i-1": "dangerous",
    "saml2aws login -a prod": "caution",
    "saml2aws script": "caution",
  },
  nearMisses: ["saml2aws exec", "saml2aws exec --foo -- ls"],
});

export const chamber = program({
  names: "chamber",
  source: "chamber 2.14 README",
  style: "go",
  why: "keeps secrets in the parameter store",
  flags: "-v|--verbose --help",
  values: "-b|--backend -r|--retries --min-throttle-delay --backend-s3-bucket --kms-key-alias",
  verbs: {
    list: {
      why: "lists the names of secrets",
      flags: "-t|--sort-by-time -u|--sort-by-user --sort-by-version",
      options: { "-e|--expand": { arity: "flag", sensitive: true, why: "prints the secrets too", safer: "drop --expand" } },
      operands: "data",
    },
    "list-services|version": { why: "lists services", operands: "data?" },
    history: { why: "lists who changed a secret", operands: "data data" },
    "read|export|env|find": secret,
    "write|import": { ...stored, why: "changes secrets" },
    "tag write": { ...stored, why: "changes tags of secrets" },
    delete: removed,
    "tag delete": removed,
    exec: { ...secret, risk: "unknown", why: "runs a command that holds secrets" },
  },
  examples: {
    "chamber list pay": "safe",
    "chamber list -e pay": "caution",
    "chamber list-services": "safe",
    "chamber history pay db_url": "safe",
    "chamber read pay db_url": "caution",
    "chamber write pay db_url x": "caution",
    "chamber delete pay db_url": "dangerous",
  },
  nearMisses: ["chamber exec pay -- env"],
});
