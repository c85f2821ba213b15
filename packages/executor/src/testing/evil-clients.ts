// Client programs and the traps that their start files, variables and folders can hold. In: a folder. Out: traps to be set there.
// Each trap, sprung, makes the file `proof`. A stub stands for a client that this machine lacks: it runs what the real one would run.
// Test code only.

export interface EvilClient {
  /** Also the name of the program, unless `argv` says another. */
  readonly name: string;
  readonly argv: readonly string[];
  /** Files by path below the evil folder, which is HOME, the working directory and the place that variables name. */
  readonly files?: (evil: string) => Readonly<Record<string, string>>;
  readonly env?: (evil: string) => Readonly<Record<string, string>>;
  /** Where the real one is on Debian; absent: always the stub. */
  readonly real?: readonly string[];
  /** What it does with its start files, for a machine without it: a shell script. */
  readonly stub: string;
  /** The real one looks at the account's own folder, whatever HOME says: this trap cannot spring. */
  readonly ignoresHome?: boolean;
}

/** `touch` of the proof, as a line of a shell. */
export const touchProof = (evil: string): string => `touch ${evil}/proof`;

const run = (file: string): string => `if [ -r "${file}" ]; then sh "${file}"; fi`;
const script = (evil: string): string => `#!/bin/sh\n${touchProof(evil)}\n`;
const home = (path: string) => (evil: string) => ({ [path]: script(evil) });

const kubeconfig = (evil: string): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "e",
    contexts: [{ name: "e", context: { cluster: "e", user: "e" } }],
    clusters: [{ name: "e", cluster: { server: "https://127.0.0.1:1" } }],
    users: [
      {
        name: "e",
        user: {
          exec: { apiVersion: "client.authentication.k8s.io/v1", command: "touch", args: [`${evil}/proof`], interactiveMode: "Never" },
        },
      },
    ],
  });

const network: readonly EvilClient[] = [
  {
    name: "curl",
    argv: ["curl", "-s", "file:///dev/null"],
    real: ["/usr/bin/curl"],
    files: (evil) => ({ ".curlrc": `trace = ${evil}/proof\n`, ".config/.curlrc": `trace = ${evil}/proof\n` }),
    stub: 'file=${CURL_HOME:-$HOME}/.curlrc; sed -n "s/trace = //p" "$file" | xargs -r touch',
  },
  {
    name: "wget",
    argv: ["wget", "-q", "-t1", "http://127.0.0.1:1/"],
    real: ["/usr/bin/wget"],
    files: (evil) => ({ ".wgetrc": `output_document = ${evil}/proof\n` }),
    env: (evil) => ({ WGETRC: `${evil}/.wgetrc` }),
    stub: 'sed -n "s/output_document = //p" "${WGETRC:-$HOME/.wgetrc}" | xargs -r touch',
  },
  {
    name: "ssh",
    argv: ["ssh", "-G", "host"],
    real: ["/usr/bin/ssh"],
    files: (evil) => ({ ".ssh/config": `Match exec "${touchProof(evil)}"\n` }),
    stub: "exit 0",
    ignoresHome: true,
  },
];

const databases: readonly EvilClient[] = [
  {
    name: "mysql",
    argv: ["mysql", "-e", "select 1"],
    files: home(".my.cnf"),
    env: (evil) => ({ MYSQL_HOME: evil }),
    stub: `${run("$HOME/.my.cnf")}; ${run("$MYSQL_HOME/.my.cnf")}`,
  },
  {
    name: "redis-cli",
    argv: ["redis-cli", "-p", "1", "ping"],
    files: home(".redisclirc"),
    env: (evil) => ({ REDISCLI_RCFILE: `${evil}/.redisclirc` }),
    stub: run("${REDISCLI_RCFILE:-$HOME/.redisclirc}"),
  },
  { name: "mongosh", argv: ["mongosh", "--eval", "db.stats()"], files: home(".mongoshrc.js"), stub: run("$HOME/.mongoshrc.js") },
  {
    name: "sqlite3",
    argv: ["sqlite3", ":memory:", "select 1"],
    real: ["/usr/bin/sqlite3"],
    files: (evil) => ({ ".sqliterc": `.shell ${touchProof(evil)}\n` }),
    stub: "exit 0",
    ignoresHome: true,
  },
];

