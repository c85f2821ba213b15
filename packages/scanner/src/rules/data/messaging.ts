// Clients of message brokers and job queues: RabbitMQ, NATS, Pulsar, ActiveMQ, Celery.
import { type CommandRule, program } from "../../rule.ts";
import { changing, destroying, each, listing, reading } from "../verb-rules.ts";

/** Sub-commands of the four programs that only report. */
const reads =
  "list_queues list_exchanges list_bindings list_connections list_channels list_consumers list_users list_permissions list_topic_permissions list_user_permissions list_user_topic_permissions list_vhosts list_vhost_limits list_policies list_operator_policies list_parameters list_global_parameters list_feature_flags list_hashes list_ciphers list_unresponsive_queues list_deprecated_features list_stream_connections list_stream_consumers list_stream_publishers list_user_limits status cluster_status ping check_running check_local_alarms check_alarms check_port_connectivity check_port_listener check_protocol_listener check_virtual_hosts check_certificate_expiration listeners alarms memory_breakdown server_version erlang_version is_running is_booting node_health_check runtime_thread_stats certificates cipher_suites tls_versions command_line_arguments schema_info quorum_status check_if_node_is_quorum_critical check_if_node_is_mirror_sync_critical check_if_any_deprecated_features_are_used stream_status version help log_location metadata_store_status discover_peers maybe_stuck resolve_hostname resolve_inet_params";

const gone = "messages and connections do not come back";

export const rabbitmqctl = program({
  names: "rabbitmqctl|rabbitmq-diagnostics|rabbitmq-queues|rabbitmq-streams|rabbitmq-upgrade",
  source: "rabbitmqctl(8), rabbitmq-diagnostics(8), RabbitMQ 4.0",
  why: "asks or runs a RabbitMQ node",
  globals: "anywhere",
  flags: "-q|--quiet -s|--silent -l|--longnames --offline --online --local --no-table-headers",
  values: "-n|--node -p|--vhost -t|--timeout --formatter --erlang-cookie",
  options: { "--aliases-file|--script-name": { risk: "unknown", why: "gives commands other meanings" } },
  verbs: {
    [reads.replaceAll(" ", "|")]: reading("prints the state of the node, the cluster or what the broker holds"),
    "report|environment|observer|log_tail|trace_status|decode": reading("prints settings and logs, which may hold secrets", {
      sensitive: true,
    }),
    "log_tail_stream|consume_event_stream": reading("prints events without end", { unbounded: true }),
    "set_policy|clear_policy|set_operator_policy|clear_operator_policy|set_parameter|clear_parameter|set_global_parameter|clear_global_parameter|set_vhost_limits|clear_vhost_limits|set_vm_memory_high_watermark|set_disk_free_limit|set_log_level|set_cluster_name|add_vhost|start_app|sync_queue|cancel_sync_queue|enable_feature_flag|trace_on|trace_off|rotate_logs|force_gc|rebalance|drain|revive|await_startup|await_online_nodes|wait|export_definitions|suspend_listener|resume_listener|suspend_all_listeners|resume_all_listeners|grow|add_member|add_replica|set_stream_retention_policy|restart_stream|post_upgrade|reactivate_all":
      changing("changes settings or the state of the node", "list_* and status show the state before; the opposite command goes back"),
    "eval|eval_file|exec|encode|purge_queue|delete_queue|delete_vhost|delete_user|add_user|change_password|clear_password|set_permissions|clear_permissions|set_topic_permissions|clear_topic_permissions|set_user_tags|set_user_limits|clear_user_limits|stop|shutdown|reset|force_reset|force_boot|join_cluster|change_cluster_node_type|forget_cluster_node|rename_cluster_node|update_cluster_nodes|close_connection|close_all_connections|close_all_user_connections|import_definitions|restart_vhost|delete_member|shrink|delete_replica|reclaim_quorum_memory|delete_shovel|restart_shovel|hipe_compile|remote_shell":
      destroying("destroys queues, connections or nodes, changes rights, or runs code", "queue, user or node"),
    stop_app: changing("stops the broker inside its node", "", { inverse: () => ({ kind: "command", command: "rabbitmqctl start_app" }) }),
  },
  noInverse: gone,
  examples: {
    "rabbitmqctl -p web list_queues name messages consumers": "safe",
    "rabbitmq-diagnostics -q check_port_connectivity": "safe",
    "rabbitmqctl cluster_status --formatter json": "safe",
    "rabbitmq-queues quorum_status orders": "safe",
    "rabbitmqctl environment": "caution",
    "rabbitmq-diagnostics consume_event_stream": "caution",
    "rabbitmqctl set_policy ha '.*' '{}'": "caution",
    "rabbitmqctl purge_queue orders": "dangerous",
    "rabbitmqctl eval 'node().'": "dangerous",
    "rabbitmqctl stop_app": "caution",
  },
  nearMisses: ["rabbitmqctl", "rabbitmqctl forget_cluster_node rabbit@b", "rabbitmqctl -n rabbit@a reset", "rabbitmqctl autocomplete x"],
});

