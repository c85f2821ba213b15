// salt: functions of modules on many machines. The function's name says whether it reads; cmd.run and the like carry shell text.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import type { Target } from "../../types.ts";
import { asksHelp, isWrittenOut, named, namedBy, switchedOn } from "./verb-kinds.ts";

const reads =
  /^(test\.(ping|version|versions|versions_report|echo|true|false|arg)|grains\.(items|item|get|ls|has_value|fetch)|status\.\w+|ps\.(top|psaux|num_cpus|cpu_percent|cpu_times|virtual_memory|swap_memory|disk_usage|disk_partitions|boot_time|get_pid_list|proc_info|total_physical_memory|pgrep|netstat|ss|lsof|status|network_io_counters|disk_io_counters|get_users)|disk\.(usage|inodeusage|percent|blkid|iostat)|pkg\.(version|list_pkgs|info_installed|owner|file_list|list_repos|get_repo|which|version_cmp)|service\.(status|get_all|get_running|get_enabled|get_disabled|available|missing|enabled|disabled|show)|network\.(ping|netstat|interfaces|ip_addrs|ip_addrs6|ipaddrs|active_tcp|arp|hw_addr|interface_ip|routes|default_route|dig|traceroute|get_hostname|get_fqdn|subnets|connect|is_private)|sys\.(doc|argspec|list_\w+|state_\w+|returner_\w+|runner_\w+|renderer_doc)|cmd\.(has_exec|which|which_bin)|file\.(file_exists|directory_exists|stats|get_hash|get_mode|get_user|get_group|readlink|contains|list_backups|lstat|access|is_link|check_hash|readdir)|state\.(show_sls|show_top|show_highstate|show_lowstate|show_states|show_low_sls|running|list_pauses|sls_exists|sls_id|id_exists)|saltutil\.(running|is_running|find_job|list_extmods)|system\.(get_computer_name|get_system_date|get_system_time|get_pending_reboot)|user\.(info|list_users|list_groups|getent|primary_group)|group\.(info|getent)|mount\.(active|fstab|swaps|is_mounted)|sysctl\.(show|get)|timezone\.get_(zone|offset|hwclock)|cron\.(list_tab|ls)|config\.(items|get|option)|minion\.(list|version)|lowpkg\.(list_pkgs|file_list|info)|locate\.locate|match\.\w+|docker\.(ps|images|info|version|inspect|logs|state)|zpool\.(status|list|iostat|healthy)|lvm\.(version|fullversion|pvdisplay|vgdisplay|lvdisplay)|smbios\.\w+)$/;
const secrets =
  /^(pillar\.\w+|config\.(items|get)|environ\.(items|get)|file\.(read|grep)|cp\.get_file_str|shadow\.info|tls\.\w+|sdb\.get|vault\.read_secret)$/;
const commands =
  /^(cmd\.(run|run_all|run_stdout|run_stderr|retcode|shell|run_bg|powershell|run_chroot|exec_code|exec_code_all|script|script_retcode)|dockerng\.\w+|docker\.(run|retcode)\w*)$/;
const destroys =
  /(^|\.)(remove|purge|delete|absent|destroy|rm|kill|pkill|kill_pid|reboot|shutdown|halt|poweroff|init|drop|flush|terminate|clear_cache|clear_job_cache|kill_job|kill_all_jobs|term_job|rmdir|mkfs|format|wipe|umount|swapoff|db_remove|user_remove|rm_special|rm_job|set_password|add_privs|chgrp|chown|uninstall|hard_reset|revoke|regen_keys|stop)$/;

/** The word of the function: behind the pattern of machines for salt, the first one for salt-call. */
function functionAt(inv: Invocation): number {
  return inv.program === "salt-call" ? 0 : 1;
}

function judgeFunction(inv: Invocation, ctx: RuleContext): void {
  if (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0)) return;
  const at = functionAt(inv);
  const word = inv.operands[at];
  if (inv.program === "salt-ssh" && inv.has("-r")) scanWords(inv.operands.slice(1), ctx);
  else if (word === undefined) ctx.report({ risk: "unknown", why: "names no function" });
  else if (word.shape !== "literal") ctx.report({ risk: "unknown", why: "the function is only known when it runs", span: word.span });
  else for (const name of word.text.split(",")) judgeName(name, inv, ctx);
}

function judgeName(name: string, inv: Invocation, ctx: RuleContext): void {
  if (reads.test(name)) return;
  if (secrets.test(name)) ctx.report({ risk: "caution", why: `${name} prints what may be secret`, sensitive: true });
  else if (commands.test(name)) {
    ctx.report(everyMachine(inv) ? wide(name) : { risk: "caution", why: "runs a command on the machines of the pattern" });
    scanWords(inv.operands.slice(functionAt(inv) + 1), ctx);
  } else if (destroys.test(name)) ctx.report({ risk: "dangerous", why: `${name} removes or stops something on every machine` });
  else ctx.report(everyMachine(inv) && !isTest(inv) ? wide(name) : { risk: "caution", why: `${name} changes machines` });
}

