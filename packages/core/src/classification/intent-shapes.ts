// Programs with sub-commands or operands that decide: the shapes that only look. The rest of a command, a blank before each word and one at
// the end, must match from its beginning. Data only, from the programs' manuals, independent of the scanner. Part of the intent advisor.

const CEPH_WORDS =
  "-s|-v|--version|status|health(?: detail)?|df(?: detail)?|quorum_status|versions|features|fsid|report|log last(?: \\S+)*|progress|time-sync-status|insights|node ls|service (?:dump|status)" +
  "|osd (?:tree|df|ls|dump|stat|perf|find|metadata|utilization|status|versions|map|pool (?:ls|stats|get|autoscale-status)|blocked-by|getmaxosd|lspools|ok-to-stop|safe-to-destroy|blocklist ls|crush (?:dump|tree|rule (?:ls|dump)|class ls))(?: \\S+)*" +
  "|mon (?:stat|dump|metadata|versions)|mgr (?:stat|dump|services|module ls|metadata|versions)|mds (?:stat|metadata|versions)|pg (?:stat|dump\\w*|ls[-\\w]*|map|\\S+ query)(?: \\S+)*" +
  "|fs (?:ls|status|dump|get|volume ls|subvolume ls)(?: \\S+)*|orch (?:ls|ps|status|host ls|device ls)(?: \\S+)*|config (?:get|dump|show|ls|help|log)(?: \\S+)*|balancer (?:status|eval)|crash (?:ls|stat|info)(?: \\S+)*|device (?:ls|info)(?: \\S+)*";
const APACHE = "(?:-S|-t|-M|-v|-V|-l|-L|configtest|status|fullstatus|(?:-t )?-D DUMP_\\w+)";
const HADOOP =
  "(?:(?:dfs|fs) -(?:ls|du|df|count|cat|text|stat|checksum|help|test|find)\\b.*|dfsadmin -(?:report|printTopology|safemode get|listOpenFiles|help)\\b.*|fsck \\S+(?: -(?:files|blocks|locations|racks|list-corruptfileblocks|openforwrite))*|version|haadmin -(?:getServiceState|getAllServiceState|checkHealth)\\b.*)";
const NPM =
  "(?:-v|--version|-h|-l|(?:list|ls|ll|la|view|info|show|v|outdated|why|explain|search|s|se|find|help|help-search|root|bin|prefix|ping|whoami|stars|sbom|fund|query|doctor|licenses|get|pkg get|pack --dry-run|(?:config|c) (?:list|ls|get)|cache (?:ls|list|dir)|owner (?:ls|list)|team (?:ls|list)|access (?:list|ls|get)\\S*|profile get|dist-tags? (?:ls|list)|org ls|token list|audit(?! .*fix| signatures fix)|version(?= $))(?: .*)?)";
const PIP =
  "(?:list|freeze|show|check|inspect|search|index|help|hash|debug|version|config (?:list|get|debug)|cache (?:dir|info|list)|--version|-V|-h|--help)(?: .*)?";
const TERRAFORM =
  "(?:-chdir=\\S+ )?(?:show(?!.* -json)|output(?!.* -(?:json|raw))|version|validate|graph|modules|metadata functions|providers(?! (?:lock|mirror))|plan(?!.* -(?:out|generate-config-out))|state (?:list|show)|workspace (?:list|show)|fmt(?=.* -(?:check|write=false))|-?-?help|-v|-version|--version)(?: .*)?";
const SIMULATED = "(?:.* )?(?:-s|--simulate|--dry-run|--just-print|--no-act|--recon)(?: .*)?";
const RPM_MANAGER =
  "(?:(?:-[Cqv]|--(?:quiet|cacheonly|enablerepo|disablerepo|repo|releasever|noplugins|showduplicates)(?:=\\S+)?) )*(?:list|info|search|repoquery|repolist|repoinfo|check-update|provides|whatprovides|deplist|updateinfo|grouplist|check|history(?: (?:list|info|userinstalled)(?: \\S+)*)?(?= $)|group (?:list|info|summary)|module list|--version)(?: (?!--setopt)\\S+)*";
const RCLONE =
  "(?:-\\S+ )*(?:ls|lsl|lsd|lsf|lsjson|size|about|check|md5sum|sha1sum|cat|version|listremotes|tree|cryptcheck)(?: (?!--(?:combined|missing|match|differ|error|rc)).*)?";
