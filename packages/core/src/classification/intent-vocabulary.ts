// The intent advisor's own words: verbs that only look, verbs that change, programs that only print, and the options that betray a program.
// Data only. Written without the scanner's tables on purpose: two keys cut from one pattern would open together.

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Verbs that ask. A hyphenated verb counts by its first part (`describe-instances`). */
export const READING = set(`
  api-resources api-versions audit blame can-i cat cat-file check checks cluster-info commands compare contains count describe details detect diff dig docs
  df du estimate events evaluate exists explain explore filter find get getall getinfo graph grep head help history hunt
  info inspect is is-active is-enabled is-failed kustomize list listall ll logs logfile lookup ls man match
  options outdated overview peek ping pkgid preview print ps query read read-manifest readall recent recommend report review-diff
  scan schema screen search searchall select show showpkg slowlog stat state stats status statuses summarize summary tail template   top trace tree uptime usage validate verify version view what-if simulate-principal-policy download-db-log-file-portion test-dns-answer test-connectivity identify policy-troubleshoot trusted-root manifests digest whatchanged which who whoami why locate-project list-all assess information
 log lint current-context completion port services `);

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
  wipe withdraw write run up down shell console repl serve produce failover force-unlock renice nack kick bounce cycle unblacklist blacklist allowlist whitelist ban-ip x xadd yank zap reset-offsets step-up mask preset-all daemon-reload daemon-reexec isolate rescue emergency default reenable link-unit start-session send-command export-snapshot
`);

/** Changing words that are also the name of a thing: no verb when a reading verb follows at once (`gh run list`, `az snapshot show`). */
export const ALSO_NOUNS = set(`
  run release snapshot backup lock tag label image link mount test deployment rollout patch job order queue stack request invite replication schedule commit issue mirror
  configure build partition deploy load disk trust monitor config transaction authorize restore format
`);

/** Programs that never stand in front of a mere look. */
export const NEVER = set(`
  sudo doas su pkexec runuser eval exec source . trap alias unalias python python2 python3 perl ruby node php lua deno bun npx uvx pipx irb ghci java groovy scala tclsh Rscript osascript pwsh powershell cmd ssh mosh scp sftp rsync chroot
  nsenter unshare flock dd rm mv cp ln mkdir touch chmod chown chgrp kill pkill killall skill xkill reboot shutdown halt poweroff init telinit mkfs mkswap swapoff umount crontab at batch parallel expect script socat nc ncat
  telnet ftp open xdg-open say caffeinate security tmutil gdisk fdisk sfdisk parted shred truncate wipe srm unlink rmdir install fallocate fstrim hdparm setfacl chattr setcap useradd userdel usermod groupadd groupdel passwd chpasswd
  visudo vi vim nvim nano emacs ed ex code make cmake gcc cc gradle mvn ant sh bash zsh pdsh pssh clush dsh fab invoke rake celery tmux screen byobu nohup setsid iptables-restore ip6tables-restore insmod rmmod depmod
  pg_ctl pg_restore pg_dumpall pg_basebackup createdb dropdb createuser dropuser initdb pg_resetwal mongorestore mongodump mysqldump mysqlimport export unset declare typeset local readonly enable bind logger wall write mail sendmail
`);

/** Programs whose verb stands before the names of what it is about. */
export const VERB_FIRST = set("kubectl oc k crictl docker podman nerdctl helm systemctl");

/** Programs whose every call has a verb: one that is not known here is no matter for prose. */
export const HAS_VERBS = set(`
  kubectl oc k crictl docker podman nerdctl helm systemctl aws gcloud gsutil az gh glab heroku fly flyctl doctl linode-cli oci hcloud vercel netlify argocd flux istioctl linkerd velero nomad consul vault kops eksctl kubeadm
  kind minikube k3s rancher ansible ansible-playbook salt puppet chef knife launchctl supervisorctl pm2 ctr buildah skopeo crane cargo uv poetry apt snap flatpak lvm btrfs ceph rbd rados cephadm kustomize packer vagrant
