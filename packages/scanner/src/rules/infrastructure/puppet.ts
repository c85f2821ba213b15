// puppet, puppetserver, bolt and facter: machines kept as files say. A run in noop mode still fetches and executes code, so it asks.
import { type CommandRule, program } from "../../rule.ts";
import { asksHelp, bareRisk, change, destroy, listed, named, namedBy, read, secret, verbTable } from "./verb-kinds.ts";

const runWhy = "what the run changes is not recorded; the agent keeps a backup of files only";

const agent: CommandRule = {
  risk: (inv) => (asksHelp(inv) || inv.has("--fingerprint") || inv.has("--configprint") ? "safe" : "caution"),
  why: "runs the agent, or switches it on or off",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  flags: "-t|--test --noop --onetime --no-daemonize -v|--verbose -d|--debug --fingerprint --enable",
  optional: "--disable",
  values: "--environment --tags --server --configprint --waitforcert",
  safer: "--fingerprint or puppet resource only look",
  targets: () => [],
  inverse: (inv) => {
    if (inv.has("--disable")) return { kind: "command", command: "puppet agent --enable" };
    return inv.has("--enable") ? { kind: "command", command: "puppet agent --disable" } : undefined;
  },
  noInverse: "what the catalogue changed is not known here",
};

/** `resource TYPE [NAME]` looks; with an attribute it changes. */
const resource: CommandRule = {
  risk: (inv) =>
    asksHelp(inv) || (inv.operands.length <= 2 && inv.operands.every((arg) => arg.shape === "literal" && !arg.text.includes("=")))
      ? "safe"
      : "caution",
  why: "shows resources, or with an attribute changes one",
  operands: "name*",
  flags: "-d|--debug -v|--verbose -t|--types -y|--to_yaml",
  values: "-p|--param --modulepath",
  options: {
    "-e|--edit": { arity: "flag", risk: "caution", why: "opens an editor and applies the result" },
    "-f|--fail": { arity: "flag", risk: "safe" },
  },
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => /^ensure=(absent|stopped|purged)/.test(arg.text)))
      ctx.report({ risk: "dangerous", why: "removes or stops a resource" });
  },
  targets: (inv) => named("resource", 1)(inv).slice(0, 1),
  noInverse: "puppet resource shows the state before",
};

const before = "the list form shows the state before";

/** Every setting of puppet is an option of every sub-command, and some of them name code: only these are accepted. */
const looks = (why: string): CommandRule =>
  listed(why, {
    flags: "-d|--debug -v|--verbose -l|--list -p|--providers -s|--short --tree -a|--all --show-legacy --no-block --no-cache --timing",
    values: "--section --environment --certname --render-as",
    anyWord: true,
  });

export const puppet = program({
  names: "puppet",
  source: "help.puppet.com/core/8, man pages of puppet 8",
  globals: "anywhere",
  risk: bareRisk,
  why: "keeps machines as files say",
  optional: "-h|--help -V|--version",
  values: "--render-as --log_level",
  get verbs() {
    return verbTable({
      "config print, facts, facts show|find|diff, module list|search, parser validate|dump, describe, doc, status, node find, catalog find|select, ssl show|verify, help, epp validate|dump, cert list|print|verify|fingerprint":
        looks("prints settings, facts or what a file holds"),
      "lookup, epp render": secret("prints values of the data, which may be decrypted"),
      "query, db status": looks("asks for facts of machines"),
      resource,
      agent,
      apply: change("carries out a file on this machine", "file", runWhy, { optional: "--noop" }),
      "config set|delete, module install|upgrade|build|changes|generate, code deploy, db export, generate types, ssl bootstrap|submit_request|download_cert, facts upload, plugin download, filebucket backup|get|list|diff|restore":
        change("changes settings or files of puppet", "setting", before),
      "device, script, catalog compile|download": change("runs code on this machine or on devices", "file", runWhy),
      "module uninstall, node clean|deactivate|purge, ssl clean, cert clean|revoke|destroy, db import": destroy(
        "removes a machine, a module or certificates",
        "machine",
      ),
      "cert sign|generate": destroy("lets a machine in: it gets secrets from then on", "machine"),
    });
  },
  examples: {
    "puppet config print server --section agent": "safe",
    "puppet facts show os": "safe",
    "puppet resource service nginx": "safe",
    "puppet resource service nginx ensure=running": "caution",
    "puppet resource package nginx ensure=absent": "dangerous",
    "puppet resource file /etc/motd --edit": "caution",
    "puppet resource service nginx --fail": "safe",
    "puppet agent --test --noop": "caution",
    "puppet agent --disable 'work on disk'": "caution",
    "puppet lookup db::password": "caution",
    "puppet node purge web-1": "dangerous",
    "puppet cert sign web-1": "dangerous",
    "puppet apply x.pp": "caution",
    "puppet parser validate x.pp": "safe",
  },
  nearMisses: ["puppet", "puppet agent -t", "puppet frob", 'puppet resource service "$X"'],
});

