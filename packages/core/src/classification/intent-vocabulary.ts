// The intent advisor's own words: verbs that only look, verbs that change, programs that only print, and the options that betray a program.
// Data only. Written without the scanner's tables on purpose: two keys cut from one pattern would open together.

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Verbs that ask. A hyphenated verb counts by its first part (`describe-instances`). */
export const READING = set(`
  api-resources api-versions audit blame can-i cat cat-file check checks cluster-info commands compare contains count describe details detect diff dig docs
  df du estimate events evaluate exists explain explore filter find get getall getinfo graph grep head help history hunt
  info inspect is is-active is-enabled is-failed kustomize list listall ll logs logfile lookup ls man match
  options outdated overview peek ping pkgid preview print ps query read read-manifest readall recent recommend report review-diff
  scan schema screen search searchall select show showpkg slowlog stat state stats status statuses summarize summary tail template   top trace tree uptime usage validate verify version view what-if whatchanged which who whoami why locate-project list-all assess information
 log lint current-context completion port services wait `);

/** Names of things that are listed when they stand last and alone (`docker images`, `heroku apps`). */
export const LISTED = set(`
  accounts addons aliases api-resources apps buckets casks clusters collections config contexts databases dbs deployments domains drives env formulae images indices instances jobs keys leaves members
  modules nodes notes outputs packages pods ports projects providers regions releases repos roles services shards snapshots spaces stacks stars streams tasks teams topics
  users versions volumes zones output licenses metadata root bin sbom configurations system settings get-versions limits drives output-list hash dir
`);

/** `batch-get-item`, `admin-list-groups`: the reading verb stands second. */
export const READING_COMPOUND = /^(?:batch|transact|admin|bulk)-(?:get|list|describe|read|check)\b|^field-list$|^item-list$|^net-list$/;

/** Verbs that change something, send something out or run something. One of them anywhere but in an option's value turns no key. */
export const CHANGING = set(`
  call ack rsync ssh seek lease test watch simulate-maintenance-event set-policy sign-blob sign-jwt abandon-instances recreate-instances promote-replica
  get-credentials get-login get-login-password get-session-token fmt portforward port-forward proxy attach rewrite-config chaos stash package review pr-review
  abandon abort accept acknowledge acl-set activate add add-tags adopt advance allocate allow am annotate append apply approve archive assign assoc associate assume attach authorize autoclean autoremove auto-scale autoscale backfill
  ban begin bind bisect block bootstrap branch-delete build bulk bump bury buy cancel capture change chmod chown checkin checkout cherry-pick chroot clean cleanup clear clone close commit compact complete
  compress config-set configure confirm connect convert copy cordon cp create create-or-update cutover deactivate deallocate debug decommission decrypt dedupe defragment del delete demote deny deploy deprecate deprovision
  deregister destroy detach develop disable disassociate discard disconnect dispatch dissociate download drain drop duplicate edit eject emulate enable encrypt enroll enqueue erase evict exec execute expand expire
  expose extend extract fail failback failover fetch fix flush flushall flushdb flushdb force force-delete fork format freeze-set fsck garbage-collect gc generate grant halt ignore import increase incr init initialize initiate inject insert install
  invalidate invite invoke issue-certificate join kill label launch leave load lock-set log-out login logout loosen lpush mark merge migrate mirror modify mount mount-disk move mv new nuke offline online open-session
  pack park partition patch-instances pause peer perform pin post power-off power-on poweroff prepare prevent promote propose protect provision prune publish pull purge push put quarantine queue-purge quit raise re-encrypt re-run reactivate reapply reassign
  rebalance rebase reboot rebuild receive reclaim reconcile recover recreate recycle redeploy redo redrive refresh refresh-token regenerate register reimage reindex reinit reinstall reject reload relocate remediate remote-add remove
  rename renew reopen repair replace replicate repo-add request requeue rerun rescan resend reserve reset reset-password resize resolve respond restart restore restrict resume retag retire retry return revert revoke rewrite rewind rm rmi rmdir roll rollback
  rotate run-command run-instances run-task sadd save scale schedule seal send set set-env set-image shutdown sign sleep-node snap spawn split squash stage start stash-drop step-down stop submit subscribe suspend swap switch
  sync tag-resource taint terminate terminate-instances thaw toggle touch train transfer transition trigger trim truncate trust turn-off unapply unarchive unassign unassociate unban unbind unblock uncordon undelete undeploy undo
  unenroll unfreeze uninstall unlink unlock unmap unmask unmount unpark unpause unpeer unpin unprotect unpublish unquarantine unregister unseal unset unsubscribe unsuspend untag untaint update update-index upgrade upload upsert use vacuum
  wipe withdraw write x xadd yank zap reset-offsets step-up mask preset-all daemon-reload daemon-reexec isolate rescue emergency default reenable link-unit start-session send-command export-snapshot
`);

