// airflow, prefect and dagster: workflows by schedule. Lists and states are reads; clearing and resetting forget what was done.
import { program } from "../../rule.ts";
import { asksHelp, bareRisk, change, destroy, read, reversible, secret, verbTable } from "./verb-kinds.ts";

const before = "the list form shows the state before";

export const airflow = program({
  names: "airflow",
  source: "airflow.apache.org/docs, command line reference, 3.1 and 2.11",
  globals: "anywhere",
  risk: bareRisk,
  why: "shows and runs workflows",
  flags: "-v|--verbose",
  values: "-o|--output",
  optional: "-h|--help",
  options: { "-S|--subdir|-B|--bundle-name": { risk: "unknown", why: "loads workflows, which are code, from another folder" } },
  get verbs() {
    return verbTable({
      "version, cheat-sheet, dags list|list-runs|list-jobs|list-import-errors|details|state|next-execution|report, tasks list|state|states-for-dag-run|failed-deps, pools list|get, roles list, users list, providers list|get|hooks|links|widgets|behaviours|secrets|auth|logging|triggers|executors|notifications|configs, plugins, jobs check, db check|check-migrations, variables list, assets list|details, backfill list, config lint, teams list":
        read("prints workflows and their state"),
      "dags show|show-dependencies": read("prints a workflow", {
        options: { "-s|--save": { kind: "write", why: "writes a picture to a file" } },
        targets: () => [],
        noInverse: "delete the file",
      }),
      "tasks render": read("prints what a task would run", { sensitive: true }),
      "variables get, connections list|get|export, variables export, config list|get-value, info": secret(
        "prints values, connections or settings, passwords included",
        { sensitive: (inv) => !asksHelp(inv) },
      ),
      "dags pause": reversible("pauses a workflow", "workflow", "dags unpause"),
      "dags unpause": reversible("lets a workflow run again", "workflow", "dags pause"),
      "dags trigger|backfill|test|reserialize, tasks run|test, variables set|import, connections add|import|create-default-connections|test, pools set|import|export, users create|export|import, roles create|export|import, db migrate|init|upgrade|export-archived, backfill create|pause|unpause, sync-perm, assets materialize, teams create, config update":
        change("runs a workflow, or changes what it works with", "workflow", before),
      "tasks clear": destroy("forgets that tasks were done: they run again", "workflow", { safer: "airflow tasks states-for-dag-run" }),
      "dags delete, variables delete, connections delete, pools delete, users delete|add-role|remove-role|reset-password, roles delete|add-perms|del-perms, db reset|clean|downgrade|drop-archived, backfill cancel, rotate-fernet-key, teams delete":
        destroy("deletes workflows, settings or history, or changes who may do what", "object"),
      "db shell": { risk: "unknown", why: "opens the database", operands: "none" },
      "scheduler, webserver, api-server, worker, triggerer, dag-processor, standalone, celery worker|flower|stop, kubernetes cleanup-pods|generate-dag-yaml":
        { risk: "unknown", why: "starts a server, or stops workers", anyOption: true, operands: "data*", unbounded: true },
    });
  },
  examples: {
    "airflow dags list -o json": "safe",
    "airflow tasks states-for-dag-run web 2026-01-01": "safe",
    "airflow db check": "safe",
    "airflow dags show web --save x.png": "caution",
    "airflow connections list": "caution",
    "airflow dags pause web": "caution",
    "airflow dags trigger web": "caution",
    "airflow tasks clear web -y": "dangerous",
    "airflow db reset -y": "dangerous",
    "airflow dags delete web": "dangerous",
    "airflow scheduler": "unknown",
    "airflow dags list -S /tmp/x": "unknown",
  },
  nearMisses: ["airflow", "airflow dags frob", "airflow -o list dags delete x", "airflow db shell"],
});

