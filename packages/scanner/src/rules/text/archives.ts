// Archives and compressed files: listing, testing and printing is safe, unpacking and packing writes.
import { program } from "../../rule.ts";

export const tar = program({
  names: "tar",
  source: "tar(1), GNU tar 1.34",
  style: "bsd",
  why: "lists an archive",
  risk: (inv) => (inv.has("-t") && !inv.has("-x") && !inv.has("-c") && !inv.has("-r") && !inv.has("-u") ? "safe" : "dangerous"),
  flags:
    "-t|--list -v|--verbose -z|--gzip -j|--bzip2 -J|--xz --zstd -a|--auto-compress -h|--dereference -x|--extract|--get -c|--create -r|--append -u|--update -A -k -p -P -S -W -m -O|--to-stdout",
  values: "--exclude --strip-components --wildcards",
  reads: "-f|--file -C|--directory -T|--files-from -X|--exclude-from",
  options: {
    "--delete|--remove-files|--recursive-unlink": { arity: "flag", risk: "dangerous", why: "deletes files" },
    "-I|--use-compress-program|--to-command|--checkpoint-action|--rsh-command|--rmt-command|-F|--info-script|--new-volume-script": {
      kind: "code",
      risk: "dangerous",
      why: "runs a program",
    },
    "--checkpoint": { arity: "optional", risk: "unknown", why: "may act at checkpoints" },
    "-g|--listed-incremental|--index-file|--volno-file": { kind: "write", why: "writes a file" },
  },
  operands: "data*",
  examples: { "tar tzf x.tgz": "safe", "tar -tvf x.tar etc/hosts": "safe", "tar xzf x.tgz": "dangerous", "tar czf x.tgz d": "dangerous" },
  nearMisses: [
    "tar tf x --to-command=sh",
    "tar -tf x --checkpoint=1 --checkpoint-action=exec=sh",
    "tar tf x -I sh",
    "tar -tf h:x --rsh-command=sh",
  ],
});

export const compressors = program({
  names: "gzip|gunzip|bzip2|bunzip2|xz|unxz|zstd|unzstd|lz4|compress|uncompress",
  source: "gzip(1), bzip2(1), xz(1), zstd(1)",
  why: "lists, tests or prints compressed data",
  risk: (inv) => (inv.has("-l") || inv.has("-t") || inv.has("-c") || inv.has("-h") || inv.has("-V") ? "safe" : "caution"),
  flags:
    "-l|--list -t|--test -c|--stdout|--to-stdout -d|--decompress|--uncompress -k|--keep -q|--quiet -v|--verbose -z|--compress -n|--no-name -N|--name -h|--help -V|--version -NUM",
  options: {
    "-f|--force": { arity: "flag", risk: "caution", why: "overwrites" },
    "-o": { kind: "write", why: "writes a file" },
    "--rm": { arity: "flag", risk: "dangerous", why: "deletes the source" },
  },
  operands: "read*",
  examples: { "gzip -l x.gz": "safe", "gzip -dc x.gz": "safe", "xz -t x.xz": "safe", "gzip x": "caution", "gunzip x.gz": "caution" },
  nearMisses: ["zstd -c --rm x", "zstd -d x -o y", "bzip2 -f x"],
});

export const unzip = program({
  names: "unzip|zipinfo",
  source: "unzip(1), zipinfo(1), Info-ZIP 6.0",
  why: "lists, tests or prints an archive",
  risk: (inv) =>
    inv.program === "zipinfo" || ["-l", "-v", "-t", "-z", "-Z", "-p", "-c", "-h"].some((flag) => inv.has(flag)) ? "safe" : "dangerous",
  flags: "-l -v -t -z -Z -q -qq -1 -2 -s -m -h -T -C -M -a -L",
  values: "-x -P",
  options: {
    "-p|-c": { arity: "flag", risk: "caution", why: "prints what the archive holds, whatever it is" },
    "-d": { kind: "write", why: "extracts into a directory", risk: "dangerous" },
    "-o|-n|-j|-u|-f": { arity: "flag", risk: "dangerous", why: "extracts files" },
  },
  operands: "data*",
  examples: { "unzip -l x.zip": "safe", "unzip -tq x.zip": "safe", "unzip -p x.zip a": "caution", "unzip x.zip": "dangerous" },
  nearMisses: ["unzip -o x.zip", "unzip x.zip -d /", "unzip -lo x.zip -d /tmp"],
});
