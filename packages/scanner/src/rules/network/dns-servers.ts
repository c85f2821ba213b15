// Control programs of name servers: BIND, Unbound, PowerDNS, Knot, CoreDNS.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { changing, destroying, each, listing } from "../verb-rules.ts";
import { operandText, riskOfWords, type WordTable } from "./word-risk.ts";

const asked = "answers are asked for again when they are needed";
const zoneAgain = "load the zone again from its file";
const names = (kind: string) => (inv: Invocation) => inv.operands.slice(0, 1).map((arg) => ({ kind, name: arg.text }));
const shows = (why: string, extra: Partial<CommandRule> = {}): CommandRule => listing(why, extra);

export const rndc = program({
  names: "rndc",
  source: "rndc(8), BIND 9.18",
  style: "posix",
  why: "asks or steers the name server",
  risk: "unknown",
  flags: "-4 -6 -q -r -V -h",
  values: "-b -p -s -y -k -t",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  verbs: {
    ...each(
      "status zonestatus showzone recursing-only managed-keys_status tcp-timeouts nta_-dump",
      shows("prints the state of the server or of a zone"),
    ),
    ...each("stats dumpdb recursing secroots", changing("writes its state to a file of its own", "delete the file")),
    ...each(
      "reload reconfig refresh retransfer notify freeze thaw sync trace notrace querylog validation loadkeys signing nta dnstap dnssec scan addzone modzone sign serve-stale mkeys",
      changing("makes the server read, write or ask again", zoneAgain),
    ),
    ...each(
      "stop halt flush flushname flushtree delzone",
      destroying("stops the server, or forgets what it knows", "zone", {
        targets: (inv) => [{ kind: "name server", name: inv.operands[0]?.text ?? "cache" }],
      }),
    ),
  },
  examples: {
    "rndc status": "safe",
    "rndc -s ns1 zonestatus x.org": "safe",
    "rndc reload x.org": "caution",
    "rndc stats": "caution",
    "rndc flush": "dangerous",
    "rndc stop": "dangerous",
    "rndc -c f status": "unknown",
  },
  nearMisses: ["rndc", "rndc querylog on", "rndc $x", "rndc flushname x.org"],
});

export const checkers = program({
  names:
    "named-checkconf|named-checkzone|named-compilezone|unbound-checkconf|nsd-checkconf|nsd-checkzone|kzonecheck|dnssec-verify|ldns-verify-zone|named-rrchecker|delv-check",
  source: "named-checkconf(1), named-checkzone(1), BIND 9.18; unbound-checkconf(8) 1.20; kzonecheck(1)",
  why: "checks a configuration or a zone",
  risk: (inv) => (inv.program === "named-compilezone" ? "caution" : "safe"),
  flags: "-h -j -v -z -p -x -l -c -i -d -q -s -D -u -S -b -a",
  values: "-t -f -F -k -m -M -n -N -r -T -w -W -e -L -o",
  options: { "-J": { kind: "read", why: "reads a journal" } },
  operands: "read*",
  answers: [1],
  noInverse: "delete the file that was written",
  inspect: (inv, ctx) => {
    if (inv.program.startsWith("named-checkzone") && inv.has("-o") && inv.value("-o") !== "-")
      ctx.report({ risk: "caution", why: "writes the zone to a file" });
    if (inv.program === "named-checkconf" && inv.has("-p") && !inv.has("-x"))
      ctx.report({ risk: "caution", sensitive: true, why: "prints keys", safer: "add -x" });
  },
  examples: {
    "named-checkconf -z": "safe",
    "named-checkzone x.org db.x.org": "safe",
    "unbound-checkconf": "safe",
    "named-checkzone -J j x.org db": "safe",
    "named-checkconf -p": "caution",
    "named-checkzone -D -o f x.org db": "caution",
  },
  nearMisses: ["named-compilezone -o f x.org db", "named-checkconf --frob"],
});

/** `stats` of unbound starts its counters again; that of others only prints. */
const controlWords: WordTable = [
  [
    /^(status|stats_noreset|stats_shm|list_\w+|lookup|dump_requestlist|dump_infra|get_option|zonestatus|conf-(check|read|list|diff|get)|zone-(status|check|read|get|stats|diff)|show|list|current-config|version|uptime|ping|rping|ccounts|get|get-all|get-parameter|get-qtypelist|current-queries|top-\S+|respsizes|qtypes|remotes|ip-remotes|get-ntas|get-tas|list-zones|bind-list-rejects|bind-domain-status|help|serverstatus|cookie_secrets|print_tsig)$/,
    "safe",
  ],
  [
    /^(stop|quit|quit-nicely|flush|flush_\w+|wipe-cache\S*|local_zone_remove|local_data_remove|delzone\w*|zone-(purge|abort|unset)|forward_remove|stub_remove|purge|drop_cookie_secret|quarantine|conf-(unset|abort)|view_local_data_remove)$/,
    "dangerous",
  ],
  [/^$/, "unknown"],
];

