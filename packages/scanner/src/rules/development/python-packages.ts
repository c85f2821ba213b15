// pip, uv, poetry, pipenv, conda: what asks is safe; installing runs code of packages; removing takes programs away.
import type { Arg } from "../../arg.ts";
import { type CommandRule, type Finding, operandTargets, type OptionRule, program } from "../../rule.ts";
import { asksVersion, changing, destroying, each, listing, reading, running } from "./verbs.ts";

const http = (value: Arg): Finding | undefined =>
  value.shape === "literal" && /^https?:\/\//.test(value.text)
    ? undefined
    : { risk: "unknown", why: "the index is not written out", span: value.span };

const traps: Readonly<Record<string, OptionRule>> = {
  "--log|--log-file": { kind: "write", why: "writes a log" },
  "--python": { risk: "unknown", why: "runs another interpreter" },
  "-i|--index-url|--extra-index-url|--pypi-url": { check: http },
  "-f|--find-links": { risk: "unknown", why: "asks another place" },
  "--output|--report": { kind: "write", why: "writes a file" },
  "--fix": { arity: "flag", risk: "caution", why: "changes what is installed" },
  "--config|--config-file": { kind: "read", risk: "unknown", why: "loads other settings" },
};

const read = (why: string, extra: Partial<CommandRule> = {}): CommandRule =>
  reading(why, {
    flags: "-h|--help -f|--files",
    options: Object.fromEntries(Object.entries(traps).filter(([name]) => !name.startsWith("-f|"))),
    answers: [1],
    ...extra,
  });
const locked = "the lock or requirements file in version control holds the versions before";
const install = changing("installs packages, whose code may run", locked, {
  options: {
    "--break-system-packages": { arity: "flag", risk: "caution", why: "changes packages of the system" },
    "-i|--index-url|--extra-index-url": { check: http },
    "--trusted-host": { risk: "dangerous", why: "does not check whom the packages come from" },
  },
  targets: operandTargets("package"),
});
const remove = destroying("removes packages", "package");
const files = changing("writes files", "files that were there before are overwritten");
const runs = running("runs a program in the environment");

export const pip = program({
  names: "pip|pip2|pip3|pip3.9|pip3.10|pip3.11|pip3.12|pip3.13|pip3.14",
  source: "pip.pypa.io/en/stable/cli, pip 25.3",
  globals: "anywhere",
  why: "works with packages of Python",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags:
    "-V|--version -h|--help -v|--verbose -vv -q|--quiet --disable-pip-version-check --no-color --no-input --isolated --require-virtualenv --debug",
  values: "--timeout --retries --cache-dir",
  options: {
    "--log": { kind: "write", why: "writes a log" },
    "--python": { risk: "unknown", why: "runs another interpreter" },
    "--proxy|--cert|--client-cert|--keyring-provider|--use-feature": { risk: "unknown", why: "changes whom it asks" },
  },
  verbs: {
    "list|freeze|check|inspect|help|search|debug|hash|version|completion": read("prints what is installed"),
    show: read("prints facts about a package"),
    "index versions": read("asks the index"),
    "cache dir|info|list": read("prints what is cached"),
    "config list|debug": { ...read("prints settings") },
    "config get": read("prints a setting", {
      inspect: (inv, ctx) => {
        if (inv.operands.some((arg) => /url|proxy|passw|token/i.test(arg.text) && !/index-url$/.test(arg.text)))
          ctx.report({ risk: "caution", sensitive: true, why: "may hold a password" });
      },
    }),
    install,
    "uninstall|remove": remove,
    "download|wheel|lock": { ...install, why: "downloads packages, whose code may run" },
    "cache purge|remove": changing("empties the cache", "what is cached can be fetched again"),
    "config set|unset|edit": changing("changes settings", "pip config get NAME shows the setting before"),
  },
  examples: {
    "pip list --outdated --format=json": "safe",
    "pip3 show requests -f": "safe",
    "pip --version": "safe",
    "pip index versions x --index-url https://pypi.example.org/simple": "safe",
    "pip index versions x --index-url $X": "unknown",
    "pip list --log x": "caution",
    "pip list --python x": "unknown",
    "pip inspect --report x": "caution",
    "pip list --fix": "caution",
    "pip list --config-file x": "unknown",
    "pip list --proxy x": "unknown",
    "pip install requests": "caution",
    "pip install --break-system-packages x": "caution",
    "pip install -i http://x y": "caution",
    "pip install --trusted-host x y": "dangerous",
    "pip install --help": "safe",
    "pip uninstall -y x": "dangerous",
    "pip cache purge": "caution",
  },
  nearMisses: ["pip", "pip frob", "pip download x", "pip config set a b", "pip list $X", "pip list --lo x"],
});