export const prefect = program({
  names: "prefect|dagster|temporal|dbt",
  source: "docs.prefect.io/v3/api-ref/cli 3.6; docs.dagster.io/api/clis 1.11; docs.temporal.io/cli 1.5; docs.getdbt.com 1.10",
  globals: "anywhere",
  risk: bareRisk,
  why: "shows and runs workflows",
  values:
    "-n|--namespace -o|--output -q|--query -r|--run-id -l|--limit --select --models --target --profile --task-queue -t --type --state --env --color --project-dir",
  optional: "-h|--help -v|--version --json --all",
  options: {
    "--address|--tls-ca-path|--env-file|--codec-endpoint|--profiles-dir": {
      risk: "unknown",
      why: "another server, or settings from a file",
    },
    "-f|--python-file|-m|--module-name|-d|--working-directory|-a|--attribute|--package-name|--workspace": {
      risk: "unknown",
      why: "loads workflows, which are code, from elsewhere",
    },
    "-w|--workflow-id": {
      check: (_value, inv) =>
        inv.program === "dagster" ? { risk: "unknown", why: "loads workflows, which are code, from elsewhere" } : undefined,
    },
    "--follow|--watch": { arity: "optional", unbounded: true, why: "follows without end" },
  },
  get verbs() {
    return verbTable({
      "version, flow-run ls|inspect|logs, task-run ls|inspect|logs, flow ls, deployment ls|inspect, work-pool ls|inspect, work-queue ls|inspect|health, profile ls, artifact ls|inspect, automation ls|inspect, concurrency-limit ls|inspect, gcl ls|inspect, variable ls, block ls, block type ls, job list, run list, schedule list, instance info, asset list, workflow list|describe|show|count|stack|result, schedule describe, task-queue describe|list-partition, operator cluster health|system|describe, operator namespace list|describe, operator search-attribute list, batch list|describe, env list, ls, list, debug":
        read("prints workflows and their state"),
      "config view, profile inspect, block inspect, variable get, env get": secret("prints settings, which may hold secrets"),
      "event stream, worker start, server start, dev, agent start, shell, docs serve, server, source freshness, test, seed, run, build, compile, snapshot, deps, docs generate, clone":
        change("runs something, or waits for events", "workflow", "what it writes into the data stays", {
          unbounded: (inv) => /^(event|worker|server|dev|agent)$/.test(inv.path[0] ?? "") || inv.path.join(" ") === "docs serve",
        }),
      "deployment run|apply|build|pause|resume, deployment schedule create|pause|resume, flow-run execute|retry, work-pool create|update|pause|resume, work-queue create|pause|resume, profile use|create|rename|set, config set|unset, concurrency-limit create|update|reset, gcl create|update|enable|disable, variable set|unset, job launch|execute|backfill, schedule create|start|stop|toggle|trigger|update|backfill, asset materialize, workflow start|execute|signal|update|pause|unpause, env set, deploy, flow serve, automation create|pause|resume, block register|create":
        change("runs a workflow, or changes what it works with", "workflow", before),
      "flow-run cancel|delete, flow delete, deployment delete, work-pool delete|clear-runs, work-queue delete|clear, profile delete, automation delete, block delete, artifact delete, variable delete, concurrency-limit delete, gcl delete, deployment schedule delete|clear, server database reset|downgrade, run delete|wipe, asset wipe, schedule wipe|delete, workflow terminate|cancel|delete|reset|reset-batch, operator namespace delete|create|update, operator cluster remove|upsert, operator search-attribute remove|create, batch terminate, env delete, clean, retry":
        destroy("deletes, ends or repeats work", "workflow"),
    });
  },
  examples: {
    "prefect flow-run ls": "safe",
    "temporal workflow describe -w web-1": "safe",
    "temporal workflow list --address t.example:7233": "unknown",
    "temporal workflow show -w web-1 --follow": "caution",
    "prefect deployment run web/prod": "caution",
    "prefect config view": "caution",
    "temporal workflow terminate -w web-1": "dangerous",
    "prefect flow-run cancel 5": "dangerous",
    "dbt run --select web": "caution",
    "dbt ls": "safe",
    "dagster job list -f x.py": "unknown",
    "dagster job list -w x.yaml": "unknown",
  },
  nearMisses: ["prefect", "prefect frob", "dbt build", "dagster run wipe"],
});
