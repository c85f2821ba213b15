// Clients of password stores: op, bw, lpass, pass, doppler, infisical, and age. Names are free to read, values are not; some run a program with them.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { asksHelp, change, destroy, isWrittenOut, read, secret, switchedOn, unlessHelp, verbTable } from "./verb-kinds.ts";

const before = "the service keeps earlier versions; its history shows them";
const bare = (inv: Invocation): "safe" | "unknown" =>
  asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0 && isWrittenOut(inv)) ? "safe" : "unknown";

/** `run [options] -- COMMAND`: a program that is given the secrets. */
const withSecrets: CommandRule = {
  risk: unlessHelp("caution"),
  why: "runs a program that is given the secrets",
  sensitive: true,
  firstEnds: true,
  operands: "inner*",
  flags: "--no-masking --preserve-env --no-fallback --recursive --watch",
  values: "--env-file -p|--project -c|--config --env --path --environment --projectId",
  options: { "--command": { kind: "code", risk: "safe" } },
  inspect: (inv, ctx) => {
    const text = inv.arg("--command");
    if (text !== undefined) ctx.scanText(text);
    ctx.scanArgv(inv.operands);
  },
  targets: () => [],
  noInverse: "what the command changes is not recorded",
};

export const onePassword = program({
  names: "op",
  source: "developer.1password.com/docs/cli, 2.32",
  style: "go",
  risk: bare,
  why: "reads and keeps passwords",
  values: "--account --format --encoding --vault --categories --tags --group --user",
  optional: "-h|--help --version -v --cache --no-color --iso-timestamps --debug --long --favorite --include-archive",
  options: { "--session|--config": { risk: "caution", sensitive: true, why: "names a session or its settings" } },
  get verbs() {
    return verbTable({
      "whoami, account list|get, vault list|get, item list, item template list, user list|get, group list|get, document list, connect server list|get, service-account ratelimit, plugin list|inspect, completion, vault user list, vault group list, group user list":
        read("prints names of vaults, items and users"),
      "item template get": read("prints an empty item", {
        options: { "-o|--out-file": { kind: "write", why: "writes it to a file" } },
        targets: () => [],
        noInverse: "delete the file",
      }),
      "read, item get, document get": secret("prints a password or a document", {
        options: { "-o|--out-file": { kind: "write", why: "writes it to a file" } },
        targets: () => [],
        noInverse: "delete the file",
      }),
      inject: secret("fills secrets into a text", {
        options: { "-o|--out-file": { kind: "write", why: "writes it to a file" }, "-i|--in-file": {} },
        targets: () => [],
        noInverse: "delete the file",
      }),
      run: withSecrets,
      "signin, signout, account add, item create|edit|move|share, document create|edit, vault create|edit, plugin init|clear|run, update":
        change("changes items, or the session", "item", before),
      "item delete, document delete, vault delete, account forget, user delete|suspend|confirm|reactivate|provision|edit, group create|edit|delete, group user grant|revoke, vault user grant|revoke, vault group grant|revoke, service-account create, connect server create|edit|delete, connect token create|edit|delete, connect group grant|revoke, connect vault grant|revoke, events-api create":
        destroy("deletes items, or changes who may read them", "object"),
    });
  },
  examples: {
    "op item template get Login": "safe",
    "op item template get Login --out-file x": "caution",
    "op whoami": "safe",
    "op item list --vault prod": "safe",
    "op read op://prod/db/password": "caution",
    "op item get db --out-file x": "caution",
    "op inject -i a -o b": "caution",
    "op run --env-file x -- rm -rf /srv": "dangerous",
    "op item delete db": "dangerous",
    "op --session x item list": "caution",
  },
  nearMisses: ["op", "op frob", "op run -- printenv", "op vault user grant x"],
});

/** Words behind which only names are printed; `list`, `find` and `search` of bw print the passwords too. */
const namesOnly = /^(ls|list|find|search|--help|--version|-h|help|version|status|unlocked|completion)$/;
const removes = /^(rm|delete|remove|purge|rmdir|db-edit)$/;

function listsNames(inv: Invocation): boolean {
  const word = inv.operand(0);
  if (word === undefined) return inv.operands.length === 0 && /pass$/.test(inv.program);
  return namesOnly.test(word) && !(inv.program === "bw" && /^(list|find|search)$/.test(word));
}

export const bitwarden = program({
  names: "bw|rbw|lpass|gopass|pass|keepassxc-cli",
  source: "bitwarden.com/help/cli 2025; lpass(1); pass(1) 1.7; gopass 1.15; keepassxc-cli(1)",
  style: "none",
  risk: (inv) => (listsNames(inv) ? "safe" : removes.test(inv.operand(0) ?? "") ? "dangerous" : "caution"),
  why: "works with passwords",
  sensitive: (inv) => !listsNames(inv) && !removes.test(inv.operand(0) ?? ""),
  operands: "name*",
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "password", name: arg.text })),
  noInverse: before,
  examples: {
    "pass ls web": "safe",
    "bw status": "safe",
    "bw list items": "caution",
    "pass show web/db": "caution",
    "pass web/db": "caution",
    "pass rm -rf web": "dangerous",
    "lpass edit web": "caution",
    "bw delete item 5": "dangerous",
  },
  nearMisses: ["bw get password db", "pass insert web/x", 'pass "$X"', "bw"],
});

