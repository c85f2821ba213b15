// AWS change -> the call that undoes it, or the read whose output must be captured first. Rows are data: "service operation" -> templates.
// In a template `[--x]` stands for "--x VALUE" as it was typed, `[--x?]` for the same if it was given, `[--x*]` for the option with all its values.
import type { Invocation } from "../../../invocation.ts";
import { quoteWord, quoteWords } from "../../../quote.ts";
import type { Inverse } from "../../../types.ts";
import { globalFlags } from "./globals.ts";

interface Undo {
  /** The option that the change sets; its value is what gets replaced. */
  readonly sets?: string;
  /** Read that prints the value before the change. */
  readonly capture?: string;
  readonly command: string;
}

/** Pairs of operations that undo each other with the same options. */
const pairs: readonly (readonly [service: string, one: string, other: string, options: string])[] = [
  ["ec2", "start-instances", "stop-instances", "[--instance-ids*]"],
  ["ec2", "monitor-instances", "unmonitor-instances", "[--instance-ids*]"],
  ["ec2", "attach-volume", "detach-volume", "[--volume-id] [--instance-id] [--device]"],
  ["ec2", "attach-internet-gateway", "detach-internet-gateway", "[--internet-gateway-id] [--vpc-id]"],
  [
    "ec2",
    "authorize-security-group-ingress",
    "revoke-security-group-ingress",
    "[--group-id?] [--group-name?] [--protocol] [--port?] [--cidr]",
  ],
  ["ec2", "authorize-security-group-egress", "revoke-security-group-egress", "[--group-id] [--protocol] [--port?] [--cidr]"],
  ["rds", "start-db-instance", "stop-db-instance", "[--db-instance-identifier]"],
  ["rds", "start-db-cluster", "stop-db-cluster", "[--db-cluster-identifier]"],
  ["docdb", "start-db-cluster", "stop-db-cluster", "[--db-cluster-identifier]"],
  ["neptune", "start-db-cluster", "stop-db-cluster", "[--db-cluster-identifier]"],
  ["rds", "enable-http-endpoint", "disable-http-endpoint", "[--resource-arn]"],
  ["redshift", "pause-cluster", "resume-cluster", "[--cluster-identifier]"],
  ["apprunner", "pause-service", "resume-service", "[--service-arn]"],
  ["autoscaling", "suspend-processes", "resume-processes", "[--auto-scaling-group-name] [--scaling-processes*]"],
  [
    "autoscaling",
    "attach-load-balancer-target-groups",
    "detach-load-balancer-target-groups",
    "[--auto-scaling-group-name] [--target-group-arns*]",
  ],
  ["elbv2", "register-targets", "deregister-targets", "[--target-group-arn] [--targets*]"],
  ["elb", "register-instances-with-load-balancer", "deregister-instances-from-load-balancer", "[--load-balancer-name] [--instances*]"],
  ["events", "enable-rule", "disable-rule", "[--name] [--event-bus-name?]"],
  ["cloudwatch", "enable-alarm-actions", "disable-alarm-actions", "[--alarm-names*]"],
  ["kms", "enable-key", "disable-key", "[--key-id]"],
  ["kms", "enable-key-rotation", "disable-key-rotation", "[--key-id]"],
  ["cloudtrail", "start-logging", "stop-logging", "[--name]"],
  ["configservice", "start-configuration-recorder", "stop-configuration-recorder", "[--configuration-recorder-name]"],
  ["guardduty", "archive-findings", "unarchive-findings", "[--detector-id] [--finding-ids*]"],
  ["glue", "start-trigger", "stop-trigger", "[--name]"],
  ["transfer", "start-server", "stop-server", "[--server-id]"],
  ["sagemaker", "start-notebook-instance", "stop-notebook-instance", "[--notebook-instance-name]"],
  ["lightsail", "start-instance", "stop-instance", "[--instance-name]"],
  ["route53", "associate-vpc-with-hosted-zone", "disassociate-vpc-from-hosted-zone", "[--hosted-zone-id] [--vpc]"],
  ["iam", "attach-role-policy", "detach-role-policy", "[--role-name] [--policy-arn]"],
  ["iam", "attach-user-policy", "detach-user-policy", "[--user-name] [--policy-arn]"],
  ["iam", "attach-group-policy", "detach-group-policy", "[--group-name] [--policy-arn]"],
  ["iam", "add-user-to-group", "remove-user-from-group", "[--user-name] [--group-name]"],
  ["organizations", "attach-policy", "detach-policy", "[--policy-id] [--target-id]"],
];