export const pipTools = program({
  names:
    "pipdeptree|pip-audit|safety|pip-compile|pip-sync|pip-review|pipx|virtualenv|pyenv|virtualenvwrapper|pew|hatch|pdm|rye|pixi|twine|flit|tox|nox",
  source: "the documentation of each program",
  globals: "anywhere",
  why: "works with packages or versions of Python",
  risk: (inv) => {
    if (asksVersion(inv, "--version", "--help")) return "safe";
    return inv.program === "pipdeptree" || inv.program === "pip-audit" ? "safe" : "unknown";
  },
  flags: "--version -V|-v -h|--help --local-only --all -r|--reverse --json --json-tree --desc --strict -l|--local -a -u|--user-only",
  values: "-p|--packages -w|--warn -e|--exclude -d|--depth --format",
  options: {
    "--fix": { arity: "flag", risk: "caution", why: "changes what is installed" },
    "-o|--output": { kind: "write", why: "writes a file" },
  },
  verbs: {
    "versions|version|version-name|version-file|root|prefix|which|whence|shims|commands|list|show|status|info|why|outdated|environment|env-list":
      read("prints versions or packages"),
    "install|add|sync|update|upgrade|upgrade-all|inject|reinstall|reinstall-all|global|local|rehash|lock|pin|build|fetch|ensurepath|use|init|new|create":
      install,
    "uninstall|remove|uninstall-all|virtualenv-delete|env-remove|uninject|rm": remove,
    "upload|publish": destroying("publishes a package for everybody; a version cannot be used again", "package"),
    "run|exec|shell|test|check|runpip": runs,
  },
  examples: {
    "pyenv versions": "safe",
    "pipx list": "safe",
    "pipdeptree -r -p requests": "safe",
    "pip-audit --fix": "caution",
    "pip-audit -o x": "caution",
    "pyenv install 3.12": "caution",
    "pipx uninstall x": "dangerous",
    "twine upload x": "dangerous",
    tox: "unknown",
    "pdm run x": "unknown",
  },
  nearMisses: ["hatch", "pip-sync", "pyenv exec x", "pipx run x"],
});

const uvRead = read("prints packages, versions or folders");

export const uv = program({
  names: "uv",
  source: "docs.astral.sh/uv/reference/cli, uv 0.9",
  globals: "anywhere",
  why: "works with packages and versions of Python",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags:
    "-V|--version -h|--help -q|--quiet -v|--verbose --offline --no-config --no-progress --no-cache -n --no-python-downloads --native-tls",
  values: "--color",
  options: {
    "--directory|--project|--config-file|--cache-dir|--allow-insecure-host": { risk: "unknown", why: "changes what it works with" },
  },
  verbs: {
    "pip list|freeze|show|check|tree": uvRead,
    "python list|find|dir": uvRead,
    "cache dir|size": uvRead,
    "self version": uvRead,
    "help|version": {
      ...uvRead,
      risk: (inv) => (inv.operands.length > 0 && inv.path[0] === "version" ? "caution" : "safe"),
      options: { "--bump": { risk: "caution", why: "changes the version" } },
      noInverse: locked,
    },
    tree: listing("prints the dependencies", {
      flags: "--frozen --locked --no-dev --all-groups --outdated --invert --universal --no-dedupe --show-sizes --only-dev -h|--help",
      values: "-d|--depth --prune --package --group --python-version",
      risk: (inv) => (inv.has("--frozen") || inv.has("--locked") ? "safe" : "caution"),
      noInverse: locked,
    }),
    "tool list|dir": changing("lists tools", "nothing else is changed"),
    "pip install|sync|compile": install,
    "pip uninstall": remove,
    "add|sync|lock|export|init|venv|build|format": install,
    remove: changing("removes a package from the project", locked),
    "python install|pin|upgrade|update-shell": install,
    "python uninstall": remove,
    "tool install|upgrade|update-shell": install,
    "tool uninstall": remove,
    "cache clean|prune": changing("empties the cache", "what is cached can be fetched again"),
    "self update": install,
    publish: destroying("publishes a package for everybody; a version cannot be used again", "package"),
    "auth login|logout|token|dir|helper": changing("changes or prints credentials", "log in again"),
    run: {
      ...runs,
      firstEnds: true,
      operands: "inner*",
      flags: "-h|--help --no-sync --frozen --locked --isolated --no-project --all-extras --no-dev --active --exact -q|--quiet -v|--verbose",
      values: "-p|--python --with --group --extra --project --env-file --with-requirements --package --only-group",
      options: { "-m|--module|-s|--script|--gui-script": { kind: "code", risk: "unknown", why: "runs a program" } },
      inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
      targets: operandTargets("program"),
    },
    "tool run": runs,
    x: runs,
  },
  examples: {
    "uv pip list": "safe",
    "uv python list": "safe",
    "uv --version": "safe",
    "uv tree --frozen": "safe",
    "uv add x": "caution",
    "uv version --bump patch": "caution",
    "uv pip uninstall x": "dangerous",
    "uv run pytest": "unknown",
    "uv run rm -rf x": "dangerous",
    "uv run -m x": "unknown",
    "uv pip list --python x": "unknown",
    "uv pip list --log x": "caution",
    "uv --directory /x pip list": "unknown",
    "uv pip list --index-url $X": "unknown",
    "uv pip list --report x": "caution",
    "uv pip check --fix": "caution",
    "uv pip list --config x": "unknown",
  },
  nearMisses: ["uv", "uv frob", "uv tool list", "uv run ls", "uv version 1.2.3", "uvx ruff"],
});

