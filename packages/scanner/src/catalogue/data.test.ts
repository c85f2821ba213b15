// Threat catalogue 3.6, stores and queues: Redis, Mongo, Kafka, RabbitMQ, NATS, Pulsar, ZooKeeper, and the tools around them.
// Each row: plain and disguised forms that must reach a risk, and neighbours that stay safe.
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";
import type { Inverse, Target } from "../types.ts";

beforeAll(() => loadSql());

interface Row {
  readonly id: string;
  readonly dangerous: readonly string[];
  readonly notSafe: readonly string[];
  readonly safe: readonly string[];
}

const eval_ = (...scripts: readonly string[]): readonly string[] => scripts.map((script) => `mongosh --quiet shop --eval '${script}'`);

const rows: readonly Row[] = [
  {
    id: "Redis commands",
    dangerous: [
      "redis-cli -h cache flushall async",
      "redis-cli -n 2 --no-auth-warning -a pw FlushDB",
      "redis-cli unlink cart:1",
      "redis-cli getdel cart:1",
      "redis-cli eval 'return 1' 0",
      "redis-cli debug sleep 5",
      "redis-cli config set requirepass x",
      "redis-cli script flush",
      "redis-cli client kill type normal",
      "redis-cli 'flushall'",
      "redis-cli f''lushall",
    ],
    notSafe: [
      "redis-cli getset a b",
      "redis-cli getex a EX 5",
      "redis-cli xreadgroup group g c streams s '>'",
      "redis-cli sort a store b",
      "redis-cli georadius a 1 1 1 km store b",
      "redis-cli keys '*'",
      "redis-cli smembers big",
      "redis-cli monitor",
      "redis-cli slowlog",
      "redis-cli own.command",
      "redis-cli config rewrite",
      "redis-cli --ldb",
      'redis-cli "$COMMAND"',
    ],
    safe: [
      "redis-cli -h cache -p 6380 -a pw --no-auth-warning info keyspace",
      "redis-cli SLOWLOG GET 5",
      "redis-cli object encoding cart:1",
      "redis-cli xinfo stream s",
      "redis-cli --json hgetall cart:1",
      "redis-cli latency doctor",
    ],
  },
  {
    id: "Redis modes and input",
    dangerous: [
      "redis-cli --eval fix.lua",
      "redis-cli --pipe < cmds",
      "redis-cli --cluster del-node h:1 abc",
      "redis-cli --cluster fix h:1",
      "echo FLUSHALL | redis-cli",
      "redis-cli <<< 'flushdb'",
      "cat cmds | redis-cli -h cache",
    ],
    notSafe: [
      "redis-cli",
      "redis-cli --stat",
      "redis-cli --latency-history",
      "redis-cli -x get",
      "redis-cli --intrinsic-latency 5",
      "redis-cli --rdb dump",
      "redis-cli -r -1 -i 1 info",
      "redis-cli <<< '\"flush\"all'",
    ],
    safe: [
      "redis-cli --scan --pattern 'cart:*'",
      "redis-cli --bigkeys -i 0.05",
      "redis-cli --cluster info h:1",
      "redis-cli <<< 'info memory'",
      "valkey-cli --memkeys",
    ],
  },
  {
    id: "Mongo method chains",
    dangerous: eval_(
      "db.dropDatabase()",
      "db.carts.deleteMany({open: false})",
      'db.getSiblingDB("x").carts.drop()',
      'db.carts.aggregate([{$match: {}}, {$out: "y"}])',
      "db.adminCommand({shutdown: 1})",
      "db.carts.find().forEach(c => db.carts.deleteOne({_id: c._id}))",
      "db.carts.updateMany({}, {$set: {a: 1}})",
      "rs.reconfig({})",
      "print(db.carts.drop())",
    ),
    notSafe: eval_(
      'db["carts"].find()',
      'db.carts["find"]()',
      'db.carts.find({$where: "1"})',
      'load("fix.js")',
      "db.carts.insertOne({a: 1})",
      "var c = db.carts; c.find()",
      "db.carts.find().map(x => x.id)",
      'db.carts.find({"\\u0024where": "1"})',
      'JSON.parse("{}").constructor.constructor("x")()',
      "db.carts.watch()",
      "db.getUsers()",
      "this.db.carts.find()",
    ),
    safe: eval_(
      "db.carts.find({open: true}).sort({at: -1}).limit(3).toArray()",
      "db.currentOp({secs_running: {$gt: 5}})",
      "rs.status().members",
      'db.carts.explain("executionStats").find({a: 1})',
      "db.runCommand({ping: 1})",
      "show collections",
    ),
  },
  {
    id: "Mongo tools and files",
    dangerous: ["mongorestore --drop dump/", "mongosh shop < fix.js", "cat fix.js | mongo shop", "mongod --shutdown"],
    notSafe: [
      "mongosh fix.js",
      "mongosh",
      "mongodump --out /backup",
      "mongoimport -d shop -c carts --file x.json",
      "mongostat",
      'mongosh --eval "$JS"',
      "mongoexport -d shop -c carts -o x",
    ],
    safe: ["mongosh --version", "mongostat --rowcount 3", "bsondump carts.bson", "mongorestore --dryRun dump/"],
  },
  {
    id: "Kafka",
    dangerous: [
      "kafka-topics.sh --bootstrap-server k1:9092 --delete --topic carts",
      "kafka-consumer-groups --bootstrap-server k1:9092 --group g --topic t --reset-offsets --to-earliest --execute",
      "kafka-acls --bootstrap-server k1:9092 --remove --topic t --force",
      "kafka-delete-records.sh --bootstrap-server k1:9092 --offset-json-file x",
      "/usr/bin/kafka-topics --delete --topic carts --bootstrap-server k1:9092",
    ],
    notSafe: [
      "kafka-console-consumer --bootstrap-server k1:9092 --topic t",
      "kafka-console-consumer --bootstrap-server k1:9092 --topic t --max-messages 1 --group g",
      "kafka-console-producer --bootstrap-server k1:9092 --topic t",
      "kafka-configs --bootstrap-server k1:9092 --alter --entity-type topics --entity-name t --add-config a=b",
      "kafka-reassign-partitions --bootstrap-server k1:9092 --execute --reassignment-json-file x",
      "kafka-run-class kafka.admin.TopicCommand --delete",
      "kcat -b k1:9092 -P -t t",
      "kcat -b k1:9092 -G g t",
      "kafka-topics --list --delete",
    ],
    safe: [
      "kafka-topics --bootstrap-server k1:9092 --describe --topic t",
      "kafka-consumer-groups.sh --bootstrap-server k1:9092 --describe --all-groups",
      "kafka-consumer-groups --bootstrap-server k1:9092 --group g --topic t --reset-offsets --to-earliest --dry-run",
      "kcat -b k1:9092 -L",
      "kafka-console-consumer --bootstrap-server k1:9092 --topic t --max-messages 3",
    ],
  },
  {
    id: "RabbitMQ, NATS, Pulsar, Celery",
    dangerous: [
      "rabbitmqctl eval 'init:stop().'",
      "rabbitmqctl -n rabbit@a purge_queue carts",
      "rabbitmqadmin get queue=carts ackmode=ack_requeue_false",
      "rabbitmqctl reset",
      "nats stream purge CARTS -f",
      "pulsar-admin topics skip-all -s g t",
      "celery -b amqp://m purge -f",
    ],
    notSafe: [
      "rabbitmqadmin get queue=carts",
      "rabbitmqctl environment",
      "nats consumer next CARTS g",
      "nats sub 'carts.>'",
      "pulsar-client consume t -s g",
      "celery -A shop inspect active",
      "rabbitmqctl set_policy a b c",
    ],
    safe: [
      "rabbitmqctl list_queues -p web name messages",
      "rabbitmq-diagnostics check_running",
      "nats stream info CARTS",
      "pulsar-admin topics peek-messages -s g -n 1 t",
      "rabbitmqadmin list connections",
    ],
  },
  {
    id: "ZooKeeper, directories, search",
    dangerous: [
      "zkCli.sh -server zk1:2181 deleteall /carts",
      "zookeeper-shell zk1:2181 rmr /carts",
      "ldapdelete -x uid=a,dc=b",
      "elasticsearch-node unsafe-bootstrap",
      "echo 'deleteall /a' | zkCli.sh",
    ],
    notSafe: [
      "zkCli.sh",
      "zkCli.sh create /a b",
      "ldapsearch -x -b dc=b userPassword",
      "ldapmodify -f x.ldif",
      "curator actions.yml",
      "ldapsearch -x -y /etc/ldap.secret -b dc=b",
    ],
    safe: [
      "zkCli.sh -server zk1:2181 ls /carts",
      "zookeeper-shell.sh zk1:2181 stat /controller",
      "ldapsearch -x -LLL -b dc=b '(uid=a)' mail",
      "elasticsearch-plugin list",
    ],
  },
  {
    id: "backups and storage",
    dangerous: [
      "restic forget --keep-last 1 --prune",
      "borg delete repo::a",
      "rclone purge r:carts",
      "rclone sync a r:carts",
      "mc rm --recursive --force m/carts",
      "ceph osd purge 3 --yes-i-really-mean-it",
      "rbd rm p/i",
      "gluster --mode=script volume delete v",
      "pcs stonith fence n1",
      "patronictl reinit shop db2",
      "pgbackrest --stanza=s restore --delta",
    ],
    notSafe: [
      "restic backup /etc",
      "rclone copy a r:carts",
      "rclone config show",
      "mc mirror a m/carts",
      "mc find m/carts --exec id",
      "ceph auth ls",
      "ceph osd set noout",
      "restic --password-command id snapshots",
      "rclone ls r: --dump-bodies-to x",
      "ceph tell osd.1 injectargs x",
    ],
    safe: [
      "restic -r /b snapshots",
      "borg list /b",
      "rclone lsl r:carts",
      "rclone delete r:carts --dry-run",
      "mc ls m/carts",
      "ceph health detail",
      "ceph osd df tree",
      "pcs status",
      "patronictl -c /etc/p.yml list",
      "pgbackrest info",
    ],
  },
];

