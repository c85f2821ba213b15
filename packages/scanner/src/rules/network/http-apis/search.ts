// Search servers and document stores: Elasticsearch and OpenSearch, Solr, CouchDB, ClickHouse, InfluxDB, Qdrant.
import { any, apis, changes, reads, secret } from "./api-rule.ts";

const elasticsearch = apis("Elasticsearch", [
  [
    "POST",
    /^(\/[^/_][^/]*)?\/_(search|count|msearch|mget|analyze|explain\/[^/]+|field_caps|validate\/query|rank_eval|termvectors(\/[^/]+)?|mtermvectors|knn_search|terms_enum)$/,
    "safe",
    "searches",
  ],
  ["POST", /^(\/[^/_][^/]*)?\/_(search|msearch|render)\/template$/, "safe", "searches"],
  [
    "POST",
    /^\/_(sql|sql\/translate|search\/scroll|render\/template|cluster\/allocation\/explain|security\/user\/_has_privileges|ingest\/pipeline\/([^/]+\/)?_simulate|index_template\/_simulate(_index)?\/?[^/]*)$/,
    "safe",
    "only asks",
  ],
  ["POST", /^\/[^/_][^/]*\/_eql\/search$/, "safe", "searches"],
  [any, /\/_delete_by_query$/, "dangerous", "deletes the documents that a query finds", { safer: "_count with the same query" }],
  [any, /\/_update_by_query$/, "dangerous", "rewrites the documents that a query finds", { safer: "_count with the same query" }],
  ["POST", /\/_restore$/, "dangerous", "restores a snapshot over what is there"],
  ["POST", /\/_cluster\/reroute$/, "dangerous", "gives up data of lost shards", { body: /accept_data_loss|allocate_(stale|empty)/ }],
  ["POST", /\/_cluster\/reroute$/, "caution", "moves shards"],
  [changes, /\/_bulk$/, "dangerous", "deletes documents", { body: /"delete"\s*:/ }],
  [changes, /^\/_(security|xpack\/security|plugins\/_security|opendistro\/_security)\//, "dangerous", "changes who may do what"],
  ["POST", /^\/_(security|plugins\/_security)\/api_key$/, "dangerous", "makes a key"],
  [changes, /\/_cluster\/voting_config_exclusions/, "dangerous", "takes nodes out of the vote"],
  ["POST", /\/_close$/, "caution", "closes an index: searches of it fail", { safer: "_open opens it again" }],
  ["POST", /\/_tasks\/(.+\/)?_cancel$/, "caution", "cancels tasks"],
  ["GET HEAD POST", /\/_(flush|refresh|forcemerge|cache\/clear)(\/synced)?$/, "caution", "makes the index write or drop what it holds"],
  [changes, /\/_cluster\/settings$/, "caution", "changes settings of the whole cluster"],
  [reads, /^\/_security\/(api_key|oauth2\/token)/, "caution", "prints who holds keys", secret],
]);

const solr = apis("Solr", [
  [any, /^\/solr\/[^/]+\/update(\/.*)?$/, "dangerous", "deletes or replaces documents", { query: /delete|stream\./i }],
  [any, /^\/solr\/[^/]+\/update(\/.*)?$/, "caution", "changes documents, whatever the method"],
  [
    any,
    /^\/solr\/admin\/(cores|collections|configs|zookeeper)/,
    "dangerous",
    "deletes or unloads",
    { query: /action=(delete\w*|unload|deletereplica|rejectrecovery)/i },
  ],
  [
    any,
    /^\/solr\/admin\/(cores|collections|configs)/,
    "caution",
    "acts, whatever the method",
    { query: /action=(?!(status|list\w*|clusterstatus|overseerstatus|requeststatus|colstatus|clusterprop_get)\b)/i },
  ],
  [
    any,
    /^\/solr\/[^/]+\/replication$/,
    "caution",
    "acts, whatever the method",
    { query: /command=(?!(details|indexversion|filelist)\b)/i },
  ],
  [any, /^\/solr\/[^/]+\/dataimport$/, "caution", "starts an import, whatever the method", { query: /command=(?!status\b)/i }],
  ["POST", /^\/solr\/[^/]+\/(select|query)$/, "safe", "searches"],
  [any, /^\/solr\//, "unknown", "takes its body from another place", { query: /stream\.(file|url)=/i }],
]);

const couchdb = apis("CouchDB", [
  ["POST", /^\/[a-z][^/]*\/(_all_docs|_find|_explain|_bulk_get|_design\/[^/]+\/_view\/[^/]+)$/, "safe", "reads documents"],
  ["POST", /^\/[a-z][^/]*\/_purge$/, "dangerous", "removes documents with all traces"],
  ["POST", /^\/_restart$/, "caution", "restarts the server"],
  [reads, /^\/([^/]+\/)?_changes$/, "caution", "never ends", { unbounded: true, query: /feed=(continuous|eventsource)/ }],
]);

const influx = apis("InfluxDB", [
  [any, /^\/query$/, "dangerous", "drops or deletes", { query: /\b(drop|delete|kill|revoke)\b/i }],
  [any, /^\/query$/, "caution", "changes data or rights", { query: /\b(create|alter|grant|set\s+password|into)\b/i }],
  ["POST", /^\/api\/v2\/delete$/, "dangerous", "deletes points"],
]);

const clickhouse = apis("ClickHouse", [
  [
    any,
    /^\/(play)?$/,
    "dangerous",
    "runs SQL that drops or deletes",
    { query: /\bquery=[^&]{0,100}\b(drop|truncate|delete|detach|kill)\b/i },
  ],
]);

const qdrant = apis("Qdrant", [
  ["POST", /^\/collections\/[^/]+\/points\/(search|scroll|count|query|recommend)(\/batch)?$/, "safe", "searches"],
  ["POST", /^\/collections\/[^/]+\/points\/delete$/, "dangerous", "deletes points"],
]);

const webhdfs = apis("HDFS", [[any, /^\/webhdfs\/v1\//, "dangerous", "deletes", { query: /op=(delete|truncate)/i }]]);

export const searchApis = [...elasticsearch, ...solr, ...couchdb, ...influx, ...clickhouse, ...qdrant, ...webhdfs];
