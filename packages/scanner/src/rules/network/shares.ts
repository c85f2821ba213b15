// File shares and management protocols: SMB, NFS, RPC, SNMP, IPMI.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";

const smbReads =
  /^(ls|dir|du|pwd|stat|allinfo|volume|showconnect|help|cd|l|recurse|prompt|exit|quit|q|\?|listconnect|history|posix|translate|tcon)\b/;
const smbDestroys = /^(del|rm|rd|rmdir|deltree|wdel|setmode|chmod|chown|rename|!)/;

function smbRisk(inv: Invocation): Risk {
  if (inv.has("-L") || inv.has("-V")) return inv.has("-c") || inv.has("-T") ? "unknown" : "safe";
  const text = inv.value("-c");
  if (text === undefined) return inv.has("-c") ? "unknown" : inv.stdin.kind === "none" ? "unknown" : "dangerous";
  const commands = text
    .split(";")
    .map((command) => command.trim())
    .filter((command) => command !== "");
  if (commands.some((command) => smbDestroys.test(command))) return "dangerous";
  return commands.every((command) => smbReads.test(command)) ? "safe" : "caution";
}

export const smbclient = program({
  names: "smbclient",
  source: "smbclient(1), Samba 4.20",
  why: "lists shares and files on another machine, or changes them",
  safer: "smbclient -c ls",
  risk: smbRisk,
  flags: "-N|--no-pass -g|--grepable -k -P|--machine-pass -q|--quiet -e|--encrypt -V|--version -B -E --use-kerberos=required",
  values:
    "-L|--list -U|--user -W|--workgroup -I|--ip-address -p|--port -m|--max-protocol -t|--timeout -d|--debuglevel -D|--directory -R|--name-resolve -n|--netbiosname -b -O",
  options: {
    "-c|--command": { why: "runs commands of its own" },
    "-T|--tar": { risk: "caution", why: "packs or unpacks files" },
    "-A|--authentication-file": { kind: "read", why: "reads name and password" },
    "-s|--configfile|-l|--log-basename|-i|--scope|-M|--message|-a": { risk: "caution", why: "other settings, logs or messages" },
  },
  operands: "data*",
  targets: (inv) => [{ kind: "share", name: inv.operands[0]?.text ?? "share" }],
  noInverse: "files that were put stay until they are deleted",
  examples: {
    "smbclient -N -L //fs1": "safe",
    "smbclient //fs1/pub -N -c 'cd a; ls'": "safe",
    "smbclient -A auth //fs1/pub -c ls": "safe",
    "smbclient //fs1/pub -c 'put a'": "caution",
    "smbclient //fs1/pub -T c f": "unknown",
    "smbclient -s f -L //fs1": "caution",
    "smbclient //fs1/pub -c 'ls; del a'": "dangerous",
  },
  nearMisses: ["smbclient //fs1/pub", "smbclient //fs1/pub -c '!rm a'", "smbclient //fs1/pub -c $x"],
});

export const shareReaders = program({
  names: "showmount|rpcinfo|nmblookup|smbstatus|wbinfo|testparm|nfsidmap-show|smbtree|nbtscan|avahi-browse|avahi-resolve|lldptool-show",
  source: "showmount(8), rpcinfo(8); smbstatus(1), wbinfo(1), testparm(1), Samba 4.20; avahi-browse(1)",
  why: "shows shares, services or sessions",
  flags:
    "-a -A -b -B -C -d -e -f -h -i -l -L -m -M -n -N -p -P -r -R -s -S -t -T -u -v -V --all --directories --exports --no-headers --version --help --shares --processes --locks --brief --numeric --json --fast --parameter-name",
  values: "-U -g -G -Y --domain --section-name --separator",
  options: {
    "--set-auth-user|--change-secret|-c|--allocate-uid|--allocate-gid": { risk: "dangerous", why: "changes passwords or accounts" },
  },
  operands: "data*",
  unbounded: (inv) => inv.program === "avahi-browse" && !inv.has("-t"),
  targets: (inv) => [{ kind: "account", name: inv.operands[0]?.text ?? inv.program }],
  inspect: (inv, ctx) => {
    if (inv.program === "rpcinfo" && inv.has("-d")) ctx.report({ risk: "dangerous", why: "deletes the registration of a service" });
    if (inv.program === "wbinfo" && inv.has("-a")) ctx.report({ risk: "caution", sensitive: true, why: "tries a password" });
  },
  examples: {
    "showmount -e nfs1": "safe",
    "rpcinfo -p nfs1": "safe",
    "smbstatus --shares": "safe",
    "testparm -s": "safe",
    "avahi-browse -at": "safe",
    "avahi-browse -a": "caution",
    "wbinfo -a bob%x": "caution",
    "rpcinfo -d 100003 3": "dangerous",
    "wbinfo --change-secret x": "dangerous",
  },
  nearMisses: ["showmount $x", "rpcinfo --frob"],
});

