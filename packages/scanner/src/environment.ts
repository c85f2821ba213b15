// A variable given to a command -> whether that may change what the command does. Positive list; everything else is unknown,
// and names that load or run code are dangerous. Plain shell variables that no program sees are judged apart.
import type { Arg } from "./arg.ts";
import type { ScanState } from "./scan-state.ts";

const harmless: ReadonlySet<string> = new Set([
  "TZ",
  "LANG",
  "LANGUAGE",
  "NO_COLOR",
  "FORCE_COLOR",
  "CLICOLOR",
  "TERM",
  "COLUMNS",
  "LINES",
  "PAGER_OFF",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_DEFAULT_OUTPUT",
  "AWS_DEFAULT_PROFILE",
  "AWS_MAX_ATTEMPTS",
  "ETCDCTL_API",
  "PGHOST",
  "PGPORT",
  "PGUSER",
  "PGDATABASE",
  "PGCONNECT_TIMEOUT",
  "PGTZ",
  "PGAPPNAME",
  "PGSSLMODE",
  "PGCLIENTENCODING",
  "CLOUDSDK_CORE_PROJECT",
  "CLOUDSDK_COMPUTE_REGION",
  "CLOUDSDK_COMPUTE_ZONE",
  "GOOGLE_CLOUD_PROJECT",
  "TF_IN_AUTOMATION",
  "TF_INPUT",
  "CONSUL_NAMESPACE",
  "VAULT_NAMESPACE",
  "VAULT_FORMAT",
  "NOMAD_NAMESPACE",
  "NOMAD_REGION",
  "DEBIAN_FRONTEND",
  "BLOCK_SIZE",
  "BLOCKSIZE",
  "TIMEFORMAT",
  "GREP_COLOR",
  "GREP_COLORS",
  "JQ_COLORS",
  "LS_COLORS",
  "MYSQL_HOST",
  "COMPOSE_PROJECT_NAME",
  "GIT_TERMINAL_PROMPT",
  "GIT_OPTIONAL_LOCKS",
  "HTOP_FILTER",
  "PS_FORMAT",
  "S_TIME_FORMAT",
  "S_COLORS",
  "SYSTEMD_COLORS",
]);

const pagers: ReadonlySet<string> = new Set(["PAGER", "SYSTEMD_PAGER", "GIT_PAGER", "AWS_PAGER", "MANPAGER", "PSQL_PAGER"]);

const secrets: ReadonlySet<string> = new Set([
  "PGPASSWORD",
  "MYSQL_PWD",
  "REDISCLI_AUTH",
  "VAULT_TOKEN",
  "CONSUL_HTTP_TOKEN",
  "NOMAD_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_ACCESS_KEY_ID",
  "GITHUB_TOKEN",
  "GH_TOKEN",
]);

const exact: ReadonlySet<string> = new Set([
  "PATH",
  "BASH_ENV",
  "ENV",
  "IFS",
  "PS0",
  "PS1",
  "PS2",
  "PS4",
  "PROMPT_COMMAND",
  "MAILPATH",
  "SHELLOPTS",
  "BASHOPTS",
  "CDPATH",
  "HOME",
  "SHELL",
  "ZDOTDIR",
  "VISUAL",
  "RUBYOPT",
  "RUBYLIB",
  "LESSOPEN",
  "LESSCLOSE",
  "LESS",
  "MANOPT",
  "GLOBIGNORE",
  "GCONV_PATH",
  "LOCPATH",
  "NLSPATH",
  "HOSTALIASES",
  "TMPDIR",
  "KUBECONFIG",
  "OPENSSL_CONF",
  "OPENSSL_ENGINES",
  "BROWSER",
  "HISTFILE",
  "INPUTRC",
  "TERMINFO",
  "TERMCAP",
  "EDITOR",
  "LOCALDOMAIN",
  "RES_OPTIONS",
  "NODE_PATH",
  "CLASSPATH",
  "PSQLRC",
  "PGSERVICEFILE",
  "PGSYSCONFDIR",
  "PGPASSFILE",
  "PGOPTIONS",
  "PGSERVICE",
  "TAR_OPTIONS",
  "GREP_OPTIONS",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "CURL_HOME",
  "WGETRC",
  "SYSTEM_WGETRC",
  "MYSQL_HOME",
]);

