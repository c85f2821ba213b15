// doctl: DigitalOcean.
import { program } from "../../../rule.ts";
import { change, destroy, endless, local, nounVerb, read, remote, secret, unknown } from "./noun-verb.ts";

export const doctl = program({
  names: "doctl",
  source: "doctl 1.143 reference",
  style: "go",
  why: "works with DigitalOcean",
  risk: (inv) => (inv.path.length === 0 && inv.has("--help") ? "safe" : "unknown"),
  flags: "-h|--help -v|--verbose --trace --no-header --interactive",
  values:
    "--context -o|--output --format --http-retry-max --http-retry-wait-max --http-retry-wait-min --region --tag-name --resource --type",
  options: {
    "-u|--api-url|-c|--config": { risk: "unknown", why: "sends the token elsewhere, or takes settings from a file" },
    "-t|--access-token": { risk: "caution", sensitive: true, why: "names the token" },
  },
  verbs: { "version|completion|help": read },
  otherVerb: nounVerb({
    nouns:
      "1-click account apps app auth balance billing-history invoice compute action cdn certificate domain records droplet droplet-action firewall image " +
      "image-action load-balancer plugin region reserved-ip reserved-ip-action reserved-ipv6 size snapshot ssh-key tag volume volume-action vpcs databases " +
      "db backups firewalls maintenance-window options pool replica sql-mode user topics events configuration index kubernetes k8s cluster node-pool " +
      "kubeconfig registries registry garbage-collection repository projects resources monitoring alert uptime serverless sbx namespaces functions " +
      "activations triggers spaces keys vpc-nat-gateway network peerings gradient agent knowledge-base",
    read:
      "list ls get list-by-droplet list-by-image list-regions list-versions list-v2 list-tags list-manifests list-alerts list-instance-sizes " +
      "list-deployments get-deployment neighbors kernels snapshots backups actions tier-sizes csv-help associated-resources get-metadata ratelimit logs get-active " +
      "list-associated-resources list-distributions list-application list-user list-public migrate-status get-ca-cert list-events regions slugs engines versions layouts",
    change:
      "create update resize rename enable-backups disable-backups enable-ipv6 enable-private-networking power-on power-off power-cycle shutdown reboot " +
      "snapshot attach assign unassign add-droplets add-rules add-tags add-forwarding-rules apply tag untag migrate set upgrade-buffer start add-cluster " +
      "create-deployment restart propose assign-droplets wait change-kernel transfer update-tls allow import login set-default",
    destroy:
      "delete rm destroy remove detach remove-droplets remove-rules remove-tags remove-forwarding-rules remove-cluster rebuild restore password-reset " +
      "promote reset upgrade recycle replace-node delete-node delete-manifest delete-tag delete-dangerous delete-selective cancel fork purge-cache flush " +
      "purge revoke undeploy cancel-deployment",
    named: {
      "auth list|ls": read,
      "auth init|switch|remove": local,
      "apps logs": {
        ...read,
        why: "prints logs",
        values: "--deployment --tail",
        options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--tail 200 without -f" } },
      },
      "apps spec get|validate": read,
      "apps console": remote,
      "apps propose": read,
      "balance get": read,
      "compute ssh": remote,
      "databases connection": secret,
      "databases user get|list|create|reset": secret,
      "databases get": secret,
      "databases pool get|list": secret,
      "kubernetes cluster kubeconfig show": secret,
      "kubernetes cluster kubeconfig save|remove|exec-credential": local,
      "registry login|logout": local,
      "registry docker-config|kubernetes-manifest": secret,
      "invoice pdf|csv": local,
      "serverless connect|install|uninstall|deploy|watch": unknown,
      "serverless functions invoke": change,
      "serverless activations logs": endless,
      "monitoring alert create|update": change,
      "projects resources assign": change,
      "projects resources remove": destroy,
    },
  }),
  examples: {
    "doctl compute droplet list --format ID,Name,Status": "safe",
    "doctl --context prod kubernetes cluster get shop": "safe",
    "doctl apps logs a1 --type run --tail 50": "safe",
    "doctl apps logs a1 -f": "caution",
    "doctl databases connection d1": "caution",
    "doctl compute droplet-action power-off 12": "caution",
    "doctl compute droplet delete web-1 --force": "dangerous",
    "doctl compute ssh web-1": "dangerous",
    "doctl -t x account get": "caution",
    "doctl --api-url https://x.example account get": "unknown",
    "doctl kubernetes cluster kubeconfig save shop": "caution",
  },
  nearMisses: [
    "doctl",
    "doctl frob list",
    "doctl compute droplet delete list",
    "doctl compute droplet frob list",
    "doctl compute droplet list $X",
  ],
});
