// The environment of one process, built from nothing: nothing of the agent's own environment reaches a command.
// In: local configuration, names the dispatch asks for, a plan member's assignment prefixes. Out: an environment or a refusal.
// It must never let the server or a plan set what chooses programs, libraries, credentials or hooks.

import { disarmingVariables, isHarmlessPager, PRESENTATION, READING_VARIABLES } from "./disarming-variables.ts";

/** Every process of a step carries this; a walk over /proc finds those that left their process group. */
export const MARKER_NAME = "DD0C_STEP";

/**
 * A starting point for the local list: presentation, and targets that every client takes as a flag too. `X_*` allows a family.
 * Nothing here names a file, a program or a secret.
 */
export const DEFAULT_ALLOWED_NAMES: readonly string[] = [
  ...Object.keys(PRESENTATION),
  ...["LANG", "LANGUAGE", "LC_*", "TZ", "COLUMNS", "LINES", "POSIXLY_CORRECT", "BLOCK_SIZE", "BLOCKSIZE", "S_TIME_FORMAT"],
  ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_DEFAULT_OUTPUT", "AWS_MAX_ATTEMPTS"],
  ...["PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGCONNECT_TIMEOUT", "PGAPPNAME", "PGTZ"],
  ...["ETCDCTL_API", "CLOUDSDK_CORE_PROJECT", "CLOUDSDK_COMPUTE_REGION", "CLOUDSDK_COMPUTE_ZONE", "GOOGLE_CLOUD_PROJECT"],
  ...["CONSUL_NAMESPACE", "VAULT_NAMESPACE", "VAULT_FORMAT", "NOMAD_NAMESPACE", "NOMAD_REGION"],
];

/** Names that only the local profile may set, whatever the allow-list says: they choose code, libraries or credentials. */
const LOCAL_ONLY =
  /^(?:PATH|HOME|IFS|ENV|SHELL|SHELLOPTS|BASH.*|LD_.*|DYLD_.*|GIT_.*|KUBECONFIG|.*_CONFIG.*|.*PAGER|.*EDITOR|.*_RC|.*RC|LESS.*|DD0C_.*)$/;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export interface EnvironmentPolicy {
  readonly home: string;
  /** Absolute folders, the PATH of the command. */
  readonly programDirs: readonly string[];
  readonly lang: string;
  /** Names, or `PREFIX*`, that the dispatch and assignment prefixes may set. */
  readonly allowedNames: readonly string[];
  /** Set by the local file alone (KUBECONFIG, AWS_PROFILE, ...). */
  readonly profile: Readonly<Record<string, string>>;
}

export interface EnvironmentRefusal {
  readonly kind: "refused";
  readonly code: "ENV_NAME_NOT_ALLOWED" | "ENV_INVALID";
  readonly name: string;
}

export type EnvironmentResult = { readonly kind: "built"; readonly env: Readonly<Record<string, string>> } | EnvironmentRefusal;

function isAllowed(name: string, value: string, policy: EnvironmentPolicy, disarmed: Readonly<Record<string, string>>): boolean {
  // Saying what holds anyway changes nothing.
  if ((Object.hasOwn(disarmed, name) && disarmed[name] === value) || isHarmlessPager(name, value)) return true;
  if (LOCAL_ONLY.test(name) || Object.hasOwn(disarmed, name)) return false;
  return policy.allowedNames.some((allowed) => (allowed.endsWith("*") ? name.startsWith(allowed.slice(0, -1)) : name === allowed));
}

/**
 * Builds one member's environment.
 * @param requested from the dispatch, then the member's assignment prefixes; later ones win
 * @param readOnly the command is proven to only read: nothing of the folder that it reads in may run
 * @returns the environment, ENV_NAME_NOT_ALLOWED (not on the local list, or local only), or ENV_INVALID (no name, or a NUL in the value)
 */
export function buildEnvironment(
  policy: EnvironmentPolicy,
  stepExecutionId: string,
  requested: readonly (readonly [name: string, value: string])[],
  readOnly = false,
): EnvironmentResult {
  const disarmed = { ...disarmingVariables(policy.home), ...(readOnly ? READING_VARIABLES : {}) };
  const env: Record<string, string> = {
    LANG: policy.lang,
    ...PRESENTATION,
    ...policy.profile,
    ...disarmed,
    HOME: policy.home,
    PATH: policy.programDirs.join(":"),
    [MARKER_NAME]: stepExecutionId,
  };
  for (const [name, value] of requested) {
    if (!NAME.test(name) || value.includes("\0")) return { kind: "refused", code: "ENV_INVALID", name };
    if (!isAllowed(name, value, policy, disarmed)) return { kind: "refused", code: "ENV_NAME_NOT_ALLOWED", name };
    env[name] = value;
  }
  return { kind: "built", env };
}
