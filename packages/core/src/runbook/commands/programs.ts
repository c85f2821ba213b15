// The parser's vocabulary of programs: what makes a line in prose or in an untagged block look like a command.
// It decides only whether text *is* a command, never whether one is harmless; the scanner has its own tables.

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Names that are hardly ever an ordinary word: one argument behind them is enough. */
const PLAIN = words(`
  7z ab aa-status acme.sh ansible ansible-playbook ansible-vault apachectl apk apt apt-cache apt-get aptitude arangosh argo argocd arp atop aws awk
  az azcopy bosh b2 base64 bash bazel bconsole bq brctl brew btrfs bundle bunzip2 bzip2 calicoctl capsh cargo cbstats cellctl ceph ceph-volume cephadm certbot
  certutil cfssl cf chage chattr chef-client chgrp chkconfig chmod chown chroot chronyc cilium clickhouse-client cmctl cockroach collectl composer conda
  conntrack consul coredumpctl corosync-cfgtool cosign cqlsh crictl crm crontab crm_mon cscli ctr curl debugfs deluser df dig dmesg dmidecode dnf
  docker docker-compose doctl dpkg dpkg-query dracut drbdadm drush du e2fsck ebtables echo egrep eksctl elasticdump etcdctl etcdutl ethtool exim
  faas-cli fdisk ffmpeg fgrep filebeat firewall-cmd flux fping freshclam fsck fstrim fuser gcloud gdb gdisk gem getent getenforce getfacl gh git gitlab-ctl
  gitlab-rails gitlab-rake glusterfs gpasswd gpg gpg2 gradle grep growpart groupadd grpcurl gsutil gunzip gzip haproxy hdparm hdfs helm helmfile heroku hexdump
  htop htpasswd httpie hugo hwclock iconv ifconfig iftop iostat iotop ip ip6tables ipcs iperf iperf3 ipmitool ipset iptables iptables-save iptraf
  iscsiadm istioctl iw jcmd jmap journalctl jq jstack jstat k k3s k9s kadmin kafkacat kcat keytool kexec killall kinit klist knife kops kpartx ksql
  kubeadm kubectl kubectx kubelet kubens kubeseal kustomize lastlog launchctl ldapadd ldapdelete ldapmodify ldapsearch ldconfig linkerd logrotate losetup ls
  lsattr lsb_release lsblk lscpu lsmod lsof lspci lsscsi lsusb ltrace lvcreate lvdisplay lvextend lvremove lvs lxc mailq mariadb mc
  mcli md5sum mdadm minikube mkdir mkfs mkfs.ext4 mkfs.xfs mkswap modprobe mongo mongodump mongorestore mongosh mpstat msmtp mtr multipath mv
  mvn myloader mysql mysqladmin mysqlbinlog mysqlcheck mysqldump mysqlimport nats nc ncat ncdu netcat netplan netstat networkctl newrelic nfsstat nft nginx ngrep
  nmap nmcli nomad nohup npm npx nsenter nslookup ntpdate ntpq numactl nvidia-smi nvme oc odo omc openssl opensearch openstack opa packer parted partprobe
  passwd patronictl pcs perf perl pg_basebackup pg_ctl pg_dump pg_dumpall pg_isready pg_repack pg_restore pgbench pgbouncer pgrep php pidstat ping ping6 pip pip3 pkill
  pm2 pnpm podman polaris postconf postfix postqueue postsuper power-shell powershell promtool ps psql pstree pulumi puppet pvcreate pvs pwgen py-spy python python2
  python3 qemu-img rabbitmq-diagnostics rabbitmqadmin rabbitmqctl rados rake rbd rclone rdiff-backup readlink redis-cli redis-server reindexdb repmgr
  resize2fs resolvectl restic restorecon rke rm rmdir rmmod rndc rpm rsync ruby runc rundeck salt salt-call sar scp screen sed
  semanage sendmail sensu-cli sentinel sestatus setenforce setfacl setsebool sftp sgdisk sh sha256sum showmount skopeo slapcat smartctl snmpget snmpwalk socat
  sonobuoy sops spark-submit sqlcmd sqlite3 sqlplus ss ssh ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan ssm sshfs ssmtp stern strace su sudo supervisorctl svn
  swapoff swapon swaks sysctl systemctl systemd-analyze systemd-cgls tailscale tar tcpdump teleport telnet terraform terragrunt tmux tofu toolbox traceroute tracert
  truncate tsh tune2fs udevadm ufw ulimit umount uname unzip update-ca-certificates update-grub useradd userdel usermod uv vacuumdb vagrant valkey-cli varnishadm varnishstat
  vault velero vi nano emacs monmaptool ceph-mon ceph-osd ceph-mgr ceph-objectstore-tool ceph-bluestore-tool ceph-kvstore-tool radosgw-admin fsck vgcreate vgdisplay vgextend vgs vim virsh virtctl visudo vmstat vtysh wal-g wget whoami wrk x509 xargs xfs_growfs xfs_repair xxd
  yarn yq yum zcat zfs zgrep zip zkCli.sh zkServer.sh zookeepercli zpool zstd zypper airflow dagster prefect influx influxd kafka-topics kafka-console-consumer
  kafka-consumer-groups kafka-configs kafka-reassign-partitions kafka-leader-election nodetool sstableutil cassandra-stress solrctl logstash metricbeat
  hostnamectl timedatectl loginctl localectl machinectl busctl thanos cortextool mimirtool logcli amtool tctl okteto skaffold tilt kind k3d kubeconform
  flyctl fly railway wrangler vercel netlify serverless sam cdk pscale turso dig kdig drill whois iwconfig apt-mark add-apt-repository snap flatpak
  rails bin/rails django-admin flask gunicorn uwsgi celery sidekiqctl artisan wp symfony mix iex erl epmd deno bun tsx java javac
  icinga2 nagios zabbix_get zabbix_agentd telegraf rkhunter lynis aide auditctl ausearch chcon getsebool matchpathcon pvdisplay pvmove pvresize vgreduce
  lvresize lvreduce mdmon blkid findmnt blockdev mknod mkfifo setcap getcap iptables-restore ip-route tc bridge ovs-vsctl ovs-ofctl ovn-nbctl ovn-sbctl ovsdb-client
  zdb zpool zfs sas3ircu swanctl esxcli bconsole sapcontrol cleanipc cmctl argocd kustomize hdfs yarn rabbitmq-plugins arcconf megacli storcli perccli ipvsadm keepalived pacman emerge nix nixos-rebuild rbenv pyenv nvm asdf docker-machine buildah crane oras helm-diff kubectl-neat
  etcd k6 crio groupmod salt-key gitlab-psql gitlab-patronictl gds-cli pt-query-digest pt-kill ibmcloud oci linode-cli hcloud exo scw aliyun yc nmstatectl cnv kubemacpool must-gather step
a2dismod a2dissite a2enmod a2ensite adcli airmon-ng alembic ansible-galaxy ansible-inventory ansible-lint apache2ctl arp-scan arping atq atrm autossh aws-vault
  awslocal barman-cloud-backup bats bcp beeline birdc birdcl bmon bootctl borg borgmatic bpftool bpftrace buildctl bundler bzcat cbbackupmgr cbt
  cephfs-journal-tool certmonger cfssljson cgexec charmcraft chkrootkit chmem choco chpasswd cibadmin cinder civo clamscan consul-template corosync-quorumtool
  couchbase-cli cpio cpupower crm_resource crm_verify csplit csysdig cumin curator_cli dbmate dbus-send delv depmod dgraph dnctl dnf5 dnscontrol dos2unix dotnet
  doveadm doveconf dpkg-deb drbdtop dropdb dse dsetool dumpe2fs duplicity e2label edac-util efibootmgr elasticsearch-certutil elasticsearch-keystore
  elasticsearch-node elasticsearch-plugin elasticsearch-reset-password elasticsearch-shard envconsul eu-stack execsnoop exicyclog exigrep exim4 exiqgrep exiwhat
  exportfs facter fail2ban-client fail2ban-regex faillock falcoctl fio firebase foreman-maintain foreman-rake galera_new_cluster gcore geninitrd getcert gh-ost
  ghe-backup gitlab-backup gitlab-runner glance gluster gobgp govc gpgconf grafana-cli grafana-server grub-install grub-mkconfig grub2-install grub2-mkconfig
  grub2-set-default grubby hab hatop hbase hdbsql heketi-cli helm-secrets homectl hping3 hponcfg hpssacli innobackupex installpkg ipa ipactl ipsec jfr jps juju
  kadmin.local kafka-acls kafka-acls.sh kafka-broker-api-versions kafka-configs.sh kafka-console-producer kafka-consumer-groups.sh kafka-delete-records
  kafka-dump-log kafka-log-dirs kafka-preferred-replica-election kafka-topics.sh kapp kbld kcadm.sh kdumpctl keydb-cli kfctl kompose kube-bench kubefed kubelogin
  kubespy kubetail kubie ldd lerna lilo linstor lnav longhornctl lshw lslogins lsmem lsns lvchange lvconvert lvrename lxd lz4 lzop maas makedumpfile mariabackup
  mariadb-admin mariadb-backup mariadb-check mariadb-dump maxctrl mbuffer mcelog mdbook mgradm mgrctl microk8s mii-tool mkcert mkdosfs mkfs.btrfs mkfs.vfat
  mkinitcpio mkinitrd mmctl modinfo mongoexport mongofiles mongoimport mongostat mongotop mosquitto_pub mosquitto_sub msbuild msiexec multipass multipathd
  mydumper mysql_secure_installation mysql_tzinfo_to_sql mysql_upgrade mysqldumpslow mysqlsh mysqlshow mysqlslap mytop named-checkconf named-checkzone ndctl
  needrestart nerdctl nethogs neutron newaliases nload nova ntpstat nuget numastat nxctl objdump occ octodns ohai omconfig omreport opendkim-testkey osqueryctl
  osqueryi ossec-control ovftool ovs-appctl ovs-dpctl pamtester pbzip2 pdns_control pdnsutil perccli64 pg_archivecleanup pg_autoctl pg_controldata
  pg_createcluster pg_ctlcluster pg_dropcluster pg_lsclusters pg_receivewal pg_resetwal pg_rewind pg_upgrade pg_upgradecluster pg_verifybackup pg_waldump
  pgbackrest pigz pipenv poetry postalias postcat postlog postmap powertop procdump promtail proxysql-admin psexec pt-archiver pt-deadlock-logger pt-heartbeat
  pt-online-schema-change pt-slave-find pt-stalk pt-table-checksum pt-table-sync pumactl puppetserver pvchange pwck pwdx pwsh qm qshape quotacheck r10k
  rabbitmq-queues rabbitmq-streams rabbitmq-upgrade racadm readelf rec_control redis-benchmark redis-check-aof redis-check-rdb redis-sentinel removepkg repquota
  rpcinfo rpk rpmbuild rsnapshot rspamadm rspamc rtcwake s3cmd s4cmd s5cmd sa-learn sa-update salt-cloud salt-run salt-ssh saml2aws sbt semodule setpriv setquota
  shred slackpkg smbclient smbcontrol smbstatus snapraid sosreport spacecmd spacewalk-service spamassassin spark-shell spark-sql sqlldr sqlpackage ssacli
  sss_cache sssctl sstableloader sstablescrub sstablesplit stolonctl stonith_admin storcli64 subscription-manager suricatasc syft symrdf synapse_port_db sysbench
  sysdig systemd-cgtop systemd-nspawn systemd-resolve systemd-run systemd-tmpfiles tcpconnect teamdctl telinit testparm tfenv tflint tfswitch tkn tlmgr tmsh
  tmutil trace-cmd trivy tshark tuned-adm turbostat tw_cli ubuntu-drivers unbound-checkconf unbound-control unix2dos unrar unshare unxz upgradepkg urpmi uuidgen
  varnishlog varnishncsa varnishreload varnishtop vcgencmd vconfig vgcfgbackup vgcfgrestore vgchange vgrename vipw vmctl vmkfstools vmware-toolbox-cmd vnstat
  vzctl wal-e wazuh-control wbinfo werf wg wg-quick winget winrm wpa_cli wsl wusa x86_energy_perf_policy xfs_info xfs_quota xfsdump xfsrestore xtrabackup xz xzcat
  clagctl cmctl del dsconf dsctl dsidm incus nv yast ykman zabbix_sender zabbix_server zeekctl zerotier-cli zkcli zkServer zless zmcontrol zmprov zookeeper-shell zookeeper-shell.sh zramctl zstdcat zutil
  ceph-deploy wipefs ldapwhoami ldapcompare ldappasswd ldapmodrdn ldapurl slapadd slapindex slaptest slappasswd rundll32 nssm bitsadmin findstr setx slmgr logoff portqry psping arp mysqld_safe
  get-content set-location import-module restart-webapppool iisreset appcmd netsh sc.exe robocopy wmic tasklist taskkill schtasks ipconfig nltest gpupdate gpresult dcdiag repadmin netdom dnscmd w32tm dsquery dsget sfc dism chkdsk diskpart icacls xcopy cscript wevtutil setspn pathping bcdedit
  vssadmin wbadmin ntdsutil dsacls qwinsta rwinsta logman typeperf fsutil takeown cmdkey nbtstat wecutil pnputil djoin tzutil
`);

