// Programs that copy between machines, cut files up, or change them by a patch. Their dry runs are safe.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk, Target } from "../../types.ts";

const destination = (inv: Invocation): readonly Target[] => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text }));

const runsProgram = { kind: "code", risk: "dangerous", why: "names a program to run" } as const;
const deletes = {
  arity: "flag",
  risk: "dangerous",
  why: "deletes files at the destination or the source",
  safer: "add -n to see what it would do",
} as const;

function rsyncRisk(inv: Invocation): Risk {
  const only = inv.has("-n") || inv.has("--list-only") || inv.has("--version") || inv.has("--help");
  return only || inv.operands.length === 1 ? "safe" : "caution";
}

export const rsync = program({
  names: "rsync",
  source: "rsync(1) 3.2",
  why: "copies files here or to another machine, overwriting older ones",
  safer: "add -n to see what it would do",
  risk: rsyncRisk,
  flags:
    "-a|--archive -v|--verbose -q|--quiet -c|--checksum -r|--recursive -R|--relative -b|--backup -u|--update -l|--links -L|--copy-links -k|--copy-dirlinks -K|--keep-dirlinks -H|--hard-links -p|--perms -E|--executability -A|--acls -X|--xattrs -o|--owner -g|--group -D -t|--times -U|--atimes -O|--omit-dir-times -J|--omit-link-times -S|--sparse -n|--dry-run -W|--whole-file -x|--one-file-system -z|--compress -C|--cvs-exclude -h|--human-readable -i|--itemize-changes -P|--progress -I|--ignore-times -4|--ipv4 -6|--ipv6 -y|--fuzzy -s|--protect-args -m|--prune-empty-dirs -d|--dirs -V|--version --help --list-only --stats --partial --inplace --append --append-verify --size-only --existing --ignore-existing --numeric-ids --delay-updates --safe-links --copy-unsafe-links --munge-links --mkpath --no-motd --8-bit-output --no-perms --no-owner --no-group --no-o --no-g --no-p --no-times --devices --specials --fake-super --msgs2stderr --no-compress --old-args --trust-sender --open-noatime --ignore-errors --devices-only -F -0|--from0",
  values:
    "-B|--block-size -f|--filter -T|--temp-dir --exclude --include --max-size --min-size --bwlimit --timeout --contimeout --port --chmod --chown --usermap --groupmap --modify-window --info --debug --out-format --log-file-format --compress-level --skip-compress --suffix --max-alloc --checksum-choice --compress-choice --sockopts --address --iconv --stop-after --stop-at --protocol --partial-dir --max-delete --compare-dest --copy-dest --link-dest",
  reads: "--exclude-from --include-from --files-from --password-file",
  options: {
    "-e|--rsh": {
      check: (value) =>
        /^ssh( -(p ?\d+|[46AaCqTx]|i [\w./~-]+|l \w+|o (BatchMode|ConnectTimeout|StrictHostKeyChecking)=\w+))*$/.test(value.text)
          ? undefined
          : { risk: "dangerous", why: "names a program to run" },
    },
    "-M|--remote-option|--rsync-path|--early-input|--write-batch|--only-write-batch|--read-batch|--daemon|--config|--dparam": {
      ...runsProgram,
      why: "names a program to run or a batch to write",
    },
    "--delete|--del|--delete-before|--delete-during|--delete-delay|--delete-after|--delete-excluded|--delete-missing-args|--remove-source-files|--force":
      {
        arity: "flag",
        risk: "safe",
        why: "deletes files at the destination or the source",
      },
    "--log-file|--backup-dir": { kind: "write", why: "writes a log or copies" },
  },
  operands: "read*",
  targets: destination,
  noInverse: "the files that it overwrites are gone unless --backup keeps them",
  inspect: (inv, ctx) => {
    if (rsyncRisk(inv) === "safe") return;
    const names = inv.options.flatMap((use) => use.spec.names);
    if (names.includes("--delete")) ctx.report({ risk: "dangerous", why: deletes.why, safer: deletes.safer });
  },
  examples: {
    "rsync -avn a/ b/": "safe",
    "rsync -avzn --delete a/ host:b/": "safe",
    "rsync --list-only host::dumps/": "safe",
    "rsync -a a/ b/": "caution",
    "rsync -e 'ssh -p 2222' -a a host:b": "caution",
    "rsync -a --delete a/ b/": "dangerous",
    "rsync -e sh a b": "dangerous",
    "rsync -n --rsync-path=x a host:b": "dangerous",
    "rsync -n --log-file=l a b": "caution",
  },
  nearMisses: [
    "rsync -n -e ./x a h:b",
    "rsync --remove-source-files a b",
    "rsync -e 'ssh -o ProxyCommand=x' -n a h:b",
    "rsync a b",
    "rsync --del a b",
  ],
});

