// Programs that change files. What can be undone is caution, what cannot is dangerous.
import type { Invocation } from "../invocation.ts";
import { operandTargets, program } from "../rule.ts";
import type { Target } from "../types.ts";

const lastOperand = (inv: Invocation): readonly Target[] => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text }));

const any = { anyOption: true, anyWord: true, operands: "name*" } as const;

export const move = program({
  ...any,
  names: "mv|cp|install|ln|link|rename",
  source: "mv(1), cp(1), install(1), ln(1), GNU coreutils 9.4",
  risk: "dangerous",
  why: "writes files and may overwrite what is there without a trace",
  safer: "-n does not overwrite; ls the destination first",
  targets: lastOperand,
  examples: { "cp a b": "dangerous", "mv a b": "dangerous" },
  nearMisses: ["ln -sf /dev/null x", "cp -n a b"],
});

export const makePath = program({
  ...any,
  names: "mkdir|touch|mktemp|mkfifo|tee|sponge",
  source: "mkdir(1), touch(1), mktemp(1), tee(1), GNU coreutils 9.4",
  risk: "caution",
  why: "makes or changes files",
  targets: operandTargets("path"),
  inverse: (inv) =>
    inv.program === "mkdir" && inv.operands.length === 1 && inv.operand(0) !== undefined
      ? { kind: "command", command: `rmdir ${inv.operand(0)}` }
      : undefined,
  inspect: (inv, ctx) => {
    if (inv.program === "tee" || inv.program === "sponge") {
      for (const arg of inv.operands)
        if (arg.text !== "/dev/null") ctx.report({ risk: "dangerous", why: "overwrites the file", span: arg.span });
    }
  },
  examples: { "mkdir -p /tmp/x": "caution", "touch x": "caution", "tee /etc/hosts": "dangerous" },
  nearMisses: ["tee -a x", "mktemp"],
});

export const overwrite = program({
  ...any,
  names:
    "truncate|split|csplit|patch|fallocate|logrotate|rsync|scp|sftp|sponge-all|cpio|pax|dpkg-divert|update-alternatives|ed|ex|vi|vim|nano|emacs|unlink-all",
  source: "truncate(1), split(1), GNU coreutils 9.4; patch(1); rsync(1); scp(1)",
  risk: "dangerous",
  why: "writes files, here or on another machine, and may overwrite or delete what is there",
  targets: lastOperand,
  examples: { "truncate -s 0 app.log": "dangerous", "rsync -a --delete a/ b/": "dangerous", "scp a host:b": "dangerous" },
  nearMisses: ["logrotate -f /etc/logrotate.conf", "vim /etc/hosts"],
});

export const permissions = program({
  ...any,
  names: "chmod|chown|chgrp|setfacl|chattr|setcap|chcon|restorecon|setenforce|umask-set",
  source: "chmod(1), chown(1), GNU coreutils 9.4; setfacl(1); chattr(1)",
  risk: "dangerous",
  why: "changes who may do what; the old state is not kept",
  safer: "stat -c '%a %U:%G %n' shows the present state",
  targets: operandTargets("path", 1),
  examples: { "chmod 777 /srv": "dangerous", "chown -R app: /srv": "dangerous" },
  nearMisses: ["chmod -R 000 /", "setfacl -b x"],
});

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
  flags: "-l -v -t -z -Z -p -c -q -qq -1 -2 -s -m -h -T -C -M -a -L",
  values: "-x -P",
  options: {
    "-d": { kind: "write", why: "extracts into a directory", risk: "dangerous" },
    "-o|-n|-j|-u|-f": { arity: "flag", risk: "dangerous", why: "extracts files" },
  },
  operands: "data*",
  examples: { "unzip -l x.zip": "safe", "unzip -tq x.zip": "safe", "unzip -p x.zip a": "safe", "unzip x.zip": "dangerous" },
  nearMisses: ["unzip -o x.zip", "unzip x.zip -d /", "unzip -lo x.zip -d /tmp"],
});
