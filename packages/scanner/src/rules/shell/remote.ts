import { joinArgs } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

const harmlessSettings =
  /^(connecttimeout|batchmode|stricthostkeychecking|loglevel|serveraliveinterval|serveralivecountmax|port|user|connectionattempts|addressfamily|numberofpasswordprompts|passwordauthentication|pubkeyauthentication|preferredauthentications|identitiesonly|compression|requesttty|visualhostkey)[= ]/i;

const runsLocally =
  /^\s*(proxycommand|localcommand|knownhostscommand|permitlocalcommand|pkcs11provider|securitykeyprovider|proxyusefdpass)/i;

/** The words behind the host are shell text for the other side. */
function runRemote(inv: Invocation, ctx: RuleContext): void {
  const [host, ...rest] = inv.operands;
  const words = rest[0]?.text === "--" ? rest.slice(1) : rest;
  if (inv.has("-V") || inv.has("-G")) return;
  if (host !== undefined && host.dash && host.shape !== "literal")
    ctx.report({ risk: "unknown", why: "the host may become an option", span: host.span });
  if (words.length > 0) ctx.scanText(joinArgs(words, inv.span));
  else if (inv.stdin.kind === "none") ctx.report({ risk: "unknown", why: "opens an interactive shell on another machine" });
  else ctx.report({ risk: "dangerous", why: "feeds its input to a shell on another machine", safer: "write the command behind the host" });
}

export const ssh = program({
  names: "ssh|slogin|autossh|mosh",
  source: "ssh(1), OpenSSH 9.6",
  style: "posix",
  risk: (inv) => (inv.has("-V") && inv.operands.length === 0 && inv.options.length === 1 ? "safe" : "caution"),
  why: "runs a command on another machine",
  flags: "-4 -6 -A -a -C -f -G -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y -g",
  values: "-b -B -c -e -I -J -l -m -p -O",
  options: {
    "-o": {
      check: (value) =>
        value.shape === "literal" && harmlessSettings.test(value.text)
          ? undefined
          : { risk: runsLocally.test(value.text) ? "dangerous" : "unknown", why: "this setting may name a program to run" },
    },
    "-F": { kind: "read", risk: "unknown", why: "a configuration file may name programs to run" },
    "-i": { kind: "data" },
    "-E": { kind: "write", why: "writes a log file" },
    "-L|-R|-D|-W|-w": { risk: "dangerous", why: "opens a tunnel between networks" },
    "-S": { risk: "unknown", why: "uses the connection of another process" },
    "-P|-Q": { risk: "caution", why: "a special request" },
  },
  operands: "inner*",
  inspect: runRemote,
  targets: (inv) => (inv.operands[0] === undefined ? [] : [{ kind: "host", name: inv.operands[0].text }]),
  noInverse: "what the other machine does is not known here",
  examples: {
    "ssh web1 uptime": "caution",
    "ssh -o ConnectTimeout=5 -p 2222 ops@web1 'df -h; free -m'": "caution",
    "ssh web1 'rm -rf /data'": "dangerous",
    "ssh web1": "unknown",
    "cat fix.sh | ssh web1": "dangerous",
  },
  nearMisses: [
    "ssh -o ProxyCommand='rm x' web1 ls",
    "ssh -oLocalCommand=x web1 ls",
    "ssh -R 80:localhost:80 web1",
    "ssh $host ls",
    "ssh web1 $CMD",
  ],
});

/** pdsh and friends: at least unknown, dangerous where it shows. */
export const manyMachines = program({
  names: "pdsh|pssh|parallel-ssh|clush|dsh|mussh|sshpass|rsh|rexec|rlogin",
  source: "pdsh(1), pssh(1), clush(1)",
  style: "posix",
  risk: "dangerous",
  why: "runs commands on one or many other machines",
  anyOption: true,
  values: "-w",
  targets: (inv) => [inv.arg("-w") ?? inv.operands[0]].flatMap((arg) => (arg === undefined ? [] : [{ kind: "host", name: arg.text }])),
  operands: "inner*",
  examples: { "pdsh -w web[1-9] reboot": "dangerous" },
  nearMisses: ["sshpass -p x ssh web1 ls"],
});
