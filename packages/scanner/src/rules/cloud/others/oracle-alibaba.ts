// oci and aliyun: operations by their verb. oci takes no operands; aliyun names operations in camel case (DescribeInstances).
import type { CommandRule } from "../../../rule.ts";
import { program } from "../../../rule.ts";
import { change, destroy, local, read, remote, secret, unknown } from "./noun-verb.ts";

const services: ReadonlySet<string> = new Set(
  (
    "adm ai ai-document analytics announce anomaly-detection api-gateway apigateway apm-config apm-synthetics apm-traces application-migration appmgmt-control artifacts audit " +
    "autoscaling bastion bds blockchain budgets bv ccc ce certificates certs-mgmt cloud-guard compute compute-management container-instances dashboard-service data-catalog " +
    "data-connectivity data-flow data-integration data-labeling-service data-safe data-science database database-management database-migration dblm devops " +
    "disaster-recovery dns dts email em-warehouse events feature-store fs fn fusion-apps generative-ai goldengate governance health-checks iam identity-domains instance-agent " +
    "integration jms kms lb license-manager limits logging logging-search logging-ingestion log-analytics management-agent management-dashboard marketplace media-services monitoring " +
    "mysql network network-firewall network-load-balancer nlb nosql oce oda ods onesubscription ons opa opensearch opsi optimizer organizations os os-management os-management-hub " +
    "psql psa queue recovery redis resource-manager rover sch search secrets security-attribute service-catalog service-manager-proxy speech stack-monitoring streaming support " +
    "sysman threat-intelligence usage usage-api vault vision vn vulnerability-scanning waa waas waf wlms work-requests zpr"
  ).split(" "),
);

const ociVerbs: readonly (readonly [rule: CommandRule, pattern: RegExp])[] = [
  [read, /^(list|get|head|search|summarize|read|show|count|check|is)(-|$)|^(structured-search|free-text-search|query)$/],
  [
    destroy,
    /^(delete|terminate|purge|remove|bulk-delete|cancel|revoke|reset|failover|switchover|schedule-[a-z-]*deletion|detach|disable|deactivate|discard|rotate|shrink)(-|$)/,
  ],
  [
    change,
    /^(create|update|launch|add|attach|change|put|post|start|stop|action|restart|scale|enable|activate|copy|move|import|export|restore|upload|bulk|patch|set|clone|resize|publish|generate)(-|$)/,
  ],
];

const ociNamed: ReadonlyMap<string, CommandRule> = new Map([
  ["os object get", { ...local, why: "writes an object to a file" }],
  ["os object bulk-download", { ...local, why: "writes objects to files" }],
  [
    "os preauth-request create",
    { ...secret, risk: "caution", why: "hands out an address that opens what is private", noInverse: "delete the request" },
  ],
  ["secrets secret-bundle get", secret],
  ["secrets secret-bundle get-secret-bundle-by-name", secret],
  ["ce cluster create-kubeconfig", { ...local, why: "writes cluster credentials" }],
  ["ce cluster generate-token", secret],
  ["iam auth-token create", secret],
  ["iam policy create", { ...destroy, why: "changes who may do what" }],
  ["iam policy update", { ...destroy, why: "changes who may do what" }],
  ["compute instance get-windows-initial-creds", secret],
  ["compute console-history get-content", { ...read, options: { "--file": { kind: "write" } } }],
  ["bastion session create", remote],
  ["instance-agent command create", remote],
  ["resource-manager job create", { ...unknown, why: "plans or applies a stack" }],
  ["resource-manager job create-destroy-job", destroy],
  ["resource-manager job create-apply-job", { ...destroy, why: "makes changes that the command does not show" }],
]);

const ociGroup: CommandRule = { risk: "unknown", why: "names a group of commands", otherVerb: ociCommand };

function ociCommand(word: string, path: readonly string[]): CommandRule | undefined {
  if (path.length === 0) return services.has(word) ? ociGroup : undefined;
  const named = ociNamed.get([...path, word].join(" "));
  if (named !== undefined) return named;
  const verb = ociVerbs.find(([, pattern]) => pattern.test(word));
  return verb?.[0] ?? (path.length < 5 && /^[a-z][a-z0-9-]{0,60}$/.test(word) ? ociGroup : undefined);
}

