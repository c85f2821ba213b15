// kcat (kafkacat) and rpk: clients of Kafka that say by a mode or a verb whether they read.
import { program } from "../../rule.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

export const kcat = program({
  names: "kcat|kafkacat",
  source: "kcat(1) 1.7",
  risk: (inv) => {
    if (inv.has("-P") || inv.has("-G")) return "caution";
    if (inv.has("-L") || inv.has("-Q") || inv.has("-V") || inv.has("-h")) return "safe";
    return inv.has("-C") ? "safe" : "unknown";
  },
  why: "reads from or writes to Kafka",
  flags: "-L -Q -C -P -e -q -v -J -u -Z -O -T -E -V -h -U",
  values: "-b -t -p -o -c -f -D -K -k -m -d -r -s -z -H -l",
  options: {
    "-G": { risk: "caution", why: "joins a group and moves its offsets" },
    "-F": { kind: "read", risk: "unknown", why: "a configuration file may load code" },
    "-X": {
      check: (value) =>
        value.shape === "literal" && !/^(plugin\.|ssl\.(engine|providers)|sasl\.oauthbearer|.*\.library)/.test(value.text)
          ? undefined
          : { risk: "unknown", why: "may load code" },
    },
  },
  operands: "data*",
  unbounded: (inv) => inv.has("-G") || (inv.has("-C") && !inv.has("-e") && !inv.has("-c")),
  safer: "-e ends at the last message, -c 10 after ten",
  noInverse: "messages cannot be taken back",
  examples: {
    "kcat -b k1:9092 -L -J": "safe",
    "kcat -b k1:9092 -C -t web -o -10 -eq -f '%k %s\\n'": "safe",
    "kcat -b k1:9092 -X security.protocol=SSL -L": "safe",
    "kcat -b k1:9092 -C -t web": "caution",
    "kcat -b k1:9092 -G g web": "caution",
    "kcat -b k1:9092 -P -t web": "caution",
    "kcat -F x -L": "unknown",
    "kcat -X plugin.library.paths=x -L": "unknown",
  },
  nearMisses: ["kcat -b k1:9092 -t web", "kcat -Pb k1:9092 -t web"],
});

export const rpk = program({
  names: "rpk",
  source: "docs.redpanda.com, rpk 24.2",
  style: "go",
  why: "asks or runs a Redpanda cluster",
  values: "--brokers -X --profile --config --api-urls -v",
  verbs: {
    ...each(
      "cluster_info cluster_health cluster_metadata cluster_status cluster_logdirs_describe cluster_partitions_list cluster_config_status cluster_license_info cluster_maintenance_status topic_list topic_describe topic_describe-storage group_list group_describe version debug_info registry_schema_list registry_subject_list transform_list profile_list",
      reading("prints the state of the cluster", {
        options: { "-w|--watch": { arity: "flag", unbounded: true, why: "waits for changes" } },
      }),
    ),
    "cluster config get": reading("prints a setting"),
    "cluster quotas describe": reading("prints quotas"),
    "security acl list": reading("prints who may do what"),
    "security user list": reading("prints the names of users"),
    "topic consume": {
      ...reading("prints the messages of a topic"),
      options: { "-g|--group": { risk: "caution", why: "moves the offsets of a group" }, "-n|--num": { why: "how many" } },
      unbounded: (inv) => !inv.has("-n"),
    },
    ...each(
      "topic_create topic_alter-config topic_add-partitions topic_produce cluster_config_set cluster_config_import cluster_config_edit cluster_maintenance_enable cluster_maintenance_disable cluster_partitions_move group_offset-seek debug_bundle redpanda_start redpanda_tune profile_use",
      changing("changes settings, topics or offsets", "the state before is shown by describe and get"),
    ),
    ...each(
      "topic_delete topic_trim-prefix group_delete group_offset-delete security_acl_create security_acl_delete security_user_create security_user_delete security_user_update redpanda_stop redpanda_admin_brokers_decommission cluster_storage_recovery_start registry_schema_delete registry_subject_delete",
      destroying("deletes topics, groups or schemas, removes brokers or changes rights", "topic"),
    ),
  },
  examples: {
    "rpk cluster health": "safe",
    "rpk cluster health --watch": "caution",
    "rpk topic consume web -n 5": "safe",
    "rpk topic consume web": "caution",
    "rpk topic consume web -n 1 -g g": "caution",
    "rpk topic create web": "caution",
    "rpk topic delete web": "dangerous",
  },
  nearMisses: ["rpk topic", "rpk security user delete bob"],
});
