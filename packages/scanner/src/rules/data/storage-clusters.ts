// Clustered storage and high availability: GlusterFS, DRBD, Pacemaker, keepalived, LINSTOR.
import { program } from "../../rule.ts";
import { changing, destroying, each, listing, reading } from "../verb-rules.ts";

const opposite = "the opposite command goes back; status shows the state before";

export const gluster = program({
  names: "gluster",
  source: "gluster(8) 11",
  why: "asks or runs GlusterFS",
  globals: "anywhere",
  flags: "--xml",
  options: {
    "--mode": { allow: "script interactive" },
    "--remote-host": { why: "asks another host" },
    "--log-file": { kind: "write", why: "writes a log" },
  },
  verbs: {
    ...each(
      "volume_info volume_status volume_list volume_get volume_help volume_get-state peer_status pool_list snapshot_list snapshot_info snapshot_status help",
      reading("prints the state of volumes"),
    ),
    "volume heal": {
      ...changing("heals files", opposite),
      risk: (inv) =>
        inv.operand(1) === "info" || inv.operand(1) === "statistics" ? "safe" : inv.operand(1) === "split-brain" ? "dangerous" : "caution",
      targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "volume", name: arg.text })),
    },
    "volume rebalance|quota|geo-replication|tier|bitrot|profile|top": {
      ...changing("changes how a volume works", opposite),
      risk: (inv) => (/^(status|info|list)$/.test(inv.operand(1) ?? "") ? "safe" : "caution"),
    },
    ...each(
      "volume_create volume_start volume_set volume_add-brick volume_log volume_sync volume_barrier peer_probe snapshot_create snapshot_activate snapshot_config",
      changing("changes volumes or peers", opposite),
    ),
    ...each(
      "volume_stop volume_delete volume_remove-brick volume_replace-brick volume_reset-brick volume_reset volume_clear-locks peer_detach snapshot_delete snapshot_restore snapshot_deactivate",
      destroying("stops or deletes volumes, bricks or snapshots", "volume"),
    ),
  },
  examples: {
    "gluster volume status web detail": "safe",
    "gluster volume heal web info": "safe",
    "gluster volume info --log-file=x": "caution",
    "gluster volume heal web full": "caution",
    "gluster --mode=script volume delete web": "dangerous",
    "gluster volume stop web force": "dangerous",
  },
  nearMisses: ["gluster", "gluster volume remove-brick web b1 force", "gluster --mode=x volume info"],
});

export const drbd = program({
  names: "drbdadm|drbdsetup|linstor",
  source: "drbdadm(8) 9; linstor 1.29",
  why: "asks or runs replicated disks",
  globals: "anywhere",
  options: {
    "-s|--drbdsetup|--drbdmeta|-c|--config-file": { risk: "unknown", why: "runs another program or reads another configuration" },
    "--force|--discard-my-data|--overwrite-data-of-peer": { arity: "flag", risk: "dangerous", why: "gives the data of one side up" },
  },
  flags: "-d|--dry-run --verbose -m|--machine-readable",
  verbs: {
    ...each(
      "status role cstate dstate dump sh-resources sh-dev show show-gi get-gi version events2 node_list resource_list volume_list storage-pool_list resource-definition_list error-reports_list resource_list-volumes physical-storage_list",
      listing("prints the state of replicated disks", {
        flags: "--statistics --now --pastable",
        values: "-n|--nodes -r|--resources -p|--storage-pools",
      }),
    ),
    ...each(
      "adjust attach detach connect disconnect up down primary secondary verify pause-sync resume-sync resize create-md apply-al suspend-io resume-io node_create resource_create volume_create resource-definition_create storage-pool_create node_reconnect",
      changing("attaches, connects or changes a disk", opposite),
    ),
    ...each(
      "invalidate invalidate-remote wipe-md new-current-uuid outdate del-minor del-resource forget-peer node_delete node_lost resource_delete volume_delete resource-definition_delete storage-pool_delete",
      destroying("gives the data of one side up, or deletes disks", "resource"),
    ),
  },
  examples: {
    "drbdadm status r0": "safe",
    "linstor resource list": "safe",
    "drbdadm primary r0": "caution",
    "drbdadm invalidate r0": "dangerous",
    "linstor resource delete n1 r0": "dangerous",
  },
  nearMisses: ["drbdadm", "drbdadm primary --force r0", "linstor node lost n1"],
});

