// Threat catalogue S2, S4, O4: a variable whose value is known may have another one when it counts. What sets it may not happen, may happen
// in another shell, or in an earlier turn of a loop.
import { beforeAll } from "vitest";
import { loadSql } from "../load.ts";
import { checkClasses, type ThreatClass } from "./check-classes.ts";

const evil = "x='a[$(rm -rf d)]'";

const classes: readonly ThreatClass[] = [
  {
    id: "the assignment does not happen",
    dangerous: [],
    notSafe: [
      "x=-delete; { x=/tmp; } </nope; find $x",
      "x=-delete; x=/tmp </nope; find $x",
      "x=-delete; declare x=/tmp </nope; find $x",
      "f() { x=/tmp; } </nope; x=-delete; f; find $x",
      "x=-delete; for x in /tmp; do :; done </nope; find $x",
      "x=-delete; true || x=/tmp; find $x",
      "x=-delete; false && { x=/tmp; }; find $x",
      "x=-delete; echo ${y:+${x:=/tmp}}; find $x",
      `${evil}; ((0 && (x = 1))); echo $((x))`,
      `${evil}; ((1 || (x = 1))); echo $((x))`,
      `${evil}; ((0 ? x = 1 : 0)); [[ $x -eq 1 ]]`,
      `${evil}; echo \${y:+$((x = 5))}; echo $((x))`,
      `${evil}; cat <<E\n$((x = 5))\nE\necho $((x))`,
      `${evil}; (( x = 5 )) </nope; echo $((x))`,
      `${evil}; while false; do x=5; done; echo $((x))`,
      `${evil}; for i in $e; do x=$((1)); done; echo $((x))`,
      `${evil}; for ((i = 0; i < 0; x = 1)); do :; done; echo $((x))`,
    ],
    safe: [
      "x=/var; x=/tmp; find $x",
      "x=/tmp; { echo a; } </etc/hosts; find $x",
      "x=1; ((x = 5)); echo $((x))",
      "x=1; ((x > 0 && (x = 2))); echo $((x))",
      "n=0; for f in a b; do n=$((n + 1)); done; echo $((n))",
      "for ((i = 0; i < 3; i++)); do echo $((i)); done",
    ],
  },
  {
    id: "the line ends early, the next one does not know",
    dangerous: [],
    notSafe: [
      "x=-delete\n: $((1/0)); x=/tmp\nfind $x",
      "x=-delete\nn=0; : $((1 % n)); x=/tmp\nfind $x",
      "x=-delete\nn=-1; : $((2 ** n)); x=/tmp\nfind $x",
      "x=-delete\necho $((08)); x=/tmp\nfind $x",
      "x=-delete\nn=09; : $((n)); x=/tmp\nfind $x",
      "x=-delete\nn='5 5'; : $((n)); x=/tmp\nfind $x",
      "x=-delete\necho ${x:0:-99}; x=/tmp\nfind $x",
      "x=-delete\nUID=2; x=/tmp\nfind $x",
      "x=-delete\nreadonly y=1\ny=2; x=/tmp\nfind $x",
      "x=-delete\n: ${y?}; x=/tmp\nfind $x",
      "bash -c 'x=-delete\n: $((1/0)); x=/tmp\nfind $x'",
      `${evil}\nx=$((1/0))\necho $((x))`,
      `${evil}\n((x=1/0))\n[[ $x -eq 1 ]]`,
      ": $((1/0)); deploy() { ls; }\ndeploy prod",
    ],
    safe: [
      "x=/tmp\n: $((8/2)); y=/var\nfind $x $y",
      "n=7; : $((8 % n)); x=/tmp; find $x",
      "x=abcdef\necho ${x:0:3}; y=/tmp\nfind $y",
      "deploy() { ls; }\ndeploy prod",
    ],
  },
  {
    id: "an earlier turn of the loop has set it",
    dangerous: [],
    notSafe: [
      "f() { x=-delete; }; x=/tmp; for i in 1 2; do find $x; f; done",
      "f() { x=-delete; }; x=/tmp; while sleep 1; do find $x; f; break; done",
      "x=/tmp; for i in 1 2; do find $x; for x in -delete; do :; done; done",
      "x=/tmp; for i in 1 2; do find $x; builtin read x <<< -delete; done",
      "x=/tmp; for i in 1 2; do find $x; command read -r x <<< -delete; done",
      "x=/tmp; for i in 1 2; do find $x; printf -vx %s -delete; done",
      "x=/tmp; for i in 1 2; do find $x; read -ax <<< -delete; done",
      "x=/tmp; for i in 1 2; do find $x; declare 'x=-delete'; done",
      "x=/tmp; for i in 1 2; do find $x; eval x=-delete; done",
      "x=5; for i in 1 2; do echo $((x)); for x in 'a[$(rm -rf d)]'; do :; done; done",
      "f() { x='a[$(rm -rf d)]'; }; x=5; for i in 1 2; do echo $((x)); f; done",
    ],
    safe: [
      "x=/tmp; for i in 1 2; do find $x -name a; y=b; done",
      "f() { ls; }; x=/tmp; for i in 1 2; do find $x; f; done",
      "i=0; while [ $i -lt 3 ]; do echo $i; i=$((i + 1)); done",
    ],
  },
  {
    id: "a word that may be nothing lets the next one take its place",
    dangerous: [],
    notSafe: [
      "redis-cli -n $! get flushall",
      "redis-cli -n $(wc -l < nofile) get flushall",
      "n=$(wc -l < nofile); redis-cli -n $n get flushall",
    ],
    safe: [
      "'ls' & wait $!",
      "(( $('nproc') > 4 )) && echo big",
      "n=$(wc -l < f); echo $((n + 1))",
      'n=$(wc -l < f); head -n "$n" g',
      "n=$(ls | wc -l); head -n $n g",
    ],
  },
  {
    id: "a function reads what its operand names",
    dangerous: [],
    notSafe: ['f() { cat "$1"; }; f ~/.ssh/id_rsa', 'f() { grep -c x "$2"; }; f a /etc/shadow', 'f() { "$1" x; }; f rm'],
    safe: ['f() { cat "$1"; }; f /var/log/syslog', 'f() { echo "$1"; }; f "$x"'],
  },
  {
    id: "a here-document for another descriptor is not the input",
    dangerous: [],
    notSafe: [
      "echo 'drop table x' | psql 3<<< 'select 1'",
      "echo 'drop table x' | psql 3<<'E'\nselect 1\nE",
      "cat evil.sql | cat 3<<'E' | psql\nselect 1\nE",
      "${x:-echo} 'select 1' | psql",
      "ec* 'select 1' | psql",
      '"$x"echo "select 1" | psql',
    ],
    safe: ["'echo' 'select 1' | psql", "psql <<< 'select 1'", "psql 0<<'E'\nselect 1\nE", "cat <<'E' | psql\nselect 1\nE"],
  },
];

beforeAll(() => loadSql());

checkClasses(classes);
