// Hadoop and its neighbours: files in HDFS, jobs of MapReduce, Spark and Flink, HBase.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { asksHelp, change, destroy, listed, named, read, verbTable } from "./verb-kinds.ts";

const source = "hadoop.apache.org/docs/r3.4, FileSystemShell and HDFSCommands";

const looks = /^-(ls|lsr|du|dus|df|count|cat|text|head|stat|test|checksum|find|getfacl|getfattr|help|usage|lsSnapshottableDir)$/;
const removes = /^-(rm|rmr|rmdir|expunge|truncate|deleteSnapshot|renameSnapshot|chmod|chown|chgrp|setfacl|setfattr)$/;

/** `fs -VERB ...`: the verb is written as an option. */
const files: CommandRule = {
  risk: (inv) => {
    const verb = inv.operand(0) ?? "?";
    if (looks.test(verb) || verb === "-tail") return "safe";
    return removes.test(verb) ? "dangerous" : /^-\w+$/.test(verb) ? "caution" : "unknown";
  },
  why: "shows or changes files of the cluster",
  operands: "read*",
  unbounded: (inv) => inv.operand(0) === "-tail" && inv.operands.some((arg) => arg.text === "-f"),
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg, index) => index > 0 && /^-(delete|exec)$/.test(arg.text)))
      ctx.report({ risk: "dangerous", why: "deletes what it finds" });
    if (
      /^-(put|copyFromLocal|cp|moveFromLocal|mv|get|copyToLocal)$/.test(inv.operand(0) ?? "") &&
      inv.operands.some((arg) => arg.text === "-f" || arg.text === "-skipTrash")
    )
      ctx.report({ risk: "dangerous", why: "overwrites what is there" });
  },
  targets: (inv) => inv.operands.filter((arg, index) => index > 0 && !arg.dash).map((arg) => ({ kind: "path", name: arg.text })),
  noInverse: "what was there before is not kept",
};

const verbAs =
  (safe: RegExp, caution: RegExp) =>
  (inv: Invocation): "safe" | "caution" | "dangerous" | "unknown" => {
    const words = inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : "?"));
    const verb = words[0] ?? "?";
    if (verb === "?") return "unknown";
    if (safe.test(verb) || safe.test(words.slice(0, 2).join(" "))) return "safe";
    return caution.test(verb) ? "caution" : "dangerous";
  };

const admin = (risk: (inv: Invocation) => "safe" | "caution" | "dangerous" | "unknown", why: string): CommandRule => ({
  risk,
  why,
  operands: "data*",
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "object", name: arg.text })),
  noInverse: "the report or list form shows the state before",
});

export const hdfs = program({
  names: "hdfs|hadoop|mapred",
  source,
  style: "none",
  why: "shows and changes a Hadoop cluster",
  verbs: {
    "version|--help|-help|-h|help|checknative|envvars|getconf|groups|lsSnapshottableDir|snapshotDiff|conftest|jmxget":
      read("prints versions and settings"),
    classpath: read("prints where classes are looked for", {
      risk: (inv) => (inv.operands.every((arg) => /^(--glob|-h|--help)$/.test(arg.text)) ? "safe" : "caution"),
      noInverse: "delete the file that --jar writes",
    }),
    "dfs|fs": files,
    dfsadmin: admin(
      verbAs(
        /^(-report|-safemode get|-printTopology|-getDatanodeInfo|-listOpenFiles|-getBalancerBandwidth|-help|-rollingUpgrade query|-upgrade query|-getVolumeReport)$/,
        /^-(safemode|refreshNodes|refreshServiceAcl|setBalancerBandwidth|saveNamespace|rollEdits|metasave|triggerBlockReport|fetchImage|setQuota|clrQuota|setSpaceQuota|clrSpaceQuota|allowSnapshot|refresh\w*|reconfig|evictWriters)$/,
      ),
      "shows or changes the state of the file system",
    ),
    fsck: {
      risk: (inv) =>
        inv.operands.some((arg) => /^-(delete|move|replicate)$/.test(arg.text))
          ? "dangerous"
          : inv.operands.every((arg) => arg.shape === "literal")
            ? "safe"
            : "unknown",
      why: "checks files of the cluster",
      operands: "data*",
      answers: [1],
      targets: named("path"),
    },
    haadmin: admin(
      verbAs(/^(-getServiceState|-getAllServiceState|-checkHealth|-help)$/, /^-none$/),
      "shows which name node is active, or changes it",
    ),
    "storagepolicies|ec|cacheadmin|crypto|cryptoadmin|dfsrouteradmin|queue": admin(
      verbAs(/^-(list\w*|get\w*|help|info|showacls|ls)$/, /^-(add\w*|set\w*|create\w*|satisfy\w*|enable\w*|modify\w*|mv|update)$/),
      "shows or changes settings",
    ),
    job: admin(verbAs(/^-(list\S*|status|counter|history|events|logs|help)$/, /^-(submit|set-priority)$/), "shows or ends jobs"),
    balancer: change("moves blocks between machines", "cluster", "blocks move back by another run"),
    "diskbalancer|mover|distcp|archive|jar|oev|oiv|debug|credential|key|kms|trace|s3guard": change(
      "runs a job, or writes files",
      "job",
      "what it writes stays",
    ),
    "namenode|datanode|secondarynamenode|journalnode|zkfc|nfs3|portmap|dfsrouter|httpfs": destroy(
      "starts a server; with -format it destroys the file system",
      "server",
    ),
  },
  examples: {
    "hdfs dfs -ls -R /data": "safe",
    "hadoop fs -du -h /data": "safe",
    "hdfs dfs -tail -f /logs/x": "caution",
    "hdfs dfs -put x /data": "caution",
    "hdfs dfs -put -f x /data": "dangerous",
    "hdfs dfs -rm -r -skipTrash /data": "dangerous",
    "hdfs dfsadmin -report": "safe",
    "hadoop classpath --glob": "safe",
    "hadoop classpath --jar x.jar": "caution",
    "hdfs dfsadmin -safemode get": "safe",
    "hdfs dfsadmin -safemode leave": "caution",
    "hdfs dfsadmin -deleteBlockPool x y": "dangerous",
    "hdfs fsck /data -files -blocks": "safe",
    "hdfs fsck /data -delete": "dangerous",
    "hdfs haadmin -getServiceState nn1": "safe",
    "hdfs haadmin -failover nn1 nn2": "dangerous",
    "hdfs namenode -format": "dangerous",
    "mapred job -list": "safe",
    "mapred job -kill j": "dangerous",
  },
  nearMisses: ["hdfs", "hdfs dfs -cat file:///etc/shadow", "hdfs frob", 'hdfs dfs "$V" /data', "hadoop jar x.jar"],
});