const starts: readonly string[] = [
  "LD_",
  "DYLD_",
  "BASH_",
  "PYTHON",
  "PERL",
  "NODE_OPT",
  "JAVA_TOOL",
  "_JAVA",
  "JDK_",
  "GIT_",
  "DOCKER_",
  "KUBE",
  "HELM_",
  "LESS",
  "MALLOC_",
  "GLIBC_",
  "GUILE_",
  "LUA_",
  "PHP",
  "GEM_",
  "BUNDLE_",
  "NPM_CONFIG",
  "npm_config",
  "AWS_CONFIG",
  "AWS_SHARED",
  "AWS_ENDPOINT",
  "TF_CLI",
  "SSH_",
];
const ends: readonly string[] = [
  "PAGER",
  "EDITOR",
  "_PRELOAD",
  "_COMMAND",
  "_OPTIONS",
  "_OPTS",
  "OPTS",
  "_ASKPASS",
  "_PROXY",
  "_proxy",
  "_CONFIG",
  "_CONFIG_FILE",
  "_LIBRARY_PATH",
  "_INIT",
  "_HOOK",
];

/** Names that point a program elsewhere: unknown, for the new place may name programs to run. */
const redirecting: ReadonlySet<string> = new Set([
  "KUBECONFIG",
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "http_proxy",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_ENDPOINT_URL",
  "VAULT_ADDR",
  "TMPDIR",
  "EDITOR",
]);

function reportRedirecting(state: ScanState, name: string, value: Arg): void {
  state.report("env.target", "unknown", value.span, `${name} points the program at another place, which may name programs to run.`);
}

/** Whether a name can make a program run or load something else. */
function steersPrograms(name: string): boolean {
  return exact.has(name) || starts.some((start) => name.startsWith(start)) || ends.some((end) => name.endsWith(end));
}

/** Variables whose value bash calculates as soon as it is set: `RANDOM='a[$(rm x)]'` runs rm. */
const calculated: ReadonlySet<string> = new Set(["RANDOM", "SRANDOM", "OPTIND", "HISTCMD"]);

function reportCalculated(state: ScanState, name: string, value: Arg): void {
  if (!calculated.has(name) || (value.shape === "literal" && /^\d*$/.test(value.text))) return;
  state.report("env.calculated", "unknown", value.span, `The shell calculates what is put into ${name}, which may run commands.`);
}

/** Session settings of PostgreSQL that only bound or name what is asked: `-c statement_timeout=5s`. */
const boundingOptions =
  /^(\s*-c ?((statement|lock|idle_in_transaction_session)_timeout=\d+(ms|s|min)?|default_transaction_read_only=(on|true)|application_name=[\w.-]+)(?=\s|$))+\s*$/;

function isHarmlessValue(name: string, { shape, text }: Arg): boolean {
  if (shape !== "literal") return false;
  return pagers.has(name) ? text === "" || text === "cat" : name === "PGOPTIONS" && boundingOptions.test(text);
}

/** Reports an assignment that a command receives in its environment: by list harmless, else unknown, or dangerous when it steers programs. */
export function checkEnvironment(state: ScanState, name: string, value: Arg): void {
  reportCalculated(state, name, value);
  if (harmless.has(name) || name.startsWith("LC_")) return;
  if (isHarmlessValue(name, value)) return;
  if (redirecting.has(name)) reportRedirecting(state, name, value);
  else if (secrets.has(name)) {
    state.sensitive = true;
    state.report("env.secret", "caution", value.span, `${name} carries a secret in the command line.`, "use a variable of type secret");
  } else if (steersPrograms(name)) {
    state.report("env.hook", "dangerous", value.span, `${name} can make a program load or run something else.`);
  } else {
    state.report("env.unlisted", "unknown", value.span, `${name} is not on the list of variables known to be harmless.`);
  }
}

/** Remembers that the variable holds what a command prints: data that a later address would carry out. */
function noteOutput(state: ScanState, name: string, { shape, filled, text }: Arg): void {
  const words = filled ?? text;
  if (shape !== "literal" && /\$\(|`/.test(words)) state.outputs.set(name, words);
}

/** Reports an assignment that stays in the shell: it reaches programs only if the name was exported before. */
export function checkShellVariable(state: ScanState, name: string, value: Arg): void {
  noteOutput(state, name, value);
  reportCalculated(state, name, value);
  if (isHarmlessValue(name, value)) return;
  if (harmless.has(name) || secrets.has(name)) return;
  if (redirecting.has(name)) {
    reportRedirecting(state, name, value);
    return;
  }
  if (steersPrograms(name)) {
    state.report("env.hook", "dangerous", value.span, `${name} can make every later program load or run something else.`);
  }
}
