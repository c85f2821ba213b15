// promtool, amtool, logcli and other clients of monitoring: asking is safe, silencing and sending is caution, deleting series or blocks is dangerous.
import { type CommandRule, type OptionRule, program } from "../../rule.ts";
import { asksVersion, changing, destroying, each, listing, reading, running } from "./verbs.ts";

const secretFiles = { "--http.config.file|--password-file|--bearer-token-file": { kind: "read" } } as const;
const written = "files that were there before are overwritten";
const read = (why: string, options: Readonly<Record<string, OptionRule>> = {}): CommandRule =>
  reading(why, { flags: "-h|--help", options });

export const promtool = program({
  names: "promtool",
  source: "prometheus.io/docs/prometheus/latest/command-line/promtool, Prometheus 3.7",
  globals: "anywhere",
  why: "checks and asks Prometheus",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help --experimental",
  values: "--enable-feature",
  options: secretFiles,
  verbs: {
    ...each(
      "check_config check_rules check_metrics check_healthy check_ready check_web-config check_service-discovery test_rules tsdb_list tsdb_analyze tsdb_dump tsdb_dump-openmetrics promql_format promql_label-matchers",
      read("checks files or the server"),
    ),
    ...each("query_instant query_range query_series query_labels query_analyze", read("asks the server")),
    ...each("debug_pprof debug_metrics debug_all", changing("fetches profiles and writes an archive", written)),
    ...each("tsdb_create-blocks-from tsdb_bench", changing("writes blocks of data", "blocks that were written are deleted by hand")),
    "push metrics": changing("sends samples to a server", "samples cannot be taken back"),
    "promql label-matchers set|delete": read("prints a changed expression"),
  },
  examples: {
    "promtool check config /etc/prometheus/prometheus.yml": "safe",
    "promtool query instant http://p:9090 up": "safe",
    "promtool query instant --http.config.file /etc/shadow http://p:9090 up": "caution",
    "promtool tsdb create-blocks-from openmetrics x data": "caution",
    "promtool debug all http://p:9090": "caution",
  },
  nearMisses: ["promtool", "promtool tsdb bench write", "promtool push metrics http://p x", "promtool frob"],
});

export const amtool = program({
  names: "amtool",
  source: "github.com/prometheus/alertmanager, amtool 0.29",
  globals: "anywhere",
  why: "asks Alertmanager and sets silences",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help -v|--verbose --version-check --no-version-check",
  values: "--alertmanager.url -o|--output --timeout --date.format",
  options: { ...secretFiles, "--config.file": { kind: "read" } },
  verbs: {
    alert: { ...read("prints alerts"), risk: "safe" },
    "alert query": read("prints alerts"),
    "silence query": read("prints silences"),
    ...each("config_show config_routes_show config_routes_test cluster_show template_render", read("prints settings")),
    "config routes": { ...read("prints routes"), operands: "none" },
    cluster: { ...read("prints the cluster"), operands: "none", risk: "safe" },
    "check-config": read("checks a file"),
    "alert add": changing("sends an alert, which wakes people", "an alert ends by itself when it is not renewed"),
    "silence add|update|import": changing("keeps alerts quiet", "amtool silence expire ID ends the silence"),
    "silence expire": changing("ends a silence: its alerts ring again", "amtool silence add sets it again"),
  },
  examples: {
    "amtool alert query": "safe",
    "amtool silence query -q": "safe",
    "amtool config routes test service=x": "safe",
    "amtool silence add alertname=x": "caution",
    "amtool silence expire 1": "caution",
    "amtool alert --http.config.file /etc/shadow": "caution",
    "amtool --config.file=/etc/shadow alert": "caution",
  },
  nearMisses: ["amtool", "amtool alert add x", "amtool config routes frob"],
});

const endless = { arity: "flag", unbounded: true, why: "follows the log", safer: "leave it out" } as const;
const lokiOptions: Readonly<Record<string, OptionRule>> = {
  "-f|--tail": endless,
  "--part-path-prefix|--merge-parts-to|--cpuprofile|--memprofile": { kind: "write", why: "writes files" },
  "--store-config|--schema-store|--remote-schema": { kind: "read", risk: "unknown", why: "reads the store itself" },
};