const platforms: readonly EvilClient[] = [
  {
    name: "kubectl",
    argv: ["kubectl", "get", "pods"],
    real: ["/usr/bin/kubectl"],
    files: (evil) => ({ ".kube/config": kubeconfig(evil), kubeconfig: kubeconfig(evil) }),
    env: (evil) => ({ KUBECONFIG: `${evil}/kubeconfig` }),
    stub: 'grep -o \'/[^"]*/proof\' "${KUBECONFIG:-$HOME/.kube/config}" | xargs -r touch',
  },
  {
    name: "kubectl with kuberc",
    argv: ["kubectl", "get", "pods"],
    files: home(".kube/kuberc"),
    env: (evil) => ({ KUBERC: `${evil}/.kube/kuberc` }),
    stub: `if [ "$KUBECTL_KUBERC" != false ] && [ "$KUBERC" != off ]; then ${run("${KUBERC:-$HOME/.kube/kuberc}")}; fi`,
  },
  {
    name: "docker",
    argv: ["docker", "info"],
    real: ["/usr/bin/docker", "/usr/local/bin/docker"],
    files: home(".docker/cli-plugins/docker-evil"),
    env: (evil) => ({ DOCKER_CONFIG: `${evil}/.docker` }),
    stub: run("${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins/docker-evil"),
  },
  {
    name: "helm",
    argv: ["helm", "list"],
    files: home("helm/plugins/evil.sh"),
    env: (evil) => ({ HELM_PLUGINS: `${evil}/helm/plugins`, XDG_DATA_HOME: evil }),
    stub: run("${HELM_PLUGINS:-${XDG_DATA_HOME:-$HOME/.local/share}/helm/plugins}/evil.sh"),
  },
  {
    name: "aws",
    argv: ["aws", "sts", "get-caller-identity"],
    files: (evil) => ({ ".aws/config": script(evil), ".aws/cli/alias": script(evil) }),
    env: (evil) => ({ AWS_CONFIG_FILE: `${evil}/.aws/config` }),
    stub: `${run("${AWS_CONFIG_FILE:-$HOME/.aws/config}")}; ${run("$HOME/.aws/cli/alias")}`,
  },
  {
    name: "terraform",
    argv: ["terraform", "version"],
    files: home(".terraformrc"),
    env: (evil) => ({ TF_CLI_CONFIG_FILE: `${evil}/.terraformrc` }),
    stub: run("${TF_CLI_CONFIG_FILE:-$HOME/.terraformrc}"),
  },
  {
    name: "gh",
    argv: ["gh", "pr", "list"],
    files: home("gh/config.yml"),
    env: (evil) => ({ GH_CONFIG_DIR: `${evil}/gh`, GH_PAGER: touchProof(evil) }),
    stub: `${run("${GH_CONFIG_DIR:-${XDG_CONFIG_HOME:-$HOME/.config}/gh}/config.yml")}; $GH_PAGER </dev/null`,
  },
];

