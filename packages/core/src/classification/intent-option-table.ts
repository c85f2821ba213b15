// Programs that show something with some options and do something with others: the options that only show, and what must be among them.
// Data only, from the programs' manuals. A row per program, read by intent-options.ts. Part of the intent advisor, none of the scanner's.

import { type AllowedOptions, allowedOptions } from "./intent-options.ts";

const LVM = "avmcCsP | oOS | units noheadings nosuffix separator options all segments reportformat sort select maps columns";
const FILTER =
  "LSCnvx46 | tpsdiojmw | line-numbers list list-rules check numeric verbose exact table dport sport ctstate state wait | L S C --list --list-rules --check";
const ROWS: Readonly<Record<string, string>> = {
  arping: "bDfq | cIws | - | c",
  auditctl: "lsv | - | - | l s v",
  blkid: "ikplDd | osLUt | output match-token match-tag list-filesystems list-one probe label uuid",
  blockdev:
    "vq | - | getsize64 getsz getss getra getro getbsz getpbsz getmaxsect getalignoff getiomin getioopt report getfra getdiscardzeroes",
  chage: "il | - | list iso8601 | l --list",
  conntrack:
    "LSCnj | pfsdorqgm | dport sport src dst proto family output dump stats count state orig-src orig-dst | L S C --dump --stats --count",
  cpio: "itvn | FHE | list verbose quiet | t --list | 0",
  crm_mon: "1rnfoARj | - | one-shot inactive group-by-node show-detail as-xml output-as failcounts | 1 --one-shot",
  crontab: "l | u | - | l",
  date: "uRj | dfIr | date rfc-3339 iso-8601 rfc-email utc universal reference resolution debug",
  dmesg:
    "HTLkuxPertS | lfF | ctime color level facility human kernel userspace decode notime raw time-format nopager since until json reltime show-delta",
  dos2unix: "i | - | info | i --info",
  dpkg: "lLSsIcpVC | - | list listfiles search status info contents verify print-architecture print-foreign-architectures get-selections audit compare-versions version help print-avail no-pager",
  dumpe2fs: "hbfgx | o",
  e2fsck: "fnv | - | - | n",
  ethtool:
    "iIkgSacxTmnuPlVj | - | show-features show-offload driver statistics show-ring show-pause show-coalesce show-channels show-eee show-fec json module-info show-time-stamping | - | 1",
  exportfs: "vs | - | - | - | 0",
  faillock: "- | - | user dir",
  fdisk: "lx | obLw | list list-details bytes color units | l x --list --list-details",
  free: "bkmghlwtv | cs | bytes kilo mega giga tera human lohi total wide si committed kibi mebi gibi line",
  fsck: "NAVTMR | t | - | N",
  fuser: "vmuacMIsi46 | n | verbose mount user all namespace inode ipv4 ipv6",
  gunzip: "cltvkfq | - | stdout to-stdout list test | c l t --stdout --to-stdout --list --test",
  gzip: "cltvkfqd | - | stdout to-stdout list test decompress | c l t --stdout --to-stdout --list --test",
  hdparm: "IiCgtTHv | - | direct",
  hostname: "fsidIAyrv | - | fqdn short ip-address all-ip-addresses domain long version nis all-fqdns | - | 0",
  hwclock: "rv | f | show get verbose utc localtime rtc version",
  iconv: "clsf | ft | from-code to-code list silent verbose",
  iotop: "boPatkq | npud | batch iter delay only processes accumulated time kilobytes quiet | b&n --batch&--iter",
  ip6tables: FILTER,
  "ip6tables-save": "c | tM | counters table",
  iptables: FILTER,
  "iptables-save": "c | tM | counters table",
  ipvsadm: "Lnlc46S | tuf | stats rate timeout connection list numeric sort daemon exact save thresholds | L l S --list --save",
  iscsiadm: "- | mPpTrHdI",
  logrotate: "dv | s | debug verbose | d --debug",
  losetup: "alJnL | jO | all list json output noheadings raw associated",
  lvdisplay: LVM,
  lvs: LVM,
  mdadm:
    "DEQvsbXY | - | detail examine scan query verbose brief export examine-bitmap detail-platform | D E Q X --detail --examine --query --examine-bitmap --detail-platform",
  modprobe:
    "Dcnv | - | show-depends showconfig show-config dry-run verbose resolve-alias | D c n --show-depends --showconfig --show-config --dry-run --resolve-alias",
  multipath: "lt | v | - | l t",
  mysqlbinlog:
    "vRHt | hupPdDsjo | base64-output verbose start-position stop-position start-datetime stop-datetime database host user port offset read-from-remote-server hexdump skip-gtids include-gtids exclude-gtids",
  nfsstat: "cnsrmvl234o | - | client server nfs rpc all list mounts verbose",
  nginx: "tTqVvh | cpg | - | t T V v h",
  nstat: "aszjp | - | ignore nooutput json noupdate zeros | s --noupdate",
  ntpq: "pn46wi | c | peers numeric wide",
  patch: "Np | pid | dry-run strip input verbose reverse forward directory | --dry-run",
  pg_dump:
    "saOxcvC | thpUndNTFE | schema-only table host port username dbname schema exclude-table no-owner no-acl clean create section if-exists no-password | s --schema-only",
  pg_restore: "lv | nt | list schema table | l --list",
  "php-fpm": "tivm | y | test version modules info | t i v m --test --version",
  ping: "nDqOvaLRUrABb46 | cwWiIstTMQpSl | count | c w --count",
  ping6: "nDqOvaLRUrABb | cwWiIstTMQpSl | count | c w --count",
  postconf: "dnhHpCxfFmMa | c",
  postqueue: "pj | c | - | p j",
  pvdisplay: LVM,
  pvs: LVM,
  quota: "sugvqwpAm",
  repquota: "asugvqntiCcO | F",
  rsync:
    "anvihzrPtlpogDHAXSuxcCqR | - | dry-run list-only delete delete-after delete-before delete-during delete-excluded itemize-changes exclude include stats verbose archive checksum progress human-readable recursive compress times perms links size-only update existing out-format | n --dry-run --list-only",
  rpm: "qaipclfdRVvKsgL | - | last changelog queryformat qf requires provides scripts whatrequires whatprovides query verify all file list info state conflicts obsoletes triggers recommends suggests package nosignature nodigest checksig docfiles configfiles | q V K --query --verify --checksig",
  sfdisk:
    "ldJVFsx | o | list dump json verify list-types list-free output show-size | l d J V F s --list --dump --json --verify --list-free",
  sgdisk: "pvVO | i | print verify info version | p i v O --print --info --verify",
  showmount: "adehv | - | all exports directories no-headers",
  slabtop: "o | sd | once sort delay | o --once",
  smartctl:
    "aHicAxjV | ldTrngqvf | all xall health info capabilities attributes log scan scan-open json device tolerance nocheck identify get version format quietmode badsum report",
  sort: "nrubcCdfghiMRVsmz | ktS | numeric-sort reverse unique check key field-separator ignore-case human-numeric-sort version-sort general-numeric-sort month-sort stable zero-terminated ignore-leading-blanks dictionary-order parallel buffer-size debug merge random-sort sort",
  ss: "nlptuaxewimosrbzZ460NHOMSdhV | fAF | numeric listening processes tcp udp all unix extended memory info options summary resolve ipv4 ipv6 family no-header oneline raw packet context threads tos query help version sctp",
  "ssh-add": "lL | E | - | l L",
  "ssh-keygen": "lv | Ef | - | l",
  "ssh-keyscan": "46HcDqv | ptfTO",
  "systemd-cgtop": "bptcmi1rkP | ndM | batch iterations depth order raw cpu | b&n 1",
  swapon: "sv | - | show summary bytes noheadings raw verbose | s --show --summary | 1",
  tcpdump: "nveqtSDlpKLfO | rics | - | r c D",
  tshark: "nVqlD | rYTecEzfi | - | r c D z",
  top: "bciSHe1 | ndpouUwEO | - | b&n",
  tune2fs: "l | - | - | l",
  uniq: "cdDuizV | fsw | count repeated unique ignore-case skip-fields skip-chars check-chars zero-terminated all-repeated group | - | 1",
  varnishstat: "1jlxV | fnN | - | 1 l",
  vgdisplay: LVM,
  vgs: LVM,
  wg: "- | - | - | - | 3",
  wget: "qSvdH46 | OTtU | spider server-response timeout tries no-check-certificate header quiet output-document user-agent max-redirect dns-timeout connect-timeout read-timeout no-verbose no-proxy method https-only ca-certificate waitretry | O --output-document --spider",
  wipefs: "npJi | tO | no-act parsable json noheadings output types",
  xattr: "lrvsx | p",
  xfs_info: "V | t",
  xfs_repair: "nvfP | lrtmo | - | n",
  xmllint:
    "- | - | xpath noout format schema valid dtdvalid html recover nowarning noblanks nonet encode c14n pretty postvalid version relaxng stream",
  xxd: "abceEipur | cglnos | - | - | 1",
  xz: "lvtdkqc | - | list verbose test stdout robot | l t c --list --test --stdout",
  zstd: "lvtdkqc | - | list verbose test stdout | l t c --list --test --stdout",
};

export const OPTION_TABLE: ReadonlyMap<string, AllowedOptions> = new Map(
  Object.entries(ROWS).map(([program, row]) => [program, allowedOptions(row)] as const),
);
