// Accounts and groups: what shows them, what adds to them, and what gives or takes rights.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { asksHelp, plainOperands, undoneBy, unlessHelp } from "./rule-kinds.ts";
import { destroying } from "../verb-rules.ts";

const user = operandTargets("user");

function passwordRisk(inv: Invocation): Risk {
  if (asksHelp(inv) || (inv.has("-S") && inv.options.every((use) => use.spec.names.some((name) => name === "-S" || name === "-a"))))
    return "safe";
  const locks = inv.options.length === 1 && (inv.has("-l") || inv.has("-u") || inv.has("-e"));
  return locks && inv.operands.length === 1 && inv.operand(0) !== "root" ? "caution" : "dangerous";
}

function lockBack(inv: Invocation): Inverse | undefined {
  if (inv.has("-l")) return undoneBy("passwd -u")(inv);
  return inv.has("-u") ? undoneBy("passwd -l")(inv) : undefined;
}

export const passwd = program({
  names: "passwd",
  source: "passwd(1), shadow 4.13",
  risk: passwordRisk,
  why: "shows the state of a password, locks it or changes it",
  safer: "passwd -S USER",
  flags: "-S|--status -a|--all -l|--lock -u|--unlock -e|--expire -q|--quiet -k|--keep-tokens --stdin --help --version",
  values: "-i|--inactive -n|--mindays -w|--warndays -x|--maxdays -r|--repository -R|--root",
  options: { "-d|--delete": { arity: "flag", risk: "dangerous", why: "empties the password: anybody may log in" } },
  operands: "name?",
  targets: user,
  inverse: lockBack,
  noInverse: "the password must be set anew",
  examples: {
    "passwd -S app": "safe",
    "passwd -Sa": "safe",
    "passwd -l app": "caution",
    "passwd -u app": "caution",
    "passwd -d app": "dangerous",
    "passwd app": "dangerous",
  },
  nearMisses: ["passwd", "passwd -Sd app", "passwd -l root"],
});

export const chage = program({
  names: "chage",
  source: "chage(1), shadow 4.13",
  risk: (inv) => (asksHelp(inv) || (inv.options.length === 1 && inv.has("-l")) ? "safe" : "caution"),
  why: "shows or changes when a password expires",
  safer: "chage -l USER",
  flags: "-l|--list -i|--iso8601 --help",
  values: "-d|--lastday -E|--expiredate -I|--inactive -m|--mindays -M|--maxdays -W|--warndays",
  options: { "-R|--root|-P|--prefix": { risk: "unknown", why: "acts on another file system" } },
  operands: "name?",
  targets: user,
  noInverse: "chage -l shows the days before",
  examples: { "chage -l app": "safe", "chage -M 90 app": "caution", "chage -R /mnt -l app": "unknown" },
  nearMisses: ["chage app", "chage -l -E 0 app"],
});

/** Groups whose members are as good as root. */
const powerful = /(^|,)(sudo|wheel|root|admin|adm|docker|lxd|libvirt|disk|shadow|kmem|systemd-journal|incus|podman|microk8s)(,|$)/;

function joins(inv: Invocation): boolean {
  const lists = ["-G", "-g", "-a", "-M"].map((name) => inv.value(name) ?? "");
  return [...lists, ...inv.operands.map((arg) => arg.text)].some((text) => powerful.test(text));
}

/** Options that make a second root, work on another system or change what later accounts look like. */
const reachesFurther = ["-o", "-R", "-P", "-D"];

function addRisk(inv: Invocation): Risk {
  const alone = inv.options.length === 1 && inv.operands.length === 0;
  if (asksHelp(inv) || (alone && inv.has("-D"))) return "safe";
  return inv.value("-u") === "0" || joins(inv) || reachesFurther.some((name) => inv.has(name)) ? "dangerous" : "caution";
}

export const addAccount = program({
  names: "useradd|adduser|groupadd|addgroup|newusers",
  source: "useradd(8), groupadd(8), shadow 4.13; adduser(8) 3.134",
  risk: (inv) => (inv.program === "newusers" ? unlessHelp("dangerous")(inv) : addRisk(inv)),
  why: "adds a user or a group",
  safer: "getent passwd NAME",
  flags:
    "-m|--create-home -M|--no-create-home -N|--no-user-group -r|--system -U|--user-group -l|--no-log-init -o|--non-unique -D|--defaults -f|--force --disabled-password --disabled-login --quiet --debug --allow-bad-names --badname -F|--add-subids-for-system --help --version",
  values:
    "-b|--base-dir -c|--comment -d|--home-dir|--home -e|--expiredate -g|--gid -G|--groups -k|--skel -K|--key -p|--password -s|--shell -u|--uid -Z|--selinux-user --gecos --ingroup --firstuid --lastuid --conf -R|--root -P|--prefix",
  operands: "name*",
  targets: user,
  inverse: (inv) => (inv.operands.length === 1 ? undoneBy(inv.program.includes("group") ? "groupdel" : "userdel")(inv) : undefined),
  noInverse: "gpasswd -d takes a user out of a group again",
  examples: {
    "useradd -m -s /bin/bash app": "caution",
    "groupadd deployers": "caution",
    "useradd -D": "safe",
    "useradd -o -u 0 x": "dangerous",
    "useradd -G wheel x": "dangerous",
    "adduser app sudo": "dangerous",
    "useradd --help": "safe",
  },
  nearMisses: ["newusers f", "useradd --system --uid 0 x", "useradd -D -s /bin/sh"],
});

