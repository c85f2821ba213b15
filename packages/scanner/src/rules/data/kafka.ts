// The scripts that come with Apache Kafka, with and without .sh. Each says by options whether it reads or changes.
import type { Invocation } from "../../invocation.ts";
import { type Finding, program } from "../../rule.ts";
import type { Risk, Target } from "../../types.ts";

const source = "Apache Kafka 3.8 documentation, bin/*.sh --help";
const both = (names: string): string =>
  names
    .split("|")
    .map((name) => `${name}|${name}.sh`)
    .join("|");

const connection = "--bootstrap-server --bootstrap-controller --broker-list --zookeeper --command-config";
const helps = "--help --version";

/** The worst of the actions that were asked for; unknown without any. */
const byAction =
  (reads: string, changes: string, destroys: string) =>
  (inv: Invocation): Risk => {
    const given = (list: string): boolean => list.split(" ").some((name) => name !== "" && inv.has(name));
    if (given(destroys)) return "dangerous";
    if (given(changes)) return "caution";
    return given(`${reads} ${helps}`) ? "safe" : "unknown";
  };

const named =
  (kind: string, ...options: readonly string[]) =>
  (inv: Invocation): readonly Target[] => {
    const found = options.flatMap((option) => inv.all(option)).map((arg) => ({ kind, name: arg.text }));
    return found.length > 0 ? found : [{ kind, name: "cluster" }];
  };

const settingsBefore = "--describe shows the present state; note it before";

export const kafkaTopics = program({
  names: both("kafka-topics"),
  source,
  style: "long",
  risk: byAction("--list --describe", "--create --alter", "--delete"),
  why: "lists or changes topics",
  flags: `${helps} --list --describe --create --alter --delete --exclude-internal --under-replicated-partitions --unavailable-partitions --under-min-isr-partitions --at-min-isr-partitions --topics-with-overrides --if-exists --if-not-exists --disable-rack-aware --force`,
  values: `${connection} --topic --topic-id --partitions --replication-factor --replica-assignment --config --delete-config --partition-size-limit-per-response`,
  targets: named("topic", "--topic"),
  noInverse: "a topic that was made is deleted by hand; partitions cannot be taken back",
  examples: {
    "kafka-topics.sh --bootstrap-server k1:9092 --list": "safe",
    "kafka-topics --bootstrap-server k1:9092 --describe --under-replicated-partitions": "safe",
    "kafka-topics --bootstrap-server k1:9092 --create --topic web --partitions 3": "caution",
    "kafka-topics --bootstrap-server k1:9092 --delete --topic web": "dangerous",
  },
  nearMisses: ["kafka-topics --bootstrap-server k1:9092", "kafka-topics --list --delete --topic web", "kafka-topics --list --del"],
});

export const kafkaConsumerGroups = program({
  names: both("kafka-consumer-groups|kafka-share-groups|kafka-streams-groups"),
  source,
  style: "long",
  risk: (inv) => {
    if (inv.has("--reset-offsets")) return inv.has("--execute") ? "dangerous" : "safe";
    return byAction("--list --describe --validate-regex", "", "--delete --delete-offsets")(inv);
  },
  why: "lists groups of consumers or moves their offsets",
  safer: "--reset-offsets without --execute only shows what it would do",
  flags: `${helps} --list --describe --delete --delete-offsets --reset-offsets --execute --dry-run --export --members --offsets --verbose --all-groups --all-topics --to-earliest --to-latest --to-current`,
  values: `${connection} --group --topic --timeout --shift-by --to-offset --to-datetime --by-duration --from-file`,
  options: { "--state": { arity: "optional", why: "shows the state" }, "--validate-regex": { why: "checks an expression" } },
  operands: "data*",
  targets: named("consumer group", "--group"),
  examples: {
    "kafka-consumer-groups.sh --bootstrap-server k1:9092 --describe --group web": "safe",
    "kafka-consumer-groups --bootstrap-server k1:9092 --list --state Empty": "safe",
    "kafka-consumer-groups --bootstrap-server k1:9092 --validate-regex 'a.*'": "safe",
    "kafka-consumer-groups --bootstrap-server k1:9092 --group web --topic t --reset-offsets --to-latest": "safe",
    "kafka-consumer-groups --bootstrap-server k1:9092 --group web --topic t --reset-offsets --to-latest --execute": "dangerous",
    "kafka-consumer-groups --bootstrap-server k1:9092 --delete --group web": "dangerous",
  },
  nearMisses: ["kafka-consumer-groups --bootstrap-server k1:9092", "kafka-consumer-groups --delete-offsets --group web --topic t"],
});

