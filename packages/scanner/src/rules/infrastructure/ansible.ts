// ansible: one module on many machines. What a module does is in its name and arguments; with --become it runs as another user.
import { type Arg, literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type OptionRule, program, type RuleContext } from "../../rule.ts";
import { asksHelp, isWrittenOut, namedBy, switchedOn } from "./verb-kinds.ts";

/** An inventory or password file that can be run is run. Files that data is usually kept in are taken for data. */
export const mayRun: OptionRule = {
  check: (value) =>
    value.shape !== "literal" || /\.(sh|bash|py|rb|pl|js|php|exe)$|^(\w+@)?\/(tmp|var\/tmp|dev)\//.test(value.text)
      ? { risk: "unknown", why: "a file that can be run is run", safer: "name a file of data" }
      : undefined,
};

/** Options that ansible and ansible-playbook share. */
export const ansibleOptions = {
  flags: "-v|--verbose -k|--ask-pass --ask-vault-password|--ask-vault-pass -J -C|--check -D|--diff --flush-cache",
  values: "-l|--limit -f|--forks -u|--user -T|--timeout -c|--connection --private-key|--key-file",
  optional: "-h|--help --version",
  options: {
    "-i|--inventory|--inventory-file|--vault-id|--vault-password-file|--vault-pass-file": mayRun,
    "-b|--become|-K|--ask-become-pass|-s|--sudo": {
      arity: "flag",
      risk: "dangerous",
      why: "runs as another user, root unless told otherwise",
    },
    "--become-method|--become-user|--become-password-file|--become-pass-file": { risk: "dangerous", why: "runs as another user" },
    "--ssh-common-args|--ssh-extra-args|--sftp-extra-args|--scp-extra-args": { risk: "unknown", why: "may name a program to run" },
    "-M|--module-path|--playbook-dir": { risk: "unknown", why: "loads code from a folder" },
  },
} satisfies Partial<CommandRule>;

export const verboseLevels = "-vv -vvv -vvvv -vvvvv -vvvvvv";

const factModules =
  /^(ping|win_ping|setup|gather_facts|debug|stat|service_facts|package_facts|getent|slurp|find|wait_for|wait_for_connection|assert|set_fact|uri)$/;
const commandModules = /^(command|shell|raw|win_shell|win_command|script|expect)$/;
const destructiveArguments =
  /\bstate=["']?(absent|stopped|killed|removed|rebooted|shutdown)\b|\bforce=["']?(yes|true)|\bpurge=["']?(yes|true)|\bautoremove=/;
const destructiveModules =
  /^(reboot|win_reboot|shutdown|parted|filesystem|lvol|lvg|mount|authorized_key|user|group|iptables|firewalld|ufw|k8s_drain)$/;

