// Archives: listing, testing and printing is safe, packing writes one file, unpacking overwrites what has the same name.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk, Target } from "../../types.ts";

const intoHere = (inv: Invocation): readonly Target[] => {
  const folder = inv.arg("-C") ?? inv.arg("-d");
  return [{ kind: "path", name: folder?.text ?? "." }];
};

const readingModes = ["-t", "-d", "--version", "--help", "--show-defaults"];

/** Extracting to standard output and listing print; creating writes the archive; the rest overwrites. */
function tarRisk(inv: Invocation): Risk {
  if (["-r", "-u", "-A"].some((mode) => inv.has(mode)) || (inv.has("-c") && inv.has("-x"))) return "dangerous";
  if (inv.has("-c")) return /^(-|\/dev\/null)$/.test(inv.value("-f") ?? "") ? "safe" : "caution";
  if (inv.has("-x")) return inv.has("-O") ? "safe" : "dangerous";
  return readingModes.some((mode) => inv.has(mode)) ? "safe" : "unknown";
}

export const tar = program({
  names: "tar|gtar|bsdtar",
  source: "tar(1), GNU tar 1.34; bsdtar(1), libarchive 3.7",
  style: "bsd",
  why: "lists, prints, packs or unpacks an archive",
  safer: "-t lists what is in it",
  risk: tarRisk,
  flags:
    "-t|--list -d|--diff|--compare -v|--verbose -z|--gzip|--gunzip -j|--bzip2 -J|--xz --zstd --lzip --lzma -Z|--compress --lz4 -a|--auto-compress -h|--dereference -x|--extract|--get -c|--create -r|--append -u|--update -A|--catenate|--concatenate -k|--keep-old-files -p|--preserve-permissions -P|--absolute-names -S|--sparse -W|--verify -m|--touch -n|--seek -i|--ignore-zeros -R|--block-number -s -l|--check-links --one-file-system -O|--to-stdout -w|--interactive --full-time --utc --wildcards --no-wildcards --anchored --no-recursion --numeric-owner --same-owner --no-same-owner --null --force-local --no-xattrs --xattrs --acls --selinux --warning-all --overwrite --keep-newer-files --skip-old-files --show-omitted-dirs --show-stored-names --show-defaults --ignore-failed-read --ignore-case --no-ignore-case --exclude-vcs --exclude-caches --exclude-backups --backup --quoting --help --version",
  values:
    "--exclude --strip-components --strip --owner --group --mtime --mode --sort -b|--blocking-factor -N|--newer|--after-date --newer-mtime --occurrence --format -H -L|--tape-length --warning -V|--label --quoting-style --suffix --transform|--xform --totals-signal --one-top-level",
  reads: "-f|--file -C|--directory -T|--files-from -X|--exclude-from",
  optional: "--totals --occurrences",
  options: {
    "--delete|--remove-files|--recursive-unlink|--unlink-first|-U": { arity: "flag", risk: "dangerous", why: "deletes files" },
    "-I|--use-compress-program|--to-command|--checkpoint-action|--rsh-command|--rmt-command|-F|--info-script|--new-volume-script|--use-compress":
      {
        kind: "code",
        risk: "dangerous",
        why: "runs a program",
        safer: "name the compression: -z, -j, -J, --zstd",
      },
    "--checkpoint": { arity: "optional", risk: "unknown", why: "may act at checkpoints" },
    "-g|--listed-incremental|--index-file|--volno-file": { kind: "write", why: "writes a file" },
    "-M|--multi-volume": { arity: "flag", risk: "unknown", why: "asks for volumes, which may run a script" },
  },
  operands: "read*",
  targets: intoHere,
  noInverse: "the archive is a new file; where one of that name existed, its content is lost",
  inspect: (inv, ctx) => {
    const archive = inv.arg("-f");
    const remote = archive !== undefined && /^[^/]+:/.test(archive.head) && !inv.has("--force-local");
    if (remote) ctx.report({ risk: "unknown", why: "the archive is on another machine, reached by a remote shell", span: archive.span });
  },
  examples: {
    "tar tzf x.tgz": "safe",
    "tar -tvf x.tar etc/hosts": "safe",
    "tar -xOf x.tgz VERSION": "safe",
    "tar -dzf x.tgz": "safe",
    "tar czf x.tgz d": "caution",
    "tar xzf x.tgz": "dangerous",
    "tar -rf x.tar more": "dangerous",
    "tar tf host:x.tar": "unknown",
    "tar --delete -f x.tar a": "dangerous",
    "tar cf x.tar d --checkpoint=10": "unknown",
    "tar -cf x.tar -g snap d": "caution",
    "tar -tMf x": "unknown",
  },
  nearMisses: [
    "tar tf x --to-command=sh",
    "tar -tf x --checkpoint=1 --checkpoint-action=exec=sh",
    "tar tf x -I sh",
    "tar -tf h:x --rsh-command=sh",
    "tar -xf x -C / --overwrite",
    "tar cf /etc/passwd x",
    "tar czf - ~/.ssh",
    "tar",
  ],
});