export const doppler = program({
  names: "doppler|infisical",
  source: "docs.doppler.com/docs/cli 3.75; infisical.com/docs/cli 0.43",
  style: "go",
  risk: bare,
  why: "reads and keeps secrets",
  values: "-p|--project -c|--config --env --path --environment --projectId --format -n|--number --page --timeout --scope",
  optional: "-h|--help -v|--version --json --debug --silent --no-check-version --print-config --only-names --plain --no-timeout",
  options: {
    "-t|--token": { risk: "caution", sensitive: true, why: "names a token" },
    "--no-verify-tls": { arity: "flag", risk: "caution", why: "does not check who answers" },
    "--api-host|--dashboard-host|--domain|--configuration|--config-dir": { risk: "unknown", why: "sends the token elsewhere" },
  },
  get verbs() {
    return verbTable({
      "me, projects, projects get, environments, environments get, configs, configs get, configs logs, configs logs get, activity, activity get, settings, configure, folders get, vault, user":
        read("prints projects and settings"),
      "configure get": read("prints a setting", {
        sensitive: (inv) => !asksHelp(inv) && !inv.operands.every((arg) => /^(project|config|enclave\.(project|config))$/.test(arg.text)),
      }),
      "secrets, secrets get|download": secret("prints secrets", {
        sensitive: (inv) => !switchedOn(inv, "--only-names") && !asksHelp(inv),
        safer: "--only-names",
        options: { "-o|--output": { kind: "write", why: "writes a file" } },
        targets: () => [],
        noInverse: "delete the file",
      }),
      "secrets substitute, export, configs tokens, service-token": secret("prints secrets"),
      "secrets set|upload|notes|folders, projects create|update, environments create|rename, configs create|clone|update|lock|unlock, setup, login, logout, init, configure set|unset|reset|options|flags, update, enclave, tui, open, import, folders create, mount":
        change("changes secrets or settings", "secret", before),
      "secrets delete, projects delete, environments delete, configs delete, folders delete, configs logs rollback, configs tokens create|revoke, oidc, service-token create|revoke, reset":
        destroy("deletes secrets, or changes who may read them", "secret"),
      run: withSecrets,
    });
  },
  examples: {
    "doppler projects": "safe",
    "doppler configure get project": "safe",
    "doppler configure get token --plain": "caution",
    "doppler projects --no-verify-tls": "caution",
    "doppler me --config-dir x": "unknown",
    "doppler secrets --only-names -p web -c prd": "safe",
    "doppler secrets get DB_URL --plain": "caution",
    "doppler secrets download -o x": "caution",
    "doppler -t x me": "caution",
    "doppler --api-host https://x.example me": "unknown",
    "doppler run -- rm -rf /srv": "dangerous",
    "doppler run --command 'rm -rf /srv'": "dangerous",
    "infisical export --env prod": "caution",
    "doppler secrets delete X": "dangerous",
  },
  nearMisses: ["doppler", "doppler run -- env", "doppler secrets set A=b"],
});

export const age = program({
  names: "age|rage|age-keygen|rage-keygen",
  source: "age(1), age-keygen(1), 1.2",
  risk: (inv) => (/keygen$/.test(inv.program) && !inv.has("-y") && !inv.has("--version") ? "caution" : "safe"),
  why: "encrypts, decrypts or makes keys",
  flags: "-e|--encrypt -a|--armor -p|--passphrase -y --version -h|--help -pq",
  values: "-r|--recipient",
  reads: "-R|--recipients-file",
  options: {
    "-d|--decrypt": { arity: "flag", sensitive: true, why: "prints what was encrypted" },
    "-i|--identity": {},
    "-o|--output": { kind: "write", why: "writes a file" },
    "-j": { risk: "unknown", why: "runs a plugin" },
  },
  operands: "data?",
  sensitive: (inv) => /keygen$/.test(inv.program) && !inv.has("-y") && !inv.has("--version"),
  targets: () => [],
  noInverse: "delete the file",
  examples: {
    "age -r age1x -a x.txt": "safe",
    "age -d -i key.txt x.age": "caution",
    "age -r age1x -o y.age x.txt": "caution",
    "age-keygen": "caution",
    "age-keygen -y key.txt": "safe",
    "age -d -j yubikey x.age": "unknown",
  },
  nearMisses: ["age --dec x", "age-keygen -o key.txt"],
});
