// redis-cli: a positive list of commands that only read. Redis folds case; the shell does not.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type Finding, program, type RuleContext } from "../../rule.ts";

/** Commands that read, with the sub-commands that do where a command has some. */
const reads: Readonly<Record<string, readonly string[] | true>> = {
  info: true,
  ping: true,
  echo: true,
  time: true,
  dbsize: true,
  lastsave: true,
  role: true,
  get: true,
  mget: true,
  strlen: true,
  getrange: true,
  substr: true,
  exists: true,
  type: true,
  ttl: true,
  pttl: true,
  expiretime: true,
  pexpiretime: true,
  scan: true,
  hscan: true,
  sscan: true,
  zscan: true,
  hget: true,
  hmget: true,
  hgetall: true,
  hkeys: true,
  hvals: true,
  hlen: true,
  hexists: true,
  hstrlen: true,
  hrandfield: true,
  llen: true,
  lrange: true,
  lindex: true,
  lpos: true,
  scard: true,
  sismember: true,
  smismember: true,
  srandmember: true,
  sinter: true,
  sintercard: true,
  sunion: true,
  sdiff: true,
  zcard: true,
  zcount: true,
  zrange: true,
  zrevrange: true,
  zrangebyscore: true,
  zrevrangebyscore: true,
  zrangebylex: true,
  zscore: true,
  zmscore: true,
  zrank: true,
  zrevrank: true,
  zlexcount: true,
  bitcount: true,
  bitpos: true,
  getbit: true,
  randomkey: true,
  xlen: true,
  xrange: true,
  xrevrange: true,
  xpending: true,
  geopos: true,
  geodist: true,
  geohash: true,
  geosearch: true,
  client: ["list", "info", "id", "getname", "trackinginfo", "help"],
  config: ["get", "help"],
  slowlog: ["get", "len", "help"],
  latency: ["latest", "history", "doctor", "graph", "histogram", "help"],
  memory: ["usage", "stats", "doctor", "malloc-stats", "help"],
  cluster: ["info", "nodes", "slots", "shards", "myid", "keyslot", "countkeysinslot", "getkeysinslot", "links", "help"],
  object: ["encoding", "freq", "idletime", "refcount", "help"],
  xinfo: ["stream", "groups", "consumers", "help"],
  acl: ["list", "whoami", "users", "cat", "getuser", "help"],
  command: ["count", "docs", "info", "list", "getkeys", "help"],
  module: ["list", "help"],
  pubsub: ["channels", "numsub", "numpat", "help"],
  sentinel: ["masters", "master", "replicas", "slaves", "sentinels", "get-master-addr-by-name", "ckquorum", "myid", "info-cache"],
  script: ["exists", "help"],
  function: ["list", "stats", "dump", "help"],
};

const heavy = new Set(["keys", "smembers", "monitor", "sort_ro"]);
const irreversible = new Set([
  "flushall",
  "flushdb",
  "del",
  "unlink",
  "shutdown",
  "debug",
  "failover",
  "migrate",
  "restore",
  "replicaof",
  "slaveof",
  "eval",
  "evalsha",
  "fcall",
  "rename",
  "getdel",
  "lpop",
  "rpop",
  "spop",
  "zpopmin",
  "zpopmax",
  "blpop",
  "brpop",
  "ltrim",
  "hdel",
  "srem",
  "zrem",
  "lrem",
  "xdel",
  "xtrim",
  "swapdb",
  "reset",
]);
const irreversibleSub = new Set([
  "config rewrite",
  "client kill",
  "script flush",
  "script kill",
  "function flush",
  "function delete",
  "function load",
  "cluster reset",
  "cluster failover",
  "cluster forget",
  "cluster delslots",
  "cluster flushslots",
  "acl deluser",
  "acl setuser",
  "acl load",
  "module load",
  "module unload",
  "slowlog reset",
  "config resetstat",
  "sentinel failover",
  "sentinel remove",
  "sentinel reset",
  "memory purge",
]);

/** The word says surely what it does, for better or worse. */
const judgeNamed = (name: string, sub: string, first: Arg): Finding | undefined => {
  if (irreversible.has(name) || irreversibleSub.has(`${name} ${sub}`))
    return { risk: "dangerous", why: "deletes data, changes the server or runs a script", span: first.span };
  return heavy.has(name)
    ? { risk: "caution", why: "can block or load the server", safer: "SCAN goes in small steps", span: first.span }
    : undefined;
};