const languages: readonly EvilClient[] = [
  {
    name: "node",
    argv: ["node", "--print", "1"],
    real: [process.execPath],
    files: (evil) => ({ "evil.cjs": `require("fs").writeFileSync("${evil}/proof", "")` }),
    env: (evil) => ({ NODE_OPTIONS: `--require ${evil}/evil.cjs` }),
    stub: "exit 0",
  },
  {
    name: "npm",
    argv: ["npm", "ls"],
    real: ["/usr/bin/npm", "/usr/local/bin/npm"],
    files: (evil) => ({ ".npmrc": `logs-dir=${evil}/proof\n` }),
    stub: 'if [ "$NPM_CONFIG_LOGS_MAX" != 0 ]; then sed -n "s/logs-dir=//p" ./.npmrc | xargs -r touch; fi',
  },
  {
    name: "python3",
    argv: ["python3", "-c", "pass"],
    real: ["/usr/bin/python3"],
    files: (evil) => ({ "sitecustomize.py": `open("${evil}/proof", "w")\n` }),
    env: (evil) => ({ PYTHONPATH: evil }),
    stub: 'if [ -r "$PYTHONPATH/sitecustomize.py" ]; then touch "$PYTHONPATH/proof"; fi',
  },
  {
    name: "python3 in a folder with a module of that name",
    argv: ["python3", "-m", "this"],
    real: ["/usr/bin/python3"],
    files: (evil) => ({ "this.py": `open("${evil}/proof", "w")\n` }),
    stub: 'if [ -z "$PYTHONSAFEPATH" ] && [ -r this.py ]; then touch proof; fi',
  },
  {
    name: "pip",
    argv: ["pip", "list"],
    real: ["/usr/bin/pip"],
    files: (evil) => ({ ".config/pip/pip.conf": `[global]\nlog = ${evil}/proof\n` }),
    env: (evil) => ({ PIP_CONFIG_FILE: `${evil}/.config/pip/pip.conf` }),
    stub: 'sed -n "s/log = //p" "${PIP_CONFIG_FILE:-$HOME/.config/pip/pip.conf}" | xargs -r touch',
  },
  {
    name: "perl",
    argv: ["perl", "-e", "1"],
    real: ["/usr/bin/perl"],
    files: (evil) => ({ "Evil.pm": `open(F, ">", "${evil}/proof"); 1;\n` }),
    env: (evil) => ({ PERL5LIB: evil, PERL5OPT: "-MEvil" }),
    stub: 'if [ "$PERL5OPT" ]; then touch "$PERL5LIB/proof"; fi',
  },
  {
    name: "cargo",
    argv: ["cargo", "metadata"],
    files: home(".cargo/config.toml"),
    stub: `if [ -z "$RUSTC" ]; then ${run("./.cargo/config.toml")}; fi`,
  },
  {
    name: "go",
    argv: ["go", "list"],
    files: home("go.mod"),
    stub: `if [ "$GOTOOLCHAIN" != local ]; then ${run("./go.mod")}; fi`,
  },
];

const screens: readonly EvilClient[] = [
  {
    name: "vim",
    argv: ["vim", "-T", "dumb", "--not-a-term", "-c", "q"],
    real: ["/usr/bin/vim"],
    files: (evil) => ({ ".vimrc": `call writefile([], "${evil}/proof")\n` }),
    env: (evil) => ({ VIMINIT: `source ${evil}/.vimrc` }),
    stub: 'if [ "$VIMINIT" ]; then touch proof; fi',
  },
  {
    name: "less",
    argv: ["less", "/etc/hostname"],
    real: ["/usr/bin/less"],
    env: (evil) => ({ LESSOPEN: `|${touchProof(evil)}; cat %s` }),
    stub: 'if [ "$LESSOPEN" ] && [ "$LESSSECURE" != 1 ]; then touch proof; fi',
  },
  {
    name: "man",
    argv: ["man", "ls"],
    env: (evil) => ({ MANPAGER: touchProof(evil), PAGER: touchProof(evil) }),
    stub: 'sh -c "${MANPAGER:-${PAGER:-true}}" </dev/null',
  },
  {
    name: "systemctl",
    argv: ["systemctl", "status"],
    env: (evil) => ({ SYSTEMD_PAGER: touchProof(evil), PAGER: touchProof(evil) }),
    stub: 'sh -c "${SYSTEMD_PAGER:-${PAGER:-true}}" </dev/null',
  },
  {
    name: "tmux",
    argv: ["tmux", "-L", `dd0c-test-${process.pid}`, "start-server"],
    real: ["/usr/bin/tmux"],
    files: (evil) => ({ ".tmux.conf": `run-shell '${touchProof(evil)}'\n` }),
    stub: 'if [ -r "$HOME/.tmux.conf" ]; then touch "$HOME/proof"; fi',
  },
  {
    name: "bash",
    argv: ["bash", "-c", "true"],
    real: ["/usr/bin/bash", "/bin/bash"],
    files: home("rc"),
    env: (evil) => ({ BASH_ENV: `${evil}/rc`, ENV: `${evil}/rc` }),
    stub: run("$BASH_ENV"),
  },
];

/** psql and git stand in tests of their own: one needs a server, the other a repository. */
export const evilClients: readonly EvilClient[] = [...network, ...databases, ...platforms, ...languages, ...screens];