describe.each(rows.map((row) => [row.id, row] as const))("%s", (_id, row) => {
  it.each(row.dangerous.map((command) => [command]))("%s is dangerous", (command) => {
    expect({ command, risk: scan(command).risk }).toEqual({ command, risk: "dangerous" });
  });

  it.each(row.notSafe.map((command) => [command]))("%s is not safe", (command) => {
    expect(compareRisk(scan(command).risk, "safe")).toBeGreaterThan(0);
  });

  it.each(row.safe.map((command) => [command]))("%s is safe", (command) => {
    const verdict = scan(command);
    expect({ command, risk: verdict.risk, because: verdict.risk === "safe" ? [] : verdict.reasons }).toEqual({
      command,
      risk: "safe",
      because: [],
    });
  });
});

const named: readonly (readonly [command: string, targets: readonly Target[]])[] = [
  [
    "psql -c 'drop table shop.carts, orders'",
    [
      { kind: "table", name: "shop.carts" },
      { kind: "table", name: "orders" },
    ],
  ],
  ["mysql -e 'TRUNCATE TABLE Carts'", [{ kind: "table", name: "Carts" }]],
  ["redis-cli del cart:1", [{ kind: "key", name: "cart:1" }]],
  ["dropdb shop", [{ kind: "database", name: "shop" }]],
  ["mongosh --eval 'db.carts.drop()'", [{ kind: "collection", name: "carts" }]],
  ["kafka-topics --bootstrap-server k1:9092 --delete --topic carts", [{ kind: "topic", name: "carts" }]],
  ["rclone purge r:carts", [{ kind: "path", name: "r:carts" }]],
];

it.each(named)("%s names what must be typed", (command, targets) => {
  expect(scan(command).targets).toEqual(targets);
});

const undone: readonly (readonly [command: string, inverse: Inverse])[] = [
  ["ceph osd set noout", { kind: "command", command: "ceph osd unset noout" }],
  ["createdb shop", { kind: "command", command: "dropdb shop" }],
  ["nodetool disablebinary", { kind: "command", command: "nodetool enablebinary" }],
  ["rabbitmqctl stop_app", { kind: "command", command: "rabbitmqctl start_app" }],
];

it.each(undone)("%s is undone", (command, inverse) => {
  expect(scan(command).inverse).toEqual(inverse);
});
