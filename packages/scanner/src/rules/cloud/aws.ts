// aws: read-only by the verb of the operation, with the exceptions named. An operation that is not recognised by its verb is unknown.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Inverse, Target } from "../../types.ts";

/** The resource of a call: the value of the first option that names one. */
const idOptions = [
  "--instance-ids",
  "--instance-id",
  "--db-instance-identifier",
  "--db-cluster-identifier",
  "--function-name",
  "--bucket",
  "--table-name",
  "--stack-name",
  "--cluster",
  "--cluster-name",
  "--service",
  "--auto-scaling-group-name",
  "--role-name",
  "--user-name",
  "--group-id",
  "--group-ids",
  "--volume-id",
  "--snapshot-id",
  "--queue-url",
  "--topic-arn",
  "--secret-id",
  "--key-id",
  "--name",
  "--id",
  "--hosted-zone-id",
  "--repository-name",
  "--log-group-name",
  "--distribution-id",
  "--resource-arn",
  "--arn",
  "--vpc-id",
  "--image-id",
  "--nodegroup-name",
  "--load-balancer-arn",
  "--target-group-arn",
  "--key",
];

const targets = (inv: Invocation): readonly Target[] => {
  for (const option of idOptions) {
    const value = inv.arg(option);
    if (value !== undefined) return [{ kind: `${inv.path[0] ?? "aws"} resource`, name: value.text }];
  }
  return inv.operands.slice(-1).map((arg) => ({ kind: `${inv.path[0] ?? "aws"} resource`, name: arg.text }));
};

const values = [...idOptions, "--filters", "--filter", "--force"].filter((name) => name !== "--force").join(" ");

const read: CommandRule = { why: "reads from AWS", operands: "data*", anyOption: true, anyWord: true };
const secret: CommandRule = { ...read, why: "reads credentials or secret content", sensitive: true };
const change: CommandRule = {
  risk: "caution",
  why: "changes something in AWS",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  values,
  targets,
};
const destroy: CommandRule = { ...change, risk: "dangerous", why: "deletes or ends something in AWS, or changes who may do what" };
const other: CommandRule = { ...change, risk: "unknown", why: "is an AWS operation that is not known to be a read" };
const writesFile: CommandRule = { ...change, why: "writes what it reads to a local file" };

const undo =
  (from: string, to: string): ((inv: Invocation) => Inverse | undefined) =>
  (inv) => {
    const ids = inv.value(from);
    return ids === undefined || /[^\w-]/.test(ids) || inv.operands.length > 0
      ? undefined
      : { kind: "command", command: `aws ${inv.path[0]} ${to} ${from} ${ids}` };
  };

/** Reads by name that are none: they hand out credentials, take messages, start something or write a file. */
const exceptions: Readonly<Record<string, CommandRule>> = {
  "s3api get-object": writesFile,
  "s3api get-object-torrent": writesFile,
  "apigateway get-export": writesFile,
  "apigateway get-sdk": writesFile,
  "glacier get-job-output": writesFile,
  "apigatewayv2 export-api": writesFile,
  "iot-data get-thing-shadow": writesFile,
  "medialive describe-thumbnails": read,
  "kinesis-video-media get-media": writesFile,
  "polly synthesize-speech": writesFile,
  "codecommit get-blob": read,
  "appconfig get-configuration": writesFile,
  "appconfigdata get-latest-configuration": writesFile,
  "glacier get-job": writesFile,
  "sts get-session-token": secret,
  "sts get-federation-token": secret,
  "sts assume-role": secret,
  "sts assume-role-with-saml": secret,
  "sts assume-role-with-web-identity": secret,
  "ecr get-login-password": secret,
  "ecr get-authorization-token": secret,
  "ecr get-login": secret,
  "ecr-public get-login-password": secret,
  "eks get-token": secret,
  "codeartifact get-authorization-token": secret,
  "cognito-identity get-credentials-for-identity": secret,
  "cognito-identity get-open-id-token": secret,
  "sso get-role-credentials": secret,
  "redshift get-cluster-credentials": secret,
  "redshift-serverless get-credentials": secret,
  "rds generate-db-auth-token": secret,
  "secretsmanager get-secret-value": secret,
  "secretsmanager batch-get-secret-value": secret,
  "secretsmanager get-random-password": read,
  "ssm get-parameter": secret,
  "ssm get-parameters": secret,
  "ssm get-parameters-by-path": secret,
  "ssm get-parameter-history": secret,
  "ec2 get-password-data": secret,
  "kms decrypt": secret,
  "kms generate-data-key": secret,
  "lightsail get-instance-access-details": secret,
  "lightsail get-relational-database-master-user-password": secret,
  "lambda get-function": secret,
  "lambda get-function-configuration": secret,
  "iam get-credential-report": secret,
  "gamelift get-instance-access": secret,
  "sqs receive-message": { ...change, why: "takes messages out of sight of other readers" },
  "iam get-context-keys-for-custom-policy": read,
  "cloudformation detect-stack-drift": change,
  "s3api list-objects-v2": read,
  "ecs execute-command": { ...destroy, why: "runs a command in a container" },
  "ssm send-command": { ...destroy, why: "runs a command on machines" },
  "ssm start-session": { ...destroy, why: "opens a shell on a machine" },
};

const readVerb =
  /^(describe|list|get|head|lookup|search|filter|batch-get|batch-describe|scan|query|simulate|validate|check|estimate|preview|count|select)(-|$)/;
