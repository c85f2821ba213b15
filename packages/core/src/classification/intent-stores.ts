// The intent advisor's reading of stores and queues that have a command language of their own: Redis, MongoDB, Kafka, text protocols over nc.
// The words and the input of one command go in, a yes or no comes out: only words known to ask. Independent of the scanner.

import type { Input } from "./intent-segments.ts";

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const REDIS_READS = set(`
  get mget exists ttl pttl type strlen getrange dbsize info ping echo time lastsave role scan hget hgetall hkeys hvals hlen hmget hexists hscan hstrlen hrandfield
  llen lrange lindex lpos scard smembers sismember smismember sscan srandmember sinter sunion sdiff sintercard zcard zrange zrangebyscore zrevrange zrevrangebyscore zrangebylex zscore zmscore zrank zrevrank
  zcount zlexcount zscan zrandmember xlen xrange xrevrange xpending xread bitcount bitpos getbit geopos geodist geohash georadius_ro georadiusbymember_ro geosearch sort_ro command lolwut expiretime pexpiretime
`);
const REDIS_PAIRS = set(`
  config:get client:list client:info client:getname client:id memory:usage memory:stats memory:doctor memory:malloc-stats slowlog:get slowlog:len latency:latest latency:doctor latency:history
  latency:graph cluster:info cluster:nodes cluster:slots cluster:shards cluster:keyslot cluster:countkeysinslot cluster:myid cluster:links cluster:replicas cluster:slaves acl:whoami acl:list acl:users acl:cat object:encoding object:freq object:idletime
  object:refcount pubsub:channels pubsub:numsub pubsub:numpat xinfo:stream xinfo:groups xinfo:consumers script:exists function:list function:stats module:list sentinel:masters sentinel:master
  sentinel:replicas sentinel:slaves sentinel:sentinels sentinel:get-master-addr-by-name sentinel:ckquorum command:count command:docs command:info
`);
const REDIS_VALUED = set("-h -p -s -a -u -n -i -r -d --user --pass --cacert --cert --key --sni --pattern --count --cacertdir -t --type");
const REDIS_MODES = /^(?:--(?:bigkeys|memkeys|hotkeys|scan|help|version)|-v)$/;

function redisOnlyAsks(words: readonly string[], input: Input | null): boolean {
  const rest = words.slice(1);
  if (
    rest.some((word) =>
      /^--(?:eval|pipe|rdb|functions-rdb|replica|lru-test|ldb\S*|cluster-(?!only)\S+|stat|latency\S*|intrinsic\S*|x)$|^-[xX]$/.test(word),
    )
  )
    return false;
  const at = rest.findIndex((word, index) => !word.startsWith("-") && !REDIS_VALUED.has(rest[index - 1] ?? ""));
  if (rest.includes("--cluster")) return /^(?:check|info)$/.test(rest[rest.indexOf("--cluster") + 1] ?? "");
  if (at >= 0) return input === null && redisCommandAsks(rest.slice(at));
  if (rest.some((word) => REDIS_MODES.test(word))) return true;
  return (
    input !== null &&
    input.text !== null &&
    input.text.split("\n").every((line) => line.trim() === "" || redisCommandAsks(line.trim().split(/\s+/)))
  );
}

function redisCommandAsks([first = "", second = "", ...rest]: readonly string[]): boolean {
  const [command, sub] = [first.toLowerCase(), second.toLowerCase()];
  if (command === "sort") return !rest.some((word) => word.toLowerCase() === "store");
  if (`${command}:${sub}` === "config:get") return !/^\*$|pass|auth/.test(rest.join(" ").toLowerCase());
  return REDIS_READS.has(command) || REDIS_PAIRS.has(`${command}:${sub}`);
}

const MONGO_METHODS = set(`
  aggregate collation comment count countDocuments currentOp databaseVersion dataSize distinct estimatedDocumentCount explain find findOne getCollection getCollectionInfos getCollectionNames
  getIndexes getIndexKeys getMongo getName getReplicationInfo getSiblingDB hello hint hostInfo isMaster itcount latencyStats limit listShards maxTimeMS next pretty printReplicationInfo printSecondaryReplicationInfo printShardingStatus
  printSlaveReplicationInfo projection conf config serverBuildInfo serverStatus size skip sort stats status storageSize toArray totalIndexSize totalSize version getShardDistribution getBalancerState isBalancerRunning getRoles getLogComponents
  getProfilingStatus getProfilingLevel printjson print tojson hasNext length top buildInfo getSecondaryOk connectionStatus
`);

