// Path or URL of a read -> why its content is secret, or undefined. Over-inclusive on purpose: the cost is one question.
// Used for every operand and option of kind "read" and for `<` redirections. Only ever raises to caution.

const fragments: readonly (readonly [part: string, why: string])[] = [
  ["/.ssh", "holds SSH keys"],
  ["/.aws", "holds AWS credentials"],
  ["/.azure", "holds Azure credentials"],
  ["/.config/gcloud", "holds Google Cloud credentials"],
  ["/.config/gh", "holds GitHub tokens"],
  ["/.docker/config.json", "holds registry passwords"],
  ["/.kube", "holds cluster credentials"],
  ["kubeconfig", "holds cluster credentials"],
  ["/etc/kubernetes/", "holds cluster credentials"],
  ["/etc/rancher/", "holds cluster credentials"],
  ["/.gnupg", "holds private keys"],
  [".netrc", "holds passwords"],
  [".pgpass", "holds database passwords"],
  [".my.cnf", "holds database passwords"],
  ["debian.cnf", "holds database passwords"],
  [".git-credentials", "holds repository passwords"],
  [".npmrc", "holds registry tokens"],
  [".pypirc", "holds registry tokens"],
  [".vault-token", "holds a Vault token"],
  [".vault_pass", "holds a vault password"],
  ["_history", "may hold typed passwords"],
  ["/etc/shadow", "holds password hashes"],
  ["/etc/gshadow", "holds password hashes"],
  ["/etc/master.passwd", "holds password hashes"],
  ["/etc/wireguard", "holds private keys"],
  ["/etc/openvpn", "holds private keys"],
  ["/var/lib/kubelet/pki", "holds cluster credentials"],
  ["/rancher/k3s/server/", "holds cluster credentials"],
  ["rclone.conf", "holds storage credentials"],
  [".s3cfg", "holds storage credentials"],
  ["/.boto", "holds storage credentials"],
  ["/etc/krb5.keytab", "holds Kerberos keys"],
  ["/etc/ssl/private", "holds private keys"],
  ["/run/secrets", "holds secrets"],
  ["/environ", "shows the environment of a process, where secrets live"],
  ["/.env.prod", "usually holds secrets"],
  ["/.env.live", "usually holds secrets"],
  ["/.env.stag", "usually holds secrets"],
  ["/proc/kcore", "shows memory"],
  ["/dev/mem", "shows memory"],
  ["/dev/kmem", "shows memory"],
  ["id_rsa", "is a private key"],
  ["id_ed25519", "is a private key"],
  ["id_ecdsa", "is a private key"],
  ["id_dsa", "is a private key"],
  ["tfstate", "holds secrets of the infrastructure"],
  ["credential", "looks like credentials"],
  ["secret", "looks like a secret"],
  ["passwd-s3fs", "holds passwords"],
  [".htpasswd", "holds password hashes"],
  ["169.254.169.254", "is the cloud metadata service, which hands out credentials"],
  ["169.254.170.2", "is the container credential service"],
  ["metadata.google.internal", "is the cloud metadata service, which hands out credentials"],
  ["100.100.100.200", "is the cloud metadata service, which hands out credentials"],
  ["fd00:ec2::254", "is the cloud metadata service, which hands out credentials"],
];

const endings: readonly (readonly [ending: string, why: string])[] = [
  [".pem", "may hold a private key"],
  [".key", "may hold a private key"],
  ["_host_rsa_key", "is a private key"],
  ["_host_ed25519_key", "is a private key"],
  ["_host_ecdsa_key", "is a private key"],
  ["_host_dsa_key", "is a private key"],
  [".p12", "may hold a private key"],
  [".pfx", "may hold a private key"],
  [".jks", "may hold private keys"],
  [".keystore", "may hold private keys"],
  [".kdbx", "holds passwords"],
  [".env", "usually holds secrets"],
  ["shadow", "holds password hashes"],
  ["/mem", "shows memory"],
  ["environ", "shows the environment of a process, where secrets live"],
  ["/.env.local", "usually holds secrets"],
];

/** Why reading `path` may show secrets; undefined when nothing speaks for it. `path` may be only the beginning of one. */
export function sensitivePath(path: string): string | undefined {
  if (path.length < 4) return undefined;
  const lower = rooted(path.includes("//") || path.includes("/./") ? squeeze(path) : path);
  for (const [part, why] of fragments) if (lower.includes(part)) return why;
  for (const [ending, why] of endings) if (lower.endsWith(ending) && !isCertificate(lower)) return why;
  return undefined;
}

/** In lower case, with a slash before the first part. */
function rooted(path: string): string {
  const first = path.charCodeAt(0);
  return (first === 47 || first === 126 ? path : `/${path}`).toLowerCase();
}

/** By its name a file of certificates, which are public: `chain.pem`, `ca-bundle.pem`. */
function isCertificate(path: string): boolean {
  return path.endsWith(".pem") && /(chain|bundle|cacert|certs?|intermediate|root-?ca)[^/]{0,20}\.pem$/.test(path) && !/key|priv/.test(path);
}

const examples: readonly string[] = [
  "/etc/shadow",
  "/etc/gshadow",
  "/root/.ssh/id_rsa",
  "/home/u/.ssh/id_rsa",
  "~/.ssh/id_rsa",
  "~/.aws/credentials",
  "/root/.aws/credentials",
  "~/.kube/config",
  "/proc/1/environ",
  "/proc/self/environ",
  "/run/secrets/token",
  "/var/run/secrets/kubernetes.io/serviceaccount/token",
  "/etc/ssl/private/server.key",
  "/etc/kubernetes/admin.conf",
];

/** Why a word that is not written out (`$HOME/.ssh/x`, `/etc/shado?`) may name a secret file: what stands in it says so, or it matches one. */
export function sensitiveWord(source: string): string | undefined {
  const bare = source.includes('"') || source.includes("'") ? source.replaceAll(/["']/g, "") : source;
  return sensitivePath(bare) ?? sensitivePattern(bare);
}

/** Why a file name pattern may name a secret file: it matches one of the well-known ones. */
function sensitivePattern(pattern: string): string | undefined {
  if (!pattern.includes("/")) return undefined;
  const path = pattern.includes("//") || pattern.includes("/./") ? squeeze(pattern) : pattern;
  const found = examples.find((example) => matches(path.split("/"), example.split("/")));
  return found === undefined ? undefined : `may name ${found}, a secret file`;
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => matchesPart(part, path[index] ?? ""));
}

/** A pattern's part against a name: `*` and everything unusual stand for any text; names with a dot in front want one in the pattern. */
function matchesPart(part: string, name: string): boolean {
  if (name.startsWith(".") && !part.startsWith(".") && !part.startsWith("[") && !part.startsWith("{")) return false;
  const special = part.search(/[*?[{($@!+\\'"]/);
  return special < 0 ? part === name : name.startsWith(part.slice(0, special)) && lastMatches(part, name);
}

function lastMatches(part: string, name: string): boolean {
  const tail = /[A-Za-z0-9_.-]*$/.exec(part)?.[0] ?? "";
  return name.endsWith(tail);
}

/** `/etc//./shadow` -> `/etc/shadow`. */
function squeeze(path: string): string {
  const kept: string[] = [];
  path.split("/").forEach((part, index) => {
    if (index === 0 || (part !== "" && part !== ".")) kept.push(part);
  });
  return kept.join("/");
}