const VAULT =
  "(?:-(?:address|namespace|format|ca-cert|tls-server-name)[= ]\\S+ )*(?:status|version|-version|(?:secrets|auth|audit|policy|plugin|namespace) list|policy read|operator (?:members|raft list-peers|raft autopilot (?:state|get-config)|key-status)|token capabilities|path-help|list|kv list|kv metadata get|read (?:-format=\\w+ )?sys/\\S+)(?: (?!.*(?:-field|creds)).*)?";

const SHAPES_BY_PROGRAM: Readonly<Record<string, string>> = {
  "aa-status": ".*",
  amtool:
    "(?:--\\S+ )*(?:alert|silence)(?: query)?(?: (?!add|expire|import|update).*)?|(?:--\\S+ )*(?:config (?:show|routes(?: (?:show|test)\\b.*)?)|check-config \\S+|cluster show)(?: --\\S+)*",
  "apt-cache": "(?:-\\S+ )*(?:policy|show|showpkg|showsrc|search|depends|rdepends|madison|stats|pkgnames|unmet|dotty)(?: .*)?",
  "apt-config": "dump(?: \\S+)*",
  "apt-get": SIMULATED,
  "apt-key": "list|finger",
  "apt-mark": "show\\w+(?: \\S+)*",
  apachectl: APACHE,
  apache2ctl: APACHE,
  ar: "-?[tpv]*t[tv]*(?: .*)?",
  atq: ".*",
  bpftrace: "-l(?: .*)?|--info|--version",
  brew: "(?:info|desc|deps|list|ls|leaves|uses|search|config|doctor|outdated|missing|casks|formulae|commands|cat|log|options|home --\\S+|tap-info|which-formula|help|shellenv|analytics(?: state)?(?= $)|--?\\w[-\\w]*)(?: .*)?",
  ceph: `(?:(?:(?:-f|--format|--cluster|--connect-timeout)[= ]\\S+ )*(?:${CEPH_WORDS})(?: (?:-f|--format)[= ]\\S+)*)`,
  chronyc: "(?:-[cnN46v]+ )*(?:tracking|sources|sourcestats|activity|ntpdata|serverstats|clients|rtcdata|selectdata|authdata)(?: -\\S+)*",
  chrt: "-p \\d+|-m",
  command: "-[vV] .*",
  consul:
    "(?:members|info|rtt|catalog \\S+|version|validate|kv get|operator (?:raft list-peers|autopilot (?:state|get-config))|acl (?:policy|role|auth-method|binding-rule) (?:list|read)|intention (?:list|check|get|match)|config (?:list|read)|snapshot inspect|keyring -list|--?version)(?: .*)?",
  "corosync-cfgtool": "-s|-n|-b",
  cpupower: "(?:-c \\S+ )?(?:frequency-info|idle-info|monitor|info)(?: .*)?",
  cryptsetup: "(?:luksDump(?!.* --dump)|status|isLuks|luksUUID|--version)(?: .*)?",
  dd: "(?:(?:if|bs|ibs|count|skip|status|iflag)=\\S+|of=/dev/null)(?: (?:(?:if|bs|ibs|count|skip|status|iflag)=\\S+|of=/dev/null))*",
  dnf: RPM_MANAGER,
  diskutil: "(?:list|info|listFilesystems)(?: \\S+)*",
  drill: ".*",
  etcdctl:
    "(?:--?\\w[\\w-]*(?:=\\S+| (?!--?|endpoint|member|get|alarm)\\S+)? )*(?:endpoint (?:health|status|hashkv)|member list|get|alarm list|--?version|version|user list|role list|auth status|lease list|snapshot status)(?: .*)?",
  exim: "-bp\\w*",
  "firewall-cmd":
    "--(?:list-\\S+|get-\\S+|query-\\S+|state|info-\\S+|zone=\\S+|permanent|version|path-\\S+)(?: --(?:list-\\S+|get-\\S+|query-\\S+|info-\\S+|zone=\\S+|permanent))*",
  fping: "-\\S*c \\d+ .*|-[aqu]+ .*",
  getcap: ".*",
  getfattr: ".*",
  gluster:
    "(?:peer status|pool list|volume (?:info|status|list)(?: \\S+)*|volume heal \\S+ info\\b.*|snapshot (?:list|info|status)(?: \\S+)*)",
  go: "(?:version|env(?! .*-[wu])|list(?!.* -(?:exec|toolexec|u|mod=mod|export|compiled))|doc|help|mod (?:graph|why|verify))(?: .*)?",
  hadoop: HADOOP,
  haproxy: "-c(?: -[fV](?: \\S+)?)*|-vv?",
  hdfs: HADOOP,
  hostnamectl: "(?:status|--json=\\S+|--static|--pretty|--transient)?",
  http: "(?:(?:-[bhvFI]+|--(?:headers|body|check-status|ignore-stdin|follow|print=\\S+|timeout=\\S+)) )*(?:GET |HEAD )?[\\w:/.][\\w:./?&=%-]*(?: [\\w-]+:[\\w./-]+| \\w+==\\S+)*",
  httpd: APACHE,
  ifconfig: "(?:-[avs]+ )*(?:\\w\\S*)?",
  ionice: "-p \\d+",
  ip: "(?:-(?:[46sdhjpotcrNV0]|br\\w*|d\\w+|json|pretty|stat\\w*|color\\S*|(?:family|f|n|netns|loops) \\S+|oneline|rc\\S*|time\\w*|human\\S*|resolve|all|iec|Version)(?: |$))*(?:a|ad|add|addr|addre|addres|address|l|li|lin|link|r|ro|rou|rout|route|ru|rul|rule|n|ne|nei|neigh|neighbou?r|m|maddr\\w*|mr\\w*|netn\\w*|tunt\\w*|tuntap|tun|tunnel|ntable|ntbl|netc\\w*|tcp_?m\\w*|token|macsec|vrf|xfrm \\w+|mptcp \\w+|help|addrlabel|fou|l2tp|sr|st\\w*|stats)?(?: (?:s|sh|sho|show|l|li|lis|list|ls|lst|g|get|help|identify|pids)(?: .*)?)?",
  ipcalc: ".*",
  ipmitool:
    "(?:-[IHULp] \\S+ |-[Ev] )*(?:sel (?:list|elist|info)(?: \\S+)*|sdr(?: (?:list|elist|type|info))?(?: \\S+)*|sensor(?: (?:list|get \\S+))?|chassis (?:status|power status|poh|selftest)|power status|mc (?:info|selftest|guid)|fru(?: (?:print|list))?(?: \\d+)?|lan print(?: \\d+)?|dcmi power reading)",
  iw: "(?:dev(?: \\S+ (?:link|info|station dump|survey dump))?|list|phy(?: \\S+ info)?|reg get)",
  java: "--?version",
  jcmd: "(?:\\S+ (?:Thread\\.print|VM\\.(?:flags|uptime|version|command_line|info|native_memory)|GC\\.(?:heap_info|class_histogram|finalizer_info)|help|PerfCounter\\.print)(?: \\S+)*|-l)?",
  jinfo: "(?:-flags |-flag [A-Za-z]\\w* )?\\d+",
  keytool: "-(?:list|printcert|printcertreq|printcrl)(?!.* -rfc)(?: .*)?",
  kill: "-0 \\d+|-l(?: \\S+)?",
  kubeadm: "(?:upgrade plan|version(?: -o \\w+)?|config (?:view|images list)|certs check-expiration)(?: --\\S+)*",
  loginctl: "(?:list-\\w+|show-\\w+|(?:session|user|seat)-status|status)?(?: \\S+)*",
  localectl: "(?:status|list-\\S+)?(?: \\S+)*",
  logcli: "(?:labels|series|query|instant-query|stats|volume|volume_range)(?!.* (?:--tail|-f\\b|--parallel|--part))(?: .*)?",
  mcelog: "--client",
  megacli:
    "(?:-(?:LDInfo|PDList|AdpAllInfo|AdpBbuCmd|GetBbuStatus|EncInfo|CfgDsply|LDPDInfo|ShowSummary|Lall|L\\d|aAll|a\\d|NoLog)(?: |(?= $)))+",
  mount: "(?:-t \\S+ )?(?:-l)?",
  mysqladmin:
    "(?:-(?:[hPuSi] ?\\S+|c ?\\d+|[srvp])\\s|--\\w[-\\w]*(?:=\\S+)?\\s)*(?:processlist|proc|status|extended-status|ping|version|variables)(?: (?:-[ic] ?\\d+|--verbose|-v|-[rs]))*",
  needrestart: "(?:-(?:[bkpvl]+|r l|m \\w) )*-(?:[bkpvl]+|r l)",
  nft: "(?:-(?:[anjs]+|-json|-handle|-numeric|-stateless) )*list .*|-c -f \\S+",
  nmap: "(?:-(?:p ?\\S+|Pn|sT|sS|sn|n|v+|T\\d|F|4|6|-open|-top-ports \\d+|-reason) )*\\w[\\w.:/-]*(?: \\w[\\w.:/-]*)*",
  nodetool:
    "(?:-[hpu] \\S+ )*(?:status|info|ring|tpstats|compactionstats|tablestats|cfstats|tablehistograms|cfhistograms|proxyhistograms|gossipinfo|netstats|describecluster|describering|getendpoints|getsstables|version|failuredetector|getlogginglevels|listsnapshots|getcompaction\\w+|viewbuildstatus|toppartitions|rangekeysample|datapaths|statusgossip|statusbinary|statusbackup|statushandoff)(?: .*)?",
  npm: NPM,
  numactl: "-s|-H|--show|--hardware",
  nvme: "(?:list|list-subsys|list-ns|list-ctrl|smart-log|id-ctrl|id-ns|error-log|fw-log|effects-log|show-regs|version|help|ana-log|endurance-log|self-test-log)(?: .*)?",
  perf: "list(?: .*)?|report(?=.* --stdio).*|--?version",
  "ovs-ofctl": "(?:-O \\S+ )?(?:show|dump-\\S+|queue-stats)(?: \\S+)*",
  "ovs-vsctl": "(?:show|list-\\w+|list|get|br-exists|find)(?: (?!-)\\S+)*",
  pacman: "-(?:Q[a-z]*|S[sigl]+|F[slx]*|V|T)(?: .*)?",
  parted:
    "(?:-[sml]+ |--script |--list )+(?:/dev/\\S+ )?(?:unit \\S+ )?(?:print(?: (?:free|list|all|devices|\\d+))?|align-check \\w+ \\d+)?",
  passwd: "-S(?: \\S+)?",
  pcs: "(?:status|config|resource (?:status|config|list)|stonith (?:status|config|history show)|constraint(?: (?:list|config))?|cluster status|quorum (?:status|config)|property(?: (?:config|list|show))?|node attribute)(?: [\\w-]+)*",
  pip: PIP,
  pip3: PIP,
  pnpm: NPM,
  prlimit: "--pid[ =]\\d+(?: --\\w+)*",
  pulumi:
    "(?:stack(?: (?:output(?: (?!-)\\S+)?|ls|graph|history)(?!.* --show-secrets))?|whoami|version|about|plugin ls|policy ls|config)(?: --?(?!set)\\S+)*",
  "py-spy": "dump(?!.* (?:--locals|-l))(?: .*)?",
  rabbitmqctl: "(?:-[nq] ?\\S* )*(?:list_\\w+|status|cluster_status|report|environment|ping|version|await_startup|help)(?: .*)?",
  "rabbitmq-diagnostics":
    "(?:-[qs] )*(?:check_\\w+|status|ping|memory_breakdown|listeners|cluster_status|alarms|server_version|is_\\w+|list_\\w+|runtime_thread_stats|report|environment|maybe_stuck)(?: .*)?",
  "rabbitmq-plugins": "(?:list|directories|is_enabled)(?: .*)?",
  rabbitmqadmin: "(?:-\\w \\S+ |--\\w+=\\S+ )*(?:list|show) .*",
  rclone: RCLONE,
  restic:
    "(?:-r \\S+ |--repo[= ]\\S+ |--no-lock |--no-cache |-q |--json |--password-file[= ]\\S+ )*(?:snapshots|stats|ls|find|diff|check|version|list)(?: .*)?",
  route: "-[nev46]+|",
  salt: "(?:'?\\S+'? )(?:test\\.(?:ping|version)|grains\\.(?:get|item|items|ls)|pkg\\.(?:version|list_pkgs)|service\\.status|disk\\.usage|status\\.\\w+)(?: \\S+)*",
  scontrol: "(?:show|ping|version)(?: .*)?",
  service: "--status-all|[\\w.@-]+ status",
  snap: "(?:list|info|find|changes|version|services|connections|interfaces|known|warnings|model)(?: .*)?",
  stern: "(?=.*--no-follow)(?!.*(?:--exec|--template-file|--kubeconfig)).*",
  svn: "(?:info|log|status|st|stat|diff|di|list|ls|cat|blame|praise|help)(?: .*)?",
  taskset: "-c?pc? \\d+",
  tee: "(?:/dev/std(?:err|out)|/dev/null|\\$\\(\\))?",
  terraform: TERRAFORM,
  timedatectl: "(?:status|show(?: -p \\w+)?|timesync-status|show-timesync|list-timezones)?(?: -\\S+)*",
  tofu: TERRAFORM,
  umount: "--?version|--help",
  vault: VAULT,
  vgcfgrestore: "--list \\S+",
  virsh:
    "(?:-c \\S+ |-q |-r )*(?:list|dom(?:info|state|blklist|iflist|ifaddr|stats|memstat|blkinfo|blkstat|ifstat|jobinfo|name|id|uuid)|dumpxml(?!.*--security-info)|net-(?:list|info|dumpxml|dhcp-leases)|pool-(?:list|info)|vol-(?:list|info)|node(?:info|memstats|cpustats)|snapshot-(?:list|info)|vcpu(?:info|count)|version|capabilities|hostname|uri)(?: .*)?",
  visudo: "-c(?: .*)?",
  vtysh: "(?:-c show (?:(?!-c).)*)+",
  xh: "(?:(?:-[bhv]+|--(?:headers|body)) )*(?:GET |HEAD )?[\\w:./?&=%-]+(?: [\\w-]+:[\\w./-]+| \\w+==\\S+)*",
  yarn: `(?:${NPM}|(?:application|node|app) -(?:list|status)\\b.*)`,
  yum: RPM_MANAGER,
  zfs: "destroy -\\w*n\\w* \\S+|(?:list|get|diff|holds|version|userspace|groupspace|projectspace)(?: .*)?",
  zpool: "(?:iostat|status|list|history|get|version)(?: (?!-c)\\S+)*",
  zypper:
    "(?:--(?:no-refresh|non-interactive|quiet|xmlout) |-[nqx] )*(?:se|search|info|if|list-updates|lu|repos|lr|packages|pa|patches|pch|products|pd|services|ls|list-patches|lp|what-provides|wp|patch-check|pchk|locks|ll|ps|targetos|versioncmp|licenses)(?: .*)?",
};