/** Changes that one direction undoes, and changes whose old value has to be read first. */
const rows: Readonly<Record<string, readonly Undo[]>> = {
  "kms schedule-key-deletion": [{ command: "cancel-key-deletion [--key-id]" }],
  "secretsmanager delete-secret": [{ command: "restore-secret [--secret-id]" }],
  "rds create-db-snapshot": [{ command: "delete-db-snapshot [--db-snapshot-identifier]" }],
  "autoscaling set-desired-capacity": [
    {
      sets: "--desired-capacity",
      capture:
        "describe-auto-scaling-groups --auto-scaling-group-names [=--auto-scaling-group-name] --query 'AutoScalingGroups[0].DesiredCapacity' --output text",
      command: "set-desired-capacity [--auto-scaling-group-name] --desired-capacity {capture}",
    },
  ],
  "autoscaling update-auto-scaling-group": ["DesiredCapacity --desired-capacity", "MinSize --min-size", "MaxSize --max-size"].map(
    (pair) => {
      const [field = "", option = ""] = pair.split(" ");
      return {
        sets: option,
        capture: `describe-auto-scaling-groups --auto-scaling-group-names [=--auto-scaling-group-name] --query 'AutoScalingGroups[0].${field}' --output text`,
        command: `update-auto-scaling-group [--auto-scaling-group-name] ${option} {capture}`,
      };
    },
  ),
  "ecs update-service": ["desiredCount --desired-count", "taskDefinition --task-definition"].map((pair) => {
    const [field = "", option = ""] = pair.split(" ");
    return {
      sets: option,
      capture: `describe-services [--cluster?] --services [=--service] --query 'services[0].${field}' --output text`,
      command: `update-service [--cluster?] [--service] ${option} {capture}`,
    };
  }),
  "ec2 modify-instance-attribute": [
    {
      sets: "--instance-type",
      capture: "describe-instance-attribute [--instance-id] --attribute instanceType --query InstanceType.Value --output text",
      command: "modify-instance-attribute [--instance-id] --instance-type {capture}",
    },
  ],
  "rds modify-db-instance": [
    {
      sets: "--db-instance-class",
      capture: "describe-db-instances [--db-instance-identifier] --query 'DBInstances[0].DBInstanceClass' --output text",
      command: "modify-db-instance [--db-instance-identifier] --db-instance-class {capture}",
    },
  ],
  "lambda update-alias": [
    {
      sets: "--function-version",
      capture: "get-alias [--function-name] [--name] --query FunctionVersion --output text",
      command: "update-alias [--function-name] [--name] --function-version {capture}",
    },
  ],
  "lambda update-function-configuration": ["Timeout --timeout", "MemorySize --memory-size"].map((pair) => {
    const [field = "", option = ""] = pair.split(" ");
    return {
      sets: option,
      capture: `get-function-configuration [--function-name] --query ${field} --output text`,
      command: `update-function-configuration [--function-name] ${option} {capture}`,
    };
  }),
  "eks update-nodegroup-config": [
    {
      sets: "--scaling-config",
      capture: "describe-nodegroup [--cluster-name] [--nodegroup-name] --query nodegroup.scalingConfig --output json",
      command: "update-nodegroup-config [--cluster-name] [--nodegroup-name] --scaling-config {capture}",
    },
  ],
  "s3api put-bucket-policy": [
    {
      sets: "--policy",
      capture: "get-bucket-policy [--bucket] --query Policy --output text",
      command: "put-bucket-policy [--bucket] --policy {capture}",
    },
  ],
  "logs put-retention-policy": [
    {
      sets: "--retention-in-days",
      capture: "describe-log-groups --log-group-name-prefix [=--log-group-name] --query 'logGroups[0].retentionInDays' --output text",
      command: "put-retention-policy [--log-group-name] --retention-in-days {capture}",
    },
  ],
};

