// hcloud, linode-cli, scw and civo: clouds of virtual machines whose clients are nouns with a verb behind them.
import { program } from "../../../rule.ts";
import { local, nounVerb, read, remote, secret } from "./noun-verb.ts";

const bare = { flags: "-h|--help -v|--version --quiet --no-headers -D|--debug --debug-all" } as const;

export const hcloud = program({
  names: "hcloud",
  source: "hcloud 1.51 reference",
  style: "go",
  why: "works with Hetzner Cloud",
  risk: (inv) => (inv.path.length === 0 && inv.has("--help") ? "safe" : "unknown"),
  flags: "-h|--help --debug --quiet --no-experimental-warnings",
  values: "--context -o|--output -l|--selector --poll-interval --sort",
  options: {
    "--endpoint|--config|--debug-file|--hetzner-endpoint": {
      risk: "unknown",
      why: "sends the token elsewhere, or takes settings from a file",
    },
  },
  verbs: { "version|completion|help|all list": read },
  otherVerb: nounVerb({
    nouns:
      "all certificate context datacenter firewall floating-ip image iso load-balancer load-balancer-type location network placement-group primary-ip " +
      "server server-type ssh-key volume zone rrset storage-box storage-box-type subaccount snapshot-plan config",
    read: "list describe metrics ip get active",
    change:
      "create update add-label attach-to-network add-to-placement-group assign unassign attach enable-backup disable-backup enable-protection " +
      "disable-protection poweron poweroff reboot shutdown create-image change-type resize add-route add-subnet add-service add-target " +
      "attach-iso detach-iso enable-rescue disable-rescue set-rdns change-ip-range change-algorithm add-rule replace-rules apply-to-resource upload rename use " +
      "change-alias-ips enable-public-interface disable-public-interface update-service retry set add set-ttl add-records set-records",
    destroy:
      "delete remove-label remove-route remove-subnet remove-service remove-target remove-from-placement-group remove-from-resource delete-rule detach " +
      "detach-from-network rebuild reset reset-password unset remove delete-all remove-records",
    named: {
      "context list|active": read,
      "context create|use|delete|rename|unset": local,
      "config list|get": read,
      "config set|add|unset|remove": local,
      "server ssh": remote,
      "server request-console": secret,
    },
  }),
  examples: {
    "hcloud server list -o columns=name,status": "safe",
    "hcloud load-balancer describe lb-1": "safe",
    "hcloud server poweroff web-1": "caution",
    "hcloud server delete web-1": "dangerous",
    "hcloud server ssh web-1": "dangerous",
    "hcloud server request-console web-1": "caution",
    "hcloud --endpoint https://x.example server list": "unknown",
  },
  nearMisses: ["hcloud", "hcloud server delete list", "hcloud frob list", "hcloud server frob list"],
});

export const linode = program({
  names: "linode-cli|linode|lin",
  source: "linode-cli 5.60 reference",
  style: "long",
  globals: "anywhere",
  why: "works with Linode",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  flags:
    "--help|-h --version|-v --json --text --markdown --pretty --no-headers --all-columns --no-defaults --suppress-warnings --no-truncation --debug",
  values: "--page --page-size --format --delimiter --as-user --order --order-by --region --label --type --status",
  verbs: { "completion|show-users|commands": read, "configure|set-user|remove-user|register-plugin|remove-plugin": local },
  otherVerb: nounVerb({
    nouns:
      "account betas databases domains events firewalls image-upload images linodes lke longview managed networking nodebalancers object-storage " +
      "payment-methods phone placement profile regions security-questions sshkeys stackscripts tags tickets vlans volumes vpcs monitor network-transfer",
    read:
      "list ls view engines types availability clusters-list cluster-view pools-list pool-view node-view versions-list versions-view ips-list ip-view " +
      "disks-list disk-view configs-list config-view backups-list backup-view rules-list records-list records-view devices-list nodes-list node-list " +
      "types-list types-view transfer-view region-transfer-view regions-list list-avail network-usage logins-list login-view invoices-list invoice-view " +
      "kernels-list kernel-view volumes-list nodebalancers-list firewalls-list mysql-list mysql-view postgresql-list postgresql-view ranges-list " +
      "subnets-list subnet-view vpc-ips-list all-ips-list info maintenance-list notifications-list agreements-list settings-list",
    change:
      "create update boot reboot shutdown resize clone attach pool-create pool-update cluster-create cluster-update disk-create disk-update config-create " +
      "config-update backups-enable snapshot ip-add ip-update rules-update device-create records-create records-update node-create node-update upload " +
      "mark-read mark-seen migrate rescue ip-share ip-assign mysql-create mysql-update postgresql-create postgresql-update subnet-create disk-resize upgrade",
    destroy:
      "delete rm rebuild cluster-delete pool-delete node-delete disk-delete config-delete ip-delete backups-cancel backup-restore device-delete detach " +
      "records-delete mysql-delete postgresql-delete cluster-nodes-recycle pool-recycle node-recycle cluster-regenerate kubeconfig-delete disk-reset-password " +
      "linode-reset-password password-reset cancel service-token-delete subnet-delete keys-delete mysql-creds-reset postgresql-creds-reset",
    named: {
      "lke kubeconfig-view": secret,
      "databases mysql-creds-view|postgresql-creds-view|mysql-ssl-cert": secret,
      "object-storage keys-create": secret,
      "profile tokens-create": secret,
    },
  }),
  examples: {
    "linode-cli linodes list --json": "safe",
    "linode-cli lke cluster-view 5": "safe",
    "linode-cli linodes reboot 12": "caution",
    "linode-cli linodes delete 12": "dangerous",
    "linode-cli lke kubeconfig-view 5": "caution",
  },
  nearMisses: ["linode-cli", "linode-cli linodes rebuild list", "linode-cli frob list", "linode-cli obj ls"],
});