export const pacemaker = program({
  names: "pcs|crm",
  source: "pcs(8) 0.11; crmsh 4.6",
  why: "asks or runs a Pacemaker cluster",
  globals: "anywhere",
  flags: "--full --debug --force --all --wait -w -D -F -d",
  verbs: {
    status: reading("prints the state of the cluster"),
    ...each(
      "resource_show resource_status resource_config resource_list resource_describe constraint_list constraint_config constraint_show constraint_location_show stonith_status stonith_history_show stonith_list property property_show property_list property_config cluster_status cluster_corosync quorum_status quorum_config quorum_device_status alert_config booth_status resource_defaults_config tag_config tag_list pcsd_status node_show node_status cluster_health cluster_diff corosync_status corosync_show ra_list ra_info ra_classes ra_providers",
      reading("prints the state of the cluster", {
        options: { "--fix": { arity: "flag", risk: "caution", why: "repairs what it finds wrong" } },
      }),
    ),
    "constraint|config": reading("prints the configuration of the cluster", { operands: "none" }),
    "resource defaults": reading("prints the defaults of resources", { operands: "none" }),
    ...each(
      "config_show stonith_show stonith_config configure_show",
      reading("prints the configuration, with the passwords of fence devices", { sensitive: true }),
    ),
    "resource failcount": {
      ...changing("shows, sets or resets the count of failures", opposite),
      risk: (inv) => (inv.operands.every((arg) => arg.shape === "literal" && !/^(set|reset|delete)$/.test(arg.text)) ? "safe" : "caution"),
    },
    ...each(
      "resource_enable resource_disable resource_move resource_ban resource_clear resource_cleanup resource_refresh resource_restart resource_manage resource_unmanage resource_create resource_update resource_meta resource_group resource_clone resource_start resource_stop resource_migrate resource_unmigrate resource_maintenance resource_promote resource_demote constraint_location constraint_order constraint_colocation constraint_add stonith_create stonith_update stonith_cleanup stonith_enable stonith_disable property_set property_unset node_standby node_unstandby node_online node_maintenance node_unmaintenance node_ready node_attribute cluster_start cluster_enable cluster_disable cluster_sync cluster_reload cluster_setup cluster_auth cluster_verify cluster_node_add configure_property configure_primitive configure_load cluster_init cluster_join",
      changing("moves, starts, stops or changes resources", opposite),
    ),
    ...each(
      "resource_delete resource_remove resource_debug-start resource_debug-stop constraint_delete constraint_remove stonith_fence stonith_confirm stonith_delete stonith_remove cluster_stop cluster_kill cluster_destroy cluster_node_remove cluster_node_delete cluster_remove node_fence node_delete node_clearstate node_server configure_delete configure_erase cluster_cib-push cluster_edit config_restore quorum_unblock quorum_device_remove",
      destroying("fences nodes, stops the cluster or deletes resources", "resource or node"),
    ),
  },
  examples: {
    "pcs status --full": "safe",
    "pcs resource config vip": "safe",
    "crm status": "safe",
    "pcs constraint": "safe",
    "pcs constraint ticket add t vip": "unknown",
    "pcs config checkpoint restore 5": "unknown",
    "pcs resource defaults": "safe",
    "pcs resource defaults resource-stickiness=1": "unknown",
    "pcs resource failcount show vip": "safe",
    "crm resource failcount vip set n1 0": "caution",
    "pcs stonith config": "caution",
    "crm cluster health hawk2 --fix": "caution",
    "pcs resource move vip n2": "caution",
    "crm node standby n1": "caution",
    "pcs stonith fence n1": "dangerous",
    "pcs cluster destroy --all": "dangerous",
  },
  nearMisses: ["pcs", "crm configure erase", "pcs cluster cib x", "pcs cluster stop --all"],
});

const monitor =
  "-1|--one-shot -r|--inactive -n|--group-by-node -f|--failcounts -A|--show-node-attributes -o|--operations -t|--timing-details -c -R -b|--brief -D -V|--verbose --version -N";

