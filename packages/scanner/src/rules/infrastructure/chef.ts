// knife and chef-client: machines kept as recipes say. knife is nouns with a verb behind; knife ssh carries shell text.
import { type CommandRule, program } from "../../rule.ts";
import { asksHelp, change, destroy, isWrittenOut, named, read, secret, switchedOn, verbTable } from "./verb-kinds.ts";

const before = "the show form prints the state before";

const everywhere: CommandRule = {
  risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
  why: "runs a command on every machine that the query finds",
  operands: "inner*",
  flags: "-m|--manual-list -C -H|--hostnames --no-host-key-verify --exit-on-error --on-error -A|--forward-agent",
  values:
    "-x|--ssh-user -a|--attribute -i|--ssh-identity-file -p|--ssh-port --concurrency -G|--ssh-gateway -t|--ssh-timeout --duplicated-fqdns",
  options: { "-P|--ssh-password": { arity: "optional", risk: "caution", sensitive: true, why: "names a password" } },
  inspect: (inv, ctx) => {
    const command = inv.operands[1];
    if (command !== undefined) ctx.scanText(command);
    else if (!asksHelp(inv)) ctx.report({ risk: "unknown", why: "opens a shell on every machine" });
  },
  targets: (inv) => named("machines")(inv).slice(0, 1),
  noInverse: "what the command changes is not recorded",
};

export const knife = program({
  names: "knife",
  source: "docs.chef.io/workstation/knife, 18",
  globals: "anywhere",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "asks or changes a Chef server",
  flags: "-V|--verbose -VV -y|--yes --no-color --color -l|--long -r|--run-list -m|--medium -w|--with-uri -i|--id-only",
  values: "-E|--environment -F|--format -s|--server-url -u|--user --profile --defaults -R|--rows -b|--start -o|--sort -q|--query",
  optional: "-h|--help -v|--version -a|--attribute",
  options: {
    "-c|--config|--config-option|-k|--key": { risk: "unknown", why: "settings of knife are code, and name a key" },
    "-z|--local-mode": { arity: "flag", risk: "caution", why: "works on files instead of a server" },
  },
  get verbs() {
    return verbTable({
      "node|client|role|environment|cookbook|user|org|acl|group|tag|recipe|config list|show|list-profiles|get":
        read("prints what the server holds"),
      "status, search, ssl check, node policy show, node environment show, node run_list show, list, show, diff, deps, cookbook metadata|test, supermarket list|search|show, environment compare, data bag list, vault list|isvault|itemtype":
        read("prints what the server holds"),
      "data bag show, vault show|download": secret("prints a bag of data, which may hold secrets"),
      ssh: everywhere,
      winrm: everywhere,
      "exec|raw": { risk: "unknown", why: "runs code", operands: "inner*" },
      "node|role|environment|cookbook|group|client|user create|edit|upload|download, role|node|environment|data from file, node run_list add|set, node environment set, node policy set, data bag create|edit, data bag from file, upload, download, edit, xargs, bootstrap, tag create, cookbook site download, supermarket install|share, configure, ssl fetch, vault create|update|edit|refresh|rotate, config use|use-profile, cookbook metadata from file":
        change("changes what machines are to be, or files", "object", before),
      "node|role|environment|cookbook|group|client|user delete, node|client|role|environment|cookbook bulk delete, node run_list remove, data bag delete, delete, tag delete, vault delete|remove, acl add|remove|bulk, client reregister, user reregister, client key create|delete, user key create|delete, supermarket unshare":
        destroy("deletes machines, recipes or rights from the server", "object"),
    });
  },
  examples: {
    "knife node list": "safe",
    "knife node show web-1 -a ipaddress": "safe",
    "knife search node 'role:web' -i": "safe",
    "knife status": "safe",
    "knife data bag show db": "caution",
    "knife ssh 'role:web' uptime -x ops": "caution",
    "knife ssh 'role:web' uptime -Px": "caution",
    "knife ssh 'role:web' 'sudo reboot'": "dangerous",
    "knife node delete web-1 -y": "dangerous",
    "knife node run_list add web-1 'recipe[x]'": "caution",
    "knife node list -c /tmp/knife.rb": "unknown",
    "knife node list -z": "caution",
    "knife exec x.rb": "unknown",
  },
  nearMisses: ["knife", "knife node frob", "knife -E list node delete x", "knife client bulk delete x"],
});

export const chefClient = program({
  names: "chef-client|chef-solo|cinc-client|chef-apply|chef-run|inspec|kitchen",
  source: "docs.chef.io, chef-client 18 and chef-apply",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && isWrittenOut(inv) && inv.operands.length === 0) ? "safe" : "caution"),
  why: "carries out recipes on this machine or others",
  optional: "-h|--help -v|--version",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  inspect: (inv, ctx) => {
    if (/^(destroy|delete)$/.test(inv.operand(0) ?? "")) ctx.report({ risk: "dangerous", why: "destroys machines" });
  },
  targets: named("machine"),
  noInverse: "what the run changes is not recorded",
  safer: "chef-client --why-run shows what it expects to change, but still runs code",
  examples: {
    "chef-client --version": "safe",
    "chef-client --why-run": "caution",
    "chef-client -o 'recipe[x]'": "caution",
    "kitchen destroy": "dangerous",
  },
  nearMisses: ["chef-client", "chef-client --version $X", "chef-client --version -x"],
});

export const chefServer = program({
  names: "chef-server-ctl|cinc-server-ctl|chef-automate",
  source: "docs.chef.io/server/ctl_chef_server, docs.chef.io/automate/cli",
  globals: "anywhere",
  why: "runs a Chef server",
  optional: "-h|--help",
  get verbs() {
    return verbTable({
      "status, version, service-list, org-list, user-list, org-show, user-show, list-user-keys, list-client-keys, license-status, config show-default":
        read("prints the state of the server"),
      tail: read("prints logs until it is stopped", { unbounded: true }),
      "show-config, config show, show-secret, show-service-credentials": secret("prints settings with secrets"),
      "start, stop, restart, hup, reconfigure, graceful-kill, upgrade, backup, backup create, system-logs, gather-logs, config patch|set, service-versions":
        change("changes the server", "service", "status shows the state before"),
      "cleanse, uninstall, kill, term, int, org-delete, user-delete, restore, backup delete|restore, rebuild-migration-state, set-secret, remove-secret, org-create, user-create, grant-server-admin-permissions, add-user-key, delete-user-key, password, rotate-shared-secrets, rotate-credentials":
        destroy("removes data or users, or changes who may do what", "object"),
    });
  },
  examples: {
    "chef-server-ctl status": "safe",
    "chef-server-ctl tail nginx": "caution",
    "chef-server-ctl show-config": "caution",
    "chef-server-ctl restart nginx": "caution",
    "chef-server-ctl org-delete web": "dangerous",
  },
  nearMisses: ["chef-server-ctl", "chef-server-ctl cleanse"],
});
