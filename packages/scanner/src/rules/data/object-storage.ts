// Clients of object stores: mc and rclone. Reads list and print; copies write; everything that deletes is dangerous.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type Finding, program, type RuleContext } from "../../rule.ts";
import type { Target } from "../../types.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

const lastPath = (inv: Invocation): readonly Target[] => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text }));
const copies = "delete the copy; what was overwritten is lost";

const find: CommandRule = {
  why: "lists objects by conditions",
  flags: "--json --versions -q --quiet --no-color --insecure",
  values:
    "--name --older-than --newer-than --larger --smaller --regex --path --print --maxdepth --ignore --metadata --tags -C --config-dir",
  options: {
    "--exec": { kind: "code", risk: "dangerous", why: "runs a command for each object" },
    "--watch": { arity: "flag", unbounded: true, why: "waits for more" },
  },
  operands: "data*",
};

export const mc = program({
  names: "mc|mcli|minio-client",
  source: "min.io/docs, mc RELEASE.2024-10",
  style: "go",
  why: "asks or changes an object store",
  flags: "--json --quiet|-q --no-color --insecure --debug",
  values: "--config-dir|-C",
  verbs: {
    ...each(
      "ls stat du tree diff ready ping version_info ilm_rule_ls ilm_tier_ls tag_list replicate_status replicate_ls event_ls encrypt_info quota_info retention_info legalhold_info cors_get anonymous_get anonymous_list anonymous_links",
      reading("lists objects or settings"),
    ),
    "cat|head": reading("prints an object", { operands: "read*" }),
    find,
    "alias list|ls": reading("prints addresses and keys", { sensitive: true }),
    "admin info": reading("prints the state of the servers"),
    "admin prometheus": reading("prints figures, or the token that asks for them", { sensitive: true }),
    "admin heal": changing("heals objects, and loads the servers", "the data stay the same"),
    ...each(
      "admin_policy_ls|list|info admin_user_ls|list|info admin_group_ls|list|info admin_cluster_info admin_decommission_status admin_rebalance_status admin_scanner_info admin_scanner_status admin_top_locks admin_top_api admin_replicate_info admin_replicate_status admin_bucket_info support_top_locks",
      reading("prints the state of the servers", {
        options: { "-f|--policy-file": { kind: "write", why: "writes the policy to a file" } },
      }),
    ),
    "admin logs|trace|console": reading("follows the servers' logs", { unbounded: true, sensitive: true }),
    "watch|events": reading("follows events", { unbounded: true }),
    "admin config get": reading("prints settings", { sensitive: true }),
    ...each(
      "cp put get mb share_download share_upload alias_set version_enable version_suspend tag_set encrypt_set ilm_rule_add event_add replicate_add undo pipe od update admin_config_set admin_service_restart admin_rebalance_start legalhold_set retention_set sql quota_set cors_set admin_config_export",
      changing("writes objects or settings", copies),
    ),
    mirror: {
      ...changing("copies objects, and overwrites others", copies),
      flags: "--remove --overwrite --watch -w",
      inspect: (inv, ctx) => {
        if (inv.has("--remove")) ctx.report({ risk: "dangerous", why: "deletes what the source does not have" });
      },
      targets: lastPath,
    },
    ...each(
      "rm rb mv ilm_rule_rm ilm_tier_rm alias_rm tag_remove anonymous_set anonymous_set-json event_rm replicate_rm encrypt_clear quota_clear retention_clear admin_user_add admin_user_rm|remove|disable|enable admin_policy_create|attach|detach|rm|remove|set admin_group_add|rm admin_service_stop admin_decommission_start admin_bucket_remote admin_update legalhold_clear cors_remove batch_start admin_config_reset",
      destroying("deletes objects or buckets, opens them to others, or changes rights", "path"),
    ),
  },
  examples: {
    "mc ls --recursive backup/logs": "safe",
    "mc admin info backup": "safe",
    "mc admin policy info backup p --policy-file x": "caution",
    "mc admin prometheus generate backup": "caution",
    "mc cat backup/logs/x": "safe",
    "mc find backup/logs --older-than 7d": "safe",
    "mc find backup/logs --watch": "caution",
    "mc alias list": "caution",
    "mc cp x backup/logs/": "caution",
    "mc rm --recursive --force backup/logs": "dangerous",
    "mc mirror --remove a b": "dangerous",
    "mc find backup/logs --exec 'mc rm {}'": "dangerous",
  },
  nearMisses: ["mc", "mc mirror --overwrite a b", "mc rb --force backup/logs", "mc cat ~/.ssh/id_rsa"],
});

