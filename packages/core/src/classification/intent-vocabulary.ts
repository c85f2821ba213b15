// The intent advisor's own words: verbs that only look, verbs that change, programs that only print, and the options that betray a program.
// Data only. Written without the scanner's tables on purpose: two keys cut from one pattern would open together.

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Verbs that ask. A hyphenated verb counts by its first part (`describe-instances`). */
export const READING = set(`
  a addr address api-resources api-versions audit batch-get batch-describe blame can-i cat cat-file categories check check-ignore check-acr checks chk cluster-info cmds collect-stats commands config-list
  count countby current-context casks compare contains deps desc describe describe-pods detail details df diff diff-tree dig doc docs doctor domains du dump-metadata dry-run
  echo env environment estimate events evaluate exists explain explore fields files filter find for-each-ref freeze get get-all get-cluster-info getall getinfo graph
  grep groups head health help history home images in info inspect is is-active is-enabled is-failed jobs l la leaves licenses limits link list list-all listall ll log logfile login-status logs lookup
  ls ls-files ls-remote ls-tree man membership members merge-base metadata metrics mon name-rev navigate net-list nodes nslookup options outdated outputs overview owner owns packages
  path paths peek pending ping pkgid plugins pods policy port prefix preview price print printenv projects providers ps query r range-diff rdepends read read-manifest read-type readall repos recent recommend report resolve-path
  rev-list rev-parse review root rules say scan schema screen search searchall select services shortlog show show-branch show-ref showpkg simulate size sizes slowlog source-list stat state-list stat-summary statistics
  stats status statuses summarize summary symbols t table tail test-metric top topology trace tree type uptime url urls usage users uses validate values verify verify-commit verify-tag verify-pack var version
  versions view vulnerabilities watch-list whatchanged what-provides where which who whoami why wiki workflows n neigh neighbor neighbour route rule maddr maddress mroute netconf ntable tunnel tcp_metrics token-info
  lookup-events lookup-attribute list-secrets head-object head-bucket head-object-v2 batch-check can compose-config completion config-get config-view dump dumps e2e-status export-status fsck-report h
  accounts alias-list apps aliases buckets clusters collections databases dbs deployments indexes indices ingresses instances invocations keys regions releases repositories resources roles rollout-status rs scores sets shards snapshots-list stacks streams tables tasks topics volumes zones
`);