export const rabbitmqPlugins = program({
  names: "rabbitmq-plugins",
  source: "rabbitmq-plugins(8), RabbitMQ 4.0",
  why: "lists or switches plugins",
  globals: "anywhere",
  flags: "-q|--quiet -s|--silent --offline --online -l|--longnames",
  values: "-n|--node --formatter",
  verbs: {
    "list|directories|is_enabled|version|help": reading("lists plugins"),
    "enable|disable|set": changing("loads or unloads a plugin", "the opposite command"),
  },
  examples: { "rabbitmq-plugins list -E": "safe", "rabbitmq-plugins enable rabbitmq_shovel": "caution" },
  nearMisses: ["rabbitmq-plugins set x"],
});

const admin =
  "-H|--host -P|--port -u|--username -p|--password -V|--vhost -f|--format -N|--node -d|--depth -S|--sort --path-prefix -U|--base-uri -t|--request-timeout -c|--config";

export const rabbitmqadmin = program({
  names: "rabbitmqadmin",
  source: "rabbitmq.com, management command line tool 4.0",
  why: "asks or changes a broker over its management interface",
  globals: "anywhere",
  flags: "-s|--ssl -k|--ssl-insecure -q|--quiet -b --bash-completion --non-interactive",
  values: admin,
  verbs: {
    "list|show|help": reading("prints what the broker holds"),
    get: {
      ...reading("takes messages from a queue and, by its ackmode, puts them back"),
      inspect: (inv, ctx) => {
        const mode = inv.operands.map((arg) => arg.text).find((word) => word.startsWith("ackmode="));
        if (mode === undefined || mode === "ackmode=ack_requeue_true")
          ctx.report({ risk: "caution", why: "moves messages and marks them as redelivered", safer: "rabbitmqadmin list queues" });
        else ctx.report({ risk: "dangerous", why: "takes messages off the queue for good", safer: "ackmode=ack_requeue_true" });
      },
      targets: (inv) =>
        inv.operands.filter((arg) => arg.text.startsWith("queue=")).map((arg) => ({ kind: "queue", name: arg.text.slice(6) })),
    },
    "declare|publish|export|rebalance": changing("makes something, sends a message or writes a file", "delete what was made"),
    "delete|purge|close|import": destroying("deletes, empties or closes something", "queue"),
  },
  examples: {
    "rabbitmqadmin -H mq1 list queues name messages": "safe",
    "rabbitmqadmin get queue=orders count=1": "caution",
    "rabbitmqadmin declare queue name=x": "caution",
    "rabbitmqadmin get queue=orders ackmode=ack_requeue_false": "dangerous",
    "rabbitmqadmin purge queue name=orders": "dangerous",
  },
  nearMisses: ["rabbitmqadmin", "rabbitmqadmin delete queue name=x"],
});

