// Application servers, proxies and build servers: Spring, Go's pprof, Jolokia, Tomcat, Envoy, HAProxy, Caddy, Jenkins, Apache, ZooKeeper.
import { any, apis, changes, reads, secret } from "./api-rule.ts";

const spring = apis("Spring", [
  [reads, /\/(actuator\/)?heapdump$/, "caution", "copies the memory, secrets included, and stops the program for that long", secret],
  [
    reads,
    /\/actuator\/(env|configprops|httpexchanges|httptrace|trace|sessions|auditevents)(\/|$)/,
    "caution",
    "prints settings and requests",
    secret,
  ],
  [any, /\/actuator\/(shutdown|restart|pause|resume)$/, "dangerous", "stops the program"],
  [changes, /\/actuator\/(loggers|refresh|env|features|caches|busrefresh|bus-refresh|sbom)/, "caution", "changes the running program"],
]);

const pprof = apis("pprof", [
  [
    reads,
    /\/debug\/pprof\/(profile|trace)$/,
    "caution",
    "profiles for longer than five minutes",
    { unbounded: true, query: /seconds=(\d{4,}|[3-9]\d\d)\b/ },
  ],
]);

const jolokia = apis("Jolokia", [
  [any, /\/jolokia\/(exec|write)\//, "dangerous", "calls or changes the running program, whatever the method"],
  [
    "POST",
    /\/jolokia\/?$/,
    "safe",
    "reads values",
    { body: /^\s*\{[^{}[\]\\]*"type"\s*:\s*"(read|list|search|version)"[^{}[\]\\]*\}\s*$/ },
  ],
  ["POST", /\/jolokia\/?$/, "dangerous", "calls or changes the running program", { body: /"type"\s*:\s*"(exec|write)"/i }],
]);

const tomcat = apis("Tomcat", [
  [any, /\/manager\/(text|html)\/undeploy$/, "dangerous", "deletes an application"],
  [any, /\/manager\/(text|html)\/(deploy|reload|start|stop|expire|findleaks|save|sslReload)$/, "caution", "acts, whatever the method"],
  [any, /\/manager\/jmxproxy\/?$/, "caution", "changes or calls the running program, whatever the method", { query: /\b(set|invoke)=/ }],
]);

const envoy = apis("Envoy", [
  [any, /^\/quitquitquit$/, "dangerous", "stops the proxy"],
  [any, /^\/(healthcheck\/fail|drain_listeners)$/, "caution", "takes the proxy out of service", { safer: "/healthcheck/ok takes it back" }],
  [any, /^\/(healthcheck\/ok|reset_counters|runtime_modify|cpuprofiler|heapprofiler|reopen_logs|tap)$/, "caution", "changes the proxy"],
  [any, /^\/logging$/, "caution", "changes how much the proxy logs", { query: /./ }],
  ["POST", /^\/logging$/, "safe", "shows how much the proxy logs", { unless: /./, host: /:(9901|15000|19000)$/ }],
]);

const caddy = apis("Caddy", [
  ["POST", /^\/stop$/, "dangerous", "stops the server"],
  [changes, /^\/(load|config\/.*)$/, "caution", "changes the configuration", { host: /:2019$/ }],
]);

const jenkins = apis("Jenkins", [
  [any, /\/(scriptText|script)$/, "dangerous", "runs a script on the server", { host: /jenkins|:8080$/i, query: /./ }],
  ["POST", /\/(scriptText|script|computer\/.+\/scriptText)$/, "dangerous", "runs a script on the server"],
  [any, /^(\/.*)?\/job\/.+\/(build|buildWithParameters|polling)$/, "caution", "starts a build, whatever the method"],
  [any, /\/(doDelete|safeExit)$/, "dangerous", "deletes, or stops the server"],
  [any, /\/(doDisconnect|toggleOffline|cancelQuietDown|quietDown|safeRestart)$/, "caution", "takes a node or the server out of work"],
]);

const nginx = apis("nginx", [
  [any, /^\/purge\/.+/, "caution", "drops what is cached, whatever the method"],
  [any, /\/upstream_conf$/, "caution", "changes the upstreams, whatever the method", { query: /./ }],
]);

const apache = apis("Apache", [[any, /\/balancer-manager$/, "caution", "may change the balancer, whatever the method", { query: /./ }]]);

const zookeeper = apis("ZooKeeper", [
  [
    any,
    /^\/commands\/(stat_reset|srst|set_trace_mask|stmk|rebalance|last_snapshot|snapshot|restore|shed_connections|shed)$/,
    "caution",
    "changes the server, whatever the method",
  ],
  [any, /^\/commands\/(restore|shed_connections)$/, "dangerous", "restores old data or drops connections"],
]);

export const serverApis = [...spring, ...pprof, ...jolokia, ...tomcat, ...envoy, ...caddy, ...jenkins, ...nginx, ...apache, ...zookeeper];