export const unzip = program({
  names: "unzip|zipinfo|funzip",
  source: "unzip(1), zipinfo(1), Info-ZIP 6.0",
  why: "lists, tests, prints or unpacks an archive",
  safer: "unzip -l lists what is in it",
  risk: (inv) => {
    const prints = ["-l", "-v", "-t", "-z", "-Z", "-p", "-c", "-h", "--help", "-hh"].some((flag) => inv.has(flag));
    return inv.program !== "unzip" || prints || (inv.options.length === 0 && inv.operands.length === 0) ? "safe" : "dangerous";
  },
  flags: "-l -v -t -z -Z -q -qq -1 -2 -s -m -M -h -hh -T -C -a -aa -b -L -i --help --list --version --verbose --h -NUM",
  values: "-P --file",
  reads: "-F",
  options: {
    "-p|-c": { arity: "flag", risk: "caution", why: "prints what the archive holds, whatever it is" },
    "-d": { risk: "dangerous", why: "extracts into a directory" },
    "-o|-n|-j|-u|-f|-x|-B|-K|-X|-U|-V": { arity: "flag", risk: "safe", why: "steers what is unpacked" },
  },
  operands: "data*",
  targets: intoHere,
  examples: {
    "unzip -l x.zip": "safe",
    "unzip -tq x.zip": "safe",
    "unzip -p x.zip a": "caution",
    "zipinfo -1 x.zip": "safe",
    "unzip --help": "safe",
    "unzip x.zip": "dangerous",
    "unzip -o x.zip": "dangerous",
    "unzip -l x.zip -d /": "dangerous",
  },
  nearMisses: ["unzip -o x.zip", "unzip x.zip -d /", "unzip -lo x.zip -d /tmp", "unzip -x x.zip"],
});

export const jar = program({
  names: "jar",
  source: "jar(1), JDK 21",
  style: "bsd",
  why: "lists, packs or unpacks an archive of Java classes",
  safer: "jar tf lists what is in it",
  risk: (inv) => (inv.has("-t") && !inv.has("-x") && !inv.has("-c") && !inv.has("-u") && !inv.has("-i") ? "safe" : "dangerous"),
  flags: "-t|--list -x|--extract -c|--create -u|--update -v|--verbose -0|--no-compress -M -m -k -d --version --help",
  values: "-C -e",
  reads: "-f|--file",
  options: { "-i|--generate-index": { risk: "caution", why: "writes an index into the archive" } },
  operands: "data*",
  targets: (inv) => [{ kind: "path", name: inv.arg("-f")?.text ?? "." }],
  examples: { "jar tf app.jar": "safe", "jar --list --file app.jar": "safe", "jar xf app.jar": "dangerous", "jar -i app.jar": "dangerous" },
  nearMisses: ["jar uf app.jar a", "jar cf app.jar d", "jar txf app.jar"],
});

export const zip = program({
  names: "zip|zipcloak|zipnote|zipsplit",
  source: "zip(1), Info-ZIP 3.0",
  risk: (inv) => (inv.has("-sf") || inv.has("-h") || inv.has("--help") || inv.has("-v") ? "safe" : "caution"),
  why: "packs files into an archive, or changes one",
  safer: "-sf only shows what would be packed",
  flags:
    "-r -q -j -y -X -@ -g -9 -0 -1 -u -f -e -T -D -A -FS -sf -su -h -h2 -v -l -ll -p -NUM --recurse-paths --quiet --show-files --help --version",
  values: "-x -i -n -b -s -t -tt -P --exclude --include --password",
  options: {
    "-m|--move|-d|--delete|-FF|-F|--fix": { arity: "flag", risk: "dangerous", why: "deletes files, or entries of the archive" },
    "-TT|--unzip-command": { kind: "code", risk: "dangerous", why: "runs a program to test the archive" },
    "-O|--out|--output-file": { kind: "write", why: "writes another archive" },
    "-lf|--logfile-path": { kind: "write", why: "writes a log" },
  },
  operands: "data*",
  anyWord: true,
  noInverse: "the archive is a new file; where one of that name existed, its entries are replaced",
  targets: (inv) => [{ kind: "path", name: inv.operands[0]?.text ?? "." }],
  examples: {
    "zip -r logs.zip logs": "caution",
    "zip -sf x.zip": "safe",
    "zip -m old.zip a": "dangerous",
    "zip -T x.zip -TT 'sh -c id'": "dangerous",
    "zip -d x.zip a": "dangerous",
    "zip x.zip a -O y.zip": "caution",
    "zip x.zip a -lf log": "caution",
  },
  nearMisses: ["zip -rm x.zip d", "zip -T x.zip", "zip -sf x.zip -m a"],
});
