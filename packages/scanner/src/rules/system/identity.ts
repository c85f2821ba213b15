// Who, where and when: programs that print facts about the machine and its users, and the few forms that change them.
import { program } from "../../rule.ts";

export const date = program({
  names: "date",
  source: "date(1), GNU coreutils 9.4",
  why: "prints the time",
  flags: "-R|--rfc-email -u|--utc|--universal --debug --resolution --help --version",
  values: "-d|--date --rfc-3339",
  optional: "-I|--iso-8601",
  reads: "-r|--reference -f|--file",
  options: { "-s|--set": { risk: "dangerous", why: "sets the clock of the machine", safer: "leave -s out" } },
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      if (!arg.head.startsWith("+"))
        ctx.report({ risk: "dangerous", why: "a word that does not begin with + sets the clock", span: arg.span });
    }
  },
  examples: {
    date: "safe",
    "date -u +%FT%TZ": "safe",
    "date -d '1 hour ago' +%s": "safe",
    "date -s 12:00": "dangerous",
    "date 010112002026": "dangerous",
  },
  nearMisses: ["date --set=now", "date --se now", "date -us now", "date $x"],
});

export const hostname = program({
  names: "hostname|dnsdomainname|domainname|nisdomainname|ypdomainname",
  source: "hostname(1), hostname 3.23",
  why: "prints the name of the machine",
  flags:
    "-a|--alias -A|--all-fqdns -d|--domain -f|--fqdn|--long -i|--ip-address -I|--all-ip-addresses -s|--short -y|--yp|--nis -h|--help -V|--version",
  options: {
    "-b|--boot": { arity: "flag", risk: "caution", why: "sets the name of the machine" },
    "-F|--file": { kind: "read", risk: "caution", why: "sets the name of the machine from a file" },
  },
  operands: "data?",
  inspect: (inv, ctx) => {
    if (inv.operands.length > 0) ctx.report({ risk: "caution", why: "sets the name of the machine", safer: "hostname" });
  },
  examples: { hostname: "safe", "hostname -f": "safe", "hostname web-2": "caution" },
  nearMisses: ["hostname -F /etc/hostname", "hostname $x"],
});

export const uname = program({
  names: "uname|nproc|whoami|id|groups|logname|tty|users|hostid|uptime",
  source: "uname(1), nproc(1), id(1), GNU coreutils 9.4; uptime(1), procps 4.0",
  why: "prints facts about the machine or the user",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  examples: { "uname -a": "safe", "id app": "safe", nproc: "safe", "uptime -p": "safe", whoami: "safe" },
  nearMisses: ["uname -a > x"],
});

export const who = program({
  names: "who|w|last|lastb|lastlog|finger",
  source: "who(1), GNU coreutils 9.4; w(1), procps 4.0; last(1), util-linux 2.39; lastlog(8), shadow 4.13",
  why: "prints who is or was logged in",
  flags:
    "-a|--all -b|--boot -d|--dead -H|--heading -l|--login -m -p|--process -q|--count -r|--runlevel -s|--short -T|-w|--mesg -t|--time -u|--users -h|--no-header -f|--from -i|--ip-addr -o|--old-style -F|--fulltimes -x|--system -R|--nohostname --help -V|--version -NUM",
  values: "-n|--limit --since --until -P|--present",
  operands: "data*",
  examples: { "who -b": "safe", w: "safe", "last -n 20": "safe", "last reboot": "safe" },
  nearMisses: ["lastlog --clear -u root", "lastlog -C", "lastlog -S"],
});

export const getent = program({
  names: "getent|locale",
  source: "getent(1), getconf(1), locale(1), glibc 2.38",
  why: "prints entries of system tables",
  anyOption: true,
  operands: "data*",
  answers: [1, 2],
  sensitive: (inv) => inv.operand(0) === "shadow" || inv.operand(0) === "gshadow",
  examples: { "getent hosts db1": "safe", "getent passwd app": "safe", "getent shadow": "caution" },
  nearMisses: ["getent shadow root"],
});