export const logcli = program({
  names: "logcli",
  source: "grafana.com/docs/loki/latest/query/logcli, 3.5",
  globals: "anywhere",
  why: "asks Loki",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help -q|--quiet --stats --stdin",
  values:
    "--addr --username --password --org-id -o|--output -z|--timezone --bearer-token --ca-cert --cert --key --proxy-url --retries --query-tags",
  options: lokiOptions,
  verbs: {
    "query|instant-query|labels|series|stats|volume|volume_range|detected-fields|fmt|index-stats|patterns": listing(
      "asks for logs or labels",
      {
        anyOption: true,
        values:
          "--limit --since --from --to --step --interval --batch -d|--delimiter --include-label --exclude-label --labels-length --parallel-duration --parallel-max-workers --targetLabels",
        options: lokiOptions,
      },
    ),
    "delete list": read("prints requests to delete"),
    "delete create|cancel": destroying("deletes logs, or keeps them from being deleted", "log query"),
  },
  examples: {
    "logcli labels app": "safe",
    "logcli query '{app=\"x\"}' --since=1h --limit 50": "safe",
    "logcli query --tail '{app=\"x\"}'": "caution",
    "logcli query --part-path-prefix x '{a=\"b\"}'": "caution",
    "logcli query --remote-schema x '{a=\"b\"}'": "unknown",
    "logcli delete create '{a=\"b\"}'": "dangerous",
  },
  nearMisses: ["logcli", "logcli query -f '{a=\"b\"}'", "logcli frob"],
});

export const longTerm = program({
  names: "mimirtool|cortextool|thanos|tempo-cli|lokitool",
  source: "grafana.com/docs/mimir/latest/manage/tools/mimirtool 2.17; thanos.io/tip/components 0.40",
  globals: "anywhere",
  why: "works with rules, alerts and blocks of a monitoring store",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help",
  values: "--address --id --user --key --log.level",
  options: { "--objstore.config-file|--objstore.config": { kind: "read", sensitive: true, why: "names credentials" } },
  verbs: {
    ...each(
      "rules_list rules_get rules_print rules_diff rules_check rules_lint alertmanager_get alertmanager_verify alerts_verify config_inspect bucket-validation_list analyze_rule-file analyze_dashboard tools_bucket_ls tools_bucket_inspect tools_rules-check query_api_trace-id query_trace-id list_blocks list_block",
      read("prints rules, alerts or blocks", {
        "--output-dir|--output|-i|--in-place|--repair": { arity: "optional", risk: "caution", why: "writes files" },
      }),
    ),
    ...each(
      "rules_load rules_sync rules_prepare rules_format alertmanager_load alertmanager_migrate-utf8 config_convert remote-read_export backfill",
      changing("sends rules, or writes files", "the rules before are overwritten; rules print shows them"),
    ),
    ...each(
      "rules_delete rules_delete-namespace alertmanager_delete tools_bucket_cleanup tools_bucket_mark tools_bucket_rewrite tools_bucket_retention tools_bucket_downsample tools_bucket_replicate tools_bucket_verify",
      destroying("deletes or rewrites rules or blocks", "rule or block"),
    ),
    ...each(
      "sidecar store query compact receive rule query-frontend",
      running("starts a server", { risk: "caution", noInverse: "it ends when it is stopped" }),
    ),
  },
  examples: {
    "mimirtool rules list --address=http://m": "safe",
    "mimirtool rules load x.yml": "caution",
    "mimirtool rules check -i x": "caution",
    "thanos tools bucket cleanup": "dangerous",
    "thanos store": "caution",
    "thanos tools bucket ls --objstore.config-file=x": "caution",
  },
  nearMisses: ["thanos", "thanos tools bucket verify --repair", "mimirtool frob"],
});

export const collectors = program({
  names:
    "vector|filebeat|metricbeat|packetbeat|heartbeat|auditbeat|otelcol|otelcol-contrib|telegraf|fluent-bit|fluentd|promtail|alloy|grafana-agent|datadog-agent|agent|logstash|grafana-cli|grafana|sentry-cli|datadog-ci|newrelic|zabbix_get|zabbix_agentd|zabbix_sender|check_mk_agent|netdata|netdatacli",
  source: "the manual of each program",
  globals: "anywhere",
  why: "starts or asks a collector of logs or metrics",
  risk: (inv) =>
    asksVersion(inv, "--version", "--help") || inv.program === "zabbix_get"
      ? "safe"
      : inv.program === "zabbix_sender"
        ? "caution"
        : "unknown",
  flags: "-V|--version -h|--help -e -v -q",
  values: "-s -p -k -t",
  reads: "-c|--config",
  operands: "data*",
  noInverse: "what was sent cannot be taken back",
  verbs: {
    "validate|list|graph|version|help|status|health|diagnose|info|components|config-check|hostname|configcheck|check": listing(
      "checks or prints settings",
      {
        flags: "-h|--help --no-environment --skip-healthchecks -C --no-color",
        values: "--config-yaml --config-toml --feature-gates",
        reads: "-c|--config",
      },
    ),
    ...each(
      "test_config test_output test_modules modules_list export_version keystore_list plugins_ls plugins_list-remote plugins_list-versions releases_list projects_list organizations_list issues_list monitors_list config_check",
      read("checks or prints settings"),
    ),
    ...each("config_show export_config export_template flare", { ...read("prints settings"), sensitive: true }),
    "top|tap|run|start|monitor": running("follows events, or starts the collector", {
      risk: "caution",
      noInverse: "it ends when it is stopped",
    }),
    ...each(
      "modules_enable modules_disable setup plugins_install plugins_update releases_new releases_finalize releases_set-commits releases_deploys sourcemaps_upload upload-dif send-event send-envelope deploys_new",
      changing("changes settings, or sends data", "what was sent cannot be taken back"),
    ),
    ...each(
      "releases_delete plugins_remove plugins_uninstall admin_reset-admin-password admin_data-migration keystore_remove keystore_create keystore_add stop remove",
      destroying("deletes, resets or ends it", "item"),
    ),
  },
  examples: {
    "vector validate /etc/vector/vector.yaml": "safe",
    "filebeat test config -c /etc/filebeat/filebeat.yml": "safe",
    "otelcol validate --config=/etc/otel.yaml": "safe",
    "otelcol --config=x.yaml": "unknown",
    "filebeat export config": "caution",
    "vector top": "caution",
    "filebeat modules enable x": "caution",
    "grafana-cli admin reset-admin-password x": "dangerous",
    "zabbix_get -s h -k agent.ping": "safe",
  },
  nearMisses: ["vector", "fluent-bit -c x", "zabbix_sender -s h -k x", "telegraf --config x --test"],
});

