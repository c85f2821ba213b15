// systemctl: what only reports is safe, what starts or stops can be undone and is caution, the rest is named.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type Finding, operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { plainOperands } from "./rule-kinds.ts";
import { startFinding, stopFinding } from "./units.ts";

const reads: CommandRule = { why: "reports the state of units", operands: "data*", anyWord: true, anyOption: true, answers: [1, 2, 3, 4] };
const units = operandTargets("unit");

/** `systemctl`, for the manager that was asked. */
const client = (inv: Invocation): string => (inv.has("--user") ? "systemctl --user" : "systemctl");

const undoneBy =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = plainOperands(inv);
    return words === undefined ? undefined : { kind: "command", command: `${client(inv)} ${verb} ${words}` };
  };

/** Stopping what was not running needs no start to undo it: the state is captured first. */
const stateFirst =
  (verb: string, question: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = plainOperands(inv);
    if (words === undefined) return undefined;
    return { kind: "capture", capture: `${client(inv)} ${question} ${words}`, command: `${client(inv)} ${verb} ${words}` };
  };

interface Change {
  readonly inverse?: (inv: Invocation) => Inverse | undefined;
  readonly noInverse?: string;
  readonly look?: (inv: Invocation) => Finding | undefined;
}

const change = (why: string, { inverse, noInverse, look }: Change): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyWord: true,
  targets: units,
  ...(inverse === undefined ? {} : { inverse }),
  noInverse: noInverse ?? "the units are not written out plainly",
  inspect: (inv, ctx) => {
    const finding = look?.(inv);
    if (finding !== undefined) ctx.report(finding);
  },
});

/** disable and mask stop units only with --now. */
const stopsNow = (inv: Invocation): Finding | undefined => (inv.has("--now") ? stopFinding(inv) : undefined);

const drastic = (why: string, targets: CommandRule["targets"] = units): CommandRule => ({
  risk: (inv): Risk => (inv.has("--help") || inv.has("--version") ? "safe" : "dangerous"),
  why,
  operands: "name*",
  anyWord: true,
  targets: targets ?? units,
});

const machine = drastic("stops the machine or takes it to another state", () => [{ kind: "machine", name: "this machine" }]);

const gentle = /^(SIG)?(HUP|USR1|USR2|WINCH|1|10|12|28)$/;

function propertyBefore(inv: Invocation): Inverse | undefined {
  const unit = inv.operand(0);
  const name = /^([A-Za-z]+)=/.exec(inv.operand(1) ?? "")?.[1];
  if (unit === undefined || name === undefined || inv.operands.length !== 2 || !/^[\w@.-]+$/.test(unit)) return undefined;
  return {
    kind: "capture",
    capture: `${client(inv)} show -p ${name} --value ${unit}`,
    command: `${client(inv)} set-property ${unit} ${name}={capture}`,
  };
}

