// Web servers: nginx, Apache, Caddy and application servers. Checking the configuration reads; signals and reloads change what runs.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { changing, destroying, listing } from "../verb-rules.ts";
import { riskOfWords, type WordTable } from "./word-risk.ts";

const oldConfiguration = "put the configuration back as it was and reload again";
const startedAgain = "start it again";

export const nginx = program({
  names: "nginx|openresty|tengine|angie",
  source: "nginx.org, command-line parameters, nginx 1.26",
  why: "checks the configuration, or starts and signals the server",
  safer: "nginx -t",
  risk: (inv) => {
    if (inv.has("-s")) return "caution";
    return ["-t", "-T", "-v", "-V", "-h"].some((name) => inv.has(name)) ? "safe" : "caution";
  },
  flags: "-t -T -v -V -q -h -?",
  values: "-c -p",
  options: {
    "-e": { kind: "write", why: "writes its log to a file" },
    "-s": { why: "signals the server" },
    "-g": { kind: "code", risk: "unknown", why: "settings on the command line, modules to load among them" },
  },
  operands: "none",
  targets: () => [{ kind: "server", name: "nginx" }],
  inverse: (inv) =>
    /^(stop|quit)$/.test(inv.value("-s") ?? "") && inv.options.length === 1 ? { kind: "command", command: "nginx" } : undefined,
  noInverse: oldConfiguration,
  examples: {
    "nginx -t": "safe",
    "nginx -T -q": "safe",
    "nginx -V": "safe",
    "nginx -t -c /etc/nginx/nginx.conf": "safe",
    "nginx -s reload": "caution",
    "nginx -s reopen": "caution",
    nginx: "caution",
    "nginx -s stop": "caution",
    "nginx -squit": "caution",
    "nginx -t -g 'load_module x.so;'": "unknown",
  },
  nearMisses: ["nginx -t -s reload", "nginx -tsquit", "nginx $x", "nginx -c /tmp/x"],
});

const apacheReads = /^(configtest|status|fullstatus|-t|-S|-M|-v|-V|-l|-L|-h|-D|DUMP_\w+|help|-tv)$/;

const apacheChecks = ["-t", "-S", "-M", "-v", "-V", "-l", "-L", "-h"];

function apacheRisk(inv: Invocation): Risk {
  const words = [...inv.operands, ...inv.unlisted].map((arg) => (arg.shape === "literal" ? arg.text : "?"));
  const action = inv.has("-k") ? (inv.value("-k") ?? "?") : words[0];
  if (action === undefined) return apacheChecks.some((name) => inv.has(name)) ? "safe" : "caution";
  if (action === "stop" || action === "graceful-stop") return "dangerous";
  return !inv.has("-k") && words.every((word) => apacheReads.test(word)) ? "safe" : "caution";
}

export const apache = program({
  names: "apachectl|apache2ctl|httpd|apache2",
  source: "apachectl(8), httpd(8), Apache 2.4",
  why: "checks the configuration, or starts and signals the server",
  safer: "apachectl configtest",
  risk: apacheRisk,
  flags: "-t -S -M -v -V -l -L -h -X -T",
  values: "-k -D -f -d -n",
  options: {
    "-C|-c": { kind: "code", risk: "unknown", why: "settings on the command line, modules to load among them" },
    "-E": { kind: "write", why: "writes errors to a file" },
    "-e": { why: "how much it says" },
  },
  operands: "data*",
  targets: () => [{ kind: "server", name: "apache" }],
  noInverse: oldConfiguration,
  examples: {
    "apachectl configtest": "safe",
    "httpd -t -D DUMP_VHOSTS": "safe",
    "apache2ctl -S": "safe",
    "apachectl fullstatus": "safe",
    "apachectl -t -e debug": "safe",
    "apachectl graceful": "caution",
    "httpd -k restart": "caution",
    "apachectl -t -E f": "caution",
    "apachectl stop": "dangerous",
    "httpd -k graceful-stop": "dangerous",
    "httpd -t -C 'LoadModule x x.so'": "unknown",
  },
  nearMisses: ["apachectl", "apachectl -t -k stop", "httpd -X", "apachectl $x"],
});