const table: ReadonlyMap<string, readonly Undo[]> = new Map([
  ...Object.entries(rows),
  ...pairs.flatMap(([service, one, other, options]): [string, readonly Undo[]][] => [
    [`${service} ${one}`, [{ command: `${other} ${options}` }]],
    [`${service} ${other}`, [{ command: `${one} ${options}` }]],
  ]),
]);

const hole = /\[(=?)(--[a-z0-9-]+)([?*]?)\]/g;

/** Every option that a template uses; the rules list them so that their values are seen. */
export const undoOptions: ReadonlySet<string> = new Set(
  [...table.values()].flat().flatMap((undo) => [...`${undo.capture ?? ""} ${undo.command}`.matchAll(hole)].map((match) => match[2] ?? "")),
);

/** The inverse of a change, carried over to the same profile and region; undefined when no row fits all that was typed. */
export function awsInverse(inv: Invocation): Inverse | undefined {
  if (inv.unlisted.length > 0) return undefined;
  for (const undo of table.get(`${inv.path[0]} ${inv.path[1]}`) ?? []) {
    const inverse = fits(inv, undo) ? fillBoth(inv, undo) : undefined;
    if (inverse !== undefined) return inverse;
  }
  return undefined;
}

/** Whether the change does nothing that the row does not undo. */
function fits(inv: Invocation, undo: Undo): boolean {
  const known = new Set([...undo.command.matchAll(hole)].map((match) => match[2]));
  if (undo.sets !== undefined && !inv.has(undo.sets)) return false;
  const rest = inv.options.filter((use) => !use.spec.names.some((name) => known.has(name) || name === undo.sets));
  return rest.every((use) => harmless.has(use.spec.names[0] ?? ""));
}

const harmless: ReadonlySet<string> = new Set([
  ...globalFlags.split(/[ |]/),
  "--profile",
  "--region",
  "--output",
  "--query",
  "--color",
  "--apply-immediately",
  "--honor-cooldown",
  "--pending-window-in-days",
  "--recovery-window-in-days",
  "--force-new-deployment",
]);

function fillBoth(inv: Invocation, undo: Undo): Inverse | undefined {
  const command = fill(inv, undo.command);
  if (command === undefined) return undefined;
  if (undo.capture === undefined) return inv.operands.length > 0 && !undo.command.includes("*]") ? undefined : { kind: "command", command };
  const capture = fill(inv, undo.capture);
  return capture === undefined || inv.operands.length > 0 ? undefined : { kind: "capture", capture, command };
}

/** The template with its holes filled; undefined when a value is missing or not written out. */
function fill(inv: Invocation, template: string): string | undefined {
  let missing = false;
  const filled = template.replaceAll(hole, (_all, bare: string, option: string, mark: string) => {
    const values = valuesOf(inv, option, mark);
    if (values === undefined && mark !== "?") missing = true;
    if (values === undefined) return "";
    return bare === "=" ? quoteWords(values) : `${option} ${quoteWords(values)}`;
  });
  const where = placeOf(inv);
  return missing || where === undefined ? undefined : `aws ${inv.path[0]} ${filled}${where}`.replaceAll(/ {2,}/g, " ").trimEnd();
}

function valuesOf(inv: Invocation, option: string, mark: string): readonly string[] | undefined {
  const args = [...inv.all(option), ...(mark === "*" ? inv.operands : [])];
  if (inv.all(option).length !== 1 || args.some((arg) => arg.shape !== "literal" || arg.dash)) return undefined;
  return args.map((arg) => arg.text);
}

/** The profile and region of the call; undefined when they are not written out. */
function placeOf(inv: Invocation): string | undefined {
  let place = "";
  for (const option of ["--profile", "--region"]) {
    if (!inv.has(option)) continue;
    const value = inv.value(option);
    if (value === undefined) return undefined;
    place += ` ${option} ${quoteWord(value)}`;
  }
  return place;
}