export const crmMon = program({
  names: "crm_mon",
  source: "crm_mon(8), Pacemaker 2.1",
  why: "prints the state of the cluster",
  flags: monitor,
  values: "--output-as --exclude --include --node --resource -i|--interval",
  options: {
    "-h|--as-html|--output-to|-p|--pid-file": { kind: "write", why: "writes a file" },
    "-d|--daemonize|-E|--external-agent": { arity: "optional", risk: "unknown", why: "stays behind and runs a program" },
  },
  operands: "data*",
  unbounded: (inv) => !inv.has("-1") && !inv.has("--output-as") && !inv.has("--version"),
  safer: "crm_mon -1",
  examples: { "crm_mon -1r": "safe", crm_mon: "caution", "crm_mon -1 -h x.html": "caution", "crm_mon -1 -E ./x": "unknown" },
  nearMisses: ["crm_mon -r", "crm_mon -d"],
});

export const corosyncTools = program({
  names: "corosync-quorumtool|corosync-cfgtool|corosync-cmapctl|crm_verify",
  source: "corosync-quorumtool(8), corosync 3.1; crm_verify(8)",
  why: "prints the state of the cluster's network and quorum",
  flags: "-s -l -p -b -n -L|--live-check -V|--verbose -h -a",
  options: {
    "-m": { arity: "flag", unbounded: true, why: "follows changes" },
    "-e|-v|-f|-R|-H|-k|-d|-D|-u|-r": { arity: "optional", risk: "dangerous", why: "sets votes, stops or kills nodes, or changes keys" },
  },
  operands: "data*",
  targets: () => [{ kind: "cluster", name: "corosync" }],
  examples: {
    "corosync-quorumtool -s": "safe",
    "corosync-cfgtool -s": "safe",
    "corosync-quorumtool -m": "caution",
    "corosync-cfgtool -H": "dangerous",
  },
  nearMisses: ["corosync-cmapctl -d totem.x", "corosync-cfgtool -k 2"],
});

export const crmResource = program({
  names: "crm_resource|crm_node|crm_attribute|crm_standby|crm_failcount|stonith_admin|cibadmin|crm_simulate|attrd_updater",
  source: "crm_resource(8), cibadmin(8), stonith_admin(8), Pacemaker 2.1",
  risk: (inv) =>
    asking.some((name) => inv.has(name)) && inv.options.every((use) => harmless.has(use.spec.names[0] ?? "")) ? "safe" : "caution",
  why: "asks or changes a Pacemaker cluster",
  flags:
    "-l|--list -L|--list-raw|--list-registered -W|--locate -Q|--query -q|--quiet|--query-xml -i|--cluster-id -p|--partition -n -V|--verbose -s|--show-scores -O|--list-operations",
  values: "-r|--resource -N|--node -t|--type -o|--scope -G|--history",
  options: {
    "-M|--move|--modify|-C|--cleanup|--create|--refresh|--restart|--ban|--clear|-v|--update|--replace|-P|--set-parameter|--lifetime|--node-state|--meta|-u":
      {
        arity: "optional",
        risk: "caution",
        why: "moves, cleans up or changes something",
      },
    "-F|--fence|-B|--reboot|-U|--unfence|--confirm|-E|--erase|-D|--delete|-R|--remove|-K|--force-stop": {
      arity: "optional",
      risk: "dangerous",
      why: "fences or removes nodes, or deletes configuration",
    },
  },
  operands: "data*",
  targets: (inv) => [{ kind: "node", name: inv.operands[0]?.text ?? inv.arg("-r")?.text ?? "cluster" }],
  noInverse: opposite,
  examples: {
    "crm_resource --locate -r vip": "safe",
    "cibadmin --query": "safe",
    "crm_resource --move -r vip": "caution",
    "stonith_admin --fence n1": "dangerous",
    "cibadmin --erase": "dangerous",
  },
  nearMisses: ["crm_resource --cleanup", "cibadmin -E --force", "crm_attribute -Q --update x"],
});

const asking: readonly string[] = ["-l", "-L", "-W", "-Q", "-q", "-i", "-p", "-s", "-O", "-G"];
const harmless: ReadonlySet<string> = new Set([...asking, "-r", "-N", "-n", "-t", "-o", "-V"]);
