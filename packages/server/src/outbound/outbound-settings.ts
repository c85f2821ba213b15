// The environment variables of what is sent to the outside. A part of config.ts.
import { setting } from "../config-values.ts";
import { readAllowedHosts } from "./allowed-hosts.ts";
import { readRetryDelays, standardDelays } from "./retry-schedule.ts";

/** In the order of the documentation. */
export const outboundSettings = {
  outboundAllowHosts: setting({
    name: "OUTBOUND_ALLOW_HOSTS",
    default: "none",
    meaning:
      "Hosts inside your own network that webhooks and providers may be called at, separated by commas: exact names or addresses, each with or without a port (without: 80 and 443). They may be private, loopback or plain http, which is refused everywhere else (docs/webhooks.md).",
    read: readAllowedHosts,
  }),
  outboundRetrySeconds: setting({
    name: "OUTBOUND_RETRY_SECONDS",
    default: standardDelays.join(","),
    meaning:
      "Seconds before each further attempt of a delivery that did not go through, separated by commas; a tenth is added or taken at random.",
    read: readRetryDelays,
  }),
} as const;
