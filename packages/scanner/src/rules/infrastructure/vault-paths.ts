// Path of a secret store's API -> what lies there. Paths below sys/ and the settings of methods and engines are no secrets; everything else may be.
// Used by vault.ts for `read` and `write`, whose meaning is in the path alone.
import type { Finding } from "../../rule.ts";

const openPaths: readonly RegExp[] = [
  /^sys\/(health|seal-status|leader|ha-status|host-info|in-flight-req|version-history|key-status|license(\/status)?|metrics|mounts(\/.*)?|auth(\/.*)?|audit|namespaces(\/.*)?)$/,
  /^sys\/(policy|policies\/\w+|capabilities|capabilities-self|config\/(state\/sanitized|cors|auditing\/.*|ui\/.*)|plugins\/catalog(\/.*)?|quotas\/.*|managed-keys\/.*)(\/[\w.*-]+)?$/,
  /^sys\/(replication\/(\w+\/)?status|storage\/raft\/(configuration|autopilot\/(configuration|state))|internal\/(counters|ui)\/.*|rekey(-recovery-key)?\/(init|verify)|generate-root\/attempt|rotate\/config|loggers(\/.*)?)$/,
  /^auth\/[\w-]+\/(role|roles|groups|users|map)(\/[\w./-]+)?$/,
  /^auth\/[\w-]+\/(config|tune)$/,
  /^[\w/-]+\/roles\/[\w.-]+$/,
  /^identity\/(entity|group|entity-alias|group-alias|oidc\/(config|provider|client|key|role))(\/[\w.-]+)*$/,
  /^[\w-]*pki[\w-]*\/(cert|certs|crl|ca|ca_chain|issuer|issuers|config|roles|cert\/[\w:-]+|issuer\/[\w-]+|config\/[\w-]+|crl\/[\w-]+)$/,
  /^transit\/keys\/[\w.-]+$/,
];

/** Whether nothing secret is read at `path`. */
export function isOpenPath(path: string): boolean {
  const clean = path.replace(/^\/?(v1\/)?/, "").replace(/\/$/, "");
  return !clean.includes("..") && openPaths.some((pattern) => pattern.test(clean));
}

const findings: readonly (readonly [path: RegExp, finding: Finding])[] = [
  [/^sys\/seal$/, { risk: "dangerous", why: "takes the secret store out of service" }],
  [
    /^sys\/(raw|policy|policies|generate-root|rekey|rekey-recovery-key|rotate|init|unseal|plugins|remount|mounts|auth|audit|replication|storage|config|namespaces|quotas)\b/,
    { risk: "dangerous", why: "changes who may do what, or how the store keeps its secrets" },
  ],
  [/\b(revoke|revoke-prefix|revoke-force|tidy|trim|restore|force)\b/, { risk: "dangerous", why: "revokes or removes credentials" }],
  [
    /\b(rotate-root|rotate-role|rotate|root\/generate|intermediate\/generate|set-signed|import)\b/,
    { risk: "dangerous", why: "replaces a key or a password" },
  ],
  [
    /^auth\/[^/]+\/(role|roles|users|groups|config|map|policies|create)\b|^identity\/|^database\/(roles|config|static-roles)\/|\/roles\//,
    { risk: "dangerous", why: "changes who may do what" },
  ],
  [
    /\/(login|issue|sign|sign-verbatim|creds|decrypt|export|datakey|sts|generate|wrapping|unwrap)\b/,
    { risk: "caution", why: "prints credentials", sensitive: true },
  ],
];

/** What a write to `path` means beyond a change that can be taken back. */
export function writeMeaning(path: string): Finding | undefined {
  const clean = path.replace(/^\/?(v1\/)?/, "").replace(/\/$/, "");
  return findings.find(([pattern]) => pattern.test(clean))?.[1];
}