const destroyVerb =
  /^(delete|terminate|remove|purge|destroy|deregister|revoke|drop|batch-delete|disassociate|detach|release|cancel|reset|deactivate|schedule-key-deletion|abort|disable|stop-db|failover|promote|restore|force|wipe|leave|unsubscribe|untag|put-bucket-policy|put-bucket-acl|put-public-access)(-|$)?/;
const changeVerb =
  /^(create|put|update|modify|start|stop|reboot|run|set|attach|associate|enable|add|register|tag|copy|import|export|enter|exit|send|publish|invoke|execute|change|apply|allocate|authorize|request|accept|reject|resume|suspend|pause|rotate|initiate|complete|submit|upload|replace|renew|move|deploy|continue|retry|record|notify|subscribe|assign|unassign|configure|provision|install|migrate|switchover|increase|decrease|merge|reencrypt|encrypt|sign|verify|generate|decrypt|assume)(-|$)/;

/** Services in which every change is one of rights. */
const rightsServices = new Set(["iam", "organizations", "sts"]);

const isRead = (service: string, word: string): boolean =>
  readVerb.test(word) && (service === "dynamodb" || !/^(scan|query|select)$/.test(word));

const byVerb = (service: string, word: string): CommandRule => {
  if (destroyVerb.test(word) || rightsServices.has(service)) return destroy;
  return changeVerb.test(word) ? change : other;
};

const operation = (word: string, path: readonly string[]): CommandRule | undefined => {
  const service = path[0] ?? "";
  const named = exceptions[`${service} ${word}`];
  if (named !== undefined) return named;
  if (word === "wait" || word === "help" || isRead(service, word)) return read;
  return readVerb.test(word) ? other : byVerb(service, word);
};

const service = (word: string, path: readonly string[]): CommandRule | undefined =>
  path.length === 0 ? (/^[a-z][a-z0-9-]+$/.test(word) ? anyService : undefined) : operation(word, path);

const anyService: CommandRule = { risk: "unknown", why: "calls AWS", otherVerb: operation };

const isReadCopy = (inv: Invocation): boolean => inv.operands.length === 2 && inv.operands[1]?.text === "-";

export const aws = program({
  names: "aws",
  source: "AWS CLI 2 command reference; reference/command-safety.md 3.5",
  style: "long",
  globals: "anywhere",
  why: "calls AWS",
  risk: "unknown",
  flags: "--debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --no-cli-auto-prompt --version",
  values:
    "--profile --region --output --query --color --cli-read-timeout --cli-connect-timeout --ca-bundle --max-items --page-size --starting-token --max-results",
  options: {
    "--endpoint-url": { risk: "unknown", why: "sends signed requests to another address" },
    "--cli-input-json|--cli-input-yaml": { risk: "unknown", why: "the request is in a file that is not seen here" },
    "--cli-auto-prompt": { arity: "flag", risk: "unknown", why: "is interactive" },
  },
  verbs: {
    s3: {
      risk: "unknown",
      why: "works with S3",
      verbs: {
        ls: { ...read, why: "lists buckets or objects", flags: "--recursive --human-readable --summarize", values: "--request-payer" },
        cp: {
          ...change,
          risk: (inv) => (isReadCopy(inv) ? "safe" : inv.has("--recursive") ? "dangerous" : "caution"),
          flags: "--recursive --quiet --no-progress",
          why: "copies objects",
        },
        presign: { ...secret, why: "makes an address that gives anybody access" },
        "mv|rm|rb|sync|mb|website": { ...destroy, operands: "data*", why: "moves, deletes or overwrites objects" },
      },
    },
    configure: {
      risk: "unknown",
      why: "settings of the client",
      verbs: {
        "list|list-profiles": { ...read, why: "prints settings" },
        get: { ...read, sensitive: true },
        "set|import|sso|add-model|export-credentials": { ...change, sensitive: true, why: "changes settings or prints credentials" },
      },
    },
    logs: {
      risk: "unknown",
      why: "works with CloudWatch Logs",
      verbs: {
        tail: {
          ...read,
          why: "prints log events",
          values: "--since --format --filter-pattern --log-stream-names --log-stream-name-prefix",
          options: { "--follow": { arity: "flag", unbounded: true, why: "follows without end" } },
        },
      },
      otherVerb: operation,
    },
    ec2: {
      risk: "unknown",
      why: "works with EC2",
      verbs: {
        "start-instances": { ...change, why: "starts instances", inverse: undo("--instance-ids", "stop-instances") },
        "stop-instances": { ...change, why: "stops instances", inverse: undo("--instance-ids", "start-instances") },
      },
      otherVerb: operation,
    },
  },
  otherVerb: service,
  examples: {
    "aws ec2 describe-instances --region eu-west-1": "safe",
    "aws --profile prod rds describe-db-instances --query 'DBInstances[].Status' --output text": "safe",
    "aws s3 ls s3://logs/2026/ --recursive": "safe",
    "aws logs tail /aws/lambda/pay --since 10m": "safe",
    "aws sts get-caller-identity": "safe",
    "aws ec2 stop-instances --instance-ids i-1": "caution",
    "aws ec2 terminate-instances --instance-ids i-1": "dangerous",
    "aws s3 rm s3://b --recursive": "dangerous",
    "aws secretsmanager get-secret-value --secret-id x": "caution",
    "aws logs tail g --follow": "caution",
  },
  nearMisses: [
    "aws s3api get-object --bucket b --key k out",
    "aws sqs receive-message --queue-url q",
    "aws --endpoint-url http://x ec2 describe-instances",
    "aws iam create-user --user-name x",
    "aws ssm start-session --target i",
    "aws lambda invoke --function-name f out",
    "aws frob x",
    "aws ec2 $x",
    "aws ec2 describe-instances --cli-input-json file://x",
  ],
});
