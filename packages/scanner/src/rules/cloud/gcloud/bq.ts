// bq, the client of BigQuery. A query is judged by its SQL and by where its answer goes; a dry run only checks it.
import { joinArgs } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../../rule.ts";
import type { Target } from "../../../types.ts";

const named = (inv: Invocation): readonly Target[] => inv.operands.map((arg) => ({ kind: "table", name: arg.text }));

const read = (why: string): CommandRule => ({ why, operands: "data*", anyOption: true, values: readValues });
const readValues =
  "--max_results|-n --filter --page_token|-k --start_row|-s --selected_fields|-c --transfer_location --min_creation_time --max_creation_time";

const change = (why: string, noInverse: string): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  options: {
    "--replace|--force|-f": {
      arity: "optional",
      risk: "dangerous",
      why: "overwrites what is there, or asks nothing",
      safer: "leave it out",
    },
    "--set_iam_policy": { risk: "dangerous", why: "changes who may do what" },
  },
  targets: named,
  noInverse,
});
const destroy = (why: string): CommandRule => ({
  risk: "dangerous",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: named,
});

function isDryRun(inv: Invocation): boolean {
  return inv.has("--dry_run") && !inv.has("--nodry_run") && (inv.arg("--dry_run") === undefined || inv.value("--dry_run") === "true");
}

function judgeQuery(inv: Invocation, ctx: RuleContext): void {
  if (isDryRun(inv)) return;
  if (inv.operands.length > 0) ctx.scanSql("bigquery", joinArgs(inv.operands, inv.span));
  else if (inv.stdin.kind === "text") scanInput(inv.stdin.text, inv, ctx);
  else ctx.report({ risk: "unknown", why: "the SQL is not written out", safer: "write the query behind the options" });
}

function scanInput(text: string, inv: Invocation, ctx: RuleContext): void {
  ctx.scanSql("bigquery", { shape: "literal", text, head: text, dash: false, span: inv.span });
}

/** All options are listed, so that none of them can take `--dry_run` as its value. */
const query: CommandRule = {
  why: "runs SQL in BigQuery",
  operands: "text*",
  flags:
    "--nouse_legacy_sql --nodry_run --nouse_cache --nobatch --noflatten_results --norequire_cache --nosynchronous_mode --noallow_large_results",
  optional: "--dry_run --use_legacy_sql --use_cache --batch --flatten_results --require_cache --rpc --allow_large_results --create_session",
  values:
    "--max_rows|-n --start_row|-s --parameter --label --maximum_bytes_billed --min_completion_ratio --session_id --job_timeout_ms --reservation_id " +
    "--default_dataset --connection_property --time_partitioning_type --clustering_fields --destination_kms_key --max_completion_ratio",
  options: {
    "--destination_table|--target_dataset": { risk: "caution", why: "stores the answer in a table", safer: "leave it out" },
    "--append_table": { arity: "optional", risk: "caution", why: "adds the answer to a table" },
    "--replace": { arity: "optional", risk: "dangerous", why: "overwrites a table with the answer", safer: "leave it out" },
    "--schedule|--display_name": { risk: "caution", why: "stores a query that runs again and again" },
    "--udf_resource|--external_table_definition": { risk: "unknown", why: "takes code or data from elsewhere" },
    "--continuous": { arity: "optional", unbounded: true, why: "goes on without end" },
  },
  inspect: judgeQuery,
  noInverse: "rows that it changes are kept for seven days only",
};

export const bq = program({
  names: "bq",
  source: "bq command-line tool reference, 2.1",
  style: "long",
  globals: "anywhere",
  why: "calls BigQuery",
  risk: "unknown",
  flags:
    "--headless --quiet|-q --use_gce_service_account --nosync --debug_mode --disable_ssl_validation --sync --synchronous_mode --fingerprint_job_id",
  values:
    "--project_id|--project --location --format --dataset_id --job_id --job_property --max_rows_per_request --trace --quota_project_id",
  optional: "--debug_mode_level",
  options: {
    "--flagfile|--bigqueryrc": { risk: "unknown", why: "takes further options from a file that is not looked at" },
    "--api|--discovery_file|--ca_certificates_file|--httplib2_debuglevel": { risk: "unknown", why: "may send the request elsewhere" },
    "--apilog": { arity: "optional", risk: "caution", why: "writes requests with their tokens to a log" },
    "--service_account_private_key_file|--application_default_credential_file|--credential_file|--oauth_access_token": {
      risk: "caution",
      why: "uses credentials that it names",
    },
  },
  verbs: {
    ls: read("lists datasets, tables or jobs"),
    show: read("prints a dataset, table or job"),
    head: read("prints rows of a table"),
    "get-iam-policy": read("prints who may do what"),
    "help|version|info": read("prints the manual or the version"),
    mkdef: read("prints a table definition"),
    query,
    wait: { ...read("waits for a job"), unbounded: true },
    mk: change("makes a dataset, table, view or transfer", "bq rm deletes what it made"),
    update: change("changes a dataset, table or view", "bq show prints the state; keep it first"),
    "load|insert|partition": change("puts rows into a table", "rows stay; a snapshot from before can be copied back"),
    "cp|extract|undelete": change("copies a table or its rows", "what it overwrites is kept for seven days only"),
    "init|shell|repl": { ...change("starts a session or settings", "the settings before are not kept"), risk: "unknown" },
    "set-iam-policy|add-iam-policy-binding|remove-iam-policy-binding": destroy("changes who may do what"),
    rm: destroy("deletes a dataset, table or view"),
    truncate: destroy("empties a table"),
    cancel: destroy("ends a job"),
  },
  examples: {
    "bq ls --project_id=shop": "safe",
    "bq --format=prettyjson show shop:sales.orders": "safe",
    "bq head -n 5 shop:sales.orders": "safe",
    "bq query --use_legacy_sql=false 'SELECT COUNT(*) FROM `shop.sales.orders`'": "safe",
    "bq query --dry_run --use_legacy_sql=false 'DELETE FROM sales.orders WHERE true'": "safe",
    "bq query --use_legacy_sql=false 'DROP TABLE sales.orders'": "dangerous",
    "bq query --destination_table sales.copy 'SELECT 1'": "caution",
    "bq query --append_table 'SELECT 1'": "caution",
    "bq query --replace 'SELECT 1'": "dangerous",
    "bq query --schedule='every 24 hours' 'SELECT 1'": "caution",
    "bq query --udf_resource=f.js 'SELECT 1'": "unknown",
    "bq query --continuous 'SELECT 1'": "caution",
    "bq --flagfile=f ls": "unknown",
    "bq --api=http://x ls": "unknown",
    "bq --apilog=log ls": "caution",
    "bq --oauth_access_token=t ls": "caution",
    "bq wait job-1": "caution",
    "bq load sales.orders gs://b/f.csv": "caution",
    "bq load --replace sales.orders gs://b/f.csv": "dangerous",
    "bq mk --set_iam_policy=p.json sales": "dangerous",
    "bq rm -r -f shop:sales": "dangerous",
    "bq cancel job-1": "dangerous",
  },
  nearMisses: [
    "bq",
    "bq query",
    "bq query $Q",
    "bq query --dry_run=false 'DELETE FROM t WHERE true'",
    "bq query --dry_run --nodry_run 'DELETE FROM t WHERE true'",
    "bq ls $X",
    "bq frob ls",
    "bq query --parameter --dry_run 'DROP TABLE t'",
  ],
});
