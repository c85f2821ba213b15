// Programs that print facts about paths and change nothing.
import { program } from "../../rule.ts";

export const pathFacts = program({
  names: "stat|file|readlink|realpath|basename|dirname|pathchk|namei|lsattr|getfacl|getcap",
  source: "stat(1), readlink(1), realpath(1), GNU coreutils 9.4; namei(1), util-linux 2.39; getfacl(1); lsattr(1); getcap(8)",
  why: "prints facts about paths",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  options: {
    "-C|--compile": { arity: "flag", risk: "caution", why: "file -C writes a compiled magic file" },
    "-m|--magic-file": { kind: "read", risk: "unknown", why: "reads another magic file" },
  },
  answers: [1],
  examples: { "stat -c %s x": "safe", "readlink -f /bin/sh": "safe", "basename /a/b": "safe", "file x": "safe" },
  nearMisses: ["file -C -m magic", "stat x > y"],
});

export const which = program({
  names: "which|whereis|whatis|apropos|locate|mlocate|plocate",
  source: "which(1), whereis(1), man-db 2.11, plocate(1)",
  why: "prints where something is",
  flags:
    "-a|--all -b -m -s -u -c|--count -i|--ignore-case -e|--existing -q|--quiet -0|--null -w|--wholename --basename --statistics -k -h|--help -V|--version",
  values: "-B -M -S -n|-l|--limit",
  operands: "data*",
  answers: [1],
  examples: { "which kubectl": "safe", "whereis nginx": "safe", "locate -c nginx.conf": "safe" },
  nearMisses: ["locate --frob"],
});

export const du = program({
  names: "du|df",
  source: "du(1), df(1), GNU coreutils 9.4",
  why: "prints how much space is used",
  flags:
    "-0|--null -a|--all --apparent-size -b|--bytes -c|--total -D|--dereference-args -H --inodes -k -l|--count-links|--local -L|--dereference -m -P|--no-dereference|--portability -h|--human-readable --si -s|--summarize -S|--separate-dirs -x|--one-file-system -i -T|--print-type -v --no-sync --help --version -NUM",
  values: "-B|--block-size -d|--max-depth -t|--threshold --type --exclude --exclude-type",
  optional: "--time --time-style --output",
  reads: "-X|--exclude-from --files0-from",
  options: { "--sync": { arity: "flag", risk: "caution", why: "flushes file systems first" } },
  operands: "data*",
  anyWord: true,
  examples: { "du -sh /var/*": "safe", "df -hT": "safe", "du -d1 -h /": "safe", "df -i": "safe", "df --sync": "caution" },
  nearMisses: ["du --frob", "df --sy"],
});

export const tree = program({
  names: "tree",
  source: "tree(1), tree 2.1",
  style: "posix",
  why: "prints a directory tree",
  flags:
    "-a -d -l -f -x -q -N -Q -p -u -g -s -h -D -F -i -A -S -n -C -X -J -r -t -c -U -v --du --si --inodes --device --noreport --dirsfirst --filesfirst --prune --matchdirs --ignore-case --gitignore --help --version",
  values: "-L -P -I -H -T --filelimit --timefmt --sort --charset",
  options: {
    "-o": { kind: "write", why: "writes FILE" },
    "-R": { arity: "flag", risk: "caution", why: "with -H and -L it writes 00Tree.html files" },
  },
  operands: "data*",
  examples: { "tree -L 2 /etc": "safe", "tree -o out": "caution" },
  nearMisses: ["tree -aRo x", "tree -R -H . -L 1"],
});