/** Programs of Windows, which does not tell capitals from small letters. */
const WINDOWS: ReadonlySet<string> = new Set(
  words(`
  appcmd bcdedit bitsadmin certreq certutil chkdsk cmdkey dcdiag dism diskpart djoin dnscmd dsacls dsget dsquery findstr fsutil gpresult gpupdate icacls iisreset
  ipconfig netdom netsh nltest nslookup ntdsutil nssm pathping pnputil qwinsta repadmin robocopy schtasks setspn sfc slmgr systeminfo takeown taskkill tasklist
  vssadmin w32tm wbadmin wecutil wevtutil wmic xcopy
`),
);
const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Programs whose name is an ordinary word: an option, a path or the like must follow. */
const WORDLIKE = words(`
  at cat cd chat clear cp column comm complete crash cut date dd diff dirname env eval exec exit export expr factor false file find fold free
  head history host hostname id ifdown ifup install job jobs join kill last less ln local locate login logger look man mail monit more mount mysqld nice nl
  od patch paste pause printenv printf pv query read rename reboot renice reset script seq service set shutdown sleep sort source split start stat
  stop strings sync tail task tee test time timeout top touch tr trap true type umask uniq unset uptime users w wait
  watch wc which who write yes make node deployer gds pass halt poweroff init swap net sc route go
`);