export const changeAccount = program({
  ...destroying("changes what a user is and may do", "user"),
  names:
    "usermod|groupmod|vipw|vigr|visudo|chpasswd|chgpasswd|chsh|chfn|newgidmap|newuidmap|pwconv|pwunconv|grpconv|grpunconv|authconfig|authselect|realm|sss_cache|sss_override",
  source: "usermod(8), chsh(1), chpasswd(8), shadow 4.13; visudo(8) 1.9; authselect(8)",
  risk: (inv) => (showsOnly(inv) ? "safe" : isPlainChange(inv) ? "caution" : unlessHelp("dangerous")(inv)),
  safer: "id USER",
  flags: "-l|--list-shells -c --help --version -s -q",
  noInverse: "getent passwd USER and id USER show what it was before",
  examples: {
    "chsh -l": "safe",
    "visudo -c": "safe",
    visudo: "dangerous",
    "usermod -aG sudo app": "dangerous",
    "usermod -aG app deploy": "caution",
    "usermod -L app": "dangerous",
    chpasswd: "dangerous",
    "realm list": "safe",
    "authselect apply-changes": "dangerous",
    "sss_cache -E": "caution",
  },
  nearMisses: ["chsh -s /bin/sh app", "visudo -f x", "usermod -u 0 app", "usermod -aG docker app", "visudo -c -f x -s"],
});

/** What these programs are asked for when they only show; the words are all that is given. */
const shown: Readonly<Record<string, RegExp>> = {
  realm: /^list$/,
  authselect: /^(current|check|list)$/,
  chsh: /^(-l|--list-shells)$/,
  visudo: /^-c$/,
};

function showsOnly(inv: Invocation): boolean {
  const words = [...inv.options.map((use) => use.spec.names[0] ?? ""), ...inv.operands.map((arg) => arg.text)];
  return inv.unlisted.length === 0 && words.length === 1 && shown[inv.program]?.test(words[0] ?? "") === true;
}

/** `usermod -aG GROUPS USER` with groups that give no rights of root; and forgetting cached users. */
function isPlainChange(inv: Invocation): boolean {
  if (inv.program === "sss_cache") return true;
  const adds = inv.program === "usermod" && inv.options.length === 0 && inv.unlisted.map((arg) => arg.text).join(" ") === "-aG";
  return adds && inv.operands.length === 2 && plainOperands(inv) !== undefined && !joins(inv) && inv.operand(1) !== "root";
}

export const gpasswd = program({
  names: "gpasswd|groupmems",
  source: "gpasswd(1), shadow 4.13",
  risk: (inv) =>
    inv.program === "groupmems" && inv.has("-l") && inv.options.length <= 2 && !inv.has("-p")
      ? "safe"
      : (inv.has("-a") && joins(inv)) || !(inv.has("-a") || inv.has("-d"))
        ? "dangerous"
        : "caution",
  why: "changes who is in a group",
  safer: "getent group GROUP",
  flags: "-l|--list -r|--delete-password|--remove-password -R|--restrict -p|--purge -h|--help",
  values: "-a|--add -d|--delete -g|--group -A|--administrators -M|--members -Q|--root",
  operands: "name?",
  targets: operandTargets("group"),
  noInverse: "gpasswd -d takes out what -a put in, and the other way round",
  examples: {
    "gpasswd -a app deployers": "caution",
    "gpasswd -d app deployers": "caution",
    "gpasswd -a app docker": "dangerous",
    "gpasswd -M a,b deployers": "dangerous",
    "groupmems -g x -l": "safe",
  },
  nearMisses: ["gpasswd -r x", "groupmems -g x -p", "gpasswd -A x y"],
});

export const removeAccount = program({
  ...destroying("removes a user or a group, and files with it", "user"),
  names: "userdel|groupdel|deluser|delgroup|pam-auth-update",
  source: "userdel(8), groupdel(8), shadow 4.13",
  risk: unlessHelp("dangerous"),
  safer: "passwd -l USER locks it",
  flags: "--help --version",
  examples: { "userdel -r app": "dangerous", "groupdel x": "dangerous", "deluser app sudo": "dangerous", "userdel --help": "safe" },
  nearMisses: ["userdel app", "delgroup x"],
});