/** Retention of less than a day, or another way to clean up: old messages go at once. */
function losesMessages(settings: string): boolean {
  const soon = /\bretention\.ms=(\d+)/.exec(settings);
  return (soon !== null && Number(soon[1]) < 86_400_000) || /retention\.bytes=\d|cleanup\.policy=/.test(settings);
}

export const kafkaConfigs = program({
  names: both("kafka-configs"),
  source,
  style: "long",
  risk: byAction("--describe", "--alter", ""),
  why: "shows or changes settings of brokers, topics, users and clients",
  flags: `${helps} --describe --alter --all --entity-default --force`,
  values: `${connection} --entity-type --entity-name --add-config --delete-config --add-config-file --topic --broker --user --client --broker-logger --ip --client-metrics --group`,
  inspect: (inv, ctx) => {
    const settings = inv
      .all("--add-config")
      .map((arg) => arg.text)
      .join(",");
    if (inv.has("--alter") && losesMessages(settings))
      ctx.report({ risk: "dangerous", why: "lets messages expire soon; they are gone then" });
    if (inv.has("--alter") && (inv.value("--entity-type") === "users" || inv.has("--user")))
      ctx.report({ risk: "dangerous", why: "changes what a user may do, or its password" });
  },
  targets: named("entity", "--entity-name", "--topic", "--broker", "--user"),
  noInverse: settingsBefore,
  examples: {
    "kafka-configs --bootstrap-server k1:9092 --entity-type topics --entity-name web --describe": "safe",
    "kafka-configs --bootstrap-server k1:9092 --entity-type topics --entity-name web --alter --add-config max.message.bytes=1000":
      "caution",
    "kafka-configs --bootstrap-server k1:9092 --topic web --alter --add-config retention.ms=1000": "dangerous",
    "kafka-configs --bootstrap-server k1:9092 --alter --entity-type users --entity-name bob --add-config SCRAM-SHA-256=x": "dangerous",
  },
  nearMisses: ["kafka-configs --bootstrap-server k1:9092 --entity-type brokers"],
});

export const kafkaAcls = program({
  names: both("kafka-acls|kafka-delegation-tokens"),
  source,
  style: "long",
  risk: byAction("--list --describe", "", "--add --remove --create --renew --expire"),
  why: "lists or changes who may do what",
  flags: `${helps} --list --describe --add --remove --create --renew --expire --force --consumer --producer --idempotent --cluster`,
  values: `${connection} --topic --group --principal --allow-principal --deny-principal --allow-host --deny-host --operation --resource-pattern-type --transactional-id --authorizer-properties --owner-principal --user-principal`,
  targets: named("principal", "--allow-principal", "--deny-principal", "--principal"),
  examples: {
    "kafka-acls --bootstrap-server k1:9092 --list --topic web": "safe",
    "kafka-acls --bootstrap-server k1:9092 --add --allow-principal User:bob --operation Read --topic web": "dangerous",
    "kafka-acls --bootstrap-server k1:9092 --remove --topic web": "dangerous",
  },
  nearMisses: ["kafka-acls --bootstrap-server k1:9092"],
});