export const nats = program({
  names: "nats",
  source: "natscli 0.1 --help",
  style: "go",
  why: "asks or runs NATS",
  values: "-s|--server --user --password --creds --nkey --context --timeout --tlscert --tlskey --tlsca",
  flags: "--trace --no-context -j|--json",
  options: {
    "--translate|--command": { risk: "unknown", why: "runs a program for each message" },
    "--outfile": { kind: "write", why: "writes the result" },
  },
  verbs: {
    ...each(
      "stream_ls|list|info|report|state|subjects|view|get|find|graph stream_cluster_info consumer_ls|list|info|report|state|graph|find server_ls|list|info|ping|mappings|graph kv_ls|list|info|history|status kv_keys object_ls|list|info|status account_info context_ls|list|info rtt",
      reading("prints the state of streams, consumers or servers"),
    ),
    "server report|check": reading("prints the state of servers"),
    "server request": {
      why: "asks servers for their state, or tells them something",
      verbs: {
        "subscriptions|sub|variables|vars|var|varz|connections|conn|connz|routes|gateways|gwy|gateway|leafnodes|leaf|leafz|accounts|acct|account-info|jetstream|js|jsz|health|healthz|statsz|ipqueues|expvarz|raft":
          reading("prints the state of servers"),
      },
    },
    "server check connection|stream|consumer|jetstream|server|kv|message": reading("checks servers"),
    "server report connections|accounts|jetstream|health|gateways|routes|leaf|cpu|mem": reading("prints the state of servers"),
    "kv get": reading("prints a value", { sensitive: true }),
    "sub|subscribe|events": reading("prints messages until it is stopped", {
      unbounded: (inv) => !inv.has("--count"),
      options: {
        "--count": { why: "ends after so many" },
        "--ack": { arity: "flag", risk: "caution", why: "takes messages for others as dealt with" },
        "--queue|--durable": { risk: "caution", why: "takes messages from others" },
        "--dump": { risk: "unknown", why: "writes files" },
      },
    }),
    ...each(
      "pub req request reply stream_add|edit consumer_add|edit|next|pause|resume|copy kv_add|put|create|update|watch object_add|put|get|watch context_add|save|edit|select bench stream_copy|backup|cluster_step-down consumer_cluster_step-down server_cluster_step-down",
      changing("sends messages or changes streams, consumers or values", "delete what was made"),
    ),
    ...each(
      "stream_rm|purge|rmm|del|delete|restore|seal consumer_rm|del|delete kv_rm|del|purge|compact object_rm|del|seal account_purge server_raft_peer-remove stream_cluster_peer-remove context_rm|delete",
      destroying("deletes streams, messages, consumers or values", "stream"),
    ),
  },
  examples: {
    "nats stream ls -s nats://n1": "safe",
    "nats consumer info ORDERS web": "safe",
    "nats sub orders.*": "caution",
    "nats sub orders --count 1 --ack": "caution",
    "nats server check connection --outfile=x": "caution",
    "nats sub orders --count 1 --queue q": "caution",
    "nats consumer next ORDERS web": "caution",
    "nats stream purge ORDERS": "dangerous",
    "nats stream rm ORDERS -f": "dangerous",
    "nats sub x --count 1 --translate=sh": "unknown",
  },
  nearMisses: ["nats stream", "nats server raft peer-remove n2", "nats reply x --command id"],
});

const pulsarReads =
  /^(list\S*|get\S*|stats\S*|info\S*|internal\S*|partitioned-stats|partitioned-lookup|lookup|bundle-range|subscriptions|peek-messages|examine-messages|last-message-id|permissions|healthcheck|leader-broker|version|status|namespaces|clusters|brokers|topics|policies|monitoring-metrics|load-report|allocator-stats|offload-status|compaction-status|termination-status)$/;
const pulsarDestroys =
  /^(delete\S*|remove\S*|skip\S*|clear\S*|expire-messages\S*|terminate|truncate|reset-cursor|unload\S*|grant\S*|revoke\S*|unsubscribe\S*|stop|shutdown|trim-topics|force\S*|split-bundle)$/;
const pulsarGroups = new Map<string, CommandRule>();
const pulsarRead = reading("prints the state of topics, namespaces or brokers");
const pulsarDestroy = destroying("deletes, skips or empties something, or changes rights", "topic");
const pulsarChange = changing("changes topics, namespaces or brokers", "the opposite command; get-* shows the state before");
const pulsarUse = changing("sends messages, or takes them off a subscription", "messages do not come back");

/** Groups of pulsar-admin are many and alike: the verb says what it does. */
function pulsarGroup(group: string): CommandRule | undefined {
  if (group === "produce" || group === "consume" || group === "read") return pulsarUse;
  if (!/^[a-z][a-z-]{2,30}$/.test(group)) return undefined;
  const known = pulsarGroups.get(group);
  const rule: CommandRule = known ?? { why: "needs a verb", risk: "unknown", otherVerb: (verb) => pulsarVerb(verb) };
  pulsarGroups.set(group, rule);
  return rule;
}

