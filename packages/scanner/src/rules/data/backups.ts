// Backup programs: restic, borg, duplicity, kopia, bacula. Reads list and check; forgetting and pruning lose backups for good.
import { program } from "../../rule.ts";
import { changing, destroying, each, listing, reading } from "../verb-rules.ts";

const copy = "delete the copy, or forget the snapshot";

export const restic = program({
  names: "restic",
  source: "restic.readthedocs.io 0.17",
  style: "go",
  why: "keeps backups",
  flags: "--json --no-lock --no-cache --insecure-tls -q|--quiet -v|--verbose --cleanup-cache",
  values: "-r|--repo --repository-file -p|--password-file --cache-dir --cacert --key-hint --limit-download --limit-upload --retry-lock",
  options: { "--password-command|-o|--option": { risk: "unknown", why: "runs a program" } },
  verbs: {
    ...each(
      "snapshots ls stats diff find list version help features",
      listing("lists snapshots and files", {
        flags: "-l|--long --recursive -R --human-readable --metadata -c|--compact -I|--ignore-case",
        values: "--host|-H --tag --path --latest --mode --group-by|-g --oldest|-O --newest|-N --snapshot|-s",
      }),
    ),
    check: listing("checks the repository", { flags: "--read-data --with-cache --check-unused", values: "--read-data-subset" }),
    "cat|dump": listing("prints files or keys of a backup", { sensitive: true }),
    "key list": listing("lists keys"),
    ...each(
      "backup init copy tag recover cache self-update generate repair_index repair_snapshots repair_packs",
      changing("writes to the repository", copy),
    ),
    restore: changing("writes files over others", "what was overwritten is lost"),
    "forget|prune|rewrite": {
      ...destroying("forgets snapshots or removes data", "repository"),
      risk: (inv) => (inv.has("--dry-run") ? "safe" : "dangerous"),
      flags: "-n|--dry-run",
      safer: "--dry-run",
    },
    mount: changing("mounts the repository until it is stopped", "stop it", { unbounded: true }),
    ...each(
      "unlock migrate rebuild-index key_add key_remove key_passwd",
      destroying("forgets snapshots, removes data or locks, or changes keys", "repository"),
    ),
  },
  examples: {
    "restic -r /srv/backup snapshots --json": "safe",
    "restic check": "safe",
    "restic backup /etc": "caution",
    "restic restore latest --target /": "caution",
    "restic forget --keep-last 3 --prune": "dangerous",
    "restic unlock": "dangerous",
    "restic forget --keep-last 3 --dry-run": "safe",
    "restic --password-command 'sh x' snapshots": "unknown",
  },
  nearMisses: ["restic", "restic dump latest /etc/shadow", "restic key remove x", "restic forget --dry-run=false --keep-last 1"],
});

export const borg = program({
  names: "borg|borgmatic",
  source: "borgbackup.readthedocs.io 1.4",
  why: "keeps backups",
  globals: "anywhere",
  flags:
    "--json --json-lines --progress -p -v|--verbose --info --debug --log-json --show-rc --short --list|-s --verify-data --repository-only --archives-only",
  values: "--lock-wait --format --last --first --prefix -P --glob-archives -a --config -c",
  options: {
    "--rsh|--remote-path|--local-path|--override": { risk: "unknown", why: "runs a program" },
    "--log-file|--debug-profile": { kind: "write", why: "writes a file" },
  },
  verbs: {
    "list|info|diff|version|rlist|rinfo": reading("lists archives and files"),
    check: {
      ...reading("checks the repository"),
      options: { "--repair": { arity: "flag", risk: "dangerous", why: "may throw data away to repair" } },
    },
    "create|init|rename|mount|umount|export-tar|import-tar|upgrade|config|with-lock|serve|benchmark": changing(
      "writes to the repository or mounts it",
      copy,
    ),
    extract: changing("writes files over others", "what was overwritten is lost"),
    "delete|prune|compact|recreate|break-lock": destroying("deletes archives, space or locks", "archive"),
    "key change-passphrase|export|import|change-location": destroying("changes or shows the key", "repository"),
  },
  examples: {
    "borg list /srv/borg": "safe",
    "borg info --json /srv/borg": "safe",
    "borg create /srv/borg::x /etc": "caution",
    "borg prune --keep-daily 7 /srv/borg": "dangerous",
    "borg check --repair /srv/borg": "dangerous",
    "borg --rsh 'sh x' list": "unknown",
    "borgmatic list --override local_path=x": "unknown",
    "borg list --debug-profile x": "caution",
  },
  nearMisses: ["borg", "borg break-lock /srv/borg", "borg key export /srv/borg"],
});

export const otherBackups = program({
  names: "duplicity|kopia|rdiff-backup|rsnapshot|bconsole|tarsnap",
  source: "duplicity(1) 3.0; kopia.io 0.17; rsnapshot(1) 1.4",
  risk: (inv) => {
    const text = inv.operands
      .slice(0, 2)
      .map((arg) => arg.text)
      .join(" ");
    if (
      /^(remove|cleanup|snapshot (delete|expire|fix)|maintenance|repository|policy|verify-delete)|delete|purge|prune/.test(text) ||
      inv.has("--remove-older-than") ||
      inv.has("--nuke")
    )
      return "dangerous";
    if (
      /^(collection-status|list-current-files|verify|snapshot (list|ls)|ls|list|snapshot verify|info|du|configtest)\b/.test(text) ||
      inv.has("--version")
    )
      return "safe";
    return inv.program === "bconsole" ? "unknown" : "caution";
  },
  why: "makes, lists or removes backups",
  flags: "--version --nuke -t --no-encryption --json --all -v -q",
  values: "--remove-older-than -c --time --file-to-restore --config-file",
  operands: "data*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "backup", name: arg.text })),
  noInverse: copy,
  examples: {
    "duplicity collection-status file:///b": "safe",
    "kopia snapshot list": "safe",
    "duplicity /etc file:///b": "caution",
    "duplicity remove-older-than 7D file:///b": "dangerous",
    "kopia snapshot delete x": "dangerous",
  },
  nearMisses: ["bconsole", "rsnapshot daily"],
});