const rcloneOptions = {
  flags:
    "-v|--verbose -q|--quiet -P|--progress --fast-list --checksum|-c --size-only --human-readable --no-traverse --dry-run|-n --use-server-modtime --no-modtime -R|--recursive --json --files-only --dirs-only --csv --absolute --hash --full --one-way --download --no-check-certificate --ignore-errors --update|-u --ignore-existing --delete-excluded --rmdirs --all",
  values:
    "--max-depth --include --exclude --filter --min-size --max-size --min-age --max-age --transfers --checkers --format -F --separator -s --head --tail --count --offset --bwlimit --retries --timeout --contimeout --stats --tpslimit --s3-region --s3-endpoint --s3-provider --hash-type --log-level --exclude-from --include-from --filter-from --files-from",
  options: {
    "--log-file": { kind: "write" as const, why: "writes a log file" },
    "--config": {
      check: (value: Arg): Finding | undefined =>
        isUsualPlace(value) ? undefined : { risk: "unknown", why: "a configuration from an unusual place may run programs" },
    },
    "-o|--output|--combined|--differ|--missing-on-dst|--missing-on-src|--match|--error|--output-file": {
      kind: "write" as const,
      why: "writes a report",
    },
    "--rc|--password-command|--backup-dir|--metadata-mapper": {
      arity: "optional" as const,
      risk: "unknown" as const,
      why: "opens a port or runs a program",
    },
  },
};
const isUsualPlace = (value: Arg): boolean =>
  value.shape === "literal" && /^\/(etc|root|home\/[\w.-]+)\/[\w./-]+$/.test(value.text) && !value.text.includes("..");

/** `:sftp,ssh=CMD:` and `remote,option=x:` set options of a remote, programs among them. */
function checkRemotes(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands)
    if (/^(:|[\w.-]+,)/.test(arg.text))
      ctx.report({ risk: "unknown", why: "sets options of a remote, which may run programs", span: arg.span });
}

const rcloneRead: CommandRule = {
  why: "lists, compares or prints files of a remote",
  ...rcloneOptions,
  operands: "read*",
  inspect: checkRemotes,
};
const dryRun = (risk: "caution" | "dangerous") => (inv: Invocation) => (inv.has("--dry-run") ? ("safe" as const) : risk);

export const rclone = program({
  names: "rclone",
  source: "rclone.org/commands 1.68",
  style: "go",
  why: "works on files of remotes",
  verbs: {
    "ls|lsl|lsd|lsf|lsjson|size|check|cryptcheck|checksum|md5sum|sha1sum|hashsum|about|version|tree|listremotes|cat|help": rcloneRead,
    "config show|dump|file|paths|userinfo|redacted|providers": reading("prints the configuration, with passwords", {
      sensitive: (inv) => /^(show|dump)$/.test(inv.path[1] ?? ""),
    }),
    "copy|copyto|mkdir|touch|bisync|settier|rcat|copyurl|moveto|move|link|backend|archive": {
      ...rcloneRead,
      risk: dryRun("caution"),
      why: "writes files of a remote",
      noInverse: copies,
      targets: lastPath,
      safer: "--dry-run",
    },
    "sync|delete|deletefile|purge|rmdir|rmdirs|cleanup|dedupe": {
      ...rcloneRead,
      risk: dryRun("dangerous"),
      why: "deletes files of a remote",
      targets: lastPath,
      safer: "--dry-run",
    },
    "config create|update|delete|password|reconnect|disconnect|touch": destroying("changes the configuration of remotes", "remote"),
    "mount|serve|rcd|ncdu|gui": changing("mounts or serves a remote until it is stopped", "stop it", { unbounded: true }),
  },
  examples: {
    "rclone lsf backup:logs --max-depth 1": "safe",
    "rclone sync --dry-run a backup:logs": "safe",
    "rclone config show": "caution",
    "rclone copy a backup:logs": "caution",
    "rclone ls backup:logs --log-file x": "caution",
    "rclone check a backup:logs --combined x": "caution",
    "rclone sync a backup:logs": "dangerous",
    "rclone purge backup:logs": "dangerous",
    "rclone ls backup:logs --password-command 'sh x'": "unknown",
  },
  nearMisses: [
    "rclone move a backup:logs",
    "rclone rc core/quit",
    "rclone lsd ':sftp,ssh=sh x:'",
    "rclone ls r: --config /tmp/x",
    "rclone delete backup:logs --dry-run=false",
    "rclone cat ~/.aws/credentials",
  ],
});