const isOwnDeserializer = (name: string): boolean => /^org\.apache\.kafka\.common\.serialization\.\w+$/.test(name);
const isPlainProperty = /^(print\.\w+|(key|line|headers)\.separator|null\.literal)=[^$`]*$/;
const loadsClass: Finding = { risk: "unknown", why: "may load a class that is not Kafka's own" };

export const kafkaConsoleConsumer = program({
  names: both("kafka-console-consumer|kafka-console-share-consumer|kafka-verifiable-consumer"),
  source,
  style: "long",
  why: "prints the messages of a topic",
  flags: `${helps} --from-beginning --skip-message-on-error --enable-systest-events`,
  values: `${connection} --topic --include --whitelist --partition --offset --max-messages --timeout-ms --isolation-level`,
  options: {
    "--key-deserializer|--value-deserializer": { check: (value) => (isOwnDeserializer(value.text) ? undefined : loadsClass) },
    "--property|--formatter-property": { check: (value) => (isPlainProperty.test(value.text) ? undefined : loadsClass) },
    "--group": { risk: "caution", why: "moves the offsets of the group: others get these messages no more", safer: "leave --group out" },
    "--consumer-property|--consumer.config|--consumer-config|--formatter|--formatter-config": {
      risk: "unknown",
      why: "may name a group or load code",
    },
  },
  unbounded: (inv) => !inv.has("--max-messages") && !inv.has("--timeout-ms") && !inv.has("--help"),
  safer: "--max-messages 10 --timeout-ms 5000 ends it",
  noInverse: "offsets are set back by kafka-consumer-groups --reset-offsets",
  examples: {
    "kafka-console-consumer.sh --bootstrap-server k1:9092 --topic web --from-beginning --max-messages 5": "safe",
    "kafka-console-consumer --topic web --max-messages 1 --property print.key=true": "safe",
    "kafka-console-consumer --bootstrap-server k1:9092 --topic web": "caution",
    "kafka-console-consumer --bootstrap-server k1:9092 --topic web --group g --max-messages 5": "caution",
    "kafka-console-consumer --bootstrap-server k1:9092 --topic web --max-messages 5 --consumer-property group.id=g": "unknown",
  },
  nearMisses: [
    "kafka-console-consumer --topic web --max-messages 1 --formatter evil.Class",
    "kafka-console-consumer --topic web --max-messages 1 --key-deserializer evil.Class",
    "kafka-console-consumer --topic web --max-messages 1 --property key.deserializer=evil.Class",
  ],
});

export const kafkaProducers = program({
  names: both("kafka-console-producer|kafka-producer-perf-test|kafka-verifiable-producer|kafka-consumer-perf-test|kafka-mirror-maker"),
  source,
  style: "long",
  risk: "caution",
  why: "writes messages to a topic, or reads as fast as it can",
  noInverse: "messages cannot be taken back",
  anyOption: true,
  operands: "data*",
  examples: { "kafka-console-producer --bootstrap-server k1:9092 --topic web": "caution" },
  nearMisses: ["kafka-producer-perf-test.sh --topic web --num-records 10"],
});

export const kafkaReaders = program({
  names: both("kafka-broker-api-versions|kafka-log-dirs|kafka-get-offsets|kafka-dump-log|kafka-replica-verification|kafka-e2e-latency"),
  source,
  style: "long",
  risk: (inv) => (inv.program.startsWith("kafka-e2e") ? "caution" : "safe"),
  why: "prints facts about brokers, logs or offsets",
  unbounded: (inv) => inv.program.startsWith("kafka-replica-verification") && !helps.split(/[ |]/).some((name) => inv.has(name)),
  noInverse: "messages cannot be taken back",
  flags: `${helps} --describe --print-data-log --deep-iteration --verify-index-only --index-sanity-check --cluster-metadata-decoder --exclude-internal-topics`,
  values: `${connection} --topic-list --topic --topic-partitions --partitions --time --topics-include --files --max-message-size`,
  operands: "data*",
  examples: {
    "kafka-get-offsets.sh --bootstrap-server k1:9092 --topic web --time -1": "safe",
    "kafka-log-dirs --bootstrap-server k1:9092 --describe": "safe",
    "kafka-replica-verification --topics-include web": "caution",
    "kafka-broker-api-versions --bootstrap-server k1:9092": "safe",
  },
  nearMisses: ["kafka-dump-log --files x --value-decoder-class evil.Class"],
});

export const kafkaCluster = program({
  names: both(
    "kafka-metadata-quorum|kafka-features|kafka-transactions|kafka-cluster|kafka-client-metrics|kafka-leader-election|kafka-preferred-replica-election|kafka-delete-records|kafka-storage|kafka-streams-application-reset|kafka-metadata-shell|kafka-server-start|kafka-server-stop",
  ),
  source,
  style: "long",
  risk: (inv) => {
    const verb = inv.operands.map((arg) => arg.text).find((word) => clusterVerbs.test(word)) ?? "";
    if (/(delete-records|storage|application-reset|server-stop)/.test(inv.program))
      return /^(info|random-uuid)$/.test(verb) ? "safe" : "dangerous";
    if (/^(unregister|abort|forceTerminate|remove-controller|downgrade|disable)$/.test(verb)) return "dangerous";
    if (inv.operands.some((arg) => /^unclean$/i.test(arg.text))) return "dangerous";
    if (/leader-election|replica-election|server-start/.test(inv.program) || /^(upgrade|add-controller)$/.test(verb)) return "caution";
    return verb === "" ? "unknown" : "safe";
  },
  why: "shows or changes the state of the cluster",
  anyOption: true,
  operands: "data*",
  targets: () => [{ kind: "cluster", name: "kafka" }],
  noInverse: "leaders move back by themselves or by another election",
  examples: {
    "kafka-metadata-quorum --bootstrap-server k1:9092 describe --status": "safe",
    "kafka-transactions.sh --bootstrap-server k1:9092 list": "safe",
    "kafka-leader-election --bootstrap-server k1:9092 --election-type preferred --all-topic-partitions": "caution",
    "kafka-delete-records --bootstrap-server k1:9092 --offset-json-file x": "dangerous",
    "kafka-leader-election --bootstrap-server k1:9092 --election-type unclean --topic web": "dangerous",
    "kafka-server-stop.sh": "dangerous",
  },
  nearMisses: ["kafka-features --bootstrap-server k1:9092", "kafka-transactions abort --topic web", "kafka-storage format -t x"],
});

const clusterVerbs =
  /^(describe|list|find-hanging|describe-producers|cluster-id|list-endpoints|info|random-uuid|unregister|abort|forceTerminate|upgrade|downgrade|disable|add-controller|remove-controller|version-mapping|feature-dependencies)$/;

export const kafkaReassign = program({
  names: both("kafka-reassign-partitions"),
  source,
  style: "long",
  risk: (inv) => {
    const asks = byAction("--verify --list --generate", "--execute --cancel", "")(inv);
    return asks === "safe" && inv.has("--verify") && !inv.has("--preserve-throttles") ? "caution" : asks;
  },
  why: "moves partitions between brokers; --verify takes the throttles away when the move is done",
  safer: "--verify --preserve-throttles only looks",
  flags: `${helps} --verify --list --generate --execute --cancel --additional --preserve-throttles --disable-rack-aware`,
  values: `${connection} --reassignment-json-file --topics-to-move-json-file --throttle --replica-alter-log-dirs-throttle --timeout`,
  targets: named("file", "--reassignment-json-file"),
  noInverse: "--execute prints the assignment before; keep it to go back",
  examples: {
    "kafka-reassign-partitions --bootstrap-server k1:9092 --verify --preserve-throttles --reassignment-json-file x": "safe",
    "kafka-reassign-partitions --bootstrap-server k1:9092 --verify --reassignment-json-file x": "caution",
    "kafka-reassign-partitions --bootstrap-server k1:9092 --generate --topics-to-move-json-file x --broker-list 1,2": "safe",
    "kafka-reassign-partitions --bootstrap-server k1:9092 --execute --reassignment-json-file x": "caution",
  },
  nearMisses: ["kafka-reassign-partitions --bootstrap-server k1:9092"],
});

const readingClasses = /^(org\.apache\.kafka\.tools\.|kafka\.tools\.)(GetOffsetShell|DumpLogSegments|ReplicaVerificationTool|JmxTool)$/;

export const kafkaRunClass = program({
  names: both("kafka-run-class"),
  source,
  style: "posix",
  risk: (inv) => (readingClasses.test(inv.operand(0) ?? "") ? "safe" : "unknown"),
  why: "runs a class of Kafka",
  operands: "data data*",
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => /(decoder|formatter|parser)/i.test(arg.text))) ctx.report({ risk: "unknown", why: "loads a class" });
  },
  unbounded: (inv) => (inv.operand(0) ?? "").endsWith("JmxTool") && !inv.operands.some((arg) => arg.text.startsWith("--one-time")),
  examples: {
    "kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list k1:9092 --topic web": "safe",
    "kafka-run-class kafka.tools.JmxTool": "caution",
  },
  nearMisses: ["kafka-run-class kafka.admin.TopicCommand --delete --topic web", "kafka-run-class.sh"],
});