const judgeListed = (name: string, sub: string, words: readonly Arg[], first: Arg): Finding | undefined => {
  const allowed = Object.hasOwn(reads, name) ? reads[name] : undefined;
  if (allowed === true) return undefined;
  if (allowed?.includes(sub) === true) return sensitiveRead(name, sub, words);
  return { risk: "caution", why: allowed === undefined ? "is not known to be a read" : "this form may change something", span: first.span };
};

const judge = (words: readonly Arg[]): Finding | undefined => {
  const [first, second] = words;
  if (first === undefined) return undefined;
  if (first.shape !== "literal") return { risk: "unknown", why: "the redis command is not written out", span: first.span };
  const name = first.text.toLowerCase();
  const sub = second?.shape === "literal" ? second.text.toLowerCase() : "";
  return judgeNamed(name, sub, first) ?? judgeListed(name, sub, words, first);
};

const printsPasswords = (words: readonly Arg[]): boolean => words[2]?.shape !== "literal" || /pass|auth|user|key|\*/i.test(words[2].text);

const sensitiveRead = (name: string, sub: string, words: readonly Arg[]): Finding | undefined => {
  const shows = name === "config" ? printsPasswords(words) : name === "acl" && (sub === "list" || sub === "getuser");
  return shows ? { risk: "caution", sensitive: true, why: "prints passwords or their hashes" } : undefined;
};

function inspect(inv: Invocation, ctx: RuleContext): void {
  const modes = [
    "--stat",
    "--bigkeys",
    "--memkeys",
    "--hotkeys",
    "--scan",
    "--version",
    "--help",
    "--latency",
    "--latency-history",
    "--latency-dist",
    "--intrinsic-latency",
  ];
  if (inv.operands.length === 0 && !modes.some((mode) => inv.has(mode)))
    ctx.report({ risk: "unknown", why: "commands come from standard input or from a prompt" });
  const finding = judge(inv.operands);
  if (finding !== undefined) ctx.report(finding);
}

export const redisCli = program({
  names: "redis-cli|valkey-cli",
  source: "redis-cli(1), Redis 7.2; reference/command-safety.md 3.6",
  style: "posix",
  why: "reads from Redis",
  flags:
    "--tls --insecure -c --raw --no-raw --csv --json --quoted-input --no-auth-warning --verbose --bigkeys --memkeys --hotkeys --scan -2 -3 -e --show-pushes --version|-v --help --no-show-pushes",
  values: "-h -p -n -s -t --user --sni --cacert --cacertdir --cert --key --pattern --quoted-pattern --count -d -D --memkeys-samples",
  options: {
    "-a|--pass|-u": { why: "a password in the command is seen by others on the machine" },
    "--askpass": { arity: "flag", risk: "unknown", why: "asks for a password" },
    "--stat|--latency|--latency-history|--latency-dist": { arity: "flag", unbounded: true, why: "goes on without end" },
    "--intrinsic-latency": { why: "loads the processor for as long as given", risk: "caution" },
    "-r|-i": { why: "repeats" },
    "-x|-X": { arity: "optional", risk: "unknown", why: "reads an argument from standard input" },
    "--eval|--pipe|--rdb|--functions-rdb|--replica|--slave|--cluster|--ldb|--ldb-sync-mode|--test-memory": {
      arity: "optional",
      risk: "dangerous",
      why: "runs a script, changes a cluster or copies the data",
    },
  },
  operands: "data*",
  inspect,
  targets: (inv) => inv.operands.slice(1, 2).map((arg) => ({ kind: "key", name: arg.text })),
  examples: {
    "redis-cli -h cache INFO memory": "safe",
    "redis-cli -p 6380 slowlog get 10": "safe",
    "redis-cli CONFIG GET maxmemory": "safe",
    "redis-cli --bigkeys": "safe",
    "redis-cli set a 1": "caution",
    "redis-cli KEYS '*'": "caution",
    "redis-cli fLuShAlL": "dangerous",
    "redis-cli -n 3 del a": "dangerous",
  },
  nearMisses: [
    "redis-cli",
    "redis-cli CONFIG SET maxmemory 1",
    "redis-cli --eval x.lua",
    "redis-cli -x set a",
    "redis-cli CLIENT KILL x",
    "redis-cli $CMD",
    "redis-cli GETDEL a",
    "redis-cli config get '*'",
    "redis-cli sort a store b",
    "redis-cli --cluster fix h:1",
  ],
});