function mongoTextAsks(text: string): boolean {
  const bare = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
  if (/`|=>|function|(?<![=!<>])=(?!=)|\$(?:out|merge|where|function|accumulator)\b|\$\(|\+\+|--|\bnew\b|\[\s*''\s*\]/.test(bare))
    return false;
  return bare
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "")
    .every((statement) => {
      if (/^show\s+(?:dbs|databases|collections|tables|users|roles|profile|logs?|log \w+)$/.test(statement)) return true;
      const calls = [...statement.matchAll(/([A-Za-z_$][\w$]*)\s*\(/g)].map(([, name = ""]) => name);
      return (
        /^(?:db|rs|sh|printjson|print|tojson|JSON\.stringify)\b/.test(statement) &&
        calls.length > 0 &&
        calls.every((name) => MONGO_METHODS.has(name) || /^(?:ObjectId|ISODate|NumberLong|NumberInt|UUID|stringify)$/.test(name))
      );
    });
}

function mongoOnlyAsks(words: readonly string[], input: Input | null): boolean {
  const rest = words.slice(1);
  const texts = rest.flatMap((word, index) =>
    word === "--eval" || word === "-eval" ? [rest[index + 1] ?? ""] : word.startsWith("--eval=") ? [word.slice(7)] : [],
  );
  const refuses = rest.some((word, index) => /\.js$|^(?:--file|-f|--shell)\b/.test(word) && rest[index - 1] !== "--eval");
  const fed = input === null ? [] : [input.text ?? "`"];
  return !refuses && texts.length + fed.length > 0 && [...texts, ...fed].every(mongoTextAsks);
}

const KAFKA_CHANGES = /^--(?:delete\S*|create|alter|execute|add\S*|remove\S*|force|reset-offsets|to-\S+|shift-by|cancel|producer\S*)$/;
const KAFKA_ASKS = /^--(?:list|describe|verify|version|help|time|max-messages)$/;

/** Only the tools of Kafka that list; a consumer of a group moves its offsets. */
function kafkaOnlyAsks(program: string, words: readonly string[]): boolean {
  if (KAFKA_WORKERS.test(program)) return false;
  if (words.includes("--dry-run") && words.includes("--reset-offsets"))
    return !words.some((word) => /^--(?:execute|delete\S*)$/.test(word));
  if (words.some((word) => KAFKA_CHANGES.test(word))) return false;
  if (/console-consumer/.test(program))
    return words.some((word) => KAFKA_BOUNDS.test(word)) && !words.some((word) => KAFKA_MEMBERSHIP.test(word));
  if (/reassign/.test(program)) return words.includes("--verify") && words.includes("--preserve-throttles");
  return /get-offsets|broker-api-versions/.test(program) || words.some((word) => KAFKA_ASKS.test(word));
}

const KAFKA_WORKERS =
  /producer|delete-records|storage|server-(?:start|stop)|leader-election|run-class|mirror|connect|perf|verifiable|features/;
const KAFKA_BOUNDS = /^--(?:max-messages|timeout-ms)/;
const KAFKA_MEMBERSHIP = /^--(?:group|consumer\.config|consumer-property|formatter|property)/;

function kcatOnlyAsks(words: readonly string[]): boolean {
  const rest = words.slice(1);
  return (
    !rest.some((word) => /^-(?:P|G|F|K|X)/.test(word)) &&
    rest.some((word) => word === "-L" || (word === "-C" && rest.some((other) => /^-(?:e|c)/.test(other))))
  );
}

/** One line of a monitoring protocol: ZooKeeper, memcached, HAProxy, Redis, HTTP are asked by these words. */
const PROTOCOL_LINE =
  /^(?:ruok|mntr|conf|cons|stat|envi|srvr|dump|wchs|isro|dirs|stats(?: (?:slabs|items|settings|sizes|conns|detail dump))?|version|quit|gets? [\w:.-]+|show (?:stat|info|errors|servers state|servers conn|sess|pools|table|backend|map|acl|threads|activity|version|peers|resolvers|ssl cert)(?: [\w.-]+)*|info(?: \w+)?|ping|dbsize|exit|)$/i;

function netcatOnlyAsks(words: readonly string[], input: Input | null): boolean {
  const rest = words.slice(1);
  if (rest.some((word) => /^-\w*[elkcUoxS]|^--(?:exec|sh-exec|listen|keep-open|output|hex-dump|proxy)/.test(word))) return false;
  if (rest.some((word) => /^-\w*z/.test(word))) return true;
  return input !== null && input.text !== null && asksProtocol(input.text);
}

function socatOnlyAsks(words: readonly string[], input: Input | null): boolean {
  const rest = words.slice(1);
  const plain =
    rest.length === 2 && /^(?:stdio|-|STDIO)$/.test(rest[0] ?? "") && /^(?:unix(?:-connect)?:|tcp4?:)?[\w./:-]+$/i.test(rest[1] ?? "");
  return (
    plain &&
    !/exec|system|open|create|file|listen|pty/i.test(rest[1] ?? "") &&
    input !== null &&
    input.text !== null &&
    asksProtocol(input.text)
  );
}

function asksProtocol(text: string): boolean {
  return text.trim() !== "" && text.split(/[\n;]/).every((line) => PROTOCOL_LINE.test(line.trim()));
}

type Asks = (program: string, words: readonly string[], input: Input | null) => boolean;

const STORES: ReadonlyMap<string, Asks> = new Map<string, Asks>([
  ...["redis-cli", "valkey-cli", "keydb-cli"].map((name): [string, Asks] => [name, (_, words, input) => redisOnlyAsks(words, input)]),
  ...["mongosh", "mongo"].map((name): [string, Asks] => [name, (_, words, input) => mongoOnlyAsks(words, input)]),
  ...["kcat", "kafkacat"].map((name): [string, Asks] => [name, (_, words) => kcatOnlyAsks(words)]),
  ...["nc", "ncat", "netcat"].map((name): [string, Asks] => [name, (_, words, input) => netcatOnlyAsks(words, input)]),
  ["socat", (_, words, input) => socatOnlyAsks(words, input)],
  ["mongostat", (_, words) => words.some((word) => /^(?:-n|--rowcount)/.test(word))],
  ["mongotop", (_, words) => words.some((word) => /^(?:-n|--rowcount)/.test(word))],
]);

/** @returns null for a program that is no store */
export function storeOnlyAsks(program: string, words: readonly string[], input: Input | null): boolean | null {
  if (/^kafka-[\w-]+(?:\.sh)?$/.test(program)) return kafkaOnlyAsks(program, words);
  return STORES.get(program)?.(program, words, input) ?? null;
}
