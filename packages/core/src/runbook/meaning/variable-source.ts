// Says where a variable's value comes from by its name: a field of the alert, the output of an earlier step, or a person; and whether it is a secret.
// A name goes in; the field names are labels of Prometheus and Alertmanager and the fields of PagerDuty and Opsgenie alerts.

/** First the field, then the names that stand for it; compared in lower case with `_` for every other mark. */
const FIELDS: readonly (readonly string[])[] = [
  ["service", "svc", "service_name", "servicename", "app", "app_name", "application", "application_name"],
  ["namespace", "ns", "pod_namespace", "kubernetes_namespace", "k8s_namespace", "exported_namespace"],
  ["pod", "pod_name", "podname", "kubernetes_pod_name", "exported_pod"],
  ["node", "node_name", "nodename", "worker_node", "kubernetes_node", "worker"],
  ["instance", "instance_name", "host", "hostname", "host_name", "server", "server_name", "fqdn"],
  ["cluster", "cluster_name", "clustername", "cluster_id"],
  ["region", "aws_region", "gcp_region"],
  ["zone", "availability_zone", "az"],
  ["deployment", "deployment_name", "deploy"],
  ["daemonset", "daemonset_name", "ds"],
  ["statefulset", "statefulset_name", "sts"],
  ["replicaset", "replicaset_name"],
  ["cronjob", "cronjob_name"],
  ["container", "container_name"],
  ["environment", "env", "stage", "environment_name"],
  ["job", "job_name"],
  ["persistentvolumeclaim", "pvc", "pvc_name", "claim_name"],
  ["persistentvolume", "pv", "pv_name"],
  ["device", "mountpoint"],
  ["alertname", "alert_name", "alert"],
  ["severity", "urgency", "priority"],
  ["fingerprint", "alert_fingerprint"],
  ["incident_id", "incident_number", "incident_key", "pd_incident_id", "pagerduty_incident_id"],
  ["dedup_key", "alert_key"],
  ["alert_id", "opsgenie_id", "opsgenie_alert_id"],
  ["alias", "alert_alias"],
  ["entity"],
];

const ALERT_FIELDS: ReadonlyMap<string, string> = new Map(
  FIELDS.flatMap(([field = "", ...names]) => [field, ...names].map((name) => [name, field] as const)),
);

/** The alert field that fills the variable, or null. `<value of team label from alert>` names its label itself. */
export function alertField(name: string): string | null {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
  const bare = plain
    .replace(/^(?:(?:your|my|the|target|affected|failing|broken|problematic|value_of|name_of)_)+/, "")
    .replace(/_(?:(?:label_)?(?:from|in|of)_(?:the_)?alert(?:_labels?)?|label|here)$/, "");
  const field = ALERT_FIELDS.get(bare) ?? ALERT_FIELDS.get(bare.replace(/^the_|_(?:name|label)$/g, ""));
  if (field !== undefined) return field;
  return /_(?:label_)?(?:from|in|of)_(?:the_)?alert(?:_labels?)?$|^value_of_\w+_label$/.test(plain) ? bare : null;
}

const SECRET =
  /pass(?:word|wd|phrase)?$|(?:^|[_-])pw(?:d)?$|secret|token|api[_-]?key|(?:private|access|signing|encryption)[_-]?key$|credential|bearer/i;
/** A secret's name or place is none itself. */
const ABOUT_SECRET =
  /(?:secret|token|credential|key)s?[_-]?(?:name|id|path|file|count|arn|namespace|ref|version|type|url|ttl|expiry|store|manager)$/i;
/** What stands before a value that nobody may read. */
const SECRET_PLACE =
  /(?:--?(?:password|passwd|pass|token|secret|api-?key)[= ]["']?|(?:PASSWORD|PASSWD|PGPASSWORD|TOKEN|SECRET|API_KEY)=["']?|Bearer\s+|(?:^|\s)(?:-u|--user)[= ]["']?[\w.@<>-]+:)$/i;

/** @param before - the command's text up to the place */
export function isSecret(name: string, before: string): boolean {
  return (SECRET.test(name) && !ABOUT_SECRET.test(name)) || SECRET_PLACE.test(before.slice(-120));
}

const RUNTIME =
  /(?:^|[_-])(?:pid|old|previous|revision|snapshot|snapshot_id|backup|digest|timestamp|leader|primary|replica|member_id|run_id|request_id|query_id|osd|id)(?:$|[_-])/i;

/** Values that one reads off what an earlier command printed. */
export function isReadOff(name: string): boolean {
  return RUNTIME.test(name);
}