/** The last part of `ansible.builtin.command`. */
function shortModule(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Arguments of the command modules that are not words of the command. */
const moduleWords = /^(?:\s*(?:chdir|creates|removes|executable|warn|stdin|strip_empty_ends|cmd)=\S+\s*)+/;

function scanModule(inv: Invocation, ctx: RuleContext): void {
  const given = inv.arg("-m");
  if (given !== undefined && given.shape !== "literal") {
    ctx.report({ risk: "unknown", why: "the module is only known when it runs", span: given.span });
    return;
  }
  const module = shortModule(given?.text ?? "command");
  const args = inv.arg("-a");
  if (commandModules.test(module)) scanCommand(args, ctx);
  else scanArguments(module, args, ctx);
}

function scanCommand(args: Arg | undefined, ctx: RuleContext): void {
  if (args === undefined) return;
  if (args.shape !== "literal") ctx.scanText(args);
  else {
    const cmd = /(?:^|\s)cmd=(["']?)(.+)\1\s*$/.exec(args.text)?.[2];
    ctx.scanText(literalArg(cmd ?? args.text.replace(moduleWords, ""), args.span));
  }
}

function scanArguments(module: string, args: Arg | undefined, ctx: RuleContext): void {
  const text = args?.text ?? "";
  if (destructiveModules.test(module) || destructiveArguments.test(text))
    ctx.report({ risk: "dangerous", why: `the module ${module} removes, stops or opens something on every machine` });
  else if (args !== undefined && args.shape !== "literal" && !factModules.test(module))
    ctx.report({ risk: "unknown", why: "the arguments are only known when it runs", span: args.span });
  if (module === "uri" && /\bmethod=["']?(DELETE|PUT|POST|PATCH)/i.test(text))
    ctx.report({ risk: "dangerous", why: "sends a change to an address from every machine" });
}

export const ansible = program({
  names: "ansible",
  source: "ansible(1), ansible-core 2.19",
  risk: (inv) =>
    asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0 && isWrittenOut(inv)) || inv.has("--list-hosts")
      ? "safe"
      : "caution",
  why: "runs a module on every machine of the pattern",
  safer: "--list-hosts shows which machines these are",
  ...ansibleOptions,
  flags: `${ansibleOptions.flags} -o|--one-line --list-hosts ${verboseLevels}`,
  values: `${ansibleOptions.values} -m|--module-name -a|--args -P|--poll --task-timeout`,
  options: {
    ...ansibleOptions.options,
    "-B|--background": { risk: "caution", why: "leaves it running in the background" },
    "-t|--tree": { kind: "write", why: "writes the answers into a folder" },
    "-e|--extra-vars": { risk: "caution", why: "sets variables, which may change what runs" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (!asksHelp(inv) && !inv.has("--list-hosts")) scanModule(inv, ctx);
  },
  targets: namedBy("machines", "-l"),
  noInverse: "what the module changes is not recorded",
  examples: {
    "ansible web -m ping": "caution",
    "ansible web --list-hosts -i hosts": "safe",
    "ansible all -m setup -a 'filter=ansible_mem*'": "caution",
    "ansible web -a uptime": "caution",
    "ansible web -m shell -a 'df -h | tail -1'": "caution",
    "ansible web -m shell -a 'rm -rf /var/cache/x'": "dangerous",
    "ansible web -b -a uptime": "dangerous",
    "ansible web --become-user root -a uptime": "dangerous",
    "ansible web -m service -a 'name=nginx state=restarted'": "caution",
    "ansible web -m ansible.builtin.file -a 'path=/srv/x state=absent'": "dangerous",
    "ansible web -m reboot": "dangerous",
    "ansible web -m command -a 'chdir=/srv rm -rf data'": "dangerous",
    "ansible web -a uptime --ssh-extra-args=x": "unknown",
    "ansible web -M /tmp/m -m x": "unknown",
    "ansible web -a uptime -B 60": "caution",
    "ansible web -a uptime -t /tmp/out": "caution",
    "ansible web -e x=1 -m debug": "caution",
    "ansible web --list-hosts -i /tmp/hosts": "unknown",
    "ansible --version": "safe",
  },
  nearMisses: ["ansible web -m $M", 'ansible web -m shell -a "$CMD"', "ansible web -m ping --list", "ansible web -vb -a id", "ansible"],
});

/** Running a playbook: what it does is in a file that is not seen here. */
export const ansiblePlaybook = program({
  names: "ansible-playbook",
  source: "ansible-playbook(1), ansible-core 2.19",
  risk: (inv) => {
    const looks = ["--syntax-check", "--list-hosts", "--list-tasks", "--list-tags"].some((name) => inv.has(name));
    return looks || asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "caution";
  },
  why: "runs the tasks of a file on many machines",
  safer: "--list-tasks and --list-hosts show what it would run where",
  ...ansibleOptions,
  flags: `${ansibleOptions.flags} --syntax-check --list-hosts --list-tasks --list-tags --step --force-handlers ${verboseLevels}`,
  values: `${ansibleOptions.values} -t|--tags --skip-tags --start-at-task -e|--extra-vars`,
  operands: "data*",
  targets: namedBy("machines", "-l"),
  noInverse: "what the tasks change is not recorded",
  examples: {
    "ansible-playbook site.yml --syntax-check": "safe",
    "ansible-playbook -i prod site.yml --list-tasks --tags web": "safe",
    "ansible-playbook site.yml": "caution",
    "ansible-playbook site.yml --list-tasks --vault-id prod@pass.sh": "unknown",
    "ansible-playbook site.yml --check --diff -l web-1": "caution",
    "ansible-playbook site.yml --become": "dangerous",
    "ansible-playbook site.yml --become-user=root": "dangerous",
    "ansible-playbook site.yml --ssh-common-args=x --list-hosts": "unknown",
    "ansible-playbook site.yml -M x --list-hosts": "unknown",
  },
  nearMisses: ["ansible-playbook site.yml -Cb", "ansible-playbook site.yml --list", "ansible-playbook site.yml --syntax-check $X"],
});

export const ansibleElsewhere = program({
  names: "ansible-console|ansible-pull|ansible-runner|ansible-navigator|ansible-test|molecule",
  source: "ansible-pull(1), ansible-console(1), ansible-core 2.19; ansible.readthedocs.io",
  risk: (inv) =>
    asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0)
      ? "safe"
      : inv.program === "ansible-pull"
        ? "dangerous"
        : "unknown",
  why: "fetches and runs tasks, or asks for them at the terminal",
  optional: "-h|--help --version",
  operands: "data*",
  noInverse: "what the tasks change is not recorded",
  targets: () => [],
  examples: {
    "ansible-pull --version": "safe",
    "ansible-pull -U https://example.com/x": "dangerous",
    "ansible-console web": "unknown",
  },
  nearMisses: ["ansible-runner run x", "molecule converge"],
});