export const puppetserver = program({
  names: "puppetserver|puppet-db|puppetdb",
  source: "help.puppet.com/server/8, subcommands",
  globals: "anywhere",
  risk: bareRisk,
  why: "runs the server and its certificates",
  optional: "-h|--help --version",
  values: "--config",
  get verbs() {
    return verbTable({
      "ca list, gem list, status": read("lists certificates or libraries"),
      "ca sign": destroy("lets a machine in: it gets secrets from then on", "machine", {
        targets: namedBy("machine", "--certname"),
        values: "--certname",
      }),
      "ca revoke|clean|delete|prune|import|setup|migrate": destroy("takes certificates away", "machine", {
        targets: namedBy("machine", "--certname"),
        values: "--certname",
      }),
      "ca generate|renew|enable, gem install|update, start, stop, reload, foreground, export, import": change(
        "changes the server",
        "server",
        before,
      ),
      "gem uninstall": destroy("removes a library", "library"),
      "ruby|irb": { risk: "unknown", why: "runs code", operands: "inner*" },
    });
  },
  examples: {
    "puppetserver ca list --all": "safe",
    "puppetserver ca sign --certname web-1": "dangerous",
    "puppetserver ca clean --certname web-1": "dangerous",
    "puppetserver reload": "caution",
    "puppetserver ruby x.rb": "unknown",
  },
  nearMisses: ["puppetserver", "puppetserver ca generate --certname x"],
});

export const bolt = program({
  names: "bolt",
  source: "help.puppet.com/bolt/current, command reference 4.0",
  globals: "anywhere",
  risk: bareRisk,
  why: "runs commands and tasks on many machines",
  flags: "--noop --verbose --stream --trace --no-ssl --no-host-key-check --detail",
  values:
    "-t|--targets -q|--query --rerun -u|--user --transport --format --log-level -c|--concurrency --connect-timeout -i|--inventoryfile --params --tmpdir --sort --env-var",
  optional: "-h|--help --version --color --tty",
  options: {
    "-m|--modulepath|--project|--boltdir|--configfile|--hiera-config|--plugin": { risk: "unknown", why: "loads code from a folder" },
    "--run-as|--sudo-password|--sudo-password-prompt": { risk: "dangerous", why: "runs as another user" },
    "-p|--password|--private-key": { risk: "caution", why: "names a password or key", sensitive: true },
  },
  get verbs() {
    return verbTable({
      "inventory show, task show, plan show, module show, group show, policy show, guide": read("lists tasks, plans and machines"),
      "command run": {
        risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
        why: "runs a command on every machine named",
        operands: "inner*",
        inspect: (inv, ctx) => {
          for (const arg of inv.operands.slice(0, 1)) ctx.scanText(arg);
        },
        targets: (inv) => inv.all("-t").map((arg) => ({ kind: "machines", name: arg.text })),
        noInverse: "what the command changes is not recorded",
      },
      "task run, plan run, script run, apply, policy apply, file upload|download": change(
        "runs code on every machine named, or copies files",
        "task",
        "what it changes is not recorded",
        {
          targets: (inv) => inv.all("-t").map((arg) => ({ kind: "machines", name: arg.text })),
        },
      ),
      lookup: secret("prints values of the data"),
      "secret encrypt|decrypt|createkeys": secret("prints or makes secrets"),
      "module add|install|generate-types, project init|migrate, plan new, task new, policy new": change(
        "writes files of the project",
        "file",
        "the repository has the files as they were",
      ),
    });
  },
  examples: {
    "bolt inventory show -t web": "safe",
    "bolt task show": "safe",
    "bolt command run uptime -t web": "caution",
    "bolt command run 'rm -rf /srv' -t web": "dangerous",
    "bolt command run uptime -t web --run-as root": "dangerous",
    "bolt command run uptime -t web --password x": "caution",
    "bolt plan run deploy -t web": "caution",
    "bolt lookup x": "caution",
    "bolt task show -m /tmp/x": "unknown",
  },
  nearMisses: ["bolt", "bolt command run $C -t web", "bolt script run x.sh -t web"],
});

export const facter = program({
  names: "facter|ohai|cfacter",
  source: "facter(8) 4.10; docs.chef.io/ohai",
  why: "prints facts about this machine",
  flags:
    "-j|--json -y|--yaml --hocon -d|--debug --verbose -t|--timing --show-legacy --no-color --no-custom-facts --no-external-facts --no-cache --no-block --strict --list-block-groups --list-cache-groups -h|--help -v|--version",
  values: "-l|--log-level",
  options: {
    "--custom-dir|--external-dir|-c|--config|-p|--puppet|-D|--directory|--plugin": { risk: "unknown", why: "loads code from a folder" },
    "-L|--log_location": { kind: "write", why: "writes a log" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.program === "ohai" && inv.has("-d")) ctx.report({ risk: "unknown", why: "loads plugins from a folder" });
  },
  noInverse: "delete the file",
  targets: () => [],
  examples: {
    "facter os.release -j": "safe",
    "ohai memory": "safe",
    "facter --custom-dir /tmp/x os": "unknown",
    "ohai -L /tmp/x": "caution",
  },
  nearMisses: ["ohai -d /tmp/x", "facter -p os", "facter --custom /tmp/x"],
});
