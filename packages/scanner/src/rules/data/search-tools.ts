// Tools of search servers: Elasticsearch, OpenSearch, Solr, and the curator.
import { program } from "../../rule.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

export const elasticsearchTools = program({
  names:
    "elasticsearch-node|elasticsearch-shard|elasticsearch-users|elasticsearch-keystore|elasticsearch-reset-password|elasticsearch-setup-passwords|elasticsearch-service-tokens|elasticsearch-saml-metadata|elasticsearch-certutil|elasticsearch-plugin|opensearch-plugin|opensearch-keystore|logstash-plugin|kibana-plugin|elasticsearch-create-enrollment-token",
  source: "elastic.co, Elasticsearch 8.15, command line tools",
  risk: (inv) => {
    const verb = inv.operand(0) ?? "";
    if (/-plugin$/.test(inv.program)) return verb === "list" ? "safe" : "caution";
    if (/(users|keystore|service-tokens)$/.test(inv.program) && (verb === "list" || verb === "has-passwd")) return "safe";
    return "dangerous";
  },
  why: "changes the secrets, users, plugins or raw data of a node",
  anyOption: true,
  operands: "data*",
  targets: (inv) => [{ kind: "node", name: inv.operands[1]?.text ?? inv.program }],
  noInverse: "remove what was installed",
  examples: {
    "elasticsearch-plugin list": "safe",
    "elasticsearch-keystore list": "safe",
    "elasticsearch-plugin install x": "caution",
    "elasticsearch-node detach-cluster": "dangerous",
    "elasticsearch-reset-password -u elastic": "dangerous",
  },
  nearMisses: ["elasticsearch-keystore show x", "elasticsearch-users useradd bob"],
});

export const curator = program({
  names: "curator|curator_cli|es_repo_mgr",
  source: "elastic.co, curator 8.0",
  style: "posix",
  risk: "unknown",
  why: "runs the actions of a file that is not seen here",
  values: "--config --host --hosts --port --loglevel --logfile --logformat --http_auth",
  flags: "--dry-run --use_ssl --help --version",
  operands: "data*",
  inspect: (inv, ctx) => {
    const verb = inv.operand(0) ?? "";
    if (/^(delete|delete-|shrink|restore)/.test(verb)) ctx.report({ risk: "dangerous", why: "deletes or overwrites indices or snapshots" });
  },
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "indices", name: arg.text })),
  examples: { "curator --config c.yml actions.yml": "unknown", "curator_cli --host es1 delete_indices --filter_list x": "dangerous" },
  nearMisses: ["curator_cli --host es1 close --filter_list x"],
});

export const solr = program({
  names: "solr",
  source: "solr.apache.org, control script 9.6",
  why: "asks or runs Solr",
  globals: "anywhere",
  verbs: {
    ...each("status healthcheck version assert", reading("prints the state of Solr")),
    "zk ls": reading("lists nodes of ZooKeeper"),
    ...each(
      "start stop restart create create_core create_collection config api post package snapshot-create stream auth zk_cp zk_upconfig zk_mkroot zk_linkconfig",
      changing("runs Solr or changes its collections", "the opposite command"),
    ),
    ...each("delete zk_rm snapshot-delete", destroying("deletes a collection or a node", "collection")),
  },
  examples: { "solr status": "safe", "solr healthcheck -c web": "safe", "solr restart": "caution", "solr delete -c web": "dangerous" },
  nearMisses: ["solr zk rm -r /a", "solr"],
});

export const ldapSearch = program({
  names: "ldapsearch|ldapwhoami|ldapcompare|ldapurl",
  source: "ldapsearch(1), OpenLDAP 2.6",
  why: "reads from a directory server",
  flags: "-A -C -c -I -L -LL -LLL -M -MM -n -N -Q -u -v -W -x -Z -ZZ -V -VV",
  values: "-a -b -D -d -e -F -h -H -l -O -o -P -p -R -s -S -U -w -X -Y -z",
  reads: "-f -y",
  options: {
    "-E": {
      check: (value) =>
        /^!?(sync=rp|ps|persistent)/i.test(value.text) || value.shape !== "literal"
          ? { risk: "caution", unbounded: true, why: "follows changes without end", safer: "-E sync=ro", span: value.span }
          : undefined,
      risk: "safe",
    },
    "-t|-tt|-T": { arity: "flag", risk: "caution", why: "writes values to files" },
  },
  operands: "data*",
  sensitive: (inv) => inv.operands.some((arg) => /userPassword|krbPrincipalKey|sambaNTPassword|unicodePwd/i.test(arg.text)),
  answers: [32],
  examples: {
    "ldapsearch -x -LLL -H ldap://ldap1 -b dc=example,dc=org '(uid=bob)' cn mail": "safe",
    "ldapwhoami -x -H ldap://ldap1 -D cn=ro -W": "safe",
    "ldapsearch -x -t -b dc=example,dc=org": "caution",
    "ldapsearch -x -E pr=100/noprompt -b dc=example,dc=org": "safe",
    "ldapsearch -x -E sync=rp -b dc=example,dc=org": "caution",
    "ldapsearch -x -b dc=example,dc=org userPassword": "caution",
  },
  nearMisses: ["ldapsearch -x -y /etc/ldap.secret -b dc=x", "ldapsearch $x"],
});

export const ldapChanges = program({
  names: "ldapmodify|ldapadd|ldapdelete|ldapmodrdn|ldappasswd|ldapexop|slapadd|slapindex|slapmodify",
  source: "ldapmodify(1), OpenLDAP 2.6",
  risk: (inv) => {
    if (/^(ldapdelete|ldappasswd|slapadd|slapmodify)$/.test(inv.program))
      return inv.has("-n") && inv.program === "ldapdelete" ? "caution" : "dangerous";
    return inv.stdin.kind === "text" && /^(changetype:\s*delete|delete:)/m.test(inv.stdin.text) ? "dangerous" : "caution";
  },
  why: "changes entries of a directory server",
  flags: "-n",
  anyOption: true,
  operands: "name*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "entry", name: arg.text })),
  noInverse: "ldapsearch shows the entry before; keep it",
  examples: {
    "ldapadd -x -D cn=admin -W -f new.ldif": "caution",
    "ldapmodify -x -f x.ldif": "caution",
    "ldapdelete -x -D cn=admin -W uid=bob,dc=example,dc=org": "dangerous",
    "ldappasswd -x uid=bob": "dangerous",
  },
  nearMisses: ["ldapmodify -x <<'E'\ndn: uid=bob\nchangetype: delete\nE", "ldapdelete -n -r dc=x"],
});
