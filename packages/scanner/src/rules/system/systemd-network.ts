// systemd's resolver of names and its network links.
import { program } from "../../rule.ts";
import { changing, destroying } from "../verb-rules.ts";
import { common, other, report } from "./systemd-common.ts";

export const resolvectl = program({
  ...common,
  names: "resolvectl",
  source: "resolvectl(1), systemd 257",
  flags: `${common.flags} -4 -6 --legend --cname --service-address --service-txt --raw --stale-data --synthesize --cache --network --zone --trust-anchor --search --validate`,
  values: `${common.values} -i|--interface -t|--type -c|--class --protocol`,
  risk: "safe",
  why: "resolves names, or reports how they are resolved",
  verbs: {
    "query|service|openpgp|tlsa|status|statistics|show-cache|show-server-state": report("resolves names"),
    "dns|domain|default-route|llmnr|mdns|dnssec|dnsovertls|nta|log-level": {
      why: "shows or sets how names are resolved",
      risk: (inv) => (inv.operands.length < 2 && inv.path[0] !== "log-level" ? "safe" : "caution"),
      operands: "data*",
      noInverse: "resolvectl status shows what it was before",
    },
    "flush-caches|reset-statistics|reset-server-features|revert": changing(
      "forgets what was resolved or set",
      "what was forgotten is asked anew",
    ),
    monitor: { why: "follows queries without end", unbounded: true },
  },
  examples: {
    "resolvectl status": "safe",
    "resolvectl query db1": "safe",
    "resolvectl dns eth0": "safe",
    "resolvectl dns eth0 1.1.1.1": "caution",
    "resolvectl flush-caches": "caution",
    "resolvectl monitor": "caution",
    "resolvectl -M a status": "unknown",
  },
  nearMisses: ["resolvectl revert eth0", "resolvectl frob", "resolvectl log-level debug"],
});

export const systemdResolve = program({
  names: "systemd-resolve",
  source: "systemd-resolve(1), systemd 238",
  why: "resolves names, by the old name of resolvectl",
  flags: "-4 -6 --status --statistics --no-pager --service --legend -h|--help --version",
  values: "-i|--interface -t|--type -c|--class -p|--protocol",
  options: {
    "--flush-caches|--reset-statistics|--reset-server-features|--revert": {
      arity: "flag",
      risk: "caution",
      why: "forgets what was resolved or set",
    },
    "--set-dns|--set-domain|--set-llmnr|--set-mdns|--set-dnssec|--set-dnsovertls|--set-nta": {
      risk: "caution",
      why: "changes how names are resolved",
    },
  },
  operands: "data*",
  examples: {
    "systemd-resolve --status": "safe",
    "systemd-resolve db1": "safe",
    "systemd-resolve --flush-caches": "caution",
    "systemd-resolve -i eth0 --set-dns 1.1.1.1": "caution",
  },
  nearMisses: ["systemd-resolve --flush"],
});

export const networkctl = program({
  ...common,
  names: "networkctl",
  source: "networkctl(1), systemd 257",
  flags: `${common.flags} -s|--stats`,
  risk: "safe",
  why: "reports network links",
  verbs: {
    "list|status|lldp|label|cat": report("reports network links"),
    "up|reload|reconfigure|renew|forcerenew|unmask|persistent-storage": changing("changes how links are set up", other),
    "down|delete|edit|mask": destroying("takes a link down or away", "link"),
  },
  examples: {
    networkctl: "safe",
    "networkctl status eth0": "safe",
    "networkctl reload": "caution",
    "networkctl down eth0": "dangerous",
    "networkctl -M a": "unknown",
  },
  nearMisses: ["networkctl delete br0"],
});
