// Who, where and when: programs that print facts about the machine and its users, and the few forms that change them.
import { program } from "../../rule.ts";

export const date = program({
  names: "date",
  source: "date(1), GNU coreutils 9.4",
  why: "prints the time",
  flags: "-R|--rfc-email -u|--utc|--universal -j -n --debug --resolution --help --version",
  values: "-d|--date --rfc-3339 -v -z",
  optional: "-I|--iso-8601",
  reads: "-r|--reference -f|--file",
  options: { "-s|--set": { risk: "dangerous", why: "sets the clock of the machine", safer: "leave -s out" } },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.has("-j")) return;
    for (const arg of inv.operands) {
      if (!arg.head.startsWith("+"))
        ctx.report({ risk: "dangerous", why: "a word that does not begin with + sets the clock", span: arg.span });
    }
  },
  examples: {
    date: "safe",
    "date -u +%FT%TZ": "safe",
    "date -d '1 hour ago' +%s": "safe",
    "date -j -f %Y-%m-%d 2031-01-02 +%s": "safe",
    "date -u -v-1H +%FT%TZ": "safe",
    "date -s 12:00": "dangerous",
    "date 010112002026": "dangerous",
  },
  nearMisses: ["date --set=now", "date --se now", "date -us now", "date $x"],
});

export const hostname = program({
  names: "hostname|dnsdomainname|domainname|nisdomainname|ypdomainname",
  source: "hostname(1), hostname 3.23",
  risk: (inv) => (inv.operands.length > 0 ? "caution" : "safe"),
  why: "prints or sets the name of the machine",
  safer: "hostname",
  flags:
    "-a|--alias -A|--all-fqdns -d|--domain -f|--fqdn|--long -i|--ip-address -I|--all-ip-addresses -s|--short -y|--yp|--nis -h|--help -V|--version",
  options: {
    "-b|--boot": { arity: "flag", risk: "caution", why: "sets the name of the machine" },
    "-F|--file": { kind: "read", risk: "caution", why: "sets the name of the machine from a file" },
  },
  operands: "data?",
  inverse: () => ({ kind: "capture", capture: "hostname", command: "hostname {capture}" }),
  noInverse: "hostname prints the name before",
  examples: { hostname: "safe", "hostname -f": "safe", "hostname -I": "safe", "hostname web-2": "caution", "hostname -b web": "caution" },
  nearMisses: ["hostname -F /etc/hostname", "hostname $x", "hostname -f web"],
});

export const uname = program({
  names: "uname|nproc|whoami|id|groups|logname|tty|users|hostid|uptime",
  source: "uname(1), nproc(1), id(1), GNU coreutils 9.4; uptime(1), procps 4.0",
  why: "prints facts about the machine or the user",
  inspect: (inv, ctx) => {
    if (inv.program === "uname" && inv.unlisted.some((arg) => /^-\w*S/.test(arg.text)))
      ctx.report({ risk: "caution", why: "sets the name of the machine on Solaris and HP-UX" });
  },
  anyOption: true,
  anyWord: true,
  operands: "data*",
  examples: { "uname -a": "safe", "id app": "safe", nproc: "safe", "uptime -p": "safe", whoami: "safe" },
  nearMisses: ["uname -a > x", "uname -S db2"],
});

export const who = program({
  names: "who|w|last|lastb|ac|lastcomm|pinky",
  source: "who(1), GNU coreutils 9.4; w(1), procps 4.0; last(1), util-linux 2.39",
  why: "prints who is or was logged in",
  flags:
    "-a|--all|--hostlast -A -b|--boot -d|--dead|--dns -D -H|--heading -l|--login -m -q|--count -r|--runlevel|--reverse -s|--short -S -T|-w|--mesg|--fullnames -u|--users -h|--no-header -i|--ip|--ip-addr -o|--old-style -F|--fulltimes -x|--system -R|--nohostname -c --lookup --help -V|--version -NUM",
  values: "-n|--limit --since --until --time-format",
  optional: "-f|--from|--file -p|--process|--present -t|--time -P",
  operands: "data*",
  anyWord: true,
  examples: {
    "who -b": "safe",
    w: "safe",
    "last -n 20": "safe",
    "last -xF reboot": "safe",
    "lastb -n 5": "safe",
    "who am i": "safe",
    "w -hi": "safe",
  },
  nearMisses: ["last --frob"],
});

export const lastlog = program({
  names: "lastlog|faillock|pam_tally2|faillog",
  source: "lastlog(8), faillog(8), shadow 4.13; faillock(8), Linux-PAM 1.5",
  why: "prints last and failed logins",
  flags: "-h|--help -a|--all",
  values: "-b|--before -t|--time --user --dir",
  options: {
    "-u": {},
    "-C|--clear": { arity: "flag", risk: "caution", why: "clears what was recorded" },
    "-r|--reset": { arity: "flag", risk: "caution", why: "unlocks an account that was locked after failed logins" },
    "-S|--set": { arity: "flag", risk: "caution", why: "changes what is recorded" },
    "-m|--maximum|-l|--lock-secs|-R|--root": { risk: "caution", why: "changes when accounts are locked" },
  },
  operands: "none",
  noInverse: "what was recorded is gone",
  examples: {
    lastlog: "safe",
    "lastlog -u app": "safe",
    "lastlog -b 90": "safe",
    "faillock --user app": "safe",
    "faillock --user app --reset": "caution",
    "lastlog -C -u app": "caution",
    "lastlog -S -u app": "caution",
    "faillog -m 5": "caution",
  },
  nearMisses: ["faillock --res", "pam_tally2 -r -u app"],
});

export const finger = program({
  names: "finger",
  source: "finger(1)",
  why: "prints facts about users",
  flags: "-l -m -s -p",
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands)
      if (arg.text.includes("@")) ctx.report({ risk: "unknown", why: "asks another machine", span: arg.span });
  },
  examples: { "finger app": "safe", "finger app@h": "unknown" },
  nearMisses: ["finger @h"],
});

export const getent = program({
  names: "getent|locale",
  source: "getent(1), locale(1), glibc 2.38",
  why: "prints entries of system tables",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  answers: [1, 2],
  sensitive: (inv) =>
    inv.operands.some((arg) => /^g?shadow$/.test(arg.text)) || (inv.program === "getent" && inv.operands[0]?.shape !== "literal"),
  inspect: (inv, ctx) => {
    // The name of a service becomes the name of a library that is loaded.
    if (
      inv.program === "getent" &&
      [...inv.operands, ...inv.unlisted].some((arg) => arg.text.includes("/") && !/^[\d.:a-f/]+$/i.test(arg.text))
    )
      ctx.report({ risk: "unknown", why: "a service with a slash in its name loads a library from elsewhere" });
  },
  examples: {
    "getent hosts db1": "safe",
    "getent passwd app": "safe",
    "getent ahosts $HOST": "safe",
    "getent -s files group": "safe",
    locale: "safe",
    "getent shadow": "caution",
    "getent -s files shadow app": "caution",
  },
  nearMisses: ["getent shadow root", "getent gshadow", "getent $TABLE root"],
});