const job = (why: string): CommandRule => changing(why, "what the build did is not taken back");

export const ciClients = program({
  names:
    "jenkins-cli|jenkins-jobs|circleci|travis|drone|buildkite-agent|bk|woodpecker-cli|pd|pagerduty|opsgenie|opsgenie-lamp|harness|act|octo|octopus",
  source: "jenkins.io/doc/book/managing/cli, circleci-cli 0.1.33, drone 1.9, nektosact.com 0.2",
  globals: "anywhere",
  why: "asks or starts builds",
  risk: (inv) =>
    asksVersion(inv, "--version", "--help") || (inv.program === "act" && inv.has("-l") && inv.operands.length === 0) ? "safe" : "unknown",
  flags: "--version -h|--help -l|--list -n|--dryrun -noKeyAuth -webSocket -http",
  values: "-s -i",
  options: { "-auth": { sensitive: true, why: "names a password" } },
  verbs: {
    "list-jobs|list-plugins|who-am-i|version|whoami|get-node|list-changes|history|status|show|branches|info|help|diagnostic|requests|repos|lint":
      read("prints builds and jobs"),
    "get-job|get-view|list-credentials|list-credentials-as-xml|env": {
      ...read("prints settings, which may hold passwords"),
      sensitive: true,
    },
    console: listing("prints the log of a build", { values: "-n", options: { "-f": endless } }),
    logs: read("prints the log of a build"),
    ...each(
      "build_ls build_info build_last build_list repo_ls repo_info repo_list cron_ls cron_info server_ls pipeline_list pipeline_ls config_validate config_process incident_list incident:list service_list schedule_list user_list oncall_list incident_get incident_show info_org",
      read("prints builds, incidents and schedules"),
    ),
    "build|restart|trigger|trigger-sync|enable-job|disable-job|create-job|update-job|copy-job|quiet-down|cancel-quiet-down|online-node|offline-node|connect-node|disconnect-node|keep-build|reload-job|enable|disable|sync|init|login|logout|setup|annotate|meta-data|artifact|step|pipeline|follow|ack":
      job("starts or changes builds"),
    ...each(
      "build_restart build_start build_promote build_approve build_create repo_enable repo_sync repo_update repo_repair cron_add incident_ack incident:ack incident_acknowledge incident_assign incident_note incident_create incident_snooze incident_resolve incident:resolve",
      job("changes builds or incidents"),
    ),
    "stop|cancel|stop-builds|delete-builds|delete-job|delete-node|delete-view|delete-credentials|clear-queue|shutdown|safe-shutdown|safe-restart|install-plugin|uninstall-plugin|groovy|groovysh|reload-configuration|set-build-result|import-credentials-as-xml|create-credentials-by-xml|update-credentials-by-xml|destroy":
      destroying("ends builds, deletes jobs, or runs code in the server", "build or job"),
    ...each(
      "build_stop build_kill build_decline build_rollback repo_disable repo_rm repo_chown secret_rm secret_add secret_update cron_rm queue_pause local_execute orb_publish context_delete context_store-secret context_remove-secret",
      destroying("ends builds, deletes jobs, or changes secrets", "build or job"),
    ),
  },
  examples: {
    "jenkins-cli list-jobs": "safe",
    "jenkins-cli -auth u:p who-am-i": "caution",
    "jenkins-cli get-job x": "caution",
    "jenkins-cli console x": "safe",
    "jenkins-cli console x -f": "caution",
    "jenkins-cli build x": "caution",
    "jenkins-cli delete-job x": "dangerous",
    "jenkins-cli groovy x": "dangerous",
    "drone build ls o/r": "safe",
    "drone build stop o/r 1": "dangerous",
    "pd incident list": "safe",
    "pd incident ack -i X": "caution",
    "act -l": "safe",
    "circleci config validate": "safe",
  },
  nearMisses: ["jenkins-cli", "act", "act push", "circleci local execute", "travis login"],
});
