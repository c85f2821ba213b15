// Metrics, alerts, logs and traces: Prometheus and its kin, Alertmanager, Loki, Grafana, Datadog.
import { any, apis, changes, endless, reads } from "./api-rule.ts";

const prometheus = apis("Prometheus", [
  [
    "POST",
    /^(\/[\w-]+){0,2}\/api\/v1\/(query|query_range|query_exemplars|series|labels|format_query|parse_query)$/,
    "safe",
    "asks for metrics",
  ],
  [any, /\/api\/v1\/admin\/tsdb\/(delete_series|clean_tombstones)$/, "dangerous", "deletes metrics"],
  [any, /\/api\/v1\/admin\/tsdb\/snapshot$/, "caution", "writes a snapshot to the server's disk"],
  [any, /\/-\/quit$/, "dangerous", "stops the server"],
  [any, /\/-\/reload$/, "caution", "makes the server read its configuration again"],
  [any, /^\/api\/v1\/admin\/wipe$/, "dangerous", "wipes a push gateway"],
]);

const alertmanager = apis("Alertmanager", [
  ["POST", /\/api\/v[12]\/silences$/, "caution", "silences alerts"],
  ["POST", /\/api\/v[12]\/alerts$/, "caution", "raises or ends alerts"],
]);

const loki = apis("Loki and Mimir", [
  [reads, /\/loki\/api\/v1\/tail$/, "caution", "follows a log without end", endless],
  ["POST", /^(\/[\w-]+)?\/(loki|prometheus)\/api\/v1\/(query|query_range|series|labels)$/, "safe", "asks for logs or metrics"],
  [any, /\/(ingester|distributor)\/(shutdown|flush|flush_shutdown|prepare_shutdown)$/, "dangerous", "writes out and stops an ingester"],
  [changes, /\/compactor\/delete_tenant$|\/loki\/api\/v1\/delete$/, "dangerous", "deletes logs or the data of a tenant"],
  [changes, /\/(ring|memberlist)$/, "dangerous", "forgets a member of the ring"],
]);

const victoria = apis("VictoriaMetrics", [
  [any, /\/snapshot\/create$/, "caution", "writes a snapshot to the server's disk, whatever the method"],
]);

const grafana = apis("Grafana", [
  [changes, /\/api\/(admin\/|users\/|org\/users|serviceaccounts|auth\/keys)/, "dangerous", "changes who may do what"],
  [any, /\/api\/datasources\/proxy\//, "caution", "passes the request on to a data source", { query: /drop|delete|insert|update/i }],
]);

const datadog = apis("Datadog", [
  [
    "POST",
    /^\/api\/v2\/(logs|spans|rum|events|audit)\/(events|analytics)?\/?(search|aggregate)$/,
    "safe",
    "searches",
    { host: /\.datadoghq\.(com|eu):/ },
  ],
  [changes, /^\/api\/v1\/(monitor\/.+\/)?(un)?mute/, "caution", "mutes or unmutes alerts"],
]);

export const monitoringApis = [...prometheus, ...alertmanager, ...loki, ...victoria, ...grafana, ...datadog];