/** Programs whose sub-commands are too irregular for verbs: the shapes that only look. */
export const SHAPES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(SHAPES_BY_PROGRAM).map(([program, shape]) => [program, new RegExp(`^ (?:${shape}) ?$`, "s")] as const),
);

/** Programs that are read by their verbs, and shapes of them that only look although a verb says otherwise or none is known. */
export const ALSO_READS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    ansible: /(?<!^| -\w) --list-hosts(?: |$)/,
    "ansible-playbook": /(?<!^| -\w| --[\w-]+) --(?:list-(?:hosts|tasks|tags)|syntax-check)(?: |$)/,
    argocd: /^ (?:--\S+ )*app (?:wait|resources|manifests|list|history|diff) (?!.*refresh)/,
    aws: /^ (?:--\S+ \S+ )*[\w-]+ wait [\w-]+ |^ (?:--\S+ \S+ )*s3 cp s3:\/\/\S+ -(?: --(?:quiet|no-progress|region \S+|profile \S+))* $/,
    az: /^ rest (?!.*(?:--body|-b |listKeys|listSecrets))(?=.*--method get ).*$|^ storage blob url /i,
    etcdutl: /^ (?:--\S+ )*(?:snapshot status|version)\b/,
    filebeat: /^ test (?:config|output)\b/,
    flux: /^ export (?:source|kustomization|helmrelease|alert|image)\b/,
    helm: /^ (?:template|lint) (?!.*(?:--output-dir|--post-renderer|--kubeconfig)).*$/,
    hubble: /^ observe (?!.*(?:--follow|-f\b)).*$/,
    istioctl: /^ (?:proxy-status|ps|pc|proxy-config|analyze|x describe)(?: (?!log |.*--level).*)? ?$/,
    kops: /^ update cluster (?!.*--yes)(?!.*--(?:out|create-kube-config|admin))\S+(?: --\S+)* $/,
    kubectl: /^ (?:(?:annotate|label) \S+ \S+ --list|set env \S+ --list|apply view-last-applied \S+(?: \S+)*) $|^ wait (?:.* )?--for=/,
    kustomize: /^ build (?!.*(?:--enable-helm|--enable-exec|--output| -o)).*$/,
    linkerd: /^ (?:viz )?(?:stat|top|edges|routes|check|version)\b(?!.*--wait=0)/,
    oc: /^ adm (?:upgrade|node-logs (?!.*(?: -f|--follow)).*|top .*) $/,
    podman: /^ generate kube \S+ $/,
    systemctl: /^ (?:--(?:failed|no-pager|all|type=\S+|state=\S+|plain|no-legend) )+$|^ --user (?:status|list-units|show|is-active)\b/,
  }),
);
