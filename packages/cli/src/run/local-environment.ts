// What a command of a local run gets of the person's own surroundings: where programs are, and by name what chooses targets and credentials.
// In: the terminal's environment. Out: the executor's settings. The commands' HOME stays private and empty, and the executor's disarming
// variables stand above everything here; nothing that is not named reaches a command.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { DEFAULT_ALLOWED_NAMES, type ExecutorConfig } from "@dd0c/executor";

/** Taken from the terminal as they are; `X_*` is a family. */
export const profileNames: readonly string[] = [
  ...DEFAULT_ALLOWED_NAMES,
  ...["KUBECONFIG", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"],
  ...["AWS_*", "GOOGLE_*", "CLOUDSDK_*", "AZURE_*", "VAULT_*", "CONSUL_*", "NOMAD_*", "ETCDCTL_*"],
  ...["PGPASSWORD", "PGPASSFILE", "PGSERVICE", "PGSERVICEFILE", "PGSSLMODE", "PGSSLROOTCERT", "REDISCLI_AUTH"],
  ...["SSH_AUTH_SOCK", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"],
];

/** Where the clients look in the person's home when no variable says so. */
const homeFiles: readonly (readonly [name: string, path: string])[] = [
  ["KUBECONFIG", ".kube/config"],
  ["AWS_CONFIG_FILE", ".aws/config"],
  ["AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"],
  ["CLOUDSDK_CONFIG", ".config/gcloud"],
  ["AZURE_CONFIG_DIR", ".azure"],
  ["DOCKER_CONFIG", ".docker"],
  ["PGPASSFILE", ".pgpass"],
];

const isNamed = (name: string): boolean =>
  profileNames.some((each) => (each.endsWith("*") ? name.startsWith(each.slice(0, -1)) : each === name));

const profileOf = (env: NodeJS.ProcessEnv, home: string): Record<string, string> => {
  const files = homeFiles.map(([name, path]) => [name, join(home, path)] as const).filter(([, path]) => existsSync(path));
  const own = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && isNamed(entry[0]));
  return { ...Object.fromEntries(files), ...Object.fromEntries(own) };
};

const systemDirs = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Absolute folders of the terminal's PATH. */
const programDirsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  const dirs = (env["PATH"] ?? "").split(":").filter((dir) => isAbsolute(dir));
  return dirs.length === 0 ? systemDirs : [...new Set(dirs)];
};

export const localEnvironment = (privateHome: string, env: NodeJS.ProcessEnv = process.env, home = homedir()): ExecutorConfig => ({
  home: privateHome,
  programDirs: programDirsOf(env),
  lang: env["LC_ALL"] ?? env["LANG"] ?? "C.UTF-8",
  allowedNames: DEFAULT_ALLOWED_NAMES,
  profile: profileOf(env, home),
});
