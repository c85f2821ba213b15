// redis-cli and its kin: options before the command by table, the command by the list in redis-commands.ts.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type OptionRule, program, type RuleContext } from "../../rule.ts";
import { judgeRedis, redisLines } from "./redis-commands.ts";
import { judgeInput, onlyInforms } from "./sql-input.ts";

const modes =
  "--stat --bigkeys --memkeys --keystats --hotkeys --scan --version --help --latency --latency-history --latency-dist --intrinsic-latency --lru-test --eval --pipe --rdb --functions-rdb --replica --slave --cluster --test-memory".split(
    " ",
  );

const literal = (arg: Arg): string | undefined => (arg.shape === "literal" ? arg.text : undefined);

function judgeCommand(words: readonly Arg[], ctx: RuleContext): void {
  const first = words[0];
  if (first === undefined) return;
  const finding = judgeRedis(words.map(literal));
  if (finding !== undefined) ctx.report({ span: first.span, ...finding });
}

/** `--cluster check|info HOST`; everything else moves or removes slots and nodes. */
function judgeCluster(inv: Invocation, ctx: RuleContext): void {
  const action = inv.value("--cluster");
  if (action === "call") judgeCommand(inv.operands.slice(1), ctx);
  else if (action === "check" && inv.operands.some(({ text }) => /^-/.test(text) && text !== "--cluster-search-multiple-owners"))
    ctx.report({ risk: "dangerous", why: "repairs what it finds: moves or removes slots", safer: "leave --cluster-fix out" });
  else if (action !== "check" && action !== "info" && action !== "help")
    ctx.report({ risk: "dangerous", why: "changes the cluster: its nodes, slots or data", safer: "--cluster check" });
}

function judgeLines(text: Arg, ctx: RuleContext): void {
  const lines = redisLines(text.text);
  if (lines === undefined || lines.length > 200) return ctx.report({ risk: "unknown", why: "the lines it is fed cannot be told apart" });
  for (const line of lines) {
    const finding = judgeRedis(line);
    if (finding !== undefined) ctx.report(finding);
  }
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  if (inv.has("--cluster")) return judgeCluster(inv, ctx);
  judgeCommand(inv.operands, ctx);
  if (inv.operands.length === 0 && !onlyInforms(inv, modes)) judgeInput(inv, ctx, (text) => judgeLines(text, ctx));
  if (inv.has("-x") && judgeRedis(inv.operands.map(literal)) === undefined)
    ctx.report({ risk: "unknown", why: "reads an argument from standard input" });
}

const dangerousMode: OptionRule = { arity: "optional", risk: "dangerous", why: "runs a script, feeds commands or copies all data" };
const endlessMode: OptionRule = { arity: "flag", unbounded: true, why: "goes on until it is stopped" };

export const redisCli = program({
  names: "redis-cli|valkey-cli|keydb-cli",
  source: "redis-cli --help, Redis 8.0 and Valkey 8.0; reference/command-safety.md 3.6",
  style: "posix",
  why: "reads from Redis",
  flags:
    "--tls --insecure -c --raw --no-raw --csv --json --quoted-input --no-auth-warning --verbose --bigkeys --memkeys --keystats --hotkeys --scan -2 -3 -4 -6 -e --show-pushes --version|-v --help --no-show-pushes",
  values:
    "-h -p -n|--db -s -t --user -u --sni --cacert --cacertdir --cert --key --pattern --quoted-pattern --count --cursor -d -D --memkeys-samples --tls-ciphers --tls-ciphersuites -a|--pass --top",
  options: {
    "--askpass": { arity: "flag", why: "asks for a password" },
    "--stat|--latency|--latency-history|--latency-dist": endlessMode,
    "--intrinsic-latency|--lru-test": { why: "loads the processor or the server for as long as given", risk: "caution" },
    "-i": { why: "waits between repetitions" },
    "-r": {
      check: (value) =>
        value.text.startsWith("-") || value.shape !== "literal"
          ? { risk: "caution", why: "repeats without end", unbounded: true }
          : undefined,
    },
    "-x|-X": { arity: "optional", why: "reads an argument from standard input" },
    "--cluster": { why: "asks about a cluster" },
    "--rdb|--functions-rdb": { kind: "write", why: "copies all data to a file" },
    "--eval|--pipe|--replica|--slave|--ldb|--ldb-sync-mode|--test-memory": dangerousMode,
  },
  operands: "data*",
  inspect,
  targets: (inv) => inv.operands.slice(1, 2).map((arg) => ({ kind: "key", name: arg.text })),
  noInverse: "GET or CONFIG GET shows the present value; note it before",
  examples: {
    "redis-cli -h cache INFO memory": "safe",
    "valkey-cli -p 6380 slowlog get 10": "safe",
    "redis-cli -u redis://cache:6379/0 CONFIG GET maxmemory": "safe",
    "redis-cli --bigkeys -i 0.1": "safe",
    "redis-cli --scan --pattern 'session:*'": "safe",
    "redis-cli --cluster check h:6379": "safe",
    "redis-cli -p 26379 sentinel get-master-addr-by-name main": "safe",
    "redis-cli -r 3 -i 1 info stats": "safe",
    "redis-cli <<< 'info replication'": "safe",
    "redis-cli set a 1": "caution",
    "redis-cli KEYS '*'": "caution",
    "redis-cli monitor": "caution",
    "redis-cli --latency": "caution",
    "redis-cli --intrinsic-latency 100": "caution",
    "redis-cli -r -1 info": "caution",
    "redis-cli -x set a": "caution",
    "redis-cli --rdb dump.rdb": "caution",
    "redis-cli sort queue LIMIT 0 5": "safe",
    "redis-cli config set maxmemory 2gb": "caution",
    "redis-cli config set dir /etc/cron.d": "dangerous",
    "redis-cli fLuShAlL": "dangerous",
    "redis-cli -n 3 del a": "dangerous",
    "redis-cli --eval x.lua": "dangerous",
    "redis-cli --cluster fix h:1": "dangerous",
    "redis-cli --cluster check h:1 --cluster-fix": "dangerous",
    "cat cmds | redis-cli": "dangerous",
    "echo flushdb | redis-cli": "dangerous",
  },
  nearMisses: [
    "redis-cli",
    "redis-cli CLIENT KILL x",
    "redis-cli $CMD",
    "redis-cli GETDEL a",
    "redis-cli config get '*'",
    "redis-cli sort a store b",
    "redis-cli --askpass",
    "redis-cli -x get",
    "redis-cli my.command a",
    "redis-cli <<'E'\nget a\n\"flushall\"\nE",
  ],
});

export const redisBenchmark = program({
  names: "redis-benchmark|valkey-benchmark|memtier_benchmark",
  source: "redis-benchmark(1), Redis 8.0",
  risk: "caution",
  why: "loads a server with requests, most of them writes",
  operands: "data*",
  anyOption: true,
  noInverse: "it leaves its own keys behind",
  examples: { "redis-benchmark -h cache -n 1000": "caution" },
  nearMisses: ["redis-benchmark -q"],
});