export const siteSwitches = program({
  names: "a2query|a2ensite|a2dissite|a2enmod|a2dismod|a2enconf|a2disconf",
  source: "a2query(1), a2ensite(8), Debian apache2 2.4",
  why: "shows, or switches sites and modules at the next reload",
  risk: (inv) => (inv.program === "a2query" ? "safe" : "caution"),
  flags: "-v -V -M -m -s -c -a -h -d -q|--quiet",
  options: { "-p|--purge|-f|--force": { arity: "flag", risk: "dangerous", why: "removes its traces" } },
  operands: "data*",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "site", name: arg.text })),
  inverse: (inv) => {
    const name = inv.operand(0);
    const opposite = inv.program.startsWith("a2en") ? inv.program.replace("a2en", "a2dis") : inv.program.replace("a2dis", "a2en");
    return name === undefined || !/^[\w.-]+$/.test(name) ? undefined : { kind: "command", command: `${opposite} ${name}` };
  },
  noInverse: "the opposite program",
  examples: { "a2query -s": "safe", "a2query -m ssl": "safe", "a2dissite web": "caution", "a2dismod -f ssl": "dangerous" },
  nearMisses: ["a2ensite web", "a2enmod --purge x"],
});

export const caddy = program({
  names: "caddy|frankenphp",
  source: "caddyserver.com, command line, Caddy 2.8",
  why: "checks or runs the server",
  globals: "anywhere",
  values: "--config|-c --adapter|-a --envfile --address --input",
  verbs: {
    "validate|version|list-modules|build-info|environ|help|hash-password|manpage": listing("prints facts or checks the configuration", {
      flags: "--packages --versions --skip-standard --envs",
      sensitive: (inv) => inv.path[0] === "environ",
    }),
    adapt: listing("prints the configuration in its other form", { flags: "--pretty -p --validate" }),
    fmt: {
      why: "prints the file in its normal form",
      operands: "data?",
      flags: "--diff|-d",
      options: { "--overwrite|-w": { arity: "flag", risk: "caution", why: "writes the file" } },
    },
    "reload|run|start|file-server|reverse-proxy|respond|storage|trust|upgrade|add-package|remove-package": changing(
      "runs the server or changes what it does",
      oldConfiguration,
    ),
    "stop|untrust": destroying("stops the server", "server", { targets: () => [{ kind: "server", name: "caddy" }] }),
  },
  examples: {
    "caddy validate --config /etc/caddy/Caddyfile": "safe",
    "caddy version": "safe",
    "caddy fmt": "safe",
    "caddy fmt --overwrite": "caution",
    "caddy environ": "caution",
    "caddy reload": "caution",
    "caddy stop": "dangerous",
  },
  nearMisses: ["caddy", "caddy run", "caddy trust"],
});

/** Programs with a mode that checks the configuration, and nothing else that reads. */
const checks: Readonly<Record<string, RegExp>> = {
  "php-fpm": /^(-t|-tt|--test|-v|--version|-i|-m|-h|--help)$/,
  uwsgi: /^(--version|--help|--show-config|--connect-and-read|--cheaper-algos-list|--modifiers-list|--plugin-list|--plugins-list)$/,
  gunicorn: /^(--check-config|--version|-v|--print-config|--help|-h)$/,
  unicorn: /^(--version|-v|--help|-h)$/,
  puma: /^(--version|-V|--help|-h)$/,
  lighttpd: /^(-t|-tt|-p|-v|-V|-h)$/,
  catalina: /^(version|configtest)$/,
  jetty: /^(--list-config|--list-modules|--dry-run|--version|--help|check|status)$/,
};

const family = (name: string): string => /^(php-fpm|uwsgi|gunicorn|unicorn|puma|lighttpd|catalina|jetty)/.exec(name)?.[0] ?? name;
const harmlessValue = /^(-c|-y|--fpm-config|-f|-m|--config|[\w./:@-]*\.(conf|ini|py|ru|rb|cnf)|[\w.]+:[\w.()]+)$/;

function serverRisk(inv: Invocation): Risk {
  const words = [...inv.unlisted, ...inv.operands].map((arg) => (arg.shape === "literal" ? arg.text : "?"));
  const check = checks[family(inv.program)];
  if (words.some((word) => /^(stop|halt|shutdown|kill|--stop|--kill|phased-restart)$/.test(word))) return "dangerous";
  return words.some((word) => check?.test(word) === true) && words.every((word) => check?.test(word) === true || harmlessValue.test(word))
    ? "safe"
    : "caution";
}