`);

/** Options that change what a reading verb does. */
export const BETRAYING_OPTIONS =
  /^--(?:delete|remove|prune|purge|force(?!-color)|fix|wipe|destroy|drop|truncate|overwrite|kill|evict|terminate|in-?place|set)(?:[=-]|$)|^--(?:write(?!=false)|apply|auto-approve|auto-ack|auto-clean|execute|exec|install|create|update|upgrade|add|edit|unset|replace\S*|reset|clear|rotate|web|open|input|field(?!-selector)|raw-field|method|no-dry-run|outfile|output-(?:file|dir|document|directory)|local-file|destination|save|import|delete-all|approve|interactive|login|refresh(?:-token)?|hard-refresh|upload|sync|post-renderer|set-upstream-to|request-changes|comment|body|flush|restart|reboot|shutdown|drain|yes|confirm|assume-yes|enable-helm|cleanup|repair|unlock|kubeconfig)(?:=|$)|^-(?:delete|exec|w=\S+)$/;

/** Options whose value is a name, so that a changing word behind them is none. */
export const NAMING_OPTIONS =
  /^(?:-[nlcoAuvpPtg]|--(?:name|namespace|selector|container|context|cluster|region|zone|project|profile|output|format|filter|query|resource-group|location|account|subscription|label|sort-by|since|tail|limit|user|type|auth-mode|update-id|patch-group|start-time|[\w-]*-(?:name|id|ids|names|arn|type|group|instance|identifier|selector)))$/;

/** Reading verbs that do more in these places; searched in all words, a blank before and behind. */
export const MORE_THAN_READING =
  / s3api get-object(?:-torrent)? | apigateway\w* get-export | detect-\S*drift| check perf | stack select | disks snapshot | uv tool | inspect active | proxy-config log .*--level| domains verify | backup (?:describe .*--details|logs)| rsh | exec | wait | assume-role/;

/** Words of other languages and of no program that name a change; a command that is read by its prose alone must hold none. */
const FOREIGN = set(`
  loeschen lösche löschen loesche entfernen entferne bereinigen leeren leere zuruecksetzen zurücksetzen verwerfen formatieren neustart neustarten borrar borra eliminar elimina limpiar limpia vaciar vacia reiniciar reinicia detener apagar
  supprimer supprime effacer efface vider vide nettoyer nettoie redemarrer redémarrer arreter arrêter excluir exclui apaga limpar limpa esvaziar remover verwijder verwijderen wis wissen leegmaken cancella cancellare svuota elimina usun wyczysc
  udalit ochistit ryd slet radera rensa poista sil temizle nuke wipeout obliterate annihilate trash scrub del empty zero hup sigkill term curl wget rollback off down out up bounce cycle kick flip vacuum dedupe evacuate expunge hard force
  apply yes now do go all
`);

/** The same inside a word that has no parts (`lvremove`, `crictl rmp`). */
const INSIDE_WORDS =
  /remove|delete|destroy|purge|reduce|extend|create|resize|format|kill|drop|reset|wipe|clear|flush|stop|start|halt|boot|shut|drain|evict|fail|move|trunc|clean|update|upgrade|install|apply|exec|write|load|send|play|erase|shred|\brm|rename|repair|promote|revoke|grant/i;

/** @returns true when any part of any word names a change, cut at signs, digits and capitals, or the text is more than plain words */
export function holdsChange(text: string): boolean {
  if (/[;&|<>`$(){}=./\\'"]|\s-|\n/.test(text) || INSIDE_WORDS.test(text)) return true;
  const parts = text.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).map((part) => part.toLowerCase());
  return parts.some((part) => CHANGING.has(part) || FOREIGN.has(part) || (part.length > 1 && NEVER.has(part)));
}