export const secureCopy = program({
  names: "scp|sftp|pscp|rcp|lftp|ftp|tftp",
  source: "scp(1), sftp(1), OpenSSH 9.6",
  risk: (inv) => (["lftp", "ftp", "tftp"].includes(inv.program) ? "unknown" : "caution"),
  why: "copies files between machines",
  flags: "-3 -4 -6 -A -B -C -O -p -q -R -r -T -v -a -f -N -s",
  values: "-c -i -J -l -P -X",
  options: {
    "-S|-D": runsProgram,
    "-o": { risk: "dangerous", why: "may name a program to run" },
    "-F": { kind: "read", risk: "unknown", why: "a configuration file may name programs to run" },
    "-b": { kind: "read", risk: "unknown", why: "a file of commands that is not seen here" },
  },
  anyOption: true,
  operands: "read*",
  targets: destination,
  noInverse: "the file that is overwritten is gone unless it was copied aside",
  examples: {
    "scp a host:b": "caution",
    "scp -S sh a h:b": "dangerous",
    "scp -o ProxyCommand=x a b:c": "dangerous",
    "scp -F f a h:b": "unknown",
    "sftp -b f h": "unknown",
  },
  nearMisses: ["scp host:/etc/passwd /etc/passwd", "sftp host", "lftp -e 'rm x' h"],
});

export const split = program({
  names: "split|gsplit|csplit",
  source: "split(1), csplit(1), GNU coreutils 9.4",
  risk: "caution",
  why: "writes the parts of a file to new files",
  options: { "--filter": { kind: "code", risk: "dangerous", why: "runs a program on every part" } },
  anyOption: true,
  operands: "data*",
  targets: destination,
  noInverse: "the parts are new files; rm takes them away",
  examples: { "split -b 1m x": "caution", "csplit x /a/": "caution", "split --filter=sh x": "dangerous" },
  nearMisses: ["split --filt='rm $FILE' x"],
});

export const patch = program({
  names: "patch|gpatch",
  source: "patch(1), GNU patch 2.7",
  risk: (inv) => (inv.has("--dry-run") || inv.has("-v") || inv.has("--help") ? "safe" : "caution"),
  why: "changes files by a patch",
  safer: "add --dry-run to see what it would do",
  flags:
    "-p0 -p1 -p2 -b|--backup -N|--forward -R|--reverse -s|--quiet|--silent -E|--remove-empty-files -f|--force -t|--batch -l|--ignore-whitespace -u|--unified -c|--context -n|--normal --dry-run --verbose --binary -v|--version --help -C",
  values: "-p|--strip -F|--fuzz -d|--directory -z|--suffix -V --reject-format",
  reads: "-i|--input",
  options: {
    "-o|--output|-r|--reject-file|-B|--prefix|-Y": { kind: "write", why: "writes a file" },
    "-e|--ed": { arity: "flag", risk: "dangerous", why: "the patch is a script of the editor ed, which can run programs" },
  },
  operands: "read*",
  inverse: (inv) => {
    const input = inv.value("-i");
    const simple = input !== undefined && /^[\w./-]+$/.test(input) && inv.value("-p") !== undefined && inv.operands.length === 0;
    return simple ? { kind: "command", command: `patch -R -p${inv.value("-p")} -i ${input}` } : undefined;
  },
  targets: (inv) => [{ kind: "path", name: inv.operands[0]?.text ?? "." }],
  noInverse: "a patch that is not named in the command is not known here",
  examples: {
    "patch -p1 --dry-run": "safe",
    "patch -p1 -i x.diff": "caution",
    "patch -e x y": "dangerous",
    "patch --dry-run -o y x": "caution",
  },
  nearMisses: ["patch -p1", "patch --dry-run -e x"],
});

export const logrotate = program({
  names: "logrotate",
  source: "logrotate(8) 3.21",
  risk: (inv) => (inv.has("-d") || inv.has("--version") || inv.has("--usage") ? "safe" : "caution"),
  why: "rotates, packs and deletes old logs as its configuration says, and runs the scripts named there",
  safer: "-d only says what it would do",
  flags: "-d|--debug -v|--verbose -f|--force --version --usage --help",
  options: {
    "-s|--state|-l|--log": { kind: "write", why: "writes its state or a log" },
    "-m|--mail": { kind: "code", risk: "dangerous", why: "names a program to run" },
  },
  operands: "data*",
  noInverse: "logs that were rotated out are gone",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "path", name: arg.text })),
  examples: {
    "logrotate -d /etc/logrotate.conf": "safe",
    "logrotate -f x": "caution",
    "logrotate -d -s x y": "caution",
    "logrotate -m sh x": "dangerous",
  },
  nearMisses: ["logrotate /etc/logrotate.conf", "logrotate -d --mail=sh x"],
});