/** Changing words that are also the name of a thing: no verb when a reading verb follows at once (`gh run list`, `az snapshot show`). */
export const ALSO_NOUNS = set(`
  run release snapshot backup lock tag label image link mount test deployment rollout patch job order queue stack request invite replication schedule commit issue mirror
  partition deploy load disk trust monitor config transaction authorize restore format
`);

/** Programs that print, compare or compute and do nothing else, whatever their operands; options that betray them are below. */
export const PRINTING = set(`
  ack ag arch awk cd mount base64 basename bat cal cat cksum cmp column comm cut date df diff dig dirname dmesg du echo egrep exa expand expr eza false fd fdfind fgrep file find findmnt fmt fold free gawk getconf getent grep groups
  hash head hexdump host hostid id ifconfig iostat jobs join journalctl jq last lastlog less locate logname look ls lsattr lsblk lscpu lsmod lsns lsof lspci lsusb man mawk md5sum more mpstat mtr namei nawk netstat nl nm nproc nslookup
  numfmt od paste pathchk pgrep pidof pidstat ping ping6 plocate pmap printenv printf ps pstree ptx pwd readelf readlink realpath rev rg ripgrep sar sed seq sha1sum sha224sum sha256sum sha384sum sha512sum size sleep sort ss stat
  strings sum tac tail test top tr tracepath traceroute tree true tty type uname unexpand uniq uptime users vdir vmstat w wc whatis whereis which who whoami whois xxd yq zcat zgrep zless zmore sysctl hostname curl wget tar unzip gzip
  gunzip zipinfo xzcat bzcat zstdcat lz4cat getfacl getcap locale lsb_release nvidia-smi sensors numastat slabtop blkid env ulimit umask history help command [ : let
  lipo otool xattr plutil pkgutil sw_vers system_profiler mdls ioreg vm_stat dscl file7z 7z 7za 7zr 7zz less zipgrep sqlite3 duckdb mysql psql sqlcmd mariadb openssl ansible-doc ansible-inventory ansible-config
`);

/** What must be there for a program of several trades to count as printing; searched in the words joined by blanks, a blank at each end. */
export const PRINTS_WITH: Readonly<Record<string, RegExp>> = {
  curl: / \S/,
  duckdb: /\b(?:select|explain|show|describe|summarize|from|pragma)\b/i,
  gunzip: / (?:-[a-zA-Z]*[cltV]|--(?:stdout|to-stdout|list|test|help|version)\b)/,
  gzip: / (?:-[a-zA-Z]*[cltV]|--(?:stdout|to-stdout|list|test|help|version)\b)/,
  mariadb: /\b(?:select|explain|show|describe|desc)\b| (?:--help|--version|-V|-\?) /i,
  mysql: /\b(?:select|explain|show|describe|desc)\b| (?:--help|--version|-V|-\?) /i,
  openssl: / (?:version|help|list|s_client|x509|verify|ciphers|crl|asn1parse|rsa|ec|pkey|req|speed|prime|errstr|pkcs12)\b/,
  psql: /\b(?:select|explain|show|with|values)\b|\\(?:d|l|z|s|conninfo|x|timing|dt|du)| (?:-l|--list|--help|--version|-V|-\?) /i,
  sqlcmd: /\b(?:select|explain|show|sp_help\w*)\b| (?:--help|--version|-h|-\?) /i,
  sqlite3:
    /\b(?:select|explain|pragma \w+(?!\s*=)|with)\b|\.(?:tables|schema|databases|indexes|indices|dbinfo|show|stats)| (?:--?help|--?version) /i,
  tar: / (?:-?[a-zA-Z]*t[a-zA-Z]*|--list|--help|--version|--usage) /,
  unzip: / (?:-[a-zA-Z]*[lvtZz12]|-h+|--help)/,
  wget: / (?:--(?:spider|version|help)\b|-h\b|-V\b|-q?O ?-)/,
};

