// Variables that keep client programs from running code of their own: start files, pagers, hooks, editors.
// In: the private home folder. Out: names and values that go into every environment. Nobody may override them:
// neither the server, nor a plan's assignment prefix, nor the allow-list.

/**
 * git cannot be told to forget a repository's diff.external, only to use another one: this prints a plain unified diff.
 * git calls it with path, old file, old hash, old mode, new file, new hash, new mode.
 */
export const PLAIN_DIFF = 'f() { echo "diff --git a/$1 b/$1"; diff -u --label "a/$1" --label "b/$1" -- "$2" "$5"; :; }; f';

/** git reads GIT_CONFIG_KEY_n / GIT_CONFIG_VALUE_n as if given with -c: stronger than any file of a repository. */
const GIT_SETTINGS: readonly (readonly [key: string, value: string])[] = [
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.pager", "cat"],
  ["core.editor", "false"],
  ["core.askPass", "false"],
  ["core.sshCommand", "false"],
  ["core.alternateRefsCommand", "false"],
  ["credential.helper", ""],
  ["diff.external", PLAIN_DIFF],
  ["interactive.diffFilter", ""],
  ["log.showSignature", "false"],
  ["gpg.program", "false"],
  ["gpg.ssh.program", "false"],
  ["gpg.x509.program", "false"],
  ["protocol.ext.allow", "never"],
  ["safe.bareRepository", "explicit"],
  ["submodule.recurse", "false"],
];

const PAGERS = ["PAGER", "GIT_PAGER", "AWS_PAGER", "MANPAGER", "SYSTEMD_PAGER", "PSQL_PAGER", "BAT_PAGER", "DELTA_PAGER", "GH_PAGER"];

/** @param more settings beside those that always hold */
export function disarmedGit(more: readonly (readonly [key: string, value: string])[] = []): Record<string, string> {
  const settings = [...GIT_SETTINGS, ...more];
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  settings.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}

/**
 * @param home the private HOME; it holds an empty `.curlrc`, because curl falls back to other places when CURL_HOME has none
 * @source kubectl documents KUBECTL_KUBERC=false and KUBERC=off; git-config(1) GIT_CONFIG_COUNT; psql(1) PSQLRC; less(1) LESSSECURE
 */
export function disarmingVariables(home: string): Record<string, string> {
  return {
    ...Object.fromEntries(PAGERS.map((name) => [name, "cat"])),
    ...disarmedGit(),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    CURL_HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    XDG_CACHE_HOME: `${home}/.cache`,
    XDG_DATA_HOME: `${home}/.local/share`,
    EDITOR: "false",
    VISUAL: "false",
    KUBECTL_KUBERC: "false",
    KUBERC: "off",
    LESSSECURE: "1",
    LESSHISTFILE: "/dev/null",
    MYSQL_HISTFILE: "/dev/null",
    NPM_CONFIG_LOGS_MAX: "0",
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
    PSQLRC: "/dev/null",
    PSQL_HISTORY: "/dev/null",
    PYTHONNOUSERSITE: "1",
    REDISCLI_HISTFILE: "/dev/null",
    REDISCLI_RCFILE: "/dev/null",
    SYSTEMD_PAGERSECURE: "1",
  };
}

/**
 * Further ones for a command that is proven to only read: what a folder's own files would make it run. A state change that a person approved
 * goes without them, because a build may need what they forbid.
 * @source cargo book, "Environment variables Cargo reads" (RUSTC before build.rustc, an empty wrapper is none); go.dev/doc/toolchain; python(1)
 */
export const READING_VARIABLES: Readonly<Record<string, string>> = {
  GIT_NO_LAZY_FETCH: "1",
  GIT_PROXY_COMMAND: "",
  GOTOOLCHAIN: "local",
  PYTHONSAFEPATH: "1",
  RUSTC: "rustc",
  RUSTC_WRAPPER: "",
  RUSTC_WORKSPACE_WRAPPER: "",
};

/** How output looks and that nobody is there to answer; a plan may change these if the local list allows it. */
export const PRESENTATION: Readonly<Record<string, string>> = {
  DEBIAN_FRONTEND: "noninteractive",
  NO_COLOR: "1",
  SYSTEMD_COLORS: "0",
  SYSTEMD_URLIFY: "0",
  TERM: "dumb",
  TF_INPUT: "0",
  TF_IN_AUTOMATION: "1",
};

/** `AWS_PAGER=""` and the like stand in many runbooks: both values mean that no pager runs. */
export function isHarmlessPager(name: string, value: string): boolean {
  return PAGERS.includes(name) && (value === "" || value === "cat");
}