export const applicationServers = program({
  names:
    "php-fpm|php-fpm7.4|php-fpm8.0|php-fpm8.1|php-fpm8.2|php-fpm8.3|php-fpm8.4|uwsgi|gunicorn|unicorn|unicorn_rails|puma|pumactl|lighttpd|lighttpd-angel|catalina.sh|jetty.sh|startup.sh|shutdown.sh|passenger-config|passenger",
  source: "php-fpm(8) 8.3; uwsgi-docs.readthedocs.io; gunicorn 22; lighttpd(8); Apache Tomcat 10.1 catalina.sh; phusionpassenger.com",
  style: "none",
  why: "checks the configuration, or runs and signals the server",
  risk: (inv) => {
    if (inv.program === "shutdown.sh") return "dangerous";
    if (inv.program.startsWith("passenger"))
      return /^(validate-install|list-instances|--version|about|system-metrics|api-call)$/.test(inv.operand(0) ?? "") &&
        inv.operand(0) !== "api-call"
        ? "safe"
        : "caution";
    return serverRisk(inv);
  },
  operands: "data*",
  targets: (inv) => [{ kind: "server", name: inv.program }],
  noInverse: startedAgain,
  examples: {
    "php-fpm8.2 -t": "safe",
    "php-fpm -tt -y /etc/php/fpm.conf": "safe",
    "gunicorn --check-config app:app": "safe",
    "lighttpd -tt -f /etc/lighttpd/lighttpd.conf": "safe",
    "passenger-config list-instances": "safe",
    "uwsgi --ini app.ini": "caution",
    "catalina.sh stop": "dangerous",
  },
  nearMisses: ["php-fpm -D", "uwsgi --stop f.pid", "gunicorn app:app", "shutdown.sh", "php-fpm -t -d extension=x.so"],
});

export const passengerStatus = program({
  names: "passenger-status|passenger-memory-stats",
  source: "phusionpassenger.com, Passenger 6",
  why: "shows applications and their requests",
  flags: "-v|--verbose --no-header -h|--help --force-colors",
  values: "--show",
  operands: "data?",
  examples: { "passenger-status": "safe", "passenger-status --show=requests": "safe" },
  nearMisses: ["passenger-status --frob"],
});

const squidSignals: WordTable = [
  [/^(parse|check)$/, "safe"],
  [/^(shutdown|kill|interrupt)$/, "dangerous"],
];

/** A mode that only checks or tells, and no word beside it. */
function informsOnly(inv: Invocation, words: readonly string[]): boolean {
  const talks = /^(pound|dnsdist|pgbouncer|hitch)$/.test(inv.program);
  const mode = ["--version", "--help", talks ? "--help" : "-v", "-t"].some((name) => inv.has(name)) || inv.value("--mode") === "validate";
  return (mode && words.length === 0) || (inv.program === "varnishd" && inv.has("-C") && !words.some((word) => word.startsWith("-p")));
}

function controlRisk(inv: Invocation): Risk {
  const words = [...inv.operands, ...inv.unlisted].map((arg) => arg.text);
  if (inv.has("-k")) return riskOfWords(inv.value("-k") ?? "?", squidSignals, "caution");
  if (inv.program === "traffic_ctl") return trafficRisk(words.join(" "));
  return informsOnly(inv, words) || /^(version|healthcheck|list)$/.test(words[0] ?? "") ? "safe" : "caution";
}

/** Verbs alone: servers whose control program takes one word. */
export const verbServers = program({
  names:
    "squid|squid3|varnishd|traefik|envoy|pound|poundctl|hitch|keepalived|pgbouncer|dnsdist|trafficserver|traffic_ctl|traffic_server|linkerd2-proxy",
  source: "squid(8) 6; varnishd(1) 7.5; traefik 3.1; envoy 1.31; keepalived(8) 2.3; traffic_ctl 9.2",
  style: "long",
  why: "checks the configuration, or runs and signals the server",
  risk: controlRisk,
  flags: "--version|-V --help|-h -v -t|--config-test -C",
  values: "-k -f|-c|--config-path|--use-file --mode --config-yaml -n",
  anyOption: true,
  operands: "data*",
  targets: (inv) => [{ kind: "server", name: inv.program }],
  noInverse: oldConfiguration,
  examples: {
    "squid -k parse": "safe",
    "envoy --mode validate -c envoy.yaml": "safe",
    "traefik version": "safe",
    "keepalived -t": "safe",
    "pound -v -f x": "caution",
    "dnsdist -v": "caution",
    "traffic_ctl metric match proxy": "safe",
    "squid -k reconfigure": "caution",
    "squid -k shutdown": "dangerous",
    "traffic_ctl server drain": "dangerous",
  },
  nearMisses: ["squid", "envoy -c x", "squid -k rotate", "varnishd -C -f x.vcl -p cc_command=./x", "traffic_ctl config set a b"],
});

function trafficRisk(words: string): Risk {
  if (
    /^(metric (get|match|describe)|config (get|match|status|describe|diff|defaults)|host status|alarm list|plugin list|storage status|server status)\b/.test(
      words,
    )
  )
    return "safe";
  return /^(server (drain|stop|restart|backtrace)|metric (clear|zero)|host down|storage offline)\b/.test(words) ? "dangerous" : "caution";
}