export const scw = program({
  names: "scw",
  source: "scw 2.40 reference",
  style: "go",
  why: "works with Scaleway",
  risk: (inv) => (inv.path.length === 0 && inv.has("--help") ? "safe" : "unknown"),
  ...bare,
  values: "-p|--profile -o|--output",
  options: { "-c|--config": { risk: "unknown", why: "takes settings from a file" } },
  verbs: { "version|help|info": read, "init|login|autocomplete": local },
  otherVerb: nounVerb({
    nouns:
      "account project apple-silicon server baremetal billing block volume snapshot cockpit container namespace cron trigger token dns zone record " +
      "document-db domain fip function iam user application group policy api-key ssh-key rule permission-set inference instance image ip " +
      "placement-group private-nic security-group server-type volume-type iot device hub jobs definition run k8s cluster node pool kubeconfig version keymanager key lb backend " +
      "frontend acl certificate marketplace mnq nats sqs sns object bucket config rdb instance database backup engine endpoint log node-type privilege " +
      "redis registry secret sdb-sql tem vpc private-network subnet vpc-gw gateway webhosting",
    read: "list get list-actions list-available-versions list-available-types get-info list-upgrade-candidates wait",
    change: "create update attach start stop reboot standby deploy upgrade enable disable resize set add apply clone",
    destroy: "delete terminate detach reset remove purge destroy rollback restore revert revoke",
    named: {
      "k8s kubeconfig get": secret,
      "k8s kubeconfig install|uninstall": local,
      "secret version access|access-by-path": secret,
      "instance server ssh|console": remote,
      "instance server action": remote,
      "instance user-data get": secret,
      "iam api-key create": secret,
      "config get|dump": secret,
      "config set|unset|reset|destroy|import": local,
    },
  }),
  examples: {
    "scw instance server list zone=fr-par-1": "safe",
    "scw k8s cluster get c-1 -o json": "safe",
    "scw instance server stop s-1": "caution",
    "scw instance server delete s-1": "dangerous",
    "scw instance server ssh s-1": "dangerous",
    "scw k8s kubeconfig get c-1": "caution",
    "scw -c f instance server list": "unknown",
  },
  nearMisses: ["scw", "scw instance server terminate list", "scw frob list"],
});

export const civo = program({
  names: "civo",
  source: "civo 1.4 reference",
  style: "go",
  why: "works with Civo",
  risk: (inv) => (inv.path.length === 0 && inv.has("--help") ? "safe" : "unknown"),
  flags: "-h|--help --pretty -y|--yes",
  values: "-o|--output -f|--fields --region",
  options: { "--config": { risk: "unknown", why: "takes settings from a file" } },
  verbs: { "version|completion": read },
  otherVerb: nounVerb({
    nouns:
      "apikey apikeys database db domain record diskimage firewall rule instance ip kubernetes k8s k3s node-pool applications loadbalancer network " +
      "objectstore credential permissions quota region size snapshot ssh sshkey subnet team teams volume vpc user resource-snapshot",
    read: "list ls all show get inspect find status size versions current",
    change:
      "create new add update rename scale upgrade start stop reboot soft-reboot hard-reboot attach resize assign unassign move use tags firewall",
    destroy: "delete rm remove destroy detach recycle restore reset",
    named: {
      "apikey list|ls": read,
      "apikey save|use|current|remove": local,
      "apikey show": secret,
      "kubernetes config": secret,
      "instance password": secret,
      "database credential": secret,
      "objectstore credential secret|export": secret,
    },
  }),
  examples: {
    "civo kubernetes list": "safe",
    "civo instance show web --region LON1": "safe",
    "civo instance stop web": "caution",
    "civo kubernetes remove shop": "dangerous",
    "civo kubernetes config shop": "caution",
    "civo --config f instance list": "unknown",
  },
  nearMisses: ["civo", "civo instance remove list", "civo frob list"],
});
