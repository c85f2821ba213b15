// Guesses what kind of value a placeholder wants from its name, and where the name says nothing from its place in the command.
// Name and text around it go in; a hint for the input field comes out, or null. No value is ever refused because of it.

import type { VariableType } from "../types.ts";

type Hint = readonly [VariableType, RegExp];

/** Compared with the name in lower case, words separated by `_`; the first that fits decides. */
const BY_NAME: readonly Hint[] = [
  ["date", /(?:^|_)(?:dates?|day|yyyy_?mm_?dd|timestamp|datetime|since|until|from_time|to_time)$|^(?:yyyy|jjjj|aaaa|dd_mm)|_date_/],
  ["duration", /(?:^|_)(?:duration|ttl|timeout|interval|age|grace_period|seconds|minutes|hours|secs|mins)$/],
  ["url", /(?:^|_)(?:urls?|uri|endpoint|link|webhook)$/],
  ["ip", /(?:^|_)(?:ips?|ip_addr(?:ess)?|ipv[46]|cidr)$|^(?:x+|\d+)(?:_(?:x+|\d+)){3}$/],
  ["path", /(?:^|_)(?:path|paths|file|files|filename|file_name|dir|directory|folder|mountpoint|mount_point|mount|location)$/],
  ["id", /(?:^|_)(?:ids?|uuid|guid|arn|sha\d*|digest|hash|fingerprint|checksum|pid|uid|gid|thumbprint|serial)$/],
  [
    "number",
    /(?:^|_)(?:count|num|number|nr|no|n|port|ports|replicas?_count|replicas|size|limit|lines|percent|percentage|offset|partitions?|weight|threshold|max|min|quantity|amount)$/,
  ],
  [
    "host",
    /(?:^|_)(?:hosts?|hostname|host_name|server|server_name|fqdn|domain|domain_name|bastion|jump_?host|broker|standby_host|instance_name)$/,
  ],
  [
    "text",
    /(?:^|_)(?:name|namespace|ns|pod|node|service|svc|app|deployment|container|cluster|region|zone|env|environment|user|username|database|db|table|topic|queue|bucket|label|branch|tag|version|reason|comment|message|team|project|account|email)$/,
  ],
];

/** Compared with the command's text up to the placeholder. */
const BY_PLACE: readonly Hint[] = [
  ["number", /(?:--(?:replicas|tail|port|limit|count|lines|max-[\w-]+|min-[\w-]+|num-[\w-]+|size)[= ]|\s-n\s)$/],
  ["duration", /(?:--(?:since|timeout|ttl|interval|grace-period|duration|wait)[= ]|(?:^|\s)(?:sleep|timeout)\s)$/],
  ["date", /(?:--(?:since-time|start-time|end-time|start-date|end-date|until|date)[= ]["']?|restore-to-time[= ]["']?)$/],
  ["url", /(?:(?:^|\s)(?:curl|wget|http)\s+(?:-\S+\s+)*["']?|--url[= ]["']?)$/],
  [
    "host",
    /(?:(?:^|\s)(?:ssh|ping|telnet|nc|dig|host|nslookup|traceroute|mtr|mosh)\s+(?:-\S+\s+)*(?:[\w.-]+@)?|https?:\/\/|--host(?:name)?[= ]|\s-h\s|@)$/,
  ],
  [
    "path",
    /(?:(?:^|\s)(?:cd|ls|cat|less|tail|head|du|rm|mkdir|chown|chmod|stat|find|vi|vim|nano|umount|mount)\s+(?:-\S+\s+)*|--(?:file|path|dir|directory|output-dir|data-dir|kubeconfig)[= ]["']?|\s-f\s|[\w.]\/)$/,
  ],
  ["id", /(?:(?:^|\s)kill\s+(?:-\S+\s+)*|(?:-|_)ids?[= ]["']?|--arn[= ]["']?|pg_(?:terminate|cancel)_backend\()$/],
];

/** @param before - the command's text up to the placeholder, not more than a line of it matters */
export function variableType(name: string, before: string): VariableType | null {
  const plain = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return hintFor(BY_NAME, plain) ?? hintFor(BY_PLACE, before.slice(-80));
}

function hintFor(hints: readonly Hint[], text: string): VariableType | null {
  return hints.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
