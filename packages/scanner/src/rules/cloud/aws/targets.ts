// AWS call -> the resource that a human types before it runs. Names of options are data; the noun of the operation decides which one counts.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import type { Target } from "../../../types.ts";

/** Options that name what is acted upon; from here on down only what contains it or goes with it. */
const names = [
  "--instance-ids --instance-id --db-instance-identifier --db-cluster-identifier --db-snapshot-identifier --db-cluster-snapshot-identifier",
  "--table-name --function-name --queue-url --topic-arn --subscription-arn --secret-id --key-id --alias-name --volume-id --snapshot-id --image-id",
  "--stack-name --stack-set-name --change-set-name --auto-scaling-group-name --auto-scaling-group-names --launch-configuration-name",
  "--launch-template-id --launch-template-name --load-balancer-arn --load-balancer-name --target-group-arn --listener-arn --rule-arn",
  "--distribution-id --hosted-zone-id --health-check-id --log-stream-name --filter-name --alarm-names --alarm-name --dashboard-names --rule",
  "--user-name --role-name --group-name --policy-arn --policy-name --access-key-id --instance-profile-name --server-certificate-name --username",
  "--certificate-arn --repository-name --image-ids --nodegroup-name --addon-name --fargate-profile-name --task-definition --task --tasks",
  "--container-instance --capacity-provider --cache-cluster-id --replication-group-id --cluster-identifier --cluster-id --cluster-arn --cluster-ids",
  "--stream-name --stream-arn --delivery-stream-name --consumer-arn --state-machine-arn --execution-arn --activity-arn --event-bus-name",
  "--file-system-id --backup-id --backup-vault-name --recovery-point-arn --backup-arn --domain-name --domain --pipeline-name --project-name",
  "--application-name --environment-name --deployment-id --deployment-group-name --rest-api-id --api-id --stage-name --user-pool-id --identity-pool-id",
  "--vpc-id --subnet-id --route-table-id --internet-gateway-id --nat-gateway-id --network-acl-id --network-interface-id --security-group-ids --group-id",
  "--group-ids --allocation-id --association-id --vpc-peering-connection-id --transit-gateway-id --vpc-endpoint-ids --vpn-connection-id --key-name",
  "--key-pair-id --spot-fleet-request-ids --spot-instance-request-ids --detector-id --web-acl-id --ip-set-id --trail-name --document-name",
  "--command-id --maintenance-window-id --window-id --parameter-name --names --job-name --job-id --job-run-id --crawler-name --database-name",
  "--work-group --named-query-id --query-execution-id --endpoint-name --notebook-instance-name --model-name --training-job-name --server-id",
  "--directory-id --workspace-id --gateway-arn --fleet-id --budget-name --account-id --target-id --policy-id --organizational-unit-id --identifier",
  "--resource-arn --resource-id --resources --arn --name --id --target --targets --instance --instances --phone-number --email-address --session-id",
  "--service-arn --service --bucket --cluster-name --cluster --log-group-name --catalog-id --registry-id",
];

/** Options of EC2 and others whose value names what is acted upon. */
export const resourceOptions: readonly string[] = names.flatMap((line) => line.split(" "));

/** Values that go with the call, listed so that they are not mistaken for operands. */
export const otherValues =
  "--filters --filter --attribute --attribute-names --key --version-id --range --region-name --statement-id --qualifier --payload --desired-capacity " +
  "--desired-count --min-size --max-size --instance-type --db-instance-class --timeout --memory-size --function-version --protocol --port --cidr --vpc " +
  "--group-name-filter --scaling-processes --target-group-arns --finding-ids --device --tags --retention-in-days --scaling-config --policy " +
  "--policy-document --parameters --command --container --sql --statement --query-string --start-time --end-time --filter-pattern --log-stream-names";

/** Things that hold others: they become the namespace when something inside them is named too. */
const containers: ReadonlySet<string> = new Set(
  "--bucket --cluster --cluster-name --log-group-name --user-pool-id --rest-api-id --api-id --hosted-zone-id --repository-name --function-name --stack-name".split(
    " ",
  ),
);

const ending = /-(ids?|names?|arns?|identifiers?|url)$/;

function nounOf(option: string): string {
  return option.slice(2).replace(ending, "").replaceAll("-", " ");
}

/** "delete-log-group" -> "log group". */
function nounOfOperation(operation: string): string {
  return operation
    .replace(/^(batch|admin)-/, "")
    .split("-")
    .slice(1)
    .join(" ");
}

const generic: ReadonlySet<string> = new Set(["", "name", "id", "arn", "identifier", "resource", "target", "resources"]);

interface Candidate {
  readonly option: string;
  readonly values: readonly Arg[];
}

function candidates(inv: Invocation): readonly Candidate[] {
  const options = inv.path[0] === "s3api" ? ["--key", ...resourceOptions] : resourceOptions;
  const given = options.filter((option) => inv.has(option)).map((option) => ({ option, values: inv.all(option) }));
  return given.filter((each) => each.values.length > 0);
}

function choose(given: readonly Candidate[], noun: string): Candidate | undefined {
  const exact = given.find((each) => nounOf(each.option) === noun || `${nounOf(each.option)}s` === noun);
  return exact ?? given.find((each) => !containers.has(each.option)) ?? given[0];
}

/** What the call acts on: the values of the option that fits the operation's noun, and further values behind it. */
export function awsTargets(inv: Invocation): readonly Target[] {
  const [service = "aws", operation = ""] = inv.path;
  const noun = nounOfOperation(operation);
  const given = candidates(inv);
  const chosen = choose(given, noun);
  if (chosen === undefined) return inv.operands.filter(isPlain).map((arg) => ({ kind: noun === "" ? service : noun, name: arg.text }));
  const own = nounOf(chosen.option);
  const kind = generic.has(own) ? (noun === "" ? service : noun) : own;
  const around = given.find((each) => each !== chosen && containers.has(each.option))?.values[0]?.text;
  const more = inv.unlisted.length === 0 ? inv.operands.filter(isPlain) : [];
  return [...chosen.values, ...more].map((arg) =>
    around === undefined ? { kind, name: arg.text } : { kind, name: arg.text, namespace: around },
  );
}

function isPlain(arg: Arg): boolean {
  return arg.shape !== "many";
}
