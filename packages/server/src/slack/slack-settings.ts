// The environment variables of Slack: the app's two tokens, and where alerts are told. A part of config.ts.
import { Refused, type SealedSecret, sealed, setting, url, type Environment } from "../config-values.ts";

/** A token of this kind; needed wherever the other one is set. */
const token =
  (prefix: string, other: string) =>
  (raw: string | undefined, environment: Environment): SealedSecret | undefined | Refused => {
    if (raw === undefined) return (environment[other] ?? "") === "" ? undefined : new Refused(`must be set where ${other} is`);
    return raw.startsWith(prefix) ? sealed(raw) : new Refused(`must be a token that starts with ${prefix}`);
  };

/** In the order of the documentation. */
export const slackSettings = {
  slackBotToken: setting({
    name: "SLACK_BOT_TOKEN",
    default: "none: no Slack",
    meaning: "Bot token (xoxb-) of the Slack app; docs/slack.md says how to get it. It is sent to Slack and appears nowhere else.",
    read: token("xoxb-", "SLACK_APP_TOKEN"),
  }),
  slackAppToken: setting({
    name: "SLACK_APP_TOKEN",
    default: "needed with SLACK_BOT_TOKEN",
    meaning: "App-level token (xapp-) of the same app with the scope connections:write. It is sent to Slack and appears nowhere else.",
    read: token("xapp-", "SLACK_BOT_TOKEN"),
  }),
  slackChannel: setting({
    name: "SLACK_CHANNEL",
    default: "none: alerts are not told in Slack",
    meaning: "Id of the channel in which matched alerts are told, such as C0123ABCD. An id survives a renamed channel.",
    read: (raw) => (raw === undefined || /^[CG][A-Z0-9]{2,30}$/.test(raw) ? raw : new Refused("must be the id of a channel")),
  }),
  slackApiUrl: setting({
    name: "SLACK_API_URL",
    default: "https://slack.com/api/",
    meaning: "Address of Slack's Web API, for a gateway in front of it. The token is sent there.",
    read: url(["http:", "https:"]),
  }),
} as const;
