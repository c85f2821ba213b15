// Tells whether a command opens another shell or an interactive program, so that what comes after it does not run here.
// One command goes in; `remote`, `repl` or null comes out. A command that is handed over (`ssh host uptime`) opens nothing: it is one command.

import type { CommandContext } from "../types.ts";
import { REPLS } from "./repl-programs.ts";

export type Opened = Exclude<CommandContext, "local">;

/** Longer texts are scripts; nobody types on after them. */
const MAX_TEXT_LENGTH = 4_000;

const SHELLS = /^(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|a|k|c|tc|fi)?sh$/;

/** @returns what the last statement of the command leaves open */
export function opens(text: string): Opened | null {
  if (text.length > MAX_TEXT_LENGTH || text.includes("<<")) return null;
  return opensShell(lastStatement(text.trim()));
}

/** `ssh host <<EOF`: a script that runs over there as a whole. */
export function runsElsewhere(text: string): boolean {
  if (!text.includes("<<")) return false;
  const [head = ""] = text.slice(0, MAX_TEXT_LENGTH).split(/<<[-~]?\s*["'\\]?\w/, 1);
  return head.length < text.length && !text.startsWith("<<<", head.length) && opensShell(lastStatement(head.trim())) === "remote";
}

/** Substitutions and placeholders with blanks are parts of a word. */
const TOKEN =
  /\$\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|<[A-Za-z$][^<>|&;\n]*>|"(?:[^"\\]|\\[\s\S])*"|'[^']*'|&&|\|\||[;|\n]|(?:\\[\s\S]|[^\s;|&"'\\<$]|<(?![A-Za-z$][^<>|&;\n]*>)|\$(?!\()|&(?!&))+|[\s\S]/g;

/** Nothing that ends a statement, quotes, or keeps blanks inside a word: most commands, and no need to look at each character. */
const PLAIN = /^[^"'$<;&\\\n]*$/;

/** Words of the first program in the last pipeline; its input is the keyboard. */
function lastStatement(text: string): readonly string[] {
  if (PLAIN.test(text) && !text.includes("||")) return text.replace(/\|[^]*/, "").match(/\S+/g) ?? [];
  return lastOfMany(text);
}

function lastOfMany(text: string): readonly string[] {
  let words: string[] = [];
  let end = -1;
  let piped = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (/^(?:&&|\|\||[;\n])$/.test(token)) [words, piped] = [[], false];
    else if (token === "|") piped = true;
    if (piped || !/[^\s;|&]/.test(token)) continue;
    words.push(index === end ? (words.pop() ?? "") + token : token);
    end = index + token.length;
  }
  return words;
}

type Rule = (words: readonly string[]) => Opened | null;

/** What a command opens, its words given from the program on. */
function opensShell(words: readonly string[]): Opened | null {
  const own = withoutPrefix(words);
  const program = own[0]?.replace(/^.*\//, "") ?? "";
  const rest = own.slice(1);
  if (rest.some((word) => /^\d*<(?!<|[^<>]+>)/.test(word))) return null;
  return RULES.get(program)?.(rest) ?? REPLS.get(program)?.(rest) ?? null;
}

/** `sudo -u x`, assignments and what merely starts the program. */
function withoutPrefix(words: readonly string[]): readonly string[] {
  let own = words;
  for (;;) {
    const [first = "", ...rest] = own;
    if (/^[A-Za-z_]\w*=|^(?:exec|time|command|winpty|nohup|bundle|env)$/.test(first)) own = rest;
    else if (/^(?:sudo|doas)$/.test(first) && isHandedOn(rest)) own = operands(rest, SUDO_VALUES);
    else return own;
  }
}

/** `sudo psql`, but not `sudo -i` or `sudo bash`, which open a shell of their own. */
function isHandedOn(words: readonly string[]): boolean {
  const own = operands(words, SUDO_VALUES);
  return own.length > 0 && !SHELLS.test(own[0] ?? "");
}

/** Operands, options and their values skipped. @param values - short and long options that take a word of their own */
function operands(words: readonly string[], values: RegExp): readonly string[] {
  let at = 0;
  while (at < words.length && /^-/.test(words[at] ?? "")) {
    if (words[at] === "--") return words.slice(at + 1);
    at += values.test(words[at] ?? "") ? 2 : 1;
  }
  return words.slice(at);
}

/** Operands wherever they stand between options. */
function allOperands(words: readonly string[], values: RegExp): readonly string[] {
  const own: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return [...own, ...words.slice(at + 1)];
    if (!word.startsWith("-")) own.push(word);
    else if (values.test(word)) at++;
  }
  return own;
}