const SQL_CHANGES =
  /\b(?:insert|update|delete|drop|create|alter|truncate|grant|revoke|copy|call|do|set|vacuum|analyze\s+\w|reindex|cluster|refresh|lock|comment|reassign|into|nextval|setval|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_\w*(?:promote|switch|rotate|create|drop|advance|import)\w*|lo_\w+|notify|merge|begin|import|reset|replace|load|kill|rename|flush|attach|detach|install|load_extension|writefile|readfile|edit|(?<!-)exec(?:ute)?|shutdown|checkpoint|outfile|dumpfile|sleep|for\s+(?:update|share)|dblink\w*)\b|\\(?:!|copy|o|i|g|w|e|cd|lo_|gexec|system|source)/i;

/** A statement that begins as a question and holds no changing word. */
export function asksInSql(text: string): boolean {
  return (
    /^\s*(?:select|show|explain|describe|desc|with|values|\\(?:d\S*|l|x|timing|conninfo))\b/i.test(text) &&
    !SQL_CHANGES.test(text.replace(/'(?:[^']|'')*'/g, "''"))
  );
}

/** Options and operands that make a printing program do more; searched as above. */
export const BETRAYING: Readonly<Record<string, readonly RegExp[]>> = {
  "7z": [/ (?:a|d|e|x|u|rn) /],
  "7za": [/ (?:a|d|e|x|u|rn) /],
  "7zr": [/ (?:a|d|e|x|u|rn) /],
  "7zz": [/ (?:a|d|e|x|u|rn) /],
  "ansible-config": [/ init\b/],
  "ansible-inventory": [/ --output/],
  mount: [/\S/],
  arch: [/ -\w+ \S/],
  awk: [
    /system\s*\(|getline|print[^|;}]*(?:\||>\s*"(?!\/dev\/))|printf?[^;}]*>\s*[a-z$]|\s-i\s|\s-f\b|\s--(?:file|include|exec|load)\b|\s-[lE]\b|\|&/,
  ],
  base64: [/ (?:-o|--output)/],
  bat: [/ --pager| cache /],
  curl: [
    / (?!-o \/dev\/null|--output \/dev\/null)(?:-[a-zA-Z]*[dFToOKcJQtD]|--(?:data\S*|form\S*|upload-file|output|remote-name\S*|json|config|quote|cookie-jar|dump-header|create-dirs|trace\S*|libcurl|stderr|telnet-option|mail-\S*|etag-save|hsts|alt-svc|output-dir|ftp-\S*))(?:[ =]|\S)/,
    / (?:-X|--request)[ =]?["']?(?!(?:GET|HEAD|OPTIONS)\b)[a-z]+/i,
  ],
  date: [/ (?:-s|--set)| \d{8,}(?:\.\d\d)? /],
  dmesg: [/ (?:-[a-zA-Z]*[cCDEn]|--(?:clear|read-clear|console-\S+))/],
  dscl: [/ -?(?:create|delete|append|change|changei|merge|passwd) /],
  duckdb: [SQL_CHANGES, / -init| \.(?!tables|schema)\w/],
  env: [/ (?:-S|--split-string)/],
  fd: [/ (?:-[a-zA-Z]*[xX]|--exec\S*)/],
  fdfind: [/ (?:-[a-zA-Z]*[xX]|--exec\S*)/],
  find: [/ -(?:delete|ok|okdir|fprint\w*|fls)\b/],
  gawk: [
    /system\s*\(|getline|print[^|;}]*(?:\||>\s*"(?!\/dev\/))|printf?[^;}]*>\s*[a-z$]|\s-i\s|\s-f\b|\s--(?:file|include|exec|load)\b|\s-[lE]\b|\|&/,
  ],
  hash: [/ -[rdp]/],
  history: [/ -[a-zA-Z]/],
  hostname: [/ (?:-[bF]\b|--(?:file|boot)|[^-\s])/],
  ifconfig: [/ \S+ [^-\s]|\b(?:up|down|add|delete|netmask|mtu|alias)\b/],
  journalctl: [/ --(?:vacuum|rotate|flush|sync|relinquish|smart-relinquish|setup-keys|update-catalog|cursor-file)/],
  lipo: [/ -(?:create|thin|extract\S*|remove|replace|output)\b/],
  mariadb: [SQL_CHANGES, / < /],
  mysql: [SQL_CHANGES, / < /],
  openssl: [/ -(?:out|signkey|CA|CAkey|new|newkey|sign|x509toreq|key|export)\b/],
  pkgutil: [/ --(?:forget|expand\S*|flatten\S*|bom|learn|edit-pkg|extract|payload-files-to)/],
  plutil: [/ -(?:convert|insert|replace|remove|create)\b(?!.* -o -)/],
  psql: [SQL_CHANGES, / (?:-f|--file|-o|--output|-L|--log-file)\b/],
  rg: [/ --(?:pre|hostname-bin)/],
  sed: [/ (?:-[a-zA-Z]*[iI]|--in-place)|(?:^|[;{\d$/ ])[wWe](?: |$)|\/[gpIiM\d]*[ew](?: |$)/],
  sort: [/ (?:-[a-zA-Z]*[oT]|--(?:output|compress-program|files0-from))/],
  sqlcmd: [SQL_CHANGES, / -[io]\b| (?:config|install|create|start|stop|uninstall|open|delete) /],
  sqlite3: [
    SQL_CHANGES,
    / \.(?!tables|schema|databases|help|indexes|indices|show|version|dbinfo|mode|headers|width|print|stats|timer|explain)\w| -init| -cmd| < |pragma \w+\s*=/i,
  ],
  ss: [/ (?:-[a-zA-Z]*[KD]|--(?:kill|diag))/],
  sysctl: [/=| (?:-[a-zA-Z]*[wpf]|--(?:write|load|system))/],
  tar: [
    / (?:-?[a-zA-Z]*[xcruA][a-zA-Z]* )|--(?:extract|get|create|append|update|delete|to-command|checkpoint-action|use-compress-program|rsh-command|info-script|new-volume-script)| -I/,
  ],
  tree: [/ -o/],
  unzip: [/ -d/],
  uniq: [/ [^-\s]\S* [^-\s]/],
  wget: [/ (?:--post|--method=(?!GET|HEAD)|--body)| -O (?!-)| -P/],
  xattr: [/ -[a-zA-Z]*[wdc]/],
  xxd: [/ (?:-[a-zA-Z]*r|-revert)/],
  yq: [/ (?:-[a-zA-Z]*i|--inplace|--split-exp|-s)(?: |=|$)/],
};

const SHAPE_BY_PROGRAM = {
  brew: /^ (?:info|desc|deps|list|ls|leaves|uses|search|config|doctor|outdated|missing|casks|formulae|commands|cat|log|options|home --\S+|tap-info|which-formula|help|analytics(?: state)? $|services (?:list|info)\b|services $|tap $|analytics $|--?\w)/,
  ip: /^(?: -(?:[46sdhjpotbcrNV0]|br\w*|d\w+|json|pretty|stat\w*|color\S*|(?:family|f|n|netns|b|batch-size|loops) \S+|oneline|rc\S*|time\w*|human\S*|resolve|all|iec|Version))*(?: (?:a|ad|add|addr|addre|addres|address|l|li|lin|link|r|ro|rou|rout|route|ru|rul|rule|n|ne|nei|neigh|neighbou?r|m|maddr\w*|mr\w*|netn\w*|tunt\w*|tuntap|tun|tunnel|ntable|ntbl|netconf|tcp_?m\w*|token|macsec|vrf|xfrm \w+|mptcp \w+|help|addrlabel|fou|l2tp|sr)(?: (?:s|sh|sho|show|l|li|lis|list|ls|lst|g|get|help)\b.*)?)? $/,
  npm: /^ (?:-v|--version|-h|-l|(?:list|ls|ll|la|view|info|show|v|outdated|why|explain|search|s|se|find|help|help-search|root|bin|prefix|ping|whoami|stars|sbom|fund|query|doctor|licenses|la|get|pkg get|pack --dry-run|(?:config|c) (?:list|ls|get)|cache (?:ls|list|dir)|owner (?:ls|list)|team (?:ls|list)|access (?:list|ls|get)\S*|token list|profile get|dist-tags? (?:ls|list)|org ls|audit(?! .*fix| signatures fix)|version $)(?: .*)?)$/,
  pip: /^ (?:list|freeze|show|check|inspect|search|index|help|hash|debug|config (?:list|get|debug)|cache (?:dir|info|list)|--version|-V|-h|--help)\b/,
  terraform:
    /^(?: -chdir=\S+)* (?:show|output|version|validate|graph|modules|metadata|providers(?! (?:lock|mirror))|plan(?! .*-out)|state (?:list|show|pull)|workspace (?:list|show)|fmt(?=.* -(?:check|write=false))|-?-?help|-v|-version|--version)\b/,
};

/** Programs whose sub-commands are too irregular for verbs: the shapes that only look. */
export const SHAPES: ReadonlyMap<string, RegExp> = new Map([
  ...Object.entries(SHAPE_BY_PROGRAM),
  ...["pnpm", "yarn"].map((name) => [name, SHAPE_BY_PROGRAM.npm] as const),
  ["pip3", SHAPE_BY_PROGRAM.pip] as const,
  ["tofu", SHAPE_BY_PROGRAM.terraform] as const,
]);

/** Programs that never stand in front of a mere look. */
export const NEVER = set(`
  sudo doas su eval exec source . bash-c python python2 python3 perl ruby node php lua deno bun nohup setsid ssh scp sftp rsync chroot nsenter unshare tee dd rm mv cp ln mkdir touch chmod chown kill pkill killall
  reboot shutdown halt poweroff mkfs umount crontab at batch parallel expect script socat nc ncat telnet ftp open say caffeinate osascript security tmutil gdisk fdisk sfdisk parted
`);

/** Programs whose verb stands before the names of what it is about. */
export const VERB_FIRST = set("kubectl oc k crictl docker podman nerdctl helm systemctl");

/** Options that change what a reading verb does. */
export const BETRAYING_OPTIONS =
  /^--(?:delete|remove|prune|purge|force|write(?!=false)|in-place|inplace|fix|apply|auto-approve|auto-ack|execute|exec|install|create|update|upgrade|set-\S+|add|edit|unset|replace-all|reset|clear|rotate|kill|web|open|input|field|raw-field|method|no-dry-run|outfile|output-file|output-document|local-file|destination|save|import|delete-all|approve|interactive|login|refresh-token|upload|sync|post-renderer|set-upstream-to|request-changes|comment|body|overwrite-existing)(?:=|$)/;

/** `gh api` reads unless it is given something to send. */
export const GH_SENDS = / (?:-[fF]\S*|--(?:field|raw-field|input)\b)(?!.* (?:-X ?|--method[ =])GET)| (?:-X|--method)[ =]?(?!GET\b)[A-Za-z]/;
