// Rules of clients of databases, caches and queues.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { borg, otherBackups, restic } from "./backups.ts";
import { ceph, rados, rbd } from "./ceph.ts";
import { clickhouse, clickhouseClient } from "./clickhouse.ts";
import { cockroach } from "./cockroach.ts";
import { influx } from "./influx.ts";
import {
  kafkaAcls,
  kafkaCluster,
  kafkaConfigs,
  kafkaConsoleConsumer,
  kafkaConsumerGroups,
  kafkaProducers,
  kafkaReaders,
  kafkaReassign,
  kafkaRunClass,
  kafkaTopics,
} from "./kafka.ts";
import { kcat, rpk } from "./kcat.ts";
import { celery, nats, pulsarAdmin, rabbitmqadmin, rabbitmqctl, rabbitmqPlugins, sidekiqmon } from "./messaging.ts";
import { mongod, mongodump, mongorestore, mongotop } from "./mongo-tools.ts";
import { mongosh } from "./mongosh.ts";
import { mysqlbinlog, mysqlcheck, mysqldump, mysqlReaders, reports, schemaChanges } from "./mysql-tools.ts";
import { mysql } from "./mysql.ts";
import { mysqladmin } from "./mysqladmin.ts";
import { nodetool, sstableTools } from "./nodetool.ts";
import { mc, rclone } from "./object-storage.ts";
import { barman, patronictl, pgbackrest, pgCtl, pgCtlcluster, pgDataTools, repmgr, walg } from "./postgresql-clusters.ts";
import {
  createObjects,
  dropObjects,
  maintainTables,
  pgActivity,
  pgBasebackup,
  pgbench,
  pgConfig,
  pgDump,
  pgIsready,
  pgRestore,
} from "./postgresql-tools.ts";
import { pgcli, psql } from "./psql.ts";
import { redisBenchmark, redisCli } from "./redis-cli.ts";
import { curator, elasticsearchTools, ldapChanges, ldapSearch, solr } from "./search-tools.ts";
import { snowsql } from "./snowsql.ts";
import { cqlsh, cypherShell, oracle, trino } from "./sql-clients.ts";
import { sqlcmd } from "./sqlcmd.ts";
import { duckdb, sqlite3 } from "./sqlite.ts";
import { corosyncTools, crmMon, crmResource, drbd, gluster, pacemaker } from "./storage-clusters.ts";
import { memcachedChanges, memcachedTools, zkCli, zkServer } from "./zookeeper.ts";

export const dataRules: readonly ProgramRule[] = [
  barman,
  borg,
  celery,
  ceph,
  clickhouse,
  clickhouseClient,
  cockroach,
  corosyncTools,
  cqlsh,
  createObjects,
  crmMon,
  crmResource,
  curator,
  cypherShell,
  drbd,
  dropObjects,
  duckdb,
  elasticsearchTools,
  gluster,
  influx,
  kafkaAcls,
  kafkaCluster,
  kafkaConfigs,
  kafkaConsoleConsumer,
  kafkaConsumerGroups,
  kafkaProducers,
  kafkaReaders,
  kafkaReassign,
  kafkaRunClass,
  kafkaTopics,
  kcat,
  ldapChanges,
  ldapSearch,
  maintainTables,
  mc,
  memcachedChanges,
  memcachedTools,
  mongod,
  mongodump,
  mongorestore,
  mongosh,
  mongotop,
  mysql,
  mysqladmin,
  mysqlbinlog,
  mysqlcheck,
  mysqldump,
  mysqlReaders,
  nats,
  nodetool,
  oracle,
  otherBackups,
  pacemaker,
  patronictl,
  pgActivity,
  pgbackrest,
  pgBasebackup,
  pgbench,
  pgcli,
  pgConfig,
  pgCtl,
  pgCtlcluster,
  pgDataTools,
  pgDump,
  pgIsready,
  pgRestore,
  psql,
  pulsarAdmin,
  rabbitmqadmin,
  rabbitmqctl,
  rabbitmqPlugins,
  rados,
  rbd,
  rclone,
  redisBenchmark,
  redisCli,
  repmgr,
  reports,
  restic,
  rpk,

  schemaChanges,
  sidekiqmon,
  snowsql,
  solr,
  sqlcmd,
  sqlite3,
  sstableTools,
  trino,
  walg,
  zkCli,
  zkServer,
];
