// Programs that print, compare or compute and do nothing else, and the options that betray them. Data only, from the programs' manuals.
// Part of the intent advisor; written without the scanner's tables on purpose: two keys cut from one pattern would open together.

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Whatever their operands; options that betray them are below. */
export const PRINTING = set(`
  7z 7za 7zr 7zz : [ ack ag ansible-config ansible-doc ansible-inventory arch arp atopsar aureport ausearch b2sum base64
  basename bat bzcat bzgrep cal capinfos cat cd cksum cmp column comm csvcut csvgrep csvlook csvsort csvstat cut
  datamash df diff diff3 dig dirname dmidecode dpkg-query dscl du echo edac-util egrep exa expand expr eza factor false
  fgrep file file7z findmnt fmt fold getcap getconf getenforce getent getfacl grep gron groups grpc_health_probe hash head help
  hexdump history host hostid id ioreg iostat ipcs jobs join journalctl jps jstack jstat kdig klist last lastb lastlog
  ldapsearch less lipo locale locate logname look ls lsattr lsb_release lsblk lscpu lshw lsinitrd lslocks lsmod lsns lsof lspci
  lsscsi lsusb lz4cat mailq man md5sum mdls modinfo more mpstat mtr mysqlshow namei netstat nfsiostat nl nm nproc nslookup
  numastat numfmt nvidia-smi od openssl otool paste pathchk pcregrep pg_controldata pg_isready pg_lsclusters pg_waldump pgrep
  pidof pidstat pkgutil plocate plutil pmap pr printenv printf ps pstree ptx pv pwd pwdx read readelf readlink realpath rev rg
  ripgrep sacct sar sdiff sensors seq sestatus sha1sum sha224sum sha256sum sha384sum sha512sum shuf sinfo size sleep
  snmpbulkwalk snmpget snmptable snmpwalk squeue stat strings sum sw_vers sysctl system_profiler systemd-analyze systemd-cgls
  systemd-delta systemd-detect-virt tac tail test tr tracepath traceroute tree true ts tsort tty type ulimit umask uname
  unexpand unzip uptime users vdir vm_stat vmstat w wc whatis whereis which who whoami whois xzcat xzgrep yq zcat zgrep zipgrep
  zipinfo zless zmore zstdcat
`);

/** Programs without any option to fear: words that nobody can see here do no harm behind them. */
export const ANY_OPERANDS = set(`
  cat ls grep egrep fgrep zgrep wc head tail du df stat echo printf test [ [[ (( true false : cut tr tac nl rev basename dirname readlink realpath md5sum sha1sum sha256sum sha512sum cksum cmp file id groups getent host
  nslookup seq expr sleep awk gawk mawk ps pgrep pidof zcat which type strings od hexdump comm paste column uname nproc uptime date free cd for case set exit read tee jstack jstat pmap pwdx dig ping nc jq xargs
`);

/** What must be there for a program of several trades to count as printing; searched in the words joined by blanks, a blank at each end. */
export const PRINTS_WITH: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    openssl:
      /^ (?:version|help|list|s_client|x509|verify|ciphers|crl|asn1parse|req|dgst|errstr|speed|prime|rsa(?=.* -modulus)|enc(?=.* -(?:base64|a) )(?!.* -(?:k|pass|aes\S*|des\S*) ))\b/,
    unzip: / (?:-[a-zA-Z]*[lvtZz12p]|-h+|--help)/,
  }),
);

/** Options and operands that make a printing program do more; searched as above. */
export const BETRAYING: ReadonlyMap<string, readonly RegExp[]> = new Map(
  Object.entries<readonly RegExp[]>({
    "7z": [/ (?:a|d|e|x|u|rn) /],
    "7za": [/ (?:a|d|e|x|u|rn) /],
    "7zr": [/ (?:a|d|e|x|u|rn) /],
    "7zz": [/ (?:a|d|e|x|u|rn) /],
    "[": [/ -v |\[.*\$\(/],
    ack: [/ --pager/],
    ag: [/ --pager/],
    "ansible-config": [/ init\b/],
    "ansible-inventory": [/ --output/],
    arch: [/ -\w+ \S/],
    arp: [/ -\w*[sdfD]/],
    ausearch: [/ --checkpoint/],
    base64: [/ (?:-o|--output)/],
    bat: [/ --pager| cache /],
    date: [/ (?!\+)[^-\s]\S* $(?<! -[dfIrv] \S+ )|^(?:.* )?\d{8,}(?:\.\d\d)? $/],
    dscl: [/ -?(?:create|delete|append|change|changei|merge|passwd) /],
    file: [/ -\w*C| --compile/],
    hash: [/ -[rdp]/],
    history: [/ -[a-zA-Z]/],
    journalctl: [/ --(?:vacuum|rotate|flush|sync|relinquish|smart-relinquish|setup-keys|update-catalog|cursor-file)/],
    less: [/ \+|-[a-zA-Z]*[oOk]\b|--log|--lesskey/],
    lipo: [/ -(?:create|thin|extract\S*|remove|replace|output)\b/],
    man: [/ (?:-P|-H|--pager|--html)/],
    openssl: [
      / -(?:out|signkey|newkey|new|sign|x509toreq|export|sess_out|keylogfile|keyout|msgfile|writerand|passout|engine|provider|verify \S+\.pem -signature)\b/,
      /^(?! s_client).* -(?:key|CA|CAkey)\b/,
    ],
    pkgutil: [/ --(?:forget|expand\S*|flatten\S*|bom|learn|edit-pkg|extract|payload-files-to)/],
    plutil: [/ -(?:convert|insert|replace|remove|create)\b(?!.* -o -)/],
    printf: [/^ -v/],
    pv: [/ (?:-\w*[oRdP]|--(?:output|remote|pidfile|watchfd))/],
    read: [/\[/],
    rg: [/ --(?:pre|hostname-bin)/],
    sar: [/ -\w*o/],
    sdiff: [/ (?:-\w*o|--output)/],
    shuf: [/ (?:-\w*o|--output)/],
    sysctl: [/=| (?:-[a-zA-Z]*[wpf]|--(?:write|load|system))/],
    "systemd-analyze": [/ (?:set-|edit|log-level \S|log-target \S|service-watchdogs \S|malloc)/],
    test: [/ -v |\[.*\$\(/],
    tree: [/ -\w*o/],
    ulimit: [/ \d/],
    umask: [/ [0-7ugoa]/],
    unzip: [/ -d/],
    wget: [
      / (?:-\w*O|--output-document)[ =]?(?!-\s|\/dev\/null\s)\S| --method[ =]?(?!GET|HEAD)|[/?](?:delete|reset|flush|shutdown|restart)\b|169\.254|^.* [^-\s]\S*:\/\/(?<! (?:https?|ftp):\/\/)/,
    ],
    wg: [/ (?:set|setconf|addconf|syncconf|genkey|genpsk|showconf)\b|private|preshared/],
    xattr: [/ -[a-zA-Z]*[wdc]/],
    xmllint: [/ --(?:output|shell)| -o/],
    yq: [/ (?:-[a-zA-Z]*i|--inplace|--split-exp|-s)(?: |=|$)/],
  }),
);