const wide = (name: string) => ({ risk: "dangerous" as const, why: `${name} reaches every machine at once`, safer: "name the machines" });

const isTest = (inv: Invocation): boolean => isWrittenOut(inv) && inv.operands.some((arg) => /^test=true$/i.test(arg.text));

const everyMachine = (inv: Invocation): boolean => inv.program !== "salt-call" && inv.operands[0]?.text === "*";

/** The first word that is no `name=value` is the command; `cmd=` may carry it too. */
function scanWords(args: readonly Arg[], ctx: RuleContext): void {
  for (const arg of args) if (!/^[a-z_]+=/.test(arg.head)) ctx.scanText(arg);
  if (args.some((arg) => /^(cmd|source|runas|python_shell|shell|prepend_path|env)=/.test(arg.head)))
    ctx.report({ risk: "unknown", why: "says in an argument what to run or as whom" });
}

const machines = (inv: Invocation): readonly Target[] =>
  inv.program === "salt-call" ? [] : inv.operands.slice(0, 1).map((arg) => ({ kind: "machines", name: arg.text }));

export const salt = program({
  names: "salt|salt-call|salt-ssh",
  source: "docs.saltproject.io, salt 3007, references of execution modules",
  why: "runs a function on every machine of the pattern",
  flags:
    "-E|--pcre -L|--list -G|--grain -P|--grain-pcre -C|--compound -N|--nodegroup -R|--range -I|--pillar -J|--pillar-pcre -S|--ipcidr -v|--verbose -s|--static --summary -p|--progress --hide-timeout --show-jid --show-timeout --failhard --local --no-color|--no-colour --force-color --metadata -r|--raw|--raw-shell -d|--doc|--documentation --async --retcode-passthrough -g|--grains --priv-passwd -i|--ignore-host-keys -t -W|--rand-thin-dir",
  values:
    "--out|--output --out-indent --output-indent --state-output --state-verbose --timeout -b|--batch|--batch-size --batch-wait --subset -l|--log-level --gather-job-timeout --args-separator --user --roster --id --max-procs",
  optional: "-h|--help --version --versions-report",
  options: {
    "-c|--config-dir|-m|--module-dirs|--file-root|--pillar-root|--states-dir|--roster-file": {
      risk: "unknown",
      why: "loads settings or code from a folder",
    },
    "--out-file|--output-file|--out-file-append|--log-file": { kind: "write", why: "writes a file" },
    "--return": { risk: "caution", why: "sends the answers to another place" },
    "-T|--make-token|--sudo": { arity: "flag", risk: "caution", why: "works as somebody else" },
    "-a|--auth|--eauth|--username|--password|--priv|--passwd": { risk: "caution", why: "works as somebody else" },
  },
  operands: "data*",
  inspect: judgeFunction,
  targets: machines,
  noInverse: "what the function changes is not recorded",
  examples: {
    "salt '*' test.ping": "safe",
    "salt -G os:Debian grains.item osrelease --out=json": "safe",
    "salt 'web*' service.status nginx": "safe",
    "salt 'web*' pillar.items": "caution",
    "salt 'web*' cmd.run uptime": "caution",
    "salt 'web*' cmd.run 'rm -rf /srv/x'": "dangerous",
    "salt '*' cmd.run 'systemctl stop web'": "dangerous",
    "salt web-1 state.apply nginx": "caution",
    "salt '*' state.apply nginx test=True": "caution",
    "salt '*' state.apply": "dangerous",
    "salt web-1 service.stop nginx": "dangerous",
    "salt-call --local grains.get os": "safe",
    "salt-call state.highstate": "caution",
    "salt-ssh web-1 -r 'rm -rf /x'": "dangerous",
    "salt -c /tmp/x '*' test.ping": "unknown",
    "salt '*' test.ping --out-file=/tmp/x": "caution",
    "salt --return mysql '*' test.ping": "caution",
    "salt -a pam '*' test.ping": "caution",
    "salt -T '*' test.ping": "caution",
    "salt --eauth=pam '*' test.ping": "caution",
  },
  nearMisses: ["salt '*'", "salt '*' \"$F\"", "salt '*' test.ping,cmd.run ,id", "salt '*' cmd.run cmd=id", "salt-call state.apply"],
});

