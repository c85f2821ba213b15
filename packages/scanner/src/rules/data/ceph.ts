// Ceph: the cluster's own command, its block devices, objects and gateways.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { changing, destroying, each, listing } from "../verb-rules.ts";

const state = listing("prints the state of the cluster", {
  flags: "--detail --wide --export --summary",
  values: "--daemon_type --daemon_id --service_name --service_type --hostname --host --limit",
});
const before = "the same words with get, ls or dump show the state before";

const setFlag = (word: "set" | "unset"): CommandRule =>
  changing(`${word}s a flag of the cluster`, "", {
    inverse: (inv: Invocation) => {
      const flag = inv.operand(0);
      return flag !== undefined && /^no[a-z-]+$/.test(flag)
        ? { kind: "command", command: `ceph osd ${word === "set" ? "unset" : "set"} ${flag}` }
        : undefined;
    },
  });

export const ceph = program({
  names: "ceph",
  source: "docs.ceph.com, ceph(8) Squid",
  risk: (inv) => (["-s", "-v"].some((name) => inv.has(name)) ? "safe" : inv.has("-w") ? "caution" : "unknown"),
  why: "asks or runs a Ceph cluster",
  globals: "anywhere",
  flags: "-s|--status -v|--version --concise --verbose -h|--help",
  values: "-c|--conf -n|--name --id|--user --cluster -f|--format -k|--keyring -m --connect-timeout",
  options: {
    "-w|--watch|-W|--watch-channel|--watch-debug|--watch-info": { arity: "flag", unbounded: true, why: "follows the log of the cluster" },
    "-o|--out-file": { kind: "write", why: "writes a file" },
    "-i|--in-file": { kind: "read", why: "sends a file" },
    "--admin-daemon": { risk: "unknown", why: "talks to a daemon over its socket" },
  },
  noInverse: before,
  verbs: {
    ...each(
      `status health health_detail df df_detail fsid versions features report node_ls  mon_stat mon_dump mon_metadata mon_versions  mgr_stat mgr_dump mgr_services mgr_metadata mgr_versions mgr_module_ls mds_stat mds_metadata mds_versions
       osd_tree osd_df osd_stat osd_status osd_perf osd_dump osd_ls osd_lspools osd_find osd_metadata osd_versions osd_pool_ls osd_pool_get osd_pool_stats osd_pool_get-quota osd_pool_autoscale-status osd_pool_application_get osd_crush_dump osd_crush_tree
       osd_crush_ls osd_crush_get-tunables osd_crush_show-tunables osd_crush_weight-set_ls osd_crush_rule_ls osd_crush_rule_dump osd_crush_class_ls osd_blocked-by osd_utilization osd_count-metadata osd_get-require-min-compat-client osd_erasure-code-profile_ls
       osd_erasure-code-profile_get osd_blocklist_ls osd_blacklist_ls osd_ok-to-stop osd_safe-to-destroy osd_df_tree osd_map osd_numa-status osd_info osd_tree-from osd_test-reweight-by-utilization osd_getmaxosd osd_device_ls osd_ls-tree 
       pg_stat pg_dump   pg_ls pg_ls-by-pool pg_ls-by-osd pg_ls-by-primary pg_map pg_debug pg_query fs_ls fs_status fs_dump fs_get fs_volume_ls fs_subvolume_ls fs_subvolume_info fs_subvolumegroup_ls
       log_last crash_ls crash_ls-new crash_info crash_stat config_dump config_get config_show config_log config_help config_ls config_generate-minimal-conf balancer_status balancer_eval balancer_ls device_ls device_ls-by-host device_ls-by-daemon device_info
       device_get-health-metrics orch_status orch_ls orch_ps orch_host_ls orch_device_ls orch_upgrade_status orch_upgrade_check progress progress_json telemetry_status telemetry_show   service_status service_dump insights  
       config-key_ls config-key_exists  mon_ok-to-stop mon_ok-to-rm mds_ok-to-stop rbd_perf_image_stats nfs_cluster_ls nfs_export_ls  mon_feature_ls`,
      state,
    ),
    "pg dump_stuck|dump_json|dump_pools_json": state,
    "quorum_status|mon_status|time-sync-status|osd_status": state,
    "osd pool application get": state,
    "auth ls|list|get|get-key|print-key|print_key|export|get-or-create-key": listing("prints keys", { sensitive: true }),
    "config-key get|dump": listing("prints stored values, keys among them", { sensitive: true }),
    "osd out": changing("takes disks out, and moves their data to others", "", {
      inverse: (inv: Invocation) =>
        inv.operands.length > 0 && inv.operands.every((arg) => /^(osd\.)?\d+$/.test(arg.text))
          ? { kind: "command", command: `ceph osd in ${inv.operands.map((arg) => arg.text).join(" ")}` }
          : undefined,
    }),
    "osd set": setFlag("set"),
    "osd unset": setFlag("unset"),
    ...each(
      `osd_in osd_up osd_reweight osd_reweight-by-utilization osd_reweight-by-pg osd_primary-affinity osd_scrub osd_deep-scrub osd_repair osd_pool_create osd_pool_set osd_pool_set-quota osd_pool_rename osd_pool_application_enable
       osd_crush_reweight osd_crush_add osd_crush_set osd_crush_move osd_crush_add-bucket osd_crush_rule_create-simple osd_crush_rule_create-replicated osd_crush_set-device-class osd_crush_tunables osd_set-full-ratio osd_set-nearfull-ratio
       osd_set-backfillfull-ratio osd_set-require-min-compat-client osd_require-osd-release osd_erasure-code-profile_set osd_pause osd_unpause osd_set-group osd_unset-group osd_add-noout osd_rm-noout osd_blocklist_add osd_blocklist_rm osd_new osd_create
       pg_scrub pg_deep-scrub pg_repair pg_force-recovery pg_force-backfill pg_cancel-force-recovery fs_set fs_new fs_volume_create fs_subvolume_create mds_set mds_repaired config_set config_rm config_assimilate-conf config_reset
       balancer_on balancer_off balancer_mode balancer_execute crash_archive crash_archive-all crash_post mgr_module_enable mgr_module_disable mgr_fail mon_add mon_enable-msgr2 orch_apply orch_daemon_add orch_daemon_restart orch_daemon_start
       orch_daemon_redeploy orch_restart orch_start orch_redeploy orch_reconfig orch_upgrade_start orch_upgrade_pause orch_upgrade_resume orch_upgrade_stop orch_host_add orch_host_label_add orch_host_maintenance_enter orch_host_maintenance_exit health_mute health_unmute
       log telemetry_on telemetry_off device_light device_monitoring_on config-key_set config-key_put osd_pool_application_disable`,
      changing("changes the cluster or moves its data", before),
    ),
    ...each(
      `osd_down osd_purge osd_purge-new osd_destroy osd_rm osd_lost  osd_pool_delete osd_pool_rm osd_pool_rmsnap osd_crush_rm osd_crush_remove osd_crush_unlink osd_crush_rule_rm osd_erasure-code-profile_rm osd_stop   fs_rm fs_volume_rm
       fs_subvolume_rm fs_subvolumegroup_rm fs_fail fs_reset mds_fail mds_rm mds_rmfailed mon_remove mon_rm auth_add auth_caps auth_del auth_rm auth_get-or-create auth_import auth_rotate orch_rm orch_host_rm orch_host_drain orch_daemon_rm orch_daemon_stop
       orch_stop orch_osd_rm orch_device_zap config-key_del config-key_rm crash_rm crash_prune injectargs  nfs_cluster_rm nfs_cluster_delete nfs_export_rm dashboard_ac-user-delete`,
      destroying("removes disks, pools, monitors or keys, or gives data up", "cluster part"),
    ),
    "osd force-create-pg": destroying("makes an empty group in place of lost data", "placement group"),
    "pg mark_unfound_lost": destroying("gives data up", "placement group"),
    tell: { risk: "unknown", why: "talks to daemons" },
    daemon: {
      why: "talks to a daemon over its socket",
      operands: "data data data*",
      inspect: (inv, ctx) => {
        const words = inv.operands
          .slice(1)
          .map((arg) => arg.text)
          .join(" ");
        if (
          !/^(status|version|help|config (show|get|diff)|perf (dump|schema|histogram dump)|dump_(historic_ops\w*|ops_in_flight|mempools|blocked_ops|blocklist|reservations|watchers)|mon_status|quorum_status|session ls|sessions|bluefs stats|cache status|ops|objecter_requests|get_heap_property|heap stats)\b/.test(
            words,
          )
        )
          ctx.report({ risk: "unknown", why: "is not on the list of what daemons only answer" });
      },
    },
  },
  examples: {
    "ceph -s": "safe",
    "ceph health detail": "safe",
    "ceph osd df tree": "safe",
    "ceph osd pool ls detail -f json-pretty": "safe",
    "ceph pg stat": "safe",
    "ceph daemon osd.3 dump_ops_in_flight": "safe",
    "ceph -w": "caution",
    "ceph auth ls": "caution",
    "ceph osd set noout": "caution",
    "ceph status -o x": "caution",
    "ceph osd out 3": "caution",
    "ceph osd pool delete web web --yes-i-really-really-mean-it": "dangerous",
    "ceph osd purge 3": "dangerous",
    "ceph tell osd.3 bench": "unknown",
    "ceph --admin-daemon x help": "unknown",
    "ceph -i x status": "safe",
  },
  nearMisses: ["ceph", "ceph daemon osd.3 config set a b", "ceph auth get client.admin", "ceph osd destroy 3", "ceph osd"],
});