export const systemctl = program({
  names: "systemctl",
  source: "systemctl(1), systemd 257",
  globals: "anywhere",
  why: "lists units",
  risk: "safe",
  flags:
    "-a|--all -l|--full --failed --no-pager --no-legend --plain -q|--quiet -r|--recursive --reverse --after --before --user --system --no-ask-password --show-types --value --with-dependencies --no-block --wait --now --runtime -h|--help --version -T --show-transaction --stdin --no-wall --no-warn --no-reload --dry-run --firmware-setup --mkdir --read-only --check-inhibitors",
  values:
    "-t|--type --state -p|--property -P -n|--lines -o|--output --timestamp --what --job-mode --preset-mode --message --boot-loader-menu --boot-loader-entry --when --drop-in",
  optional: "--legend",
  options: {
    "-H|--host|-M|--machine|-C|--capsule": { risk: "unknown", why: "acts on another machine" },
    "--root|--image|--image-policy": { risk: "unknown", why: "acts on another file system" },
    "--global": { arity: "flag", risk: "caution", why: "acts for all users" },
    "-f|--force": { arity: "flag", risk: "caution", why: "skips checks" },
    "-s|--signal|--kill-whom|--kill-who|--kill-value": { risk: "caution", why: "chooses a signal" },
    "-i|--ignore-inhibitors": { arity: "flag", risk: "caution", why: "goes ahead although a program asked to wait" },
  },
  verbs: {
    "status|show|cat|help|whoami|is-active|is-enabled|is-failed|is-system-running|list-units|list-unit-files|list-sockets|list-timers|list-jobs|list-dependencies|list-machines|list-automounts|list-paths|get-default":
      reads,
    "show-environment": { ...reads, why: "prints the environment of services", sensitive: true },
    "log-level|log-target|service-watchdogs": {
      why: "shows or sets how systemd logs",
      risk: (inv) => (inv.operands.length === 0 ? "safe" : "caution"),
      operands: "data?",
      noInverse: "the same words without a value print the setting before",
    },
    "service-log-level|service-log-target": {
      why: "shows or sets how a service logs",
      risk: (inv) => (inv.operands.length < 2 ? "safe" : "caution"),
      operands: "data data?",
      noInverse: "the same words without a value print the setting before",
    },
    start: change("starts units", { inverse: stateFirst("stop", "is-active"), look: startFinding }),
    stop: change("stops units", { inverse: stateFirst("start", "is-active"), look: stopFinding }),
    "restart|try-restart|reload-or-restart|try-reload-or-restart|reload-or-try-restart|condrestart|condreload|condstop|force-reload":
      change("restarts units: a short interruption", { noInverse: "a restart cannot be taken back", look: startFinding }),
    reload: change("makes units read their configuration again", { noInverse: "the units have read their configuration already" }),
    enable: change("starts units at boot", { inverse: stateFirst("disable", "is-enabled"), look: startFinding }),
    disable: change("no longer starts units at boot", { inverse: stateFirst("enable", "is-enabled"), look: stopsNow }),
    unmask: change("allows units to be started", { inverse: undoneBy("mask") }),
    mask: change("forbids units to be started", { inverse: stateFirst("unmask", "is-enabled"), look: stopFinding }),
    freeze: change("halts units until they are thawed", { inverse: undoneBy("thaw"), look: stopFinding }),
    thaw: change("resumes frozen units", { inverse: undoneBy("freeze") }),
    "reset-failed": change("forgets that units failed", { noInverse: "which units had failed is forgotten; list them first" }),
    cancel: change("cancels jobs that wait", { noInverse: "start or stop the units again" }),
    "daemon-reload|daemon-reexec": {
      risk: "caution",
      why: "makes systemd read its files again",
      operands: "none",
      noInverse: "systemd has read its files already",
    },
    "set-property": change("changes how units run", { inverse: propertyBefore }),
    "set-default": {
      ...change("chooses what is started at boot", { look: startFinding }),
      inverse: () => ({ kind: "capture", capture: "systemctl get-default", command: "systemctl set-default {capture}" }),
    },
    "preset|reenable|link|add-wants|add-requires": change("changes what is started at boot", {
      noInverse: "systemctl list-unit-files shows what was enabled before",
      look: startFinding,
    }),
    kill: {
      ...drastic("sends a signal to the processes of units"),
      risk: (inv) => (gentle.test(inv.value("-s") ?? "") && inv.operands.length === 1 ? "caution" : "dangerous"),
      noInverse: "the processes have acted on the signal already",
    },
    "revert|preset-all|clean|edit|bind|mount-image": drastic("deletes or replaces files of units, or opens an editor on them"),
    "set-environment|unset-environment|import-environment": drastic("changes the environment of every service that starts from now on"),
    "isolate|rescue|emergency|default|halt|poweroff|reboot|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|suspend-then-hibernate|sleep|switch-root|exit":
      machine,
  },
  examples: {
    systemctl: "safe",
    "systemctl status nginx --no-pager": "safe",
    "systemctl list-units --failed": "safe",
    "systemctl --user list-timers --all": "safe",
    "systemctl show -p MemoryCurrent,NRestarts web": "safe",
    "systemctl is-active web db": "safe",
    "systemctl log-level": "safe",
    "systemctl reboot --help": "safe",
    "systemctl log-level debug": "caution",
    "systemctl service-log-level web": "safe",
    "systemctl service-log-level web debug": "caution",
    "systemctl restart nginx": "caution",
    "systemctl --user stop x": "caution",
    "systemctl reload nginx": "caution",
    "systemctl enable --now node-exporter": "caution",
    "systemctl mask x": "caution",
    "systemctl unmask x": "caution",
    "systemctl thaw x": "caution",
    "systemctl freeze x": "caution",
    "systemctl cancel 12": "caution",
    "systemctl preset x": "caution",
    "systemctl reset-failed": "caution",
    "systemctl set-property web CPUQuota=50%": "caution",
    "systemctl set-default multi-user.target": "caution",
    "systemctl kill -s HUP web": "caution",
    "systemctl daemon-reload": "caution",
    "systemctl stop --force x": "caution",
    "systemctl start --global x": "caution",
    "systemctl start -i x": "caution",
    "systemctl show-environment": "caution",
    "systemctl stop sshd": "dangerous",
    "systemctl disable --now NetworkManager": "dangerous",
    "systemctl stop 'web*'": "dangerous",
    "systemctl start reboot.target": "dangerous",
    "systemctl reboot": "dangerous",
    "systemctl set-environment A=b": "dangerous",
    "systemctl revert nginx": "dangerous",
    "systemctl kill -s KILL x": "dangerous",
    "systemctl --root /mnt enable x": "unknown",
  },
  nearMisses: [
    "systemctl -H db1 status x",
    "systemctl frob x",
    "systemctl isolate rescue.target",
    "systemctl edit nginx",
    "systemctl set-default poweroff.target",
    "systemctl reboot --message --help",
  ],
});
