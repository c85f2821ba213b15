// heroku, fly and cf: hosts of applications. Flat commands, so the verbs are listed in full.
import { program } from "../../../rule.ts";
import { change, destroy, endless, local, nounVerb, read, remote, secret, unknown } from "./noun-verb.ts";

export const heroku = program({
  names: "heroku",
  source: "Heroku CLI 10 command reference",
  style: "long",
  globals: "anywhere",
  why: "works with Heroku",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  flags: `--help|-h --json|-j --all|-A --version`,
  values: "--app|-a --remote|-r --team|-t --space --pipeline --num|-n --dyno|-d",
  verbs: {
    "help|version|status|which|search|commands|autocomplete": read,
    "apps|apps:info|info|apps:list|list|apps:errors|apps:stacks|stack|apps:favorites|apps:favorites:list": read,
    "addons|addons:info|addons:services|addons:plans|addons:docs|addons:wait": read,
    "access|members|orgs|teams|spaces|spaces:info|spaces:ps|spaces:topology|spaces:peerings|spaces:vpn:connections|spaces:trusted-ips|spaces:wait":
      read,
    "auth:whoami|whoami|authorizations|clients|sessions|keys|2fa|usage:addons": read,
    "buildpacks|buildpacks:info|buildpacks:search|buildpacks:versions|builds|builds:info|ci|ci:info|ci:last": read,
    "certs|certs:info|certs:auto|domains|domains:info|domains:wait|drains|features|features:info|labs|labs:info|maintenance": read,
    "pg|pg:info|pg:ps|pg:locks|pg:blocking|pg:diagnose|pg:bloat|pg:long-running-queries|pg:outliers|pg:cache-hit|pg:index-size|pg:index-usage":
      read,
    "pg:table-size|pg:table-indexes-size|pg:total-table-size|pg:total-index-size|pg:records-rank|pg:seq-scans|pg:unused-indexes|pg:user-connections|pg:vacuum-stats|pg:calls|pg:extensions|pg:stats|pg:mandelbrot":
      read,
    "pg:backups|pg:backups:info|pg:backups:schedules|pg:settings|pg:links|pg:maintenance|pg:wait|pg:connection-pooling": read,
    "redis|redis:info|redis:wait|kafka|kafka:info|kafka:topics|kafka:topics:info|kafka:consumer-groups|kafka:wait": read,
    "pipelines|pipelines:info|pipelines:diff|ps|ps:type|ps:wait|dyno:type|releases|releases:info|reviewapps|regions|webhooks|webhooks:info|webhooks:deliveries|webhooks:events|notifications|plugins|slugs|run:list":
      read,
    "logs|local:logs": {
      ...read,
      why: "prints logs",
      options: { "--tail|-t": { arity: "flag", unbounded: true, why: "follows without end", safer: "-n 200 without --tail" } },
    },
    "kafka:topics:tail|kafka:tail|ci:debug": endless,
    "config|config:get|pg:credentials|pg:credentials:url|redis:credentials|auth:token|authorizations:info|drains:get|ci:config|ci:config:get|pg:backups:url|pg:backups:public-url":
      secret,
    "auth:login|login|auth:logout|logout|update|plugins:install|plugins:uninstall|plugins:link|plugins:update|git:remote|git:clone|container:login|container:logout|pg:backups:download|local":
      local,
    "apps:create|create|apps:rename|rename|apps:open|open|apps:stacks:set|stack:set|config:set|config:edit|ps:scale|scale|dyno:scale|ps:resize|ps:autoscale:enable|ps:autoscale:disable":
      change,
    "ps:restart|restart|dyno:restart|ps:stop|ps:kill|dyno:stop|dyno:kill|maintenance:on|maintenance:off|releases:rollback|rollback|releases:retry|features:enable|features:disable|labs:enable|labs:disable":
      change,
    "addons:create|addons:attach|addons:upgrade|addons:downgrade|addons:rename|addons:open|buildpacks:add|buildpacks:set|builds:create|certs:add|certs:update|certs:auto:enable|certs:auto:refresh|certs:generate":
      change,
    "domains:add|domains:update|drains:add|drains:set|pipelines:create|pipelines:add|pipelines:update|pipelines:rename|pipelines:connect|pipelines:setup|pipelines:open|container:push|container:pull|container:run":
      change,
    "pg:backups:capture|pg:backups:schedule|pg:backups:cancel|pg:backups:unschedule|pg:attach|pg:maintenance:window|pg:maintenance:run|pg:connection-pooling:attach|pg:links:create":
      change,
    "redis:maintenance|redis:maxmemory|redis:timeout|redis:keyspace-notifications|kafka:topics:create|kafka:topics:write|kafka:topics:replication-factor|kafka:topics:retention-time|webhooks:add|webhooks:update|spaces:create|spaces:rename":
      change,
    "reviewapps:enable|reviewapps:disable|ci:run|ci:rerun|ci:open|ci:config:set|telemetry": change,
    "apps:destroy|destroy|delete|apps:delete|apps:leave|leave|apps:transfer|apps:join|apps:lock|apps:unlock|addons:destroy|addons:detach|buildpacks:clear|buildpacks:remove|builds:cancel|builds:cache:purge":
      destroy,
    "access:add|access:remove|access:update|members:add|members:remove|members:set|authorizations:create|authorizations:revoke|authorizations:rotate|authorizations:update|clients:create|clients:destroy|clients:update|clients:rotate|sessions:destroy":
      destroy,
    "certs:remove|certs:auto:disable|certs:chain|certs:key|config:unset|config:remove|domains:remove|domains:clear|drains:remove|keys:add|keys:remove|keys:clear|webhooks:remove|spaces:destroy|spaces:transfer|ci:config:unset":
      destroy,
    "pg:reset|pg:copy|pg:promote|pg:unfollow|pg:kill|pg:killall|pg:backups:restore|pg:backups:delete|pg:credentials:rotate|pg:credentials:destroy|pg:credentials:repair-default|pg:credentials:create|pg:upgrade|pg:upgrade:run|pg:push|pg:pull":
      destroy,
    "pg:links:destroy|pg:detach|pg:repoint|redis:cli|redis:promote|redis:upgrade|kafka:topics:destroy|kafka:upgrade|kafka:fail|kafka:consumer-groups:destroy|pipelines:destroy|pipelines:remove|pipelines:transfer|pipelines:promote|container:release|container:rm":
      destroy,
    "ps:exec|ps:copy|ps:forward|ps:socks|run|run:detached|run:inside|pg:psql|psql|pg:outliers:reset|spaces:peerings:accept|spaces:peerings:destroy|spaces:vpn:connect|spaces:vpn:destroy|2fa:disable|pg:tunnel|kafka:zookeeper":
      remote,
  },
  examples: {
    "heroku ps --app shop": "safe",
    "heroku logs -n 200 -a shop": "safe",
    "heroku logs --tail -a shop": "caution",
    "heroku pg:info -a shop": "safe",
    "heroku config -a shop": "caution",
    "heroku ps:scale web=2 -a shop": "caution",
    "heroku apps:destroy shop": "dangerous",
    "heroku pg:reset DATABASE -a shop": "dangerous",
    "heroku run bash -a shop": "dangerous",
  },
  nearMisses: ["heroku", "heroku frob", "heroku apps:frob", "heroku ps:stop list"],
});

