// influx of both versions: InfluxQL is judged, Flux by its calls, sub-commands by list.
import type { Arg } from "../../arg.ts";
import { program, type RuleContext } from "../../rule.ts";
import { judgeStatements, onlyInforms, refuseText, rowsBefore } from "./sql-input.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

const fluxReads: ReadonlySet<string> = new Set(
  "from range filter limit tail sort group aggregateWindow mean sum count max min first last median yield keep drop rename pivot distinct difference derivative increase fill window unique top bottom quantile spread stddev elapsed buckets duplicate now date contains exists tagValues measurements tagKeys fieldKeys measurementTagValues cumulativeSum movingAverage timeShift union join and or not if".split(
    " ",
  ),
);

/** Flux without imports whose every call is on the list. */
function judgeFlux(arg: Arg, ctx: RuleContext): void {
  const calls =
    arg.shape === "literal" && !/\bimport\b|\boption\b/.test(arg.text) ? [...arg.text.matchAll(/([A-Za-z_]\w*)\s*\(/g)] : undefined;
  if (calls?.every((call) => fluxReads.has(call[1] ?? "")) !== true)
    ctx.report({ risk: "unknown", why: "calls something that is not on the list of reads", span: arg.span });
}

export const influx = program({
  names: "influx",
  source: "docs.influxdata.com, influx CLI 1.8 and 2.7",
  style: "long",
  risk: "safe",
  why: "asks InfluxDB",
  flags: "-version --version -ssl -unsafeSsl -pretty --skip-verify --json --hide-headers --help",
  values:
    "-host -port -username -password -database -format -precision -consistency -type --host --org -o --org-id -t --token -c --active-config -b --bucket --bucket-id",
  options: {
    "-execute": { kind: "code", risk: "safe" },
    "-import|-path|-compressed": { arity: "optional", risk: "caution", why: "adds data from a file" },
  },
  globals: "anywhere",
  inspect: (inv, ctx) => {
    const texts = inv.all("-execute");
    refuseText(texts, /\//, "a regular expression cannot be told from a comment", ctx);
    if (texts.length > 0 || !onlyInforms(inv, ["-version", "--version", "--help", "-import"])) judgeStatements(inv, ctx, "influxql", texts);
  },
  targets: (inv) => [{ kind: "database", name: inv.arg("-database")?.text ?? inv.arg("--bucket")?.text ?? "database" }],
  noInverse: rowsBefore,
  verbs: {
    ...each(
      "ping version bucket_list org_list task_list task_run_list telegrafs dashboards server-config v1_dbrp_list remote_list replication_list stacks",
      reading("prints facts about InfluxDB"),
    ),
    ...each(
      "auth_list config_list secret_list user_list v1_auth_list",
      reading("prints tokens or the names of secrets", { sensitive: true }),
    ),
    query: {
      why: "asks InfluxDB by Flux",
      flags: "-r|--raw",
      values: "--profilers",
      operands: "text",
      inspect: (inv, ctx) => inv.operands.forEach((arg) => judgeFlux(arg, ctx)),
    },
    ...each(
      "write backup task_create task_update bucket_create bucket_update org_create config_set config_create task_retry-failed apply",
      changing("adds or changes data or settings", "delete what was made"),
    ),
    ...each(
      "delete restore bucket_delete org_delete task_delete user_delete auth_delete auth_create user_password setup config_rm",
      destroying("deletes or overwrites data, or changes rights", "bucket"),
    ),
  },
  examples: {
    "influx -database telegraf -execute 'SELECT mean(usage) FROM cpu WHERE time > now() - 1h'": "safe",
    "influx bucket list": "safe",
    "influx query 'from(bucket: \"web\") |> range(start: -5m) |> mean()'": "safe",
    "influx auth list": "caution",
    "influx -import -path=x": "caution",
    "influx -execute 'DROP DATABASE telegraf'": "dangerous",
    "influx delete --bucket web --start 2026-01-01T00:00:00Z --stop 2026-02-01T00:00:00Z": "dangerous",
  },
  nearMisses: ["influx", 'influx query \'from(bucket: "a") |> to(bucket: "b")\'', "influx -execute 'select a into b from c'"],
});
