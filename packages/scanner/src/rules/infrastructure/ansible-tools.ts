// The programs beside ansible: documentation, settings, inventory, collections, and files of encrypted variables.
import { program } from "../../rule.ts";
import { mayRun } from "./ansible.ts";
import { asksHelp, bareRisk, change, destroy, isWrittenOut, named, read, secret, verbTable } from "./verb-kinds.ts";

const common = { flags: "-v|--verbose -vv -vvv -vvvv", optional: "-h|--help --version" } as const;

export const ansibleDoc = program({
  names: "ansible-doc",
  source: "ansible-doc(1), ansible-core 2.19",
  why: "prints documentation of modules and plugins",
  flags: `${common.flags} -l|--list -F|--list_files -s|--snippet -j|--json --metadata-dump --no-fail-on-errors`,
  optional: common.optional,
  values: "-t|--type -r|--roles-path -e|--entry-point",
  options: { "-M|--module-path|--playbook-dir": { risk: "unknown", why: "loads code from a folder" } },
  operands: "data*",
  examples: { "ansible-doc -t callback -l": "safe", "ansible-doc -j copy": "safe", "ansible-doc -M /tmp/x y": "unknown" },
  nearMisses: ["ansible-doc --module-path=/tmp/x y", "ansible-doc --frob"],
});

export const ansibleConfig = program({
  names: "ansible-config",
  source: "ansible-config(1), ansible-core 2.19",
  globals: "anywhere",
  risk: bareRisk,
  why: "prints ansible's settings",
  ...common,
  values: "-c|--config -t|--type -f|--format",
  verbs: {
    "list|dump|view|validate": read("prints settings"),
    init: change("prints or writes an example of settings", "file", "delete the file"),
  },
  examples: { "ansible-config dump --only-changed": "safe", "ansible-config -h": "safe", "ansible-config init --disabled": "caution" },
  nearMisses: ["ansible-config", "ansible-config frob"],
});

export const ansibleInventory = program({
  names: "ansible-inventory",
  source: "ansible-inventory(1), ansible-core 2.19",
  risk: (inv) => (["--list", "--graph", "--host"].some((name) => inv.has(name)) || bareRisk(inv) === "safe" ? "safe" : "unknown"),
  why: "prints machines, groups and their variables; an inventory that is a program is run",
  flags: `${common.flags} --list --graph -y|--yaml --toml --vars --export --flush-cache`,
  values: "--host -l|--limit",
  optional: common.optional,
  options: {
    "-i|--inventory|--inventory-file": mayRun,
    "--output": { kind: "write", why: "writes a file" },
    "--vault-id|--vault-password-file|--vault-pass-file": { sensitive: true, why: "decrypts variables and prints them" },
    "--ask-vault-password|--ask-vault-pass|-J": { arity: "flag", sensitive: true, why: "decrypts variables and prints them" },
    "--playbook-dir": { risk: "unknown", why: "loads code from a folder" },
    "-e|--extra-vars": { risk: "safe" },
  },
  operands: "data*",
  noInverse: "delete the file",
  targets: () => [],
  examples: {
    "ansible-inventory -i prod --graph web": "safe",
    "ansible-inventory --list -y": "safe",
    "ansible-inventory --host web-1 -e a=b": "safe",
    "ansible-inventory --list --output x": "caution",
    "ansible-inventory --list --vault-password-file x": "caution",
    "ansible-inventory --list -J": "caution",
    "ansible-inventory -i hosts.py --list": "unknown",
    "ansible-inventory --list --playbook-dir x": "unknown",
  },
  nearMisses: ["ansible-inventory", "ansible-inventory --lis"],
});

const installs = change(
  "installs, makes or publishes roles and collections, which are code",
  "collection",
  "ansible-galaxy role remove, or delete the folder",
);

export const ansibleGalaxy = program({
  names: "ansible-galaxy",
  source: "ansible-galaxy(1), ansible-core 2.19",
  globals: "anywhere",
  risk: bareRisk,
  why: "lists or installs roles and collections",
  ...common,
  get verbs() {
    return verbTable({
      "list, info, search, role list|info|search, collection list|verify": read("lists roles and collections"),
      "install, init, import, setup, login, role install|init|import|setup, collection install|init|build|download|publish": installs,
      "remove, delete, role remove|delete": destroy("removes a role", "role"),
    });
  },
  examples: {
    "ansible-galaxy collection list": "safe",
    "ansible-galaxy role info x.y": "safe",
    "ansible-galaxy install x.y": "caution",
    "ansible-galaxy role remove x.y": "dangerous",
  },
  nearMisses: ["ansible-galaxy", "ansible-galaxy collection frob"],
});

const vaultWhy = "the file before is overwritten; the repository may have it";

export const ansibleVault = program({
  names: "ansible-vault",
  source: "ansible-vault(1), ansible-core 2.19",
  globals: "anywhere",
  risk: bareRisk,
  why: "works with files of encrypted variables",
  ...common,
  verbs: {
    view: secret("prints decrypted variables", { sensitive: (inv) => !asksHelp(inv) }),
    decrypt: {
      risk: (inv) => (asksHelp(inv) ? "safe" : inv.value("--output") === "-" && isWrittenOut(inv) ? "safe" : "caution"),
      why: "writes decrypted variables over the file",
      sensitive: (inv) => !asksHelp(inv),
      operands: "name*",
      flags: "--ask-vault-password|--ask-vault-pass|-J",
      values: "--output --vault-id --vault-password-file|--vault-pass-file",
      safer: "ansible-vault view",
      targets: named("file"),
      noInverse: "ansible-vault encrypt with the same password",
    },
    "encrypt|encrypt_string|create|edit|rekey": change("encrypts or changes a file", "file", vaultWhy),
  },
  examples: {
    "ansible-vault view x.yml": "caution",
    "ansible-vault decrypt x.yml": "caution",
    "ansible-vault encrypt x.yml": "caution",
    "ansible-vault --version": "safe",
  },
  nearMisses: ["ansible-vault", "ansible-vault rekey x.yml", "ansible-vault decrypt --output=- x.yml", "ansible-lint --fix"],
});

export const ansibleLint = program({
  names: "ansible-lint|yamllint",
  source: "ansible.readthedocs.io/projects/lint 25; yamllint.readthedocs.io 1.37",
  why: "checks files",
  flags:
    "-v -vv -q --quiet -p --parseable --nocolor --offline --strict -s --no-warnings --list-files --profile -L --list-rules -T --list-tags",
  values: "-f --format -c -d --config-data --exclude -x --skip-list -w --warn-list -t --tags --enable-list",
  optional: "-h|--help --version",
  options: {
    "--fix|--write": { arity: "optional", risk: "caution", why: "changes the files" },
    "-r|--rules-dir|-R": { risk: "unknown", why: "loads code from a folder" },
  },
  operands: "data*",
  answers: [1, 2],
  noInverse: "the repository has the files as they were",
  targets: named("file"),
  examples: {
    "ansible-lint site.yml": "safe",
    "yamllint -s .": "safe",
    "ansible-lint --fix site.yml": "caution",
    "ansible-lint -r x site.yml": "unknown",
  },
  nearMisses: ["ansible-lint --write=all x.yml"],
});