export const fly = program({
  names: "fly|flyctl",
  source: "flyctl 0.3 reference",
  style: "go",
  why: "works with Fly.io",
  risk: (inv) => (inv.path.length === 0 && inv.has("--help") ? "safe" : "unknown"),
  flags: "-h|--help --verbose --debug -j|--json --select -y|--yes --all",
  values: "-a|--app -o|--org --region -r --machine",
  options: {
    "-t|--access-token": { risk: "caution", sensitive: true, why: "names the token" },
    "-c|--config": { risk: "unknown", why: "takes settings from a file" },
  },
  verbs: {
    "version|help|status|platform|history|releases|info|incidents": read,
    "version update|upgrade": local,
    "auth whoami": read,
    "auth token": secret,
    "auth login|logout|docker|signup": local,
    logs: { ...endless, flags: "-n|--no-tail", unbounded: (inv) => !inv.has("--no-tail"), safer: "--no-tail" },
    "launch|deploy|restart|resume|suspend|scale": change,
    "destroy|delete|turboku": destroy,
    "ssh console|sftp|issue|log|establish": remote,
    "sftp shell|get|put|find": remote,
    "console|proxy": remote,
    doctor: { ...unknown, why: "tests the connection and asks for the agent" },
  },
  otherVerb: nounVerb({
    nouns:
      "agent apps app certs config dashboard dns-records domains extensions ext image ips jobs litefs-cloud machine machines m mpg orgs org metrics mysql " +
      "pg postgres redis registry regions scale secrets services settings ssh storage tokens volumes volume vol wireguard backup barman consul tigris sentry supabase arcjet kubernetes k8s snapshots users db events uuid leases lease group",
    read: "list ls show status view info check regions vm-sizes validate env versions whoami",
    change:
      "create update start stop suspend resume restart clone cordon uncordon allocate allocate-v4 allocate-v6 add set count memory vm deploy run extend fork import open move attach cycle join register save edit setup enable stage",
    destroy: "destroy delete remove rm kill release unset unregister revoke reset detach failover invite leave websites restore rotate",
    named: {
      "config env": secret,
      "config save": local,
      "config show|display|validate": read,
      "secrets list": read,
      "certs check|list|show": read,
      "scale show": read,
      "scale count|memory|vm": change,
      "tokens create|attenuate": secret,
      "tokens list": read,
      "pg connect": remote,
      "postgres connect": remote,
      "redis connect|proxy": remote,
      "mpg connect|proxy": remote,
      "machine exec": remote,
      "machines exec": remote,
      "m exec": remote,
      "machine run": remote,
      "machines run": remote,
      "wireguard create|reset": remote,
      "apps open": local,
      "pg failover": destroy,
    },
  }),
  examples: {
    "fly status -a shop": "safe",
    "fly machine list -a shop --json": "safe",
    "fly logs -a shop --no-tail": "safe",
    "fly logs -a shop": "caution",
    "fly scale count 3 -a shop": "caution",
    "fly apps destroy shop": "dangerous",
    "fly ssh console -a shop": "dangerous",
    "fly -t x status": "caution",
    "fly status -c f.toml": "unknown",
  },
  nearMisses: ["fly", "fly apps destroy list", "fly frob list"],
});