export const rbd = program({
  names: "rbd",
  source: "docs.ceph.com, rbd(8) Squid",
  why: "asks or changes block devices of Ceph",
  globals: "anywhere",
  flags: "--long|-l --pretty-format --all|-a --no-progress --exact",
  values: "-p|--pool --image --snap --namespace -c|--conf --cluster --id --user -n|--name -k|--keyring -m --format --device-type",
  verbs: {
    ...each(
      "ls list info du disk-usage status children snap_ls snap_list lock_ls lock_list mirror_pool_status mirror_pool_info mirror_image_status trash_ls trash_list pool_stats device_ls device_list namespace_ls config_pool_list config_image_list config_image_get image-meta_ls image-meta_list image-meta_get group_ls group_list group_info  journal_info journal_status showmapped perf_image_iostat",
      listing("prints facts about images"),
    ),
    watch: listing("follows an image", { unbounded: true }),
    ...each(
      "create clone copy cp deep_cp map device_map snap_create snap_protect resize flatten import export export-diff mirror_pool_enable mirror_image_enable mirror_image_promote mirror_image_demote lock_add feature_enable rename mv trash_restore image-meta_set bench group_create sparsify",
      changing("makes or changes an image", "remove what was made"),
    ),
    ...each(
      "rm remove snap_rm snap_remove snap_purge snap_rollback snap_revert snap_unprotect trash_purge trash_rm trash_remove trash_mv trash_move unmap device_unmap lock_rm lock_remove merge-diff import-diff mirror_pool_disable mirror_image_disable mirror_image_resync feature_disable namespace_rm group_rm image-meta_rm",
      destroying("removes, detaches or overwrites an image", "image"),
    ),
  },
  examples: {
    "rbd -p web ls -l": "safe",
    "rbd snap ls web/disk1": "safe",
    "rbd snap create web/disk1@a": "caution",
    "rbd rm web/disk1": "dangerous",
    "rbd snap rollback web/disk1@a": "dangerous",
  },
  nearMisses: ["rbd", "rbd unmap /dev/rbd0"],
});