function serverRisk(inv: Invocation): Risk {
  if (inv.program === "unbound-host") return "safe";
  if (inv.program === "dnsmasq") return (inv.has("--test") || inv.has("-v")) && inv.operands.length === 0 ? "safe" : "caution";
  const [verb = ""] = operandText(inv).split(" ");
  if (verb === "stats") return inv.program === "unbound-control" ? "caution" : "safe";
  return riskOfWords(verb, controlWords, "caution");
}

export const unbound = program({
  names: "unbound-control|nsd-control|unbound-host|knotc|kresctl|pdns_control|rec_control|dnsmasq",
  source: "unbound-control(8) 1.20; nsd-control(8) 4.10; knotc(8) 3.3; pdns_control(1), rec_control(1) 5.0; dnsmasq(8) 2.90",
  style: "posix",
  why: "asks or steers the name server",
  safer: "unbound-control status",
  risk: serverRisk,
  flags: "-q -v --test -h -4 -6 -d -D -r --version -e -f -b",
  values: "-s -t -T",
  options: { "-c|-C|--config-dir|--conf-file": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "data*",
  sensitive: (inv) => /^(print_tsig|cookie_secrets|get-tas)$/.test(inv.operand(0) ?? ""),
  targets: (inv) => [
    {
      kind: "name server",
      name:
        inv.operands
          .slice(1)
          .map((arg) => arg.text)
          .join(" ") || inv.program,
    },
  ],
  noInverse: asked,
  examples: {
    "unbound-control status": "safe",
    "unbound-control stats_noreset": "safe",
    "knotc zone-status x.org": "safe",
    "rec_control ping": "safe",
    "unbound-control stats": "caution",
    "unbound-control reload": "caution",
    "unbound-control -c f status": "unknown",
    "unbound-control flush_zone x.org": "dangerous",
    "rec_control wipe-cache x.org": "dangerous",
    "dnsmasq --test": "safe",
  },
  nearMisses: ["unbound-control", "unbound-control $x", "dnsmasq", "nsd-control print_tsig", "knotc zone-begin x.org"],
});

export const pdnsutil = program({
  names: "pdnsutil|pdnssec",
  source: "pdnsutil(1), PowerDNS 4.9",
  why: "shows or changes zones",
  verbs: {
    ...each(
      "list-zone list-all-zones list-member-zones show-zone check-zone check-all-zones list-algorithms get-meta list-autoprimaries bench-db test-schema help export-zone-ds export-zone-dnskey hash-zone-record raw-lua-from-content zonemd-verify-file",
      shows("prints or checks zones", { flags: "--verbose -v" }),
    ),
    ...each("export-zone-key list-tsig-keys generate-tsig-key list-keys generate-zone-key", shows("prints keys", { sensitive: true })),
    ...each(
      "add-record add-zone-key add-meta set-meta create-zone create-secondary-zone increase-serial rectify-zone rectify-all-zones secure-zone set-kind set-nsec3 activate-zone-key publish-zone-key edit-zone import-zone-key load-zone set-account set-presigned set-publish-cds activate-tsig-key change-secondary-zone-primary add-autoprimary b2b-migrate backend-cmd set-catalog",
      changing("changes a zone", "pdnsutil list-zone prints the zone before; keep it"),
    ),
    ...each(
      "delete-zone delete-rrset clear-zone replace-rrset remove-zone-key deactivate-zone-key unpublish-zone-key disable-dnssec unset-nsec3 delete-tsig-key deactivate-tsig-key remove-autoprimary unset-presigned secure-all-zones",
      destroying("deletes records, zones or keys", "zone", { targets: names("zone") }),
    ),
  },
  examples: {
    "pdnsutil list-zone x.org": "safe",
    "pdnsutil check-all-zones": "safe",
    "pdnsutil export-zone-key x.org 1": "caution",
    "pdnsutil increase-serial x.org": "caution",
    "pdnsutil delete-zone x.org": "dangerous",
  },
  nearMisses: ["pdnsutil", "pdnsutil replace-rrset x.org a A 1.2.3.4", "pdnsutil --config-dir=d list-all-zones"],
});