export const flink = program({
  names: "flink|spark-submit|spark-sql|spark-shell|pyspark|sparkR|beam|storm",
  source: "nightlies.apache.org/flink, CLI 2.1; spark.apache.org/docs/4.0, submitting applications",
  style: "long",
  risk: (inv) => {
    if (!inv.program.startsWith("spark-submit")) return "unknown";
    if (inv.has("--kill")) return "dangerous";
    return (inv.has("--status") || inv.has("--version") || asksHelp(inv)) && inv.operands.length === 0 ? "safe" : "unknown";
  },
  why: "runs programs on a cluster",
  operands: "data*",
  optional: "--help -h --version",
  values: "--status --master",
  options: { "--kill": { risk: "dangerous", why: "ends a job" } },
  targets: (inv) => [...inv.all("--kill"), ...inv.operands].map((arg) => ({ kind: "job", name: arg.text })),
  get verbs() {
    return verbTable({
      list: listed("prints jobs", { flags: "-a|--all -r|--running -s|--scheduled", values: "-m|--jobmanager -t|--target" }),
      "cancel, kill, kill_workers": destroy("ends a job", "job"),
      "stop, savepoint, checkpoint, info, run, run-application, rebalance, activate, deactivate": change(
        "starts, saves or stops a job",
        "job",
        "a stopped job starts again from its savepoint",
      ),
    });
  },
  examples: {
    "flink list -r": "safe",
    "flink cancel 9f": "dangerous",
    "flink savepoint 9f": "caution",
    "spark-submit --status driver-1 --master spark://m:6066": "safe",
    "spark-submit --kill driver-1 --master spark://m:6066": "dangerous",
    "spark-submit app.py": "unknown",
  },
  nearMisses: ["spark-submit", "spark-shell", "flink run x.jar"],
});

export const hbase = program({
  names: "hbase",
  source: "hbase.apache.org/book.html, 2.6",
  style: "none",
  why: "works with HBase",
  verbs: {
    "version|classpath|mapredcp|--help|-h|help": read("prints versions, or checks tables"),
    hbck: {
      risk: (inv) =>
        inv.operands.some(
          (arg) =>
            arg.shape !== "literal" ||
            /^-(j$|fix|repair|delete|side|boundaries|noHdfs|rebuild|remove|clean|force)/i.test(arg.text) ||
            /^(setTableState|setRegionState|assigns|unassigns|bypass|filesystem|replication|scheduleRecoveries|addFsRegions\w*|recoverUnknown|generateMissing\w*|extraRegions\w*)$/.test(
              arg.text,
            ),
        )
          ? "dangerous"
          : "safe",
      why: "checks the tables",
      operands: "data*",
      answers: [1],
      targets: () => [{ kind: "cluster", name: "hbase" }],
    },
    "snapshot|backup|pe|ltt|clean|regionsplitter|rowcounter|cellcounter|hfile|wal|restore|shell": {
      risk: "unknown",
      why: "runs a job, or takes commands of the shell",
      operands: "data*",
    },
    "master|regionserver|thrift|thrift2|rest|zookeeper|zkcli": {
      risk: "unknown",
      why: "starts a server, or works on its coordination",
      operands: "data*",
    },
  },
  examples: { "hbase version": "safe", "hbase hbck -details": "safe", "hbase hbck -fixMeta": "dangerous", "hbase shell": "unknown" },
  nearMisses: ["hbase", "hbase hbck -j x.jar", "hbase clean --cleanAll", "hbase hbck -repair"],
});