export const rados = program({
  names: "rados|radosgw-admin|cephadm|ceph-volume|ceph-bluestore-tool|ceph-objectstore-tool|cephfs-shell|ceph-osd|ceph-mon",
  source: "docs.ceph.com, rados(8), radosgw-admin(8) Squid",
  globals: "anywhere",
  values: "-p|--pool -c|--conf -n|--name --id --bucket --uid --format --namespace|-N -k|--keyring --fsid --cluster --shard-id --type",
  flags: "--pretty-format -v --all",
  risk: "unknown",
  why: "works on objects, gateways or disks of Ceph",
  verbs: {
    ...each(
      "lspools df ls stat stat2 listomapkeys listxattr lssnap listwatchers bucket_list bucket_stats bucket_limit_check bucket_layout user_list user_stats usage_show log_list sync_status period_get realm_list realm_get zone_list zonegroup_list zonegroup_get  gc_list lc_list lc_get reshard_list reshard_status lvm_list inventory raw_list check-host version",
      listing("prints facts about objects, gateways or disks"),
    ),
    get: changing("writes a file", "delete it"),
    "user info": listing("prints keys", { sensitive: true }),
    ...each(
      "put create append setxattr setomapval mksnap user_create user_modify user_enable quota_set quota_enable bucket_link bucket_reshard gc_process lc_process reshard_add lvm_create lvm_prepare lvm_activate lvm_batch bench deploy bootstrap shell",
      changing("writes objects, users or disks", "remove what was made"),
    ),
    ...each(
      "rm rmxattr rmomapkey rmsnap rollback purge cppool truncate cleanup user_rm user_suspend bucket_rm bucket_unlink object_rm object_unlink usage_trim  log_trim key_create key_rm subuser_rm realm_delete realm_rm zone_delete zonegroup_delete lvm_zap lvm_migrate rm-cluster rm-daemon zap-osds caps_add caps_rm",
      destroying("removes objects, buckets, users or disks, or changes rights", "object"),
    ),
  },
  targets: (inv) => inv.operands.map((arg) => ({ kind: "object", name: arg.text })),
  examples: {
    "rados df": "safe",
    "rados -p web ls": "safe",
    "radosgw-admin bucket stats --bucket=web": "safe",
    "radosgw-admin user info --uid=bob": "caution",
    "rados -p web rm x": "dangerous",
    "ceph-volume lvm zap /dev/sdb": "dangerous",
    "ceph-objectstore-tool --op x": "unknown",
  },
  nearMisses: ["rados", "radosgw-admin user rm --uid=bob", "cephadm shell"],
});