function pulsarVerb(verb: string): CommandRule {
  if (pulsarReads.test(verb)) return pulsarRead;
  return pulsarDestroys.test(verb) ? pulsarDestroy : pulsarChange;
}

export const pulsarAdmin = program({
  names: "pulsar-admin|pulsar-client",
  source: "pulsar.apache.org, pulsar-admin 3.3",
  style: "long",
  risk: "unknown",
  why: "asks or runs Pulsar",
  values: "--admin-url --auth-params",
  options: { "--auth-plugin": { risk: "unknown", why: "loads a class" } },
  otherVerb: (group, path) => (path.length === 0 ? pulsarGroup(group) : undefined),
  examples: {
    "pulsar-admin topics list public/default": "safe",
    "pulsar-admin topics stats persistent://public/default/web": "safe",
    "pulsar-admin topics peek-messages -n 1 -s sub web": "safe",
    "pulsar-admin topics create web": "caution",
    "pulsar-admin topics skip-all -s sub web": "dangerous",
    "pulsar-admin topics delete web": "dangerous",
    "pulsar-client produce web -m x": "caution",
    "pulsar-client consume web -s sub -n 0": "caution",
  },
  nearMisses: ["pulsar-admin", "pulsar-admin functions trigger --name x", "pulsar-admin tenants delete x"],
});

export const celery = program({
  names: "celery",
  source: "docs.celeryq.dev 5.4, command line",
  why: "asks or runs workers of Celery",
  globals: "anywhere",
  values: "-b|--broker --result-backend --workdir -t|--timeout -d|--destination",
  flags: "-C|--no-color -q|--quiet -j|--json",
  options: {
    "-A|--app|--config|--loader": { risk: "unknown", why: "loads the code of the application", safer: "-b with the broker's address" },
  },
  verbs: {
    "status|result": listing("prints the state of workers or of a task"),
    "inspect active|scheduled|reserved|revoked|registered|stats|ping|clock|query_task|active_queues|memsample|memdump":
      listing("asks the workers"),
    "inspect conf|report": listing("prints settings, which may hold secrets", { sensitive: true }),
    report: listing("prints settings, which may hold secrets", { sensitive: true }),
    "list bindings": listing("lists bindings"),
    events: changing("follows the events of the workers", "nothing is lost", { unbounded: true }),
    "call|migrate|upgrade|logtool": changing("sends a task", "a task that ran does not come back"),
    control: changing("changes how workers run", "the opposite command"),
    "control add_consumer|cancel_consumer|pool_grow|pool_shrink|autoscale|enable_events|disable_events|rate_limit|time_limit|pool_restart":
      changing("changes how workers run", "the opposite command"),
    "control shutdown|revoke|terminate|revoke_by_stamped_headers|terminate_by_stamped_headers": destroying(
      "ends workers or tasks",
      "task or worker",
    ),
    "worker|beat|multi": changing("starts or stops workers", "the opposite command"),
    purge: destroying("deletes every waiting task", "queue"),
    amqp: destroying("runs a command of the broker", "queue"),
  },
  examples: {
    "celery -b amqp://mq1 inspect active": "safe",
    "celery -b amqp://mq1 status": "safe",
    "celery -A shop status": "unknown",
    "celery report": "caution",
    "celery -A shop purge -f": "dangerous",
    "celery -A shop control shutdown": "dangerous",
  },
  nearMisses: ["celery -A shop shell", "celery -A shop amqp queue.purge web", "celery -A shop call t"],
});

export const sidekiqmon = program({
  names: "sidekiqmon|resque-list|rqinfo",
  source: "github.com/sidekiq 7.3",
  why: "prints figures of job queues",
  operands: "data*",
  options: { "-r|-c|--config|-P|--path": { risk: "unknown", why: "loads code" } },
  examples: { "sidekiqmon stats": "safe", "sidekiqmon -r ./x": "unknown" },
  nearMisses: ["sidekiqmon -c evil stats"],
});
