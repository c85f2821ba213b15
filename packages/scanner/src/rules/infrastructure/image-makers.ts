// packer and vagrant: images and machines made from files.
import { type CommandRule, program } from "../../rule.ts";
import { formatFiles } from "./format-files.ts";
import {
  asksHelp,
  bareRisk,
  change,
  destroy,
  read,
  reversible,
  scanShell,
  secret,
  switchedOn,
  unlessHelp,
  verbTable,
} from "./verb-kinds.ts";

export const packer = program({
  names: "packer",
  source: "developer.hashicorp.com/packer/docs/commands, 1.14",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "builds images of machines",
  flags: "-machine-readable -no-color",
  optional: "-h|-help -v|-version",
  get verbs() {
    return verbTable({
      "version, inspect, plugins installed|required": read("prints what a template holds"),
      validate: {
        why: "checks a template",
        operands: "data*",
        flags: "-syntax-only -no-warn-undeclared-var -warn-on-undeclared-var",
        values: "-var -var-file -only -except -machine-readable",
        options: { "-evaluate-datasources": { arity: "flag", risk: "caution", why: "runs the data sources" } },
        targets: () => [],
        noInverse: "it changes no file",
      },
      fmt: formatFiles,
      build: change("makes machines, builds an image and registers it", "template", "delete the image", {
        options: { "-force": { arity: "optional", risk: "dangerous", why: "deletes the image that is there", safer: "leave it out" } },
      }),
      "init, plugins install, hcl2_upgrade, fix": change(
        "downloads plugins, or rewrites a template",
        "template",
        "the repository has the files as they were",
      ),
      "plugins remove": destroy("removes a plugin", "plugin"),
      console: { risk: "unknown", why: "evaluates expressions that are typed in", operands: "data*" },
    });
  },
  examples: {
    "packer validate -syntax-only web.pkr.hcl": "safe",
    "packer inspect web.pkr.hcl": "safe",
    "packer fmt -check .": "safe",
    "packer build web.pkr.hcl": "caution",
    "packer build -force web.pkr.hcl": "dangerous",
    "packer validate -evaluate-datasources web.pkr.hcl": "caution",
    "packer plugins remove github.com/x/y": "dangerous",
    "packer --version": "safe",
    "packer console": "unknown",
  },
  nearMisses: ["packer", "packer fmt .", "packer init .", "packer frob"],
});

const sshCommand: CommandRule = {
  risk: unlessHelp("caution"),
  why: "runs a command in a machine",
  operands: "data*",
  flags: "-p|--plain -t|--tty --no-tty",
  options: { "-c|--command": { kind: "code", risk: "safe" } },
  inspect: (inv, ctx) => {
    const text = inv.arg("-c");
    if (text !== undefined) ctx.scanText(text);
    else if (!asksHelp(inv)) ctx.report({ risk: "unknown", why: "opens a shell in a machine", safer: "-c COMMAND" });
    if (inv.operands.length > 1) scanShell(inv.operands.slice(1), inv, ctx);
  },
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "machine", name: arg.text })),
  noInverse: "what the command changes is not recorded",
};

export const vagrant = program({
  names: "vagrant",
  source: "developer.hashicorp.com/vagrant/docs/cli, 2.4",
  globals: "anywhere",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "makes and keeps machines for development",
  flags: "--color --no-color --machine-readable --debug --timestamp --debug-timestamp --no-tty",
  optional: "-h|--help -v|--version",
  get verbs() {
    return verbTable({
      "status, version, port, validate, box list|outdated, plugin list, snapshot list, list-commands, help, autocomplete":
        read("prints the state of machines"),
      "global-status": read("prints the state of machines", {
        options: { "--prune": { arity: "flag", risk: "caution", why: "forgets machines that it does not find" } },
        targets: () => [],
        noInverse: "they are found again from their folder",
      }),
      "ssh-config, winrm-config": secret("prints how to log in"),
      "up, provision, reload, package, init, box add|update|repackage|prune, plugin install|update|repair|expunge, upload, snapshot save|push, cloud":
        change("makes or changes machines or boxes", "machine", "vagrant destroy, or the box before"),
      suspend: reversible("suspends a machine", "machine", "resume"),
      resume: reversible("lets a machine go on", "machine", "suspend"),
      halt: reversible("stops a machine", "machine", "up"),
      "destroy, box remove, plugin uninstall, snapshot delete|restore|pop": destroy("destroys a machine or a copy of it", "machine"),
      "ssh, winrm": sshCommand,
    });
  },
  examples: {
    "vagrant status": "safe",
    "vagrant global-status": "safe",
    "vagrant global-status --prune": "caution",
    "vagrant ssh-config": "caution",
    "vagrant up web": "caution",
    "vagrant halt web": "caution",
    "vagrant destroy -f web": "dangerous",
    "vagrant ssh web -c 'uptime'": "caution",
    "vagrant ssh web -c 'rm -rf /srv'": "dangerous",
    "vagrant ssh web": "unknown",
  },
  nearMisses: ["vagrant", "vagrant frob", "vagrant ssh web -- -c id"],
});
