// Programs that print facts about paths and change nothing.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

export const pathFacts = program({
  names:
    "stat|gstat|readlink|greadlink|realpath|grealpath|basename|dirname|pathchk|namei|lsattr|getfacl|getcap|mountpoint|findfs|isutf8|chksum",
  source: "stat(1), readlink(1), realpath(1), GNU coreutils 9.4; namei(1), util-linux 2.39; getfacl(1); lsattr(1); getcap(8)",
  why: "prints facts about paths",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  answers: [1],
  examples: { "stat -c %s x": "safe", "readlink -f /bin/sh": "safe", "basename /a/b": "safe", "namei -l /var/log": "safe" },
  nearMisses: ["stat x > y", "getfacl $(rm x)"],
});

export const file = program({
  names: "file",
  source: "file(1) 5.45",
  why: "says what kind of data files hold",
  flags:
    "-b|--brief -c|--checking-printout -d -E -h|--no-dereference -i|--mime --mime-type --mime-encoding --apple --extension -k|--keep-going -l|--list -L|--dereference -n|--no-buffer -N|--no-pad -p|--preserve-date -r|--raw -s|--special-files -S|--no-sandbox -v|--version -0|--print0 --help",
  values: "-e|--exclude --exclude-quiet -F|--separator -P|--parameter",
  reads: "-f|--files-from",
  options: {
    "-C|--compile": { arity: "flag", risk: "caution", why: "writes a compiled magic file" },
    "-m|--magic-file": { kind: "read", risk: "unknown", why: "reads another magic file" },
    "-z|--uncompress|-Z|--uncompress-noreport": { arity: "flag", risk: "unknown", why: "starts unpacking programs" },
  },
  operands: "data*",
  anyWord: true,
  examples: {
    "file -bi upload.bin": "safe",
    "file -sL /dev/sda1": "safe",
    "file -C -m magic": "unknown",
    "file -bC": "caution",
    "file -z x": "unknown",
    "file -m x y": "unknown",
  },
  nearMisses: ["file -F -- -C", "file --comp", "file -bz x"],
});

export const which = program({
  names: "which|locate|mlocate|plocate|slocate|glocate|mdfind",
  source: "which(1), debianutils 5.7; plocate(1) 1.1",
  why: "prints where something is",
  flags:
    "-a|--all -A -b|--basename -m -s -u -c|--count -i|--ignore-case -e|--existing -E|--non-existing -L|--follow -P|-H|--nofollow -N|--literal -q|--quiet -0|--null -w|--wholename -S|--statistics -k -h|--help -V|--version|-v --skip-alias --skip-dot --skip-tilde --show-dot --show-tilde --tty-only --transliterate -t",
  values: "-n|-l|--limit -r|--regexp",
  optional: "--regex",
  reads: "-d|--database",
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { "which kubectl": "safe", "locate -c nginx.conf": "safe", "which -a $(basename x)": "safe" },
  nearMisses: ["locate --frob", "locate -d ~/.ssh/db x", "which --read-alias x"],
});

export const fileDatabase = program({
  names: "updatedb|makewhatis|mandb|ldconfig|fc-cache",
  source: "updatedb(8), mandb(8), ldconfig(8)",
  risk: (inv) => (inv.program === "ldconfig" && (inv.has("-p") || inv.has("-N")) && inv.has("-p") ? "safe" : "caution"),
  why: "rebuilds, or for ldconfig -p prints, a database of files",
  flags: "-p|--print-cache -N -v|--verbose -V|--version",
  anyOption: true,
  noInverse: "the database only describes the files; nothing is lost",
  examples: { updatedb: "caution", "ldconfig -p": "safe", ldconfig: "caution" },
  nearMisses: ["mandb -c", "ldconfig -n /tmp"],
});

export const attributes = program({
  names: "getfattr|xattr|attr",
  source: "getfattr(1), attr 2.5; xattr(1), macOS 14",
  why: "prints extended attributes of files",
  flags:
    "-h|--no-dereference -R|--recursive -L|--logical -P|--physical --absolute-names --only-values -p -l -r -s -v -x -q --help --version -g",
  values: "-n|--name -e|--encoding -m|--match",
  options: {
    "-d|--dump|-w|-c": {
      arity: "flag",
      risk: "safe",
      why: "dumps or, for xattr and attr, changes attributes",
    },
    "--remove|--delete|--set|--clear": { arity: "flag", risk: "caution", why: "changes attributes" },
  },
  operands: "data*",
  anyWord: true,
  inspect: (inv, ctx) => {
    const changes = inv.program !== "getfattr" && (inv.has("-d") || inv.has("-w") || inv.has("-c"));
    if (changes || inv.program === "attr") ctx.report({ risk: "caution", why: "changes the attributes of files" });
  },
  examples: {
    "getfattr -d -m - shared": "safe",
    "xattr -p com.example.tag x": "safe",
    "xattr -d com.example.tag x": "caution",
    "xattr -w a b x": "caution",
    "xattr -c x": "caution",
    "xattr --clear x": "caution",
  },
  nearMisses: ["xattr -rd com.example.tag .", "attr -s a -V b x", "xattr -lc x"],
});