export const cf = program({
  names: "cf",
  source: "Cloud Foundry CLI v8 reference",
  style: "go",
  why: "works with Cloud Foundry",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  flags: "-h|--help -v|--version",
  verbs: {
    "help|version|apps|a|app|events|services|s|service|marketplace|m|orgs|o|org|spaces|space|org-users|space-users|domains|routes|r|check-route":
      read,
    "buildpacks|stacks|stack|quotas|org-quotas|org-quota|quota|space-quotas|space-quota|security-groups|security-group|running-security-groups":
      read,
    "staging-security-groups|feature-flags|feature-flag|service-brokers|service-access|router-groups|isolation-segments|plugins|list-plugin-repos|repo-plugins":
      read,
    "tasks|task|packages|droplets|revisions|revision|network-policies|service-keys|sk|labels|app-ports|get-health-check|running-environment-variable-groups|staging-environment-variable-group":
      read,
    "env|e|service-key|running-environment-variable-group|oauth-token|create-app-manifest": secret,
    logs: {
      ...read,
      why: "prints logs",
      flags: "--recent",
      unbounded: (inv) => !inv.has("--recent"),
      safer: "--recent",
    },
    "target|t": { ...change, why: "prints or changes the target", noInverse: "cf target shows the earlier one" },
    "login|l|auth|logout|lo|api|config|install-plugin|uninstall-plugin|add-plugin-repo|remove-plugin-repo|download-droplet": local,
    "push|p|start|st|stop|sp|restart|rs|restage|rg|scale|restart-app-instance|set-env|se|bind-service|bs|create-service|cs|update-service|create-service-key|csk|map-route|create-route|create-domain":
      change,
    "create-app|create-space|create-org|rename|rename-service|rename-space|set-health-check|enable-ssh|disable-ssh|continue-deployment|run-task|rt|copy-source|stage|create-user-provided-service|cups|update-user-provided-service|uups|set-droplet|set-label|add-network-policy|bind-route-service":
      change,
    "delete|d|delete-service|ds|delete-space|delete-org|delete-route|delete-orphaned-routes|delete-domain|delete-service-key|dsk|unbind-service|us|unmap-route|unset-env|ue|delete-user|create-user|set-org-role|set-space-role|unset-org-role|unset-space-role|terminate-task|cancel-deployment|rollback|purge-service-instance|purge-service-offering|delete-buildpack|delete-quota|delete-security-group|bind-security-group|unbind-security-group|remove-network-policy|delete-service-broker|enable-feature-flag|disable-feature-flag|passwd|unset-label|upgrade-service|share-service|unshare-service":
      destroy,
    "ssh|curl|ssh-code|v3-ssh": remote,
  },
  examples: {
    "cf apps": "safe",
    "cf logs shop --recent": "safe",
    "cf logs shop": "caution",
    "cf env shop": "caution",
    "cf restart shop": "caution",
    "cf delete shop -f": "dangerous",
    "cf ssh shop": "dangerous",
  },
  nearMisses: ["cf", "cf frob", "cf delete apps"],
});
