// One Redis command as words -> what it means, by list (Redis 8, Valkey 8, KeyDB 6). Redis folds case. Used by the clients and by lines
// that are sent over a socket. A command that stands in no list is unknown.
import type { Finding } from "../../rule.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Commands whose every form only reads. */
const reads = words(`
info ping echo time dbsize lastsave role lolwut quit select auth hello readonly readwrite get mget strlen getrange substr lcs exists type ttl pttl expiretime pexpiretime scan randomkey
hscan sscan zscan hget hmget hgetall hkeys hvals hlen hexists hstrlen hrandfield httl hpttl hexpiretime hpexpiretime llen lrange lindex lpos scard sismember smismember srandmember sinter
sintercard sunion sdiff zcard zcount zrange zrevrange zrangebyscore zrevrangebyscore zrangebylex zrevrangebylex zscore zmscore zrank zrevrank zlexcount zrandmember zdiff zinter zintercard
zunion bitcount bitpos getbit bitfield_ro pfcount xlen xrange xrevrange xpending geopos geodist geohash geosearch georadius_ro georadiusbymember_ro json.get json.mget json.type json.strlen json.objkeys json.objlen
json.arrlen json.arrindex json.resp ft.info ft.search ft.aggregate ft._list ft.explain ft.tagvals ts.get ts.mget ts.range ts.revrange ts.mrange ts.info ts.queryindex bf.exists bf.mexists bf.info bf.card
cf.exists cf.count cf.info cms.info cms.query topk.list topk.query topk.info tdigest.info graph.ro_query graph.list`);

/** Commands of which only these sub-commands read. */
const readingSubs: Readonly<Record<string, ReadonlySet<string>>> = {
  client: words("list info id getname getredir trackinginfo help"),
  config: words("get help"),
  slowlog: words("get len help"),
  latency: words("latest history doctor graph histogram help"),
  memory: words("usage stats doctor malloc-stats help"),
  cluster: words(
    "info nodes slots shards myid myshardid keyslot countkeysinslot getkeysinslot links replicas slaves count-failure-reports slot-stats help",
  ),
  object: words("encoding freq idletime refcount help"),
  xinfo: words("stream groups consumers help"),
  acl: words("list whoami users cat getuser dryrun log help"),
  command: words("count docs info list getkeys getkeysandflags help"),
  module: words("list help"),
  pubsub: words("channels numsub numpat shardchannels shardnumsub help"),
  sentinel: words("masters master replicas slaves sentinels get-master-addr-by-name ckquorum myid info-cache pending-scripts help"),
  script: words("exists help"),
  function: words("list stats dump help"),
  commandlog: words("get len help"),
};

/** Reads that block or load the server, or go on without end. */
const heavy = words("keys smembers sort_ro dump wait waitaof");
const endless = words("monitor subscribe psubscribe ssubscribe sync psync");

const changes = words(`
set setex psetex setnx mset msetnx append setrange setbit bitfield bitop incr incrby incrbyfloat decr decrby getset getex expire pexpire expireat pexpireat persist touch copy renamenx move
hset hmset hsetnx hincrby hincrbyfloat hexpire hpexpire hexpireat hpexpireat hpersist lpush rpush lpushx rpushx lset linsert sadd zadd zincrby geoadd pfadd pfmerge xadd xack xclaim xautoclaim xreadgroup xsetid
sinterstore sunionstore sdiffstore zinterstore zunionstore zdiffstore zrangestore geosearchstore publish spublish bgsave save bgrewriteaof watch unwatch multi exec
discard asking unsubscribe punsubscribe lmove rpoplpush smove json.set json.mset json.merge json.numincrby json.arrappend ts.add ts.create bf.add bf.madd bf.reserve ft.create ft.alter`);
const changingSubs = words(`
client.setname client.setinfo client.reply client.no-evict client.no-touch client.tracking client.pause client.unpause client.unblock client.caching config.set config.rewrite script.load script.debug cluster.meet
cluster.addslots cluster.addslotsrange cluster.saveconfig cluster.setslot cluster.bumpepoch xgroup.create xgroup.createconsumer xgroup.setid acl.save acl.genpass acl.setuser sentinel.monitor sentinel.set
sentinel.flushconfig latency.reset memory.purge`);

const irreversible = words(`
flushall flushdb del unlink shutdown debug failover migrate restore replicaof slaveof eval evalsha fcall rename getdel lpop rpop spop zpopmin zpopmax blpop brpop bzpopmin bzpopmax blmpop lmpop zmpop bzmpop blmove
brpoplpush ltrim hdel hgetdel srem zrem zremrangebyrank zremrangebyscore zremrangebylex lrem xdel xtrim swapdb reset pfdebug json.del json.forget json.clear json.arrpop ft.dropindex ft.drop graph.delete ts.del
cf.del restore-asking`);
const irreversibleSubs = words(`
client.kill config.resetstat script.flush script.kill function.flush function.delete function.load function.restore function.kill cluster.reset cluster.failover cluster.forget cluster.delslots cluster.delslotsrange
cluster.flushslots cluster.replicate cluster.set-config-epoch acl.deluser acl.load acl.setuser module.load module.loadex module.unload slowlog.reset commandlog.reset sentinel.failover sentinel.remove
sentinel.reset sentinel.simulate-failure xgroup.destroy xgroup.delconsumer`);

