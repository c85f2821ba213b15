// cockroach: sub-commands by list, SQL by PostgreSQL's grammar.
import { program } from "../../rule.ts";
import { judgeStatements, namedDatabase, refuseText } from "./sql-input.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

const showsOnly = /^\s*show\s[\w\s."=]*;?\s*$/i;

export const cockroach = program({
  names: "cockroach",
  source: "cockroachlabs.com/docs v24.2",
  style: "go",
  why: "asks or runs a CockroachDB cluster",
  flags: "--insecure",
  values: "--host --port -p --certs-dir --url -u|--user -d|--database --format --cluster-name --timeout",
  verbs: {
    ...each(
      "version node_status node_ls nodelocal_ls cert_list auth-session_list statement-diag_list userfile_list",
      reading("prints facts about the cluster", {
        options: { "--log|--log-dir|--log-config-file": { kind: "write", why: "writes logs" } },
      }),
    ),
    sql: {
      why: "asks a CockroachDB cluster",
      options: {
        "-e|--execute": { kind: "code", risk: "safe" },
        "-f|--file": { kind: "code", why: "the SQL is in a file that is not seen here" },
        "--watch": { unbounded: true, why: "repeats without end" },
        "--set": { risk: "unknown", why: "sets an option of the shell" },
      },
      operands: "data*",
      targets: namedDatabase,
      inspect: (inv, ctx) => {
        const texts = inv.all("-e");
        refuseText(texts, /^\s*\\/m, "a client command", ctx);
        const judged = texts.filter((arg) => arg.shape !== "literal" || !showsOnly.test(arg.text));
        if (judged.length > 0 || (texts.length === 0 && !inv.has("-f"))) judgeStatements(inv, ctx, "postgresql", judged);
      },
    },
    ...each(
      "node_drain node_recommission workload_run workload_init start start-single-node demo import cert_create-node cert_create-client userfile_upload nodelocal_upload statement-diag_download debug_zip debug_tsdump",
      changing("starts, drains or fills a node", "start it again, or delete what was made"),
    ),
    ...each(
      "node_decommission init quit cert_create-ca debug_recover debug_unsafe-remove-dead-replicas userfile_delete debug_reset-quorum",
      destroying("removes nodes, stops them or deletes files", "node"),
    ),
  },
  examples: {
    "cockroach node status --host db1": "safe",
    "cockroach node status --log-dir=x": "caution",
    "cockroach sql --insecure -e 'SELECT count(*) FROM orders'": "safe",
    "cockroach sql --insecure -e 'SHOW RANGES FROM TABLE orders'": "safe",
    "cockroach sql -e 'select 1' --watch 1s": "caution",
    "cockroach node drain 3": "caution",
    "cockroach sql -e 'DROP TABLE orders'": "dangerous",
    "cockroach node decommission 3": "dangerous",
    "cockroach sql -f x.sql": "unknown",
    "cockroach sql --set a=b -e 'select 1'": "unknown",
  },
  nearMisses: ["cockroach sql", "cockroach sql --insecure < x.sql", "cockroach debug pebble"],
});