const KNOWN: ReadonlyMap<string, "plain" | "wordlike"> = new Map([
  ...WORDLIKE.map((name) => [name, "wordlike"] as const),
  ...PLAIN.map((name) => [name, "plain"] as const),
]);

/** Words that make no sense as the argument of a program, whatever the program. */
export const PROSE_WORDS: ReadonlySet<string> = new Set(
  words(`
  a access activity all already also an and any are as assigned at available be been before binary by can cannot cli client cluster command commands
  configured container containers context could credentials do does doesn't documentation either fails failed failing for from
  had has have how if in installed instead into is isn't it its itself manually may might must needs no not of off on or
  output over permission permissions pod pods process processes prompt properly rather restarts returns role running script
  server servers session shell should shows so that the their them then there these they this those through to tool tools until was
  we were when where whether which while will with without would you your
  met mit con avec com der die das dem den el los las les des het een und oder y et ou ist est es para pour für van voor il lo gli della
`),
);

export type ProgramKind = "plain" | "wordlike" | "path" | null;

const PATH = /^(?:\.{1,2}\/|~\/|\/(?:usr|bin|sbin|opt|etc|home|var|root|srv|tmp|app|snap)\/)[\w./@%+-]*[\w]$/;
const FILE_SYSTEM_TOOL = /^(?:fsck|mkfs|mount|umount)\.\w+$/;
const SCRIPT = /^[\w<>{}$./-]+\.(?:sh|py|rb|pl|ps1|bat|cmd|exe|msc|cpl)$/;
const WINDOWS_PATH = /^[A-Za-z]:\\\S+\.(?:exe|bat|cmd|ps1|msc)$/i;
const POWERSHELL_VERB =
  /^(?:Get|Set|New|Remove|Import|Export|Restart|Start|Stop|Test|Invoke|Add|Clear|Enable|Disable|Update|Write|Select|Where|Connect|Resolve|Install|Unblock|Wait|Move|Copy|Rename|Out|Enter|Exit|Reset|Resume|Suspend|Repair|Register|Format|Measure|Convert|ConvertTo|ConvertFrom|Sort|ForEach|Resize|Mount|Dismount|Push|Pop|Show|Hide|Lock|Unlock|Grant|Revoke|Publish|Unpublish|Save|Search|Send|Split|Switch|Sync|Trace|Undo|Use|Watch|Approve|Assert|Backup|Restore|Block|Checkpoint|Close|Open|Compare|Compress|Expand|Complete|Confirm|Debug|Deny|Deploy|Disconnect|Edit|Find|Group|Initialize|Join|Limit|Merge|Optimize|Ping|Protect|Unprotect|Read|Receive|Request|Step|Submit|Tee|Uninstall|Unregister)-(?!(?:Ahead|Only|Write|Up|Down|Through|Back|On|Off|Once|Many|Heavy|Intensive|Time|Side|Level|Based|Like|Mode)(?![a-z]))[A-Z][A-Za-z]+$/;

/** What the first word of a possible command is, or null when it names no program known here. */
export function programKind(word: string): ProgramKind {
  const known = KNOWN.get(word);
  if (known !== undefined) return known;
  if (isCapital(word.charCodeAt(0)) && WINDOWS.has(word.toLowerCase().replace(/\.exe$/, ""))) return "plain";
  if (!/[-./\\]/.test(word)) return null;
  if (isPowerShell(word) || FILE_SYSTEM_TOOL.test(word)) return "plain";
  return SCRIPT.test(word) || PATH.test(word) || WINDOWS_PATH.test(word) ? "path" : null;
}

export function isPowerShell(word: string): boolean {
  return POWERSHELL_VERB.test(word);
}