/** Settings by which a server can be made to write files, load code, or let others in. */
const dangerousSettings = words(
  "dir dbfilename appenddirname appendfilename requirepass masterauth masteruser aclfile unixsocket logfile loadmodule protected-mode rename-command save appendonly enable-debug-command enable-module-command bind replicaof slaveof",
);

const caution = (why: string, safer?: string): Finding =>
  safer === undefined ? { risk: "caution", why } : { risk: "caution", why, safer };

/** Judges one command; `undefined` words are not known before it runs. */
export function judgeRedis(command: readonly (string | undefined)[]): Finding | undefined {
  const name = command[0]?.toLowerCase();
  if (name === undefined) return { risk: "unknown", why: "the redis command is not written out" };
  const sub = `${name}.${String(command[1]).toLowerCase()}`;
  if (irreversible.has(name) || irreversibleSubs.has(sub))
    return { risk: "dangerous", why: "deletes data, changes the server or runs a script" };
  if (sub === "config.set") return judgeSettings(command);
  if (name === "xread") return judgeStreamRead(command);
  if (/^(sort|georadius|georadiusbymember)$/.test(name)) return judgeStore(command);
  return judgeCost(name) ?? judgeChange(name, sub) ?? judgeRead(name, sub, command);
}

function judgeChange(name: string, sub: string): Finding | undefined {
  return changes.has(name) || changingSubs.has(sub) ? caution("changes data or settings") : undefined;
}

function judgeCost(name: string): Finding | undefined {
  if (heavy.has(name)) return caution("can block or load the server", "SCAN goes in small steps");
  return endless.has(name) ? { ...caution("goes on until it is stopped and loads the server"), unbounded: true } : undefined;
}

function judgeRead(name: string, sub: string, command: readonly (string | undefined)[]): Finding | undefined {
  if (reads.has(name)) return undefined;
  const subs = Object.hasOwn(readingSubs, name) ? readingSubs[name] : undefined;
  if (subs === undefined) return { risk: "unknown", why: "is not on the list of commands" };
  if (command.length === 1) return name === "command" ? undefined : { risk: "unknown", why: "lacks its sub-command" };
  if (!subs.has(command[1]?.toLowerCase() ?? "")) return caution("this form may change something");
  return judgeSecrets(sub, command);
}

function judgeSettings(command: readonly (string | undefined)[]): Finding {
  const names = command.slice(2).filter((_, index) => index % 2 === 0);
  const harmful = names.some((setting) => setting === undefined || dangerousSettings.has(setting.toLowerCase()));
  return harmful
    ? { risk: "dangerous", why: "a setting by which the server writes files, loads code or lets others in" }
    : caution("changes a setting of the server", "CONFIG GET prints the present value");
}

/** SORT and GEORADIUS read unless STORE says where the result goes. */
function judgeStore(command: readonly (string | undefined)[]): Finding | undefined {
  const stores = command.some((word) => word === undefined || /^store(dist)?$/i.test(word));
  return stores ? caution("stores its result, over what was there") : undefined;
}

function judgeStreamRead(command: readonly (string | undefined)[]): Finding | undefined {
  const blocks = command.some((word) => word === undefined || word.toLowerCase() === "block");
  return blocks ? { ...caution("may wait without end", "leave BLOCK out"), unbounded: true } : undefined;
}

function judgeSecrets(sub: string, command: readonly (string | undefined)[]): Finding | undefined {
  const asked = command[2];
  if (sub === "acl.log" && asked?.toLowerCase() === "reset") return caution("empties the log of refused commands");
  const shows =
    sub === "config.get" ? command.slice(2).some(namesSecret) || asked === undefined : sub === "acl.list" || sub === "acl.getuser";
  return shows
    ? { risk: "caution", sensitive: true, why: "prints passwords or their hashes", safer: "ask for one setting by its name" }
    : undefined;
}

const namesSecret = (word: string | undefined): boolean =>
  word === undefined || /pass|auth|user|key-file|^\*|[?[]/i.test(word) || /\*/.test(word.slice(0, 4));

/** Lines as Redis reads them from standard input or a socket: words by blanks, with quotes; undefined where the quotes do not fit. */
export function redisLines(text: string): readonly (readonly string[])[] | undefined {
  const lines: (readonly string[])[] = [];
  for (const line of text.split(/\r?\n/)) {
    const words = redisWords(line);
    if (words === undefined) return undefined;
    if (words.length > 0) lines.push(words);
  }
  return lines;
}

/** Backslashes and the binary protocol are left out: they could spell any command. */
function redisWords(line: string): readonly string[] | undefined {
  if (/^[*$]|\\/.test(line)) return undefined;
  const word = /\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)\s*/y;
  const words: string[] = [];
  while (word.lastIndex < line.length) {
    const found = word.exec(line);
    if (found === null) return line.trim() === "" ? [] : undefined;
    words.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  return words;
}
