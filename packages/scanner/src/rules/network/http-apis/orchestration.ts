// Clusters and their stores: Kubernetes and kubelet, Docker, Consul, Nomad, Vault, etcd.
import { any, apis, changes, endless, reads, secret } from "./api-rule.ts";

const kubernetes = apis("Kubernetes", [
  [reads, /^\/api\/v1\/(namespaces\/[^/]+\/)?secrets(\/|$)/, "caution", "prints secrets", secret],
  [reads, /^\/apis?\/.+/, "caution", "goes on without end", { unbounded: true, query: /\b(watch|follow)=(true|1)/ }],
  [reads, /^\/apis?\/.+\/watch\//, "caution", "goes on without end", endless],
  [any, /^\/api\/v1\/.+\/(proxy)(\/|$)/, "caution", "passes the request on to a service or a kubelet"],
  [any, /^\/api\/v1\/.+\/(exec|attach|portforward)$/, "dangerous", "runs a command in a container or opens a tunnel"],
  [reads, /^\/containerLogs\/.+/, "caution", "follows a log without end", { unbounded: true, query: /\bfollow=(true|1)/ }],
  ["POST", /^\/api\/v1\/.+\/eviction$/, "dangerous", "evicts a pod"],
  [
    "POST",
    /^\/apis\/authorization\.k8s\.io\/v1\/(selfsubjectaccessreviews|selfsubjectrulesreviews|subjectaccessreviews)$/,
    "safe",
    "asks what is allowed",
  ],
  [changes, /^\/apis\/rbac\.authorization\.k8s\.io\//, "dangerous", "changes who may do what"],
  ["POST", /^\/api\/v1\/.+\/token$/, "dangerous", "issues a token"],
  [
    any,
    /^\/(run|exec|cri\/exec|attach|portForward)\/[^/]+\/[^/]+/,
    "dangerous",
    "runs a command in a container",
    { host: /:(10250|10255)$/ },
  ],
]);

/** By its socket, where the host means nothing, or by its ports. */
const dockerHost = /^(docker|localhost|podman|unix|d|v[\d.]+|127\.0\.0\.1)?:$|:237[56]$/;

const docker = apis("Docker", [
  [reads, /^(\/v[\d.]+)?\/(events)$/, "caution", "goes on without end", { unbounded: true, unless: /until=/, host: dockerHost }],
  [reads, /^(\/v[\d.]+)?\/containers\/[^/]+\/logs$/, "caution", "follows without end", { unbounded: true, query: /follow=(1|true)/i }],
  [
    reads,
    /^(\/v[\d.]+)?\/containers\/[^/]+\/stats$/,
    "caution",
    "goes on without end",
    { unbounded: true, unless: /(stream=(0|false))|one-shot=(1|true)/i },
  ],
  [
    reads,
    /^(\/v[\d.]+)?\/(containers\/[^/]+\/(export|archive)|images\/(.+\/)?get)$/,
    "caution",
    "copies files out of a container or image",
    secret,
  ],
  ["POST", /^(\/v[\d.]+)?\/(containers|images|volumes|networks|build|system)\/prune$/, "dangerous", "deletes everything unused"],
  ["POST", /^(\/v[\d.]+)?\/containers\/[^/]+\/kill$/, "dangerous", "kills a container"],
  ["POST", /^(\/v[\d.]+)?\/(containers\/[^/]+\/exec|exec\/[^/]+\/start)$/, "dangerous", "runs a command in a container"],
  [
    "POST",
    /^(\/v[\d.]+)?\/containers\/create$/,
    "dangerous",
    "makes a container with rights over the machine",
    { body: /Privileged|Binds|Mounts|"(Pid|Network)Mode"\s*:\s*"host"|CapAdd/ },
  ],
  ["POST", /^(\/v[\d.]+)?\/swarm\/(leave|update|unlock)$/, "dangerous", "changes the swarm"],
]);

const consul = apis("Consul", [
  [reads, /^\/v1\/agent\/(monitor|metrics\/stream)$/, "caution", "goes on without end", endless],
  [reads, /^\/v1\/(acl\/tokens?|snapshot)(\/|$)/, "caution", "prints tokens or all data", secret],
  [changes, /^\/v1\/agent\/(leave|force-leave\/.+)$/, "dangerous", "takes a member out of the cluster"],
  [
    changes,
    /^\/v1\/(catalog\/deregister|agent\/service\/deregister\/.+|session\/destroy\/.+|operator\/raft\/.+)$/,
    "dangerous",
    "removes what others rely on",
  ],
  [changes, /^\/v1\/(acl\/.+|snapshot)$/, "dangerous", "changes who may do what, or restores old data"],
]);

const nomad = apis("Nomad", [
  [reads, /^\/v1\/(agent\/monitor|event\/stream)$/, "caution", "goes on without end", endless],
  [reads, /^\/v1\/client\/fs\/(logs|stream)\//, "caution", "follows without end", { unbounded: true, query: /follow=true/ }],
  [reads, /^\/v1\/vars?(\/|$)/, "caution", "prints secrets", secret],
  [reads, /^\/v1\/operator\/snapshot$/, "caution", "prints all data", { sensitive: true, host: /:4646$|nomad/ }],
  [any, /^\/v1\/client\/(gc|allocation\/[^/]+\/gc)$/, "caution", "forgets what has ended, whatever the method"],
  ["POST", /^\/v1\/search(\/fuzzy)?$/, "safe", "searches"],
  [
    changes,
    /^\/v1\/(system\/gc|node\/[^/]+\/(drain|purge)|agent\/force-leave|client\/allocation\/[^/]+\/(restart|signal|exec))/,
    "dangerous",
    "ends or forgets what runs",
  ],
]);

const vault = apis("Vault", [
  ["LIST", /^\/v1\/.+/, "safe", "lists names"],
  [
    reads,
    /^\/v1\/(secret|kv|database|aws|azure|gcp|pki|cubbyhole|ssh|rabbitmq|consul|nomad|transit\/export|identity\/oidc\/token)\/.+/,
    "caution",
    "prints or makes secrets",
    { sensitive: true, unless: /\b(list=true|raw|recurse|keys)\b/ },
  ],
  [reads, /^\/v1\/.+\/creds?\//, "caution", "makes new credentials", secret],
  [
    reads,
    /^\/v1\/(?!sys\/(health|seal-status|leader|mounts|ha-status|host-info|init|metrics|internal|replication)\b).+/,
    "caution",
    "may print secrets",
    { sensitive: true, host: /:8200$/ },
  ],
  [
    changes,
    /^\/v1\/sys\/(seal|step-down|rotate|rekey|generate-root|raw|policies|policy|mounts|auth|revoke|revoke-prefix|leases\/revoke\S*|storage\/raft\/remove-peer)/,
    "dangerous",
    "seals the store, revokes, or changes who may do what",
  ],
  [changes, /^\/v1\/auth\/token\/(create|revoke\S*)/, "dangerous", "makes or revokes tokens"],
  [changes, /^\/v1\/[^/]+\/(destroy|delete)\//, "dangerous", "deletes versions of a secret"],
  ["POST PUT", /^\/v1\/(sys\/capabilities-self|sys\/tools\/hash)$/, "safe", "only asks"],
]);

const etcd = apis("etcd", [
  [
    "POST",
    /^\/v3(alpha|beta)?\/(kv\/range|maintenance\/(status|hash)|cluster\/member\/list|lease\/(timetolive|leases)|auth\/status)$/,
    "safe",
    "reads",
  ],
  [
    "POST",
    /^\/v3(alpha|beta)?\/(kv\/(deleterange|compaction)|lease\/revoke|cluster\/member\/(remove|update)|auth\/(?!status$).+|maintenance\/(downgrade|transfer-leadership))$/,
    "dangerous",
    "deletes keys or changes the cluster",
  ],
  ["POST", /^\/v3(alpha|beta)?\/watch$/, "caution", "goes on without end", endless],
  ["POST", /^\/v3(alpha|beta)?\/maintenance\/snapshot$/, "caution", "prints all data", secret],
  [reads, /^\/v2\/keys\//, "caution", "waits without end", { unbounded: true, query: /wait=true/ }],
]);

export const orchestrationApis = [...kubernetes, ...docker, ...consul, ...nomad, ...vault, ...etcd];