export const oci = program({
  names: "oci",
  source: "OCI CLI 3.68 command reference",
  style: "long",
  globals: "anywhere",
  why: "works with Oracle Cloud",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  flags: "--help|-h|-? --version|-v --raw-output --debug|-d --all --no-retry --force",
  values:
    "--profile --region --auth --output --query --compartment-id|-c --limit --page --namespace-name|-ns --bucket-name|-bn --instance-id --lifecycle-state --display-name",
  options: {
    "--config-file|--endpoint|--cli-rc-file|--defaults-file|--proxy|--cert-bundle|--from-json": {
      risk: "unknown",
      why: "takes settings from a file, or sends the request elsewhere",
    },
  },
  verbs: {
    "setup|session": { ...local, why: "changes settings or the stored session" },
    "raw-request": { ...unknown, why: "sends a request of its own" },
  },
  otherVerb: ociCommand,
  examples: {
    "oci compute instance list --compartment-id c --lifecycle-state RUNNING": "safe",
    "oci monitoring alarm-status list-alarms-status --compartment-id c": "safe",
    "oci compute instance action --instance-id i --action SOFTSTOP": "caution",
    "oci compute instance terminate --instance-id i": "dangerous",
    "oci os object get -bn b --name n --file f": "caution",
    "oci secrets secret-bundle get --secret-id s": "caution",
    "oci compute instance list --endpoint https://x.example": "unknown",
  },
  nearMisses: ["oci", "oci frob list", "oci raw-request --http-method DELETE --target-uri u", "oci compute instance frob"],
});

const aliReads = /^(Describe|List|Get|Query|Check|Search|Lookup|Count)[A-Z]\w{0,80}$/;
const aliSecrets =
  /^(GetSecretValue|DescribeClusterUserKubeconfig|DescribeUserKubeconfig|GetAuthorizationToken|CreateAccessKey|GetPassword|DescribeInstanceVncUrl|GetRandomPassword)$/;
const aliEnds =
  /^(Delete|Remove|Release|Terminate|Destroy|Purge|Reset|Revoke|Detach|Unassociate|Cancel|Failover|Switch|Disable|Deactivate)[A-Z]\w{0,80}$/;
const aliRuns = /^(RunCommand|InvokeCommand|CreateCommand|StartTerminalSession|AttachPolicyTo\w+|AddUserToGroup)$/;
const aliChanges =
  /^(Create|Modify|Update|Set|Add|Run|Start|Stop|Reboot|Restart|Attach|Allocate|Associate|Enable|Activate|Put|Copy|Import|Export|Resize|Tag|Untag|Renew|Scale|Apply|Install|Authorize|Join|Bind|Unbind|Publish)[A-Z]\w{0,80}$/;

const product: CommandRule = { risk: "unknown", why: "calls Alibaba Cloud", otherVerb: aliOperation };

function aliOperation(word: string, path: readonly string[]): CommandRule | undefined {
  if (path.length === 0) return /^[a-z][a-z0-9-]{1,40}$/.test(word) ? product : undefined;
  if (path.length > 1) return undefined;
  if (aliSecrets.test(word)) return secret;
  if (aliRuns.test(word)) return remote;
  if (aliReads.test(word)) return read;
  return aliEnds.test(word) ? destroy : aliChanges.test(word) ? change : undefined;
}

export const aliyun = program({
  names: "aliyun",
  source: "Alibaba Cloud CLI 3.0 reference",
  style: "long",
  globals: "anywhere",
  why: "works with Alibaba Cloud",
  risk: (inv) => (inv.path.length === 0 && inv.has("--help") ? "safe" : "unknown"),
  flags: "--help|-h --dryrun --quiet|-q --skip-secure-verify",
  values: "--profile|-p --region --RegionId --output|-o --pager --waiter --version --InstanceId --PageSize --PageNumber --language",
  options: {
    "--endpoint|--config-path|--method|--body|--body-file|--force": {
      risk: "unknown",
      why: "sends a request of another kind, or elsewhere",
    },
  },
  verbs: {
    "version|help": read,
    "configure list": read,
    "configure get": secret,
    configure: local,
    "configure set|switch|delete": local,
    "oss ls|stat|du|help": read,
    "oss cat": { ...read, operands: "read*" },
    "oss cp|sync|mkdir|mb|set-meta|restore": change,
    "oss rm|rb|set-acl|bucket-policy|lifecycle": destroy,
    "oss sign": secret,
  },
  otherVerb: aliOperation,
  examples: {
    "aliyun ecs DescribeInstances --RegionId cn-hangzhou": "safe",
    "aliyun oss ls oss://logs": "safe",
    "aliyun ecs StopInstance --InstanceId i-1": "caution",
    "aliyun ecs DeleteInstance --InstanceId i-1": "dangerous",
    "aliyun ecs RunCommand --CommandContent x": "dangerous",
    "aliyun kms GetSecretValue --SecretName s": "caution",
    "aliyun ecs DescribeInstances --endpoint x.example": "unknown",
    "aliyun oss rm oss://logs -r": "dangerous",
  },
  nearMisses: ["aliyun", "aliyun ecs FrobInstances", "aliyun configure set --mode AK"],
});