export const exportfs = program({
  names: "exportfs",
  source: "exportfs(8), nfs-utils 2.6",
  why: "shows or changes what is exported",
  safer: "exportfs -v",
  risk: (inv) => {
    if (inv.has("-u")) return "dangerous";
    return inv.has("-a") || inv.has("-r") || inv.has("-i") || inv.has("-o") || inv.has("-f") || inv.operands.length > 0
      ? "caution"
      : "safe";
  },
  flags: "-a -d -f -i -r -s -u -v",
  values: "-o",
  operands: "data*",
  targets: (inv) => [{ kind: "export", name: inv.operands[0]?.text ?? "all" }],
  noInverse: "exportfs -ra exports again what /etc/exports says",
  examples: {
    exportfs: "safe",
    "exportfs -v": "safe",
    "exportfs -ra": "caution",
    "exportfs -o ro h:/srv": "caution",
    "exportfs -ua": "dangerous",
  },
  nearMisses: ["exportfs -uv h:/srv", "exportfs -f"],
});

const snmpOptions = "-v -c -u -l -a -A -x -X -n -e -E -Z -t -r -O -I -P -m -M -Y -3 -C -d -D -T -s -L -H -w -R";

export const snmpReaders = program({
  names:
    "snmpget|snmpgetnext|snmpwalk|snmpbulkget|snmpbulkwalk|snmptable|snmptranslate|snmpstatus|snmpdf|snmpnetstat|snmpdelta|snmpping|snmptest-get|snmpps",
  source: "snmpcmd(1), Net-SNMP 5.9",
  why: "asks a device for its values",
  values: snmpOptions.replace(" -d ", " ").replace(" -H ", " ").replace(" -L ", " "),
  options: {
    "-L": {
      check: (value) =>
        value.shape === "literal" && /^[eon]$/.test(value.text)
          ? undefined
          : { risk: "caution", why: "writes a log to a file or to the system", safer: "-Le", span: value.span },
      risk: "safe",
    },
  },
  noInverse: "delete the file",
  targets: () => [],
  flags: "-V -h -d -H --version --help",
  operands: "data*",
  answers: [1, 2],
  examples: {
    "snmpwalk -v2c -c public sw1 ifDescr": "safe",
    "snmpget -v 3 -u ro -l authPriv -a SHA -A x sw1 sysUpTime.0": "safe",
    "snmptranslate -On sysUpTime": "safe",
    "snmpwalk -Le -v2c -c public sw1": "safe",
    "snmpwalk -Lf log -v2c -c public sw1": "caution",
  },
  nearMisses: ["snmpwalk $x", "snmpwalk --frob sw1"],
});

export const snmpChanges = program({
  names: "snmpset|snmptrap|snmpinform|snmpusm|snmpvacm|snmpconf|encode_keychange",
  source: "snmpset(1), snmptrap(1), Net-SNMP 5.9",
  why: "sets a value of a device, or sends it a message",
  risk: (inv) => (/^snmp(usm|vacm)$/.test(inv.program) ? "dangerous" : "caution"),
  safer: "snmpget",
  anyOption: true,
  operands: "data*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "device", name: arg.text })),
  noInverse: "snmpget prints the value before; keep it",
  examples: { "snmpset -v2c -c private sw1 ifAdminStatus.3 i 2": "caution", "snmpusm -v3 -u a sw1 delete bob": "dangerous" },
  nearMisses: ["snmptrap -v2c -c public nms '' coldStart"],
});