const runnerReads =
  /^(manage\.(status|up|down|present|alived|versions|list_state)|jobs\.(list_jobs|list_job|lookup_jid|active|print_job|last_run|exit_success)|cache\.(grains|mine|list)|doc\.\w+|fileserver\.(file_list|envs|dir_list)|test\.\w+)$/;

export const saltRun = program({
  names: "salt-run|salt-cloud",
  source: "docs.saltproject.io, salt 3007, runner modules; salt-cloud(1)",
  risk: (inv) =>
    asksHelp(inv) ||
    (inv.program === "salt-cloud" &&
      ["-Q", "-F", "--list-locations", "--list-images", "--list-sizes", "--list-profiles"].some((name) => inv.has(name))) ||
    runnerReads.test(inv.operand(0) ?? "")
      ? "safe"
      : "caution",
  why: "runs a function of the master, or makes machines",
  flags: "-v|--verbose --no-color -Q|--query -F|--full-query -S|--select-query -y|--assume-yes -P|--parallel --async",
  values:
    "--out|--output -l|--log-level -t|--timeout --list-locations --list-images --list-sizes --list-profiles -p|--profile -m|--map -a|--action -f|--function",
  optional: "-h|--help --version",
  options: {
    "-d|--destroy": { arity: "flag", risk: "dangerous", why: "destroys machines" },
    "-H|--hard": { arity: "flag", risk: "dangerous", why: "destroys machines that are not in the map" },
    "-c|--config-dir": { risk: "unknown", why: "loads settings from a folder" },
  },
  operands: "name*",
  inspect: (inv, ctx) => {
    if (
      /\.(kill|delete|clean|clear|remove|purge|destroy|safe_accept|bootstrap|reboot|key_regen|reap)/.test(inv.operand(0) ?? "") ||
      inv.operands.some((arg) => /^removekeys=/.test(arg.text)) ||
      /^(salt\.cmd|salt\.execute|ssh\.cmd)$/.test(inv.operand(0) ?? "")
    )
      ctx.report({ risk: "dangerous", why: "removes something, or runs what it is given" });
  },
  targets: named("job"),
  noInverse: "what the function changes is not recorded",
  examples: {
    "salt-run manage.down": "safe",
    "salt-run manage.down removekeys=True": "dangerous",
    "salt-run jobs.lookup_jid 20260101": "safe",
    "salt-run state.orchestrate deploy": "caution",
    "salt-run cache.clear_all": "dangerous",
    "salt-cloud -Q": "safe",
    "salt-cloud -d web-1": "dangerous",
    "salt-cloud -m x.map -H": "dangerous",
    "salt-run -c /tmp/x manage.up": "unknown",
  },
  nearMisses: ["salt-run", "salt-cloud -p small web-1"],
});

export const saltKey = program({
  names: "salt-key",
  source: "salt-key(1), salt 3007",
  risk: (inv) => (["-L", "-F", "-f"].some((name) => inv.has(name)) || asksHelp(inv) || inv.options.length === 0 ? "safe" : "unknown"),
  why: "lists or decides which machines belong to the master",
  flags:
    "-L|--list-all -F|--finger-all -q|--quiet -y|--yes --include-all --include-accepted --include-rejected --include-denied --no-color",
  values: "-l|--list -f|--finger --out|--output --log-level",
  optional: "-h|--help --version",
  options: {
    "-a|--accept": { risk: "dangerous", why: "lets a machine in: it gets secrets from then on" },
    "-A|--accept-all": { arity: "flag", risk: "dangerous", why: "lets every machine in" },
    "-r|--reject|-d|--delete": { risk: "dangerous", why: "throws a machine out" },
    "-R|--reject-all|-D|--delete-all": { arity: "flag", risk: "dangerous", why: "throws every machine out" },
    "-p|--print": { risk: "safe" },
    "-P|--print-all": { arity: "flag", risk: "safe" },
    "--gen-keys|--gen-signature": { risk: "caution", why: "writes keys" },
    "-c|--config-dir": { risk: "unknown", why: "loads settings from a folder" },
  },
  operands: "none",
  targets: namedBy("machine", "-a", "-d", "-r"),
  noInverse: "salt-key -d takes a machine out",
  examples: {
    "salt-key -L": "safe",
    "salt-key -f web-1": "safe",
    "salt-key -L -P": "safe",
    "salt-key -L -p x": "safe",
    "salt-key -a web-1": "dangerous",
    "salt-key -A -y": "dangerous",
    "salt-key -d web-1": "dangerous",
    "salt-key -D": "dangerous",
    "salt-key --gen-keys=x": "unknown",
    "salt-key -L -c /tmp/x": "unknown",
  },
  nearMisses: ["salt-key -LA", "salt-key --del web-1"],
});