/** Verbs that change something, send something out or run something. One of them anywhere but in an option's value turns no key. */
export const CHANGING = set(`
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

/** Changing words that are also the name of a thing: fine when a reading verb follows (`gh run list`, `az snapshot show`). */
export const ALSO_NOUNS = set(`
  run release releases snapshot backup lock tag label build image link mount export import test config deployment rollout patch job jobs order queue stack request invite
  migrate replication secret trigger schedule register archive format restore connect transfer start-session issue pack commit label fork merge pull pin capture request mirror transition partition scale autoscale
  extension feature policy assignment definition access account role user group peering service update reset add-on swap
`);

/** Programs that print, compare or compute and do nothing else, whatever their operands; options that betray them are below. */
export const PRINTING = set(`
  ack ag arch awk base64 basename bat cal cat cksum cmp column comm cut date df diff dig dirname dmesg du echo egrep exa expand expr eza false fd fdfind fgrep file find findmnt fmt fold free gawk getconf getent grep groups
  hash head hexdump host hostid id ifconfig iostat jobs join journalctl jq last lastlog less locate logname look ls lsattr lsblk lscpu lsmod lsns lsof lspci lsusb man mawk md5sum more mpstat mtr namei nawk netstat nl nm nproc nslookup
  numfmt od paste pathchk pgrep pidof pidstat ping ping6 plocate pmap printenv printf ps pstree ptx pwd readelf readlink realpath rev rg ripgrep sar sed seq sha1sum sha224sum sha256sum sha384sum sha512sum size sleep sort ss stat
  strings sum tac tail test top tr tracepath traceroute tree true tty type uname unexpand uniq uptime users vdir vmstat w wc whatis whereis which who whoami whois xxd yq zcat zgrep zless zmore sysctl hostname curl wget tar unzip gzip
  gunzip zipinfo xzcat bzcat zstdcat lz4cat getfacl getcap locale lsb_release nvidia-smi sensors numastat slabtop blkid env ulimit umask history help command [ : let
  lipo otool xattr plutil pkgutil sw_vers system_profiler mdls ioreg vm_stat dscl file7z 7z 7za 7zr 7zz less zipgrep sqlite3 duckdb mysql psql sqlcmd mariadb openssl ansible-doc ansible-inventory ansible-config
`);

/** Options and operands that make a printing program do more: searched in the words joined by blanks, with a blank in front. */
export const BETRAYING: Readonly<Record<string, RegExp>> = {
  "7z": / (?:a|d|e|x|u|rn) /,
  "7za": / (?:a|d|e|x|u|rn) /,
  "7zr": / (?:a|d|e|x|u|rn) /,
  "7zz": / (?:a|d|e|x|u|rn) /,
  "ansible-config": / init\b/,
  "ansible-inventory": / --output/,
  awk: /system\s*\(|getline|print[^|]*[|>]|\s-i\s|\s-f\b|\s--(?:file|include|exec|load)\b|\s-l\b|\s-E\b/,
  base64: / (?:-o|--output)/,
  bat: / --pager| cache /,
  curl:
    / (?:-[a-zA-Z]*[dFToOKcJQtD]|--(?:data\S*|form\S*|upload-file|output|remote-name\S*|json|config|url-query|quote|cookie-jar|dump-header|create-dirs|trace\S*|libcurl|stderr|telnet-option|mail-\S*|etag-save|hsts|alt-svc|output-dir))(?:[ =]|\S)|(?:-X|--request)[ =]?["']?(?:POST|PUT|PATCH|DELETE|[a-z]+)\b/,
  date: / (?:-s|--set)| \d{8,}(?:\.\d\d)? /,
  dmesg: / (?:-[a-zA-Z]*[cCDEn]|--(?:clear|read-clear|console-\S+))/,
  dscl: / -?(?:create|delete|append|change|changei|merge|passwd) /,
  env: / (?:-S|--split-string)/,
  fd: / (?:-[a-zA-Z]*[xX]|--exec\S*)/,
  fdfind: / (?:-[a-zA-Z]*[xX]|--exec\S*)/,
  find: / -(?:delete|exec|execdir|ok|okdir|fprint\w*|fls)\b/,
  gawk: /system\s*\(|getline|print[^|]*[|>]|\s-i\s|\s-f\b|\s--(?:file|include|exec|load)\b|\s-l\b|\s-E\b/,
  gunzip: /^(?!.* (?:-[a-zA-Z]*[cltV]|--(?:stdout|to-stdout|list|test|help|version))\b)/,
  gzip: /^(?!.* (?:-[a-zA-Z]*[cltV]|--(?:stdout|to-stdout|list|test|help|version))\b)/,
  hash: / -[rdp]/,
  history: / -[a-zA-Z]/,
  hostname: / (?:-[bF]\b|--(?:file|boot)| *[^-\s])/,
  ifconfig: / \S+ [^-\s]|\b(?:up|down|add|delete|netmask|mtu|alias)\b/,
  journalctl: / --(?:vacuum|rotate|flush|sync|relinquish|smart-relinquish|setup-keys|update-catalog|cursor-file)/,
  lipo: / -(?:create|thin|extract\S*|remove|replace|output)\b/,
  mysql: /\b(?:insert|update|delete|drop|create|alter|truncate|grant|revoke|replace|load|call|set|kill|rename|flush|reset|into|lock|source|system)\b|\\!| < /i,
  mariadb: /\b(?:insert|update|delete|drop|create|alter|truncate|grant|revoke|replace|load|call|set|kill|rename|flush|reset|into|lock)\b/i,
  openssl: /^(?!.* (?:version|help|list|s_client|x509|verify|ciphers|crl|asn1parse|rsa|ec|pkey|req|dgst|speed|prime|errstr|pkcs12)\b)| -(?:out|signkey|CA|CAkey|new|newkey|sign|x509toreq|passin|key|export|req)\b/,
  pkgutil: / --(?:forget|expand\S*|flatten\S*|bom|learn|edit-pkg|extract|payload-files-to)/,
  plutil: / -(?:convert|insert|replace|remove|create)\b(?!.* -o -)/,
  psql:
    /\b(?:insert|update|delete|drop|create|alter|truncate|grant|revoke|copy|call|do|set|vacuum|reindex|cluster|refresh|lock|comment|reassign|into|nextval|setval|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|lo_\w+|notify|merge|begin|import|reset)\b|\\(?:!|copy|o|i|g|w|e|cd|lo_)| (?:-f|--file|-o|--output|-L|--log-file)/i,
  rg: / --(?:pre|hostname-bin)/,
  sed: / (?:-[a-zA-Z]*[iIf]|--(?:in-place|file))|(?:^|[;{\d$/ ])[wWe](?: |$)|\/[gpIiM\d]*[ew](?: |$)/,
  sort: / (?:-[a-zA-Z]*[oT]|--(?:output|compress-program|files0-from))/,
  sqlcmd: /\b(?:insert|update|delete|drop|create|alter|truncate|exec|merge|grant|into|shutdown|config|install|start|stop|uninstall|open)\b| -[io]\b/i,
  sqlite3: /\b(?:insert|update|delete|drop|create|alter|replace|attach|detach|vacuum|reindex|load_extension|writefile|edit)\b|(?: |["'])\.(?!tables|schema|databases|help|indexes|indices|show|version|dbinfo|mode|headers|width|print|stats|timer|explain)\w| -init| -cmd/i,
  duckdb: /\b(?:insert|update|delete|drop|create|alter|copy|attach|detach|install|load|export|import|call|set|vacuum|checkpoint|truncate|merge|into)\b| -init| \.\w/i,
  ss: / (?:-[a-zA-Z]*[KD]|--(?:kill|diag))/,
  sysctl: /=| (?:-[a-zA-Z]*[wpf]|--(?:write|load|system))/,
  tar: /^(?!.* (?:-?[a-zA-Z]*t[a-zA-Z]*|--list|--help|--version|--usage)(?: |$))| (?:-?[a-zA-Z]*[xcruA][a-zA-Z]* )|--(?:extract|get|create|append|update|delete|to-command|checkpoint-action|use-compress-program|rsh-command|info-script|new-volume-script)| -I/,
  tree: / -o/,
  unzip: /^(?!.* (?:-[a-zA-Z]*[lvtZz12]|-h+|--help)\b)| -d/,
  uniq: / [^-\s]\S* [^-\s]/,
  wget: /^(?!.* --(?:spider|version|help)\b)| (?:--post|--method=(?!GET|HEAD)|--body)/,
  xattr: / -[a-zA-Z]*[wdc]/,
  xxd: / (?:-[a-zA-Z]*r|-revert)| [^-\s]\S* [^-\s]/,
  yq: / (?:-[a-zA-Z]*i|--inplace|--split-exp|-s)(?: |=|$)/,
};

/** Programs that never stand in front of a mere look. */
export const NEVER = set(`
  sudo doas su eval exec source . bash-c python python2 python3 perl ruby node php lua deno bun nohup setsid ssh scp sftp rsync chroot nsenter unshare tee dd rm mv cp ln mkdir touch chmod chown kill pkill killall
  reboot shutdown halt poweroff mkfs mount umount crontab at batch parallel expect script socat nc ncat telnet ftp open say caffeinate osascript security tmutil gdisk fdisk sfdisk parted
`);

/** Options that change what a reading verb does. */
export const BETRAYING_OPTIONS =
  /^--?(?:delete|remove|prune|purge|force|write|in-place|inplace|fix|apply|auto-approve|auto-ack|execute|exec|install|create|update|upgrade|set|add|edit|unset|rename-section|remove-section|replace-all|reset|clear|rotate|kill|web|open|input|field|raw-field|method|f|F|X|no-dry-run|generate-cli-skeleton-to|out|outfile|output-file|output-document|local-file|destination|save|import|export|unset-all|move|copy|d|D|m|M|delete-all|enable|disable|approve|interactive|login|refresh-token|upload|tag|push|sync|watch-exec|post-renderer|set-upstream-to|add-virtual|get-password-stdin|edit-description|replace|unsafe)(?:=|$)/;