export const uvx = program({
  names: "uvx",
  source: "docs.astral.sh/uv/guides/tools",
  style: "posix",
  ...runs,
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help",
  examples: { "uvx --version": "safe", "uvx ruff": "unknown" },
  nearMisses: ["uvx", "uvx x --version"],
});

export const poetry = program({
  names: "poetry|pipenv",
  source: "python-poetry.org/docs/cli, poetry 2.2; pipenv.pypa.io 2025",
  globals: "anywhere",
  why: "works with packages of a Python project",
  risk: (inv) => (asksVersion(inv, "--version", "--help", "--venv", "--where", "--py", "--support", "--envs") ? "safe" : "unknown"),
  flags:
    "-V|--version -h|--help -q|--quiet -v|--verbose -n|--no-interaction --no-ansi --no-plugins --no-cache --venv --where --py --support --envs",
  values: "-C|--directory -P|--project",
  verbs: {
    "show|search|about|list|help|graph|verify|scripts|check": read("prints the packages of the project"),
    "env list|info": read("prints environments"),
    config: {
      ...read("prints settings", {
        risk: (inv) => (inv.has("--list") ? "safe" : "caution"),
        flags: "--list",
        noInverse: "poetry config --list shows the settings before",
      }),
    },
    ...each("source_show self_show self_show_plugins cache_list", read("prints settings")),
    version: { ...read("prints the version"), risk: (inv) => (inv.operands.length === 0 ? "safe" : "caution"), noInverse: locked },
    "add|install|update|lock|sync|upgrade|init|new|build|export|requirements|import": install,
    "remove|uninstall": changing("removes packages from the project", locked),
    "env use|activate": install,
    "env remove": remove,
    clean: remove,
    "self update|add|install|lock|sync|remove": install,
    "source add|remove": files,
    "cache clear": changing("empties the cache", "what is cached can be fetched again"),
    publish: destroying("publishes a package for everybody; a version cannot be used again", "package"),
    "run|shell|open": runs,
  },
  examples: {
    "poetry show --tree": "safe",
    "poetry env info": "safe",
    "poetry --version": "safe",
    "pipenv graph": "safe",
    "poetry add x": "caution",
    "poetry version patch": "caution",
    "poetry publish": "dangerous",
    "poetry run x": "unknown",
    "poetry show --log x": "caution",
    "poetry show --python x": "unknown",
    "poetry show -i $X": "unknown",
    "poetry show --report x": "caution",
    "poetry check --fix": "caution",
    "poetry show --config-file x": "unknown",
  },
  nearMisses: ["poetry", "poetry config a b", "pipenv --rm", "poetry frob"],
});

export const conda = program({
  names: "conda|mamba|micromamba",
  source: "docs.conda.io/projects/conda, conda 25.9",
  globals: "anywhere",
  why: "works with packages and environments",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help -q|--quiet -v|--verbose --json --offline",
  verbs: {
    "list|search|info|compare|repoquery|env-list|doctor|notices|help|export-list": read("prints packages", {
      values: "-n|--name -p|--prefix -c|--channel",
      flags: "-f --full-name -e|--envs --export -a --all",
    }),
    "env list": read("prints environments"),
    "env export": read("prints an environment", {
      flags: "-h|--help",
      values: "-n|--name -p|--prefix",
      options: { "-f|--file": { kind: "write", why: "writes a file" } },
    }),
    export: read("prints an environment", {
      flags: "-h|--help",
      values: "-n|--name -p|--prefix",
      options: { "-f|--file": { kind: "write", why: "writes a file" } },
    }),
    "env config": install,
    config: {
      ...read("prints or changes settings"),
      risk: (inv) => (inv.has("--show") || inv.has("--show-sources") || inv.has("--get") || inv.has("--describe") ? "safe" : "caution"),
      flags: "--show --show-sources --describe",
      options: {
        "--get": { arity: "optional" },
        "--set|--add|--remove|--append|--prepend|--remove-key|--write-default|--stdin": { risk: "caution", why: "changes settings" },
      },
      noInverse: "conda config --show shows the settings before",
    },
    "install|create|update|upgrade|init|activate|deactivate|build|develop|index|package|tos|content-trust|rename": install,
    "env create|update": install,
    "remove|uninstall": remove,
    "env remove": remove,
    clean: changing("deletes what is cached", "what is cached can be fetched again"),
    "run|shell|debug|skeleton": runs,
  },
  examples: {
    "conda list -n tools": "safe",
    "conda env list": "safe",
    "conda config --show channels": "safe",
    "conda config --set a b": "caution",
    "conda env export -n x": "safe",
    "conda export -f x": "caution",
    "conda env export -f x": "caution",
    "conda install x": "caution",
    "conda env remove -n x": "dangerous",
    "conda run x": "unknown",
    "conda doctor --fix": "caution",
    "conda list --log x": "caution",
    "conda list --python x": "unknown",
    "conda list -i $X": "unknown",
    "conda list --report x": "caution",
    "conda list --config x": "unknown",
  },
  nearMisses: ["conda", "conda update --all", "conda config", "conda frob"],
});
