// Programs that send signals: probing and listing are safe, what most services take as "reload" is caution, the rest ends processes.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { asksHelp, plainOperands } from "./rule-kinds.ts";

const why = "ends processes or sends them signals";

const isProbe = (inv: Invocation): boolean => inv.has("-0") || inv.has("-l") || inv.has("-L") || inv.value("-s") === "0";

/** Signals that most services take as "read your configuration again", and those that halt a process until it is told to go on. */
const gentleSignal = /^(SIG)?(HUP|USR1|USR2|WINCH|CONT|STOP|TSTP|1|10|12|18|19|28)$/;

const isGentle = (inv: Invocation): boolean =>
  ["-HUP", "-USR1", "-USR2", "-WINCH", "-STOP", "-CONT"].some((name) => inv.has(name)) || gentleSignal.test(inv.value("-s") ?? "");

/** More than one option may be a second signal; a number below zero is a group of processes, or all of them. */
function killRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  if (inv.options.length !== 1 || inv.operands.some((arg) => arg.text.startsWith("-"))) return "dangerous";
  if (isProbe(inv)) return "safe";
  return isGentle(inv) ? "caution" : "dangerous";
}

function goOn(inv: Invocation): Inverse | undefined {
  const words = plainOperands(inv);
  return inv.has("-STOP") && words !== undefined ? { kind: "command", command: `kill -CONT ${words}` } : undefined;
}

export const kill = program({
  names: "kill",
  source: "kill(1), procps 4.0; bash(1); signal(7)",
  style: "long",
  risk: killRisk,
  why,
  safer: "kill -0 PID asks only whether the process exists; a JVM prints its threads with jcmd PID Thread.print",
  flags:
    "-0 -l|--list -L|--table -HUP|-1|-SIGHUP -USR1|-SIGUSR1|-10 -USR2|-SIGUSR2|-12 -WINCH|-SIGWINCH|-28 -STOP|-SIGSTOP|-19|-TSTP|-SIGTSTP|-20 -CONT|-SIGCONT|-18 --help --version",
  values: "-s|--signal",
  options: {
    "-9|-KILL|-SIGKILL|-15|-TERM|-SIGTERM|-2|-INT|-SIGINT|-3|-QUIT|-SIGQUIT|-6|-ABRT|-SIGABRT|-11|-SEGV|-SIGSEGV|-4|-5|-7|-8|-13|-14|-BUS|-SIGBUS|-PIPE|-ALRM|-TRAP|-ILL|-FPE|-TTIN|-TTOU|-XCPU|-SIGPIPE|-SIGALRM":
      { arity: "flag", risk: "dangerous", why: "ends the process" },
    "-n|-q|--queue|-p|--pid|--timeout": { risk: "dangerous", why: "chooses a signal or its value" },
  },
  anyWord: true,
  operands: "name*",
  answers: [1],
  targets: operandTargets("process"),
  inverse: goOn,
  noInverse: "the process has acted on the signal already",
  examples: {
    "kill -9 123": "dangerous",
    "kill 123": "dangerous",
    "kill -0 123": "safe",
    "kill -l": "safe",
    "kill -l 137": "safe",
    "kill --help": "safe",
    "kill -HUP 12": "caution",
    "kill -s USR1 12": "caution",
    "kill -STOP 12": "caution",
    "kill -CONT 12": "caution",
    "kill -3 12": "dangerous",
    "kill -HUP -- -12": "dangerous",
    "kill -q 5 12": "dangerous",
    "kill -HUP $(cat /run/nginx.pid)": "caution",
  },
  nearMisses: ["kill -0 -9 1", "kill -s 0 -9 1", "kill -s TERM 1", "kill -STOP -1", "kill -n 9 1", "kill -HUP -- -1"],
});

/** Whether one plain name is asked for and nothing widens it to all processes of a user, a terminal or a group. */
function namesOne(inv: Invocation): boolean {
  const name = inv.operand(0);
  return inv.operands.length === 1 && name !== undefined && /^[\w@/-][\w@./ -]{2,}$/.test(name) && inv.unlisted.length === 0;
}

/** Spellings of options that only narrow what matches. */
const narrows = /^(-x|-f|-o|-n|-e|-q)$/;

function byNameRisk(inv: Invocation): Risk {
  const others = inv.options.filter((use) => !use.spec.names.some((name) => narrows.test(name)));
  if (others.length !== 1 || inv.unlisted.length > 0) return "dangerous";
  if (asksHelp(inv) || (isProbe(inv) && !(inv.program === "pkill" && inv.has("-l")))) return "safe";
  return isGentle(inv) && namesOne(inv) ? "caution" : "dangerous";
}

export const killByName = program({
  names: "pkill|killall",
  source: "pkill(1), procps 4.0; killall(1), psmisc 23.6",
  style: "long",
  risk: byNameRisk,
  why: `${why}, chosen by name`,
  safer: "pgrep -a NAME lists what would match",
  flags:
    "-0 -l|--list -HUP|-1|-SIGHUP|--signal=HUP -USR1|-SIGUSR1|-10 -USR2|-SIGUSR2|-12 -WINCH|-SIGWINCH|-28 -STOP|-SIGSTOP|-19 -CONT|-SIGCONT|-18 -x|--exact|-e|--echo|-f|--full -o|--oldest -n|--newest -q|--quiet --help --version",
  values: "-s|--signal",
  options: {
    "-9|-KILL|-SIGKILL|-15|-TERM|-SIGTERM|-v|-I|-r|-u|-g|-i|-w|-y": { arity: "flag", risk: "dangerous", why: "ends what matches" },
  },
  anyOption: true,
  anyWord: true,
  operands: "name*",
  answers: [1],
  targets: operandTargets("process"),
  noInverse: "the processes have acted on the signal already",
  examples: {
    "pkill -f payment": "dangerous",
    "killall nginx": "dangerous",
    "killall -9 java": "dangerous",
    "killall -0 nginx": "safe",
    "pkill -0 -x sshd": "safe",
    "killall -l": "safe",
    "killall -HUP nginx": "caution",
    "pkill -USR1 -x haproxy": "caution",
    "pkill -HUP .": "dangerous",
    "pkill -HUP -u app": "dangerous",
  },
  nearMisses: ["pkill -0 -9 x", "pkill -v sshd", "killall -u app", "pkill -l x", "pkill -HUP $x"],
});

export const otherKillers = program({
  names: "killall5|skill|snice|xkill|slay|tkill|tgkill",
  source: "killall5(8), sysvinit 3.06; skill(1), procps 4.0",
  risk: "dangerous",
  why,
  safer: "pgrep -a NAME",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: operandTargets("process"),
  examples: { "killall5 -9": "dangerous", "skill -KILL -u app": "dangerous" },
  nearMisses: ["xkill", "snice +5 x"],
});
