// Message brokers' HTTP faces and public services: RabbitMQ, Kafka Connect, schema registry, REST proxy, Slack, Telegram, GitHub, CDNs.
import { any, apis, changes, reads, secret } from "./api-rule.ts";

const rabbitmq = apis("RabbitMQ", [
  [
    reads,
    /^\/api\/(definitions|users)(\/|$)/,
    "caution",
    "prints users with the hashes of their passwords",
    { sensitive: true, host: /:(15671|15672)$|rabbit/i },
  ],
  [reads, /^\/api\/aliveness-test\//, "caution", "makes a queue and sends a message to test it"],
  ["POST", /^\/api\/queues\/.+\/get$/, "caution", "takes messages out of a queue, or marks them as delivered"],
  [
    changes,
    /^\/api\/(users|permissions|topic-permissions|policies)\//,
    "dangerous",
    "changes who may do what",
    { host: /:(15671|15672)$|rabbit/i },
  ],
]);

const activemq = apis("ActiveMQ", [
  [any, /\/api\/message(\/.*)?$/, "caution", "takes a message out of a queue, whatever the method", { query: /./ }],
  [any, /\/admin\/(delete|purge)\w*\.action$/, "dangerous", "deletes messages or whole queues, whatever the method"],
  [any, /\/admin\/\w+\.action$/, "caution", "acts, whatever the method"],
]);

const kafka = apis("Kafka", [
  ["PUT POST", /^\/connectors\/[^/]+\/(pause|resume|stop|restart|offsets)$/, "caution", "pauses, resumes or restarts a connector"],
  ["POST", /^\/compatibility\/subjects\/.+/, "safe", "asks whether a schema fits"],
  [reads, /^\/consumers\/[^/]+\/instances\/[^/]+\/records$/, "caution", "takes messages for the group"],
]);

const slackReads =
  /^\/api\/[\w.]+\.(list|info|history|replies|members|test|get|getPresence|lookupByEmail|permalink|getPermalink|identity|accessLogs|stats)$/;

const slack = apis("Slack", [
  [
    any,
    /^\/api\/[\w.]+\.(delete|archive|kick|remove|revoke|uninstall)$/,
    "dangerous",
    "deletes or removes, whatever the method",
    { host: /(^|\.)slack\.com:/ },
  ],
  [any, new RegExp(`^(?!.*${slackReads.source.slice(1)})/api/`), "caution", "acts, whatever the method", { host: /(^|\.)slack\.com:/ }],
  ["POST", slackReads, "safe", "reads", { host: /^slack\.com:/ }],
]);

const telegram = apis("Telegram", [
  [any, /^\/bot[^/]+\/(?!get)\w+$/, "caution", "acts, whatever the method", { host: /^api\.telegram\.org:/ }],
]);

const github = apis("GitHub", [
  [
    changes,
    /\/(hooks|keys|collaborators|teams|memberships|invitations)(\/|$)/,
    "dangerous",
    "changes who may do what",
    { host: /^api\.github\.com:/ },
  ],
  ["GET", /\/actions\/secrets/, "caution", "prints names of secrets", { sensitive: true, host: /^api\.github\.com:/ }],
]);

const delivery = apis("The delivery network", [
  [changes, /\/(purge_cache|purge_all|purge|invalidation)$/, "dangerous", "purges what is cached"],
]);

const identity = apis("The identity service", [
  ["POST", /\/(oauth2?|openid-connect|token|oauth)\/(v\d\/)?token$/, "caution", "prints a new token", secret],
]);

export const serviceApis = [...rabbitmq, ...activemq, ...kafka, ...slack, ...telegram, ...github, ...delivery, ...identity];