const SUDO_VALUES = /^-[a-zA-Z]*[ugpChDRTr]$|^--(?:user|group|prompt|host|chdir|role|type)$/;
const SSH_VALUES = /^-[a-zA-Z]*[bcDEeFIiJLlmOopQRSWwB]$/;
const KUBECTL_VALUES = /^-[ncsf]$|^--(?:namespace|container|context|cluster|kubeconfig|image|target|user|as|filename|server)$/;
const DOCKER_VALUES =
  /^-[veuwphlmc]$|^--(?:volume|env|env-file|user|workdir|publish|hostname|name|network|net|mount|entrypoint|label|memory|cpus|link|ip|add-host|volumes-from|pid|ipc|platform|pull|index|detach-keys|privileged=true)$/;

const isShellCommand = (words: readonly string[]): boolean => {
  const [program = "", ...rest] = words;
  return SHELLS.test(unquote(program)) && rest.every((word) => /^-{1,2}(?:l|i|s|il|li|login|norc|noprofile)$/.test(word));
};

const unquote = (word: string): string => word.replace(/^(["'])([\s\S]*)\1$/, "$2");

/** What is handed over to another place: nothing opens that place's shell, a shell stays open, anything else is one command. */
function handedOver(words: readonly string[]): Opened | null {
  if (words.length === 0 || isShellCommand(words)) return "remote";
  const [only = ""] = words;
  const inner = words.length === 1 && only !== unquote(only) ? lastStatement(unquote(only)) : words;
  return isShellCommand(inner) ? "remote" : opensShell(inner);
}

/** `-N` and `-fNL 8080:x:80` only forward; `-O`, `-G`, `-V` and `-Q` talk to the client itself. */
const FORWARDS = /^-(?![oliFJpE])[a-zA-Z46]*[NVGQO]/;

const ssh: Rule = (words) => {
  if (words.some((word) => FORWARDS.test(word) || word.startsWith("git@"))) return null;
  const [host, ...command] = operands(words, SSH_VALUES);
  return host === undefined ? null : handedOver(operands(command, SSH_VALUES));
};

/** Behind `--`; null when there is none. */
function behindDashes(words: readonly string[]): readonly string[] | null {
  const at = words.indexOf("--");
  return at === -1 ? null : words.slice(at + 1);
}

const isInteractive = (words: readonly string[]): boolean =>
  words.some((word) => /^-(?:it|ti|[a-z]*i[a-z]*t[a-z]*|[a-z]*t[a-z]*i[a-z]*)$/.test(word)) ||
  (words.some((word) => /^(?:-i|--stdin|--interactive)(?:=true)?$/.test(word)) &&
    words.some((word) => /^(?:-t|--tty)(?:=true)?$/.test(word)));

/** What is left of a command line of kubectl or oc. */
interface Kubectl {
  /** Operands behind the verb. */
  readonly rest: readonly string[];
  readonly command: readonly string[] | null;
  readonly isInteractive: boolean;
}

const KUBECTL: ReadonlyMap<string, (line: Kubectl) => Opened | null> = new Map([
  ["rsh", ({ rest, command }) => handedOver(command ?? rest.slice(1))],
  ["debug", ({ command }) => (command === null ? "remote" : debugged(command))],
  ["exec", ({ rest, command }) => (command === null && rest.length < 2 ? null : handedOver(command ?? rest.slice(1)))],
  ["run", (line) => (line.isInteractive ? handedOver(line.command ?? []) : null)],
  ["attach", (line) => (line.isInteractive ? "remote" : null)],
]);

const kubectl: Rule = (all) => {
  const own = all.slice(0, all.includes("--") ? all.indexOf("--") : all.length);
  const [verb = "", ...rest] = allOperands(own, KUBECTL_VALUES);
  return KUBECTL.get(verb)?.({ rest, command: behindDashes(all), isInteractive: isInteractive(own) }) ?? null;
};

/** `oc debug node/x -- chroot /host uptime` is one command, `-- chroot /host bash` a shell. */
function debugged(command: readonly string[]): Opened | null {
  return handedOver(command[0] === "chroot" ? command.slice(2) : command);
}

const docker: Rule = (words) => {
  const at = words.findIndex((word) => /^(?:exec|run|attach)$/.test(word));
  const rest = at === -1 ? [] : operands(words.slice(at + 1), DOCKER_VALUES);
  if (rest.length === 0) return null;
  if (words[at] === "attach") return "remote";
  if (rest.length > 1) return handedOver(rest.slice(1));
  const entry = words.includes("--entrypoint") ? (words[words.indexOf("--entrypoint") + 1] ?? "") : "sh";
  return words[at] === "run" && isInteractive(words) && SHELLS.test(entry) ? "remote" : null;
};

const sudo: Rule = (words) => {
  const own = operands(words, SUDO_VALUES);
  const isLogin = words.some((word) => /^-[a-zA-Z]*[is]|^--(?:login|shell)$/.test(word)) && own.length === 0;
  return isLogin || isShellCommand(own) ? "remote" : null;
};

const su: Rule = (words) => (words.some((word) => /^-[a-zA-Z]*c$|^--command/.test(word)) ? null : "remote");

/** `gcloud compute ssh`, `aws ssm start-session` and their like: everything is an option but the machine. */
function cloud(verbs: RegExp, handsOver: RegExp): Rule {
  return (words) => {
    const text = words.join(" ");
    if (!verbs.test(text) || handsOver.test(text)) return null;
    const command = behindDashes(words);
    return command === null ? "remote" : handedOver(operands(command, SSH_VALUES));
  };
}

const chroot: Rule = (words) => {
  const [root, ...command] = operands(words, /^$/);
  return root === undefined ? null : handedOver(command);
};

const nsenter: Rule = (words) => handedOver(operands(words, /^(?:-[tSG]|--target)$/));
const always: Rule = () => "remote";
const afterFirst: Rule = (words) => {
  const [place, ...command] = operands(words, SSH_VALUES);
  return place === undefined ? null : handedOver(command);
};
const onlyWith =
  (first: RegExp, rule: Rule): Rule =>
  ([verb = "", ...rest]) =>
    first.test(verb) ? rule(rest) : null;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["ssh", ssh],
  ["mosh", ssh],
  ["autossh", ssh],
  ["sshpass", (words) => (words.includes("ssh") ? ssh(words.slice(words.indexOf("ssh") + 1)) : null)],
  ["telnet", (words) => (words.length > 0 ? "remote" : null)],
  ["Enter-PSSession", always],
  ["gcloud", cloud(/\bssh\b/, /--command\b|--dry-run/)],
  [
    "aws",
    cloud(
      /^ssm start-session\b|^ec2-instance-connect ssh\b|^ecs execute-command\b.*--command[= ]["']?\S*sh\b["']?(?:\s|$)/,
      /PortForwarding|--document-name[= ]\S*(?:Port|Command)/,
    ),
  ],
  ["az", cloud(/^(?:ssh (?:vm|arc)|network bastion ssh|webapp ssh|container exec .*--exec-command[= ]["']?\S*sh\b)/, /--command\b/)],
  ["tsh", onlyWith(/^ssh$/, afterFirst)],
  ["vagrant", (words) => (words[0] === "ssh" && !words.some((word) => /^(?:-c|--command)/.test(word)) ? "remote" : null)],
  ["minikube", onlyWith(/^ssh$/, handedOver)],
  ["multipass", onlyWith(/^shell$/, always)],
  ["cf", (words) => (words[0] === "ssh" && !words.some((word) => /^(?:-c|--command|-N)/.test(word)) ? "remote" : null)],
  ["juju", onlyWith(/^ssh$/, afterFirst)],
  [
    "fly",
    (words) =>
      /^ssh console$/.test(words.slice(0, 2).join(" ")) && !words.some((word) => /^(?:-C|--command)/.test(word)) ? "remote" : null,
  ],
  [
    "heroku",
    (words) =>
      /^run(?::\w+)?$/.test(words[0] ?? "") ? handedOver(allOperands(words.slice(1), /^(?:-[ars]|--(?:app|remote|size))$/)) : null,
  ],
  ["lxc", (words) => (words[0] === "shell" ? "remote" : words[0] === "exec" ? handedOver(behindDashes(words) ?? words.slice(2)) : null)],
  ["lxc-attach", (words) => handedOver(behindDashes(words) ?? [])],
  ["machinectl", (words) => (/^(?:shell|login)$/.test(words[0] ?? "") && words.length <= 2 ? "remote" : null)],
  ["pct", (words) => (words[0] === "enter" ? "remote" : words[0] === "exec" ? handedOver(behindDashes(words) ?? words.slice(2)) : null)],
  ["virsh", (words) => (words.length === 0 ? "repl" : words.includes("console") ? "remote" : null)],
  ["xl", onlyWith(/^console$/, always)],
  ["ipmitool", (words) => (/\bsol activate\b/.test(words.join(" ")) ? "remote" : null)],
  ["oc", kubectl],
  ["kubectl", kubectl],
  ["k", kubectl],
  ["docker", docker],
  ["podman", docker],
  ["nerdctl", docker],
  ["crictl", docker],
  ["docker-compose", docker],
  ["sudo", sudo],
  ["doas", sudo],
  ["su", su],
  ["runuser", su],
  ["chroot", chroot],
  ["arch-chroot", chroot],
  ["nsenter", nsenter],
  ["toolbox", (words) => (words.length === 0 || words[0] === "enter" ? "remote" : null)],
  ["distrobox", onlyWith(/^enter$/, always)],
]);