export const du = program({
  names: "du|df|gdu|gdf",
  source: "du(1), df(1), GNU coreutils 9.4",
  why: "prints how much space is used",
  flags:
    "-0|--null -a|--all --apparent-size -b|--bytes -c|--total -D|--dereference-args -H --inodes -k -l|--count-links|--local -L|--dereference -m -P|--no-dereference|--portability -h|--human-readable --si -s|--summarize -S|--separate-dirs -x|--one-file-system -i -T|--print-type -v --no-sync --help --version -NUM",
  values: "-B|--block-size -d|--max-depth -t|--threshold --type --exclude --exclude-type",
  optional: "--time --time-style --output",
  reads: "-X|--exclude-from --files0-from",
  options: { "--sync": { arity: "flag", risk: "caution", harmless: true, why: "flushes file systems first" } },
  operands: "data*",
  anyWord: true,
  examples: { "du -sh /var/*": "safe", "df -hT": "safe", "du -d1 -h /": "safe", "df -i": "safe", "df --sync": "caution" },
  nearMisses: ["du --frob", "df --sy"],
});

export const diskReports = program({
  names: "dust|duf|pydf|dfc|diskus|dutree",
  source: "dust(1) 0.8, duf(1) 0.8, dfc(1) 3.1",
  why: "prints how much space is used",
  options: { "-e": { arity: "optional", risk: "unknown", why: "dfc -e writes its report in another form" } },
  anyOption: true,
  anyWord: true,
  operands: "data*",
  examples: { "dust -d 2 /var": "safe", "duf --only local": "safe", "dfc -e html": "unknown" },
  nearMisses: ["duf > x", "dust $(rm x)"],
});

export const ncdu = program({
  names: "ncdu|gdu-go|dua",
  source: "ncdu(1) 1.18",
  risk: (inv) => (inv.has("-o") && inv.value("-o") === "-" ? "safe" : "unknown"),
  why: "is interactive: it can delete the files that it lists",
  safer: "du -xh --max-depth=2",
  flags: "-x|--one-file-system -q -0 -1 -2 -r -e --si -h|--help -v|--version",
  values: "--exclude",
  options: { "-o": { kind: "write", why: "writes the list to a file" }, "-f": { kind: "read" } },
  operands: "data?",
  examples: { "ncdu /var": "unknown", "ncdu -o list /var": "unknown", "ncdu -f list": "unknown" },
  nearMisses: ["ncdu -x /", "dua i"],
});

/** Letters behind one that takes a value are further options to tree, and their values are the next words. */
function clusteredValue(inv: Invocation, ctx: RuleContext): void {
  for (const { spec, value, span } of inv.options) {
    const glued = value?.span.start === span.start && spec.names[0]?.length === 2;
    if (glued && !/^\d+$/.test(value.text)) {
      ctx.report({ risk: "unknown", why: "options behind one that takes a value", safer: "write each option as a word of its own", span });
    }
  }
}

export const tree = program({
  names: "tree",
  source: "tree(1), tree 2.1",
  why: "prints a directory tree",
  flags:
    "-a -d -l -f -x -q -N -Q -p -u -g -s -h -D -F -i -A -S -n -C -X -J -r -t -U -v --du --si --inodes --device --noreport --dirsfirst --filesfirst --prune --matchdirs --ignore-case --gitignore --help --version",
  values: "-L -P -I -H -T --filelimit --timefmt --sort --charset",
  options: {
    "-o": { kind: "write", why: "writes FILE" },
    "-R": { arity: "flag", risk: "caution", why: "with -H and -L it writes 00Tree.html files" },
  },
  operands: "data*",
  inspect: clusteredValue,
  examples: { "tree -L 2 /etc": "safe", "tree /etc -L 2": "safe", "tree -o out": "caution", "tree -R x": "caution" },
  nearMisses: ["tree -aRo x", "tree -R -H . -L 1", "tree -Ho listing.html .", "tree -Po pat out", "tree $x -o out", "tree /etc -o x"],
});
