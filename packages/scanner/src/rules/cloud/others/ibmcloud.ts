// ibmcloud: the client and its common plug-ins. Plug-ins mix groups with commands such as `is instances`, so what reads is listed in full.
import { program } from "../../../rule.ts";
import { change, destroy, local, read, remote, secret } from "./noun-verb.ts";

export const ibmcloud = program({
  names: "ibmcloud|ic",
  source: "IBM Cloud CLI 2.37 reference",
  style: "long",
  globals: "anywhere",
  why: "works with IBM Cloud",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  flags: "--help|-h --version|-v --quiet|-q --json -s --show-plan",
  values: "--output|-o --region|-r --resource-group|-g --cluster|-c --worker|-w",
  verbs: {
    "help|version|regions": read,
    "account show|list|users|orgs|spaces": read,
    "billing account-usage|resource-group-usage|resource-instances-usage|org-usage": read,
    "catalog search|entry|service|template": read,
    "resource groups|group|service-instances|service-instance|service-aliases|service-keys|service-bindings|quotas|search|reclamations":
      read,
    "resource service-key": secret,
    "resource service-instance-create|service-instance-update|service-alias-create|group-create|group-update|service-key-create|tag-attach":
      change,
    "resource service-instance-delete|service-alias-delete|service-key-delete|group-delete|reclamation-delete|tag-delete|tag-detach":
      destroy,
    "iam users|user-policies|access-groups|access-group|access-group-users|access-group-policies|service-ids|service-id|service-policies|roles|api-keys|api-key":
      read,
    "iam oauth-tokens": secret,
    "iam api-key-create|service-api-key-create|user-policy-create|access-group-policy-create|service-policy-create|access-group-user-add|access-group-create":
      destroy,
    "iam api-key-delete|service-id-delete|user-policy-delete|access-group-policy-delete|access-group-delete|access-group-user-remove":
      destroy,
    "ks clusters|workers|worker-pools|versions|locations|zones|flavors|messages|vlans|subnets|addons|info": read,
    "ks cluster ls|get": read,
    "ks cluster addon ls|versions": read,
    "ks worker ls|get": read,
    "ks worker-pool ls|get|zones": read,
    "ks ingress alb ls": read,
    "ks ingress domain ls": read,
    "ks nlb-dns ls|get": read,
    "ks cluster config": local,
    "ks cluster create|master|pull-secret|image-security": change,
    "ks worker reboot|update": change,
    "ks worker-pool resize|create|label|taint": change,
    "ks worker-pool rm": destroy,
    "ks cluster rm": destroy,
    "ks worker rm|reload|replace": destroy,
    "oc cluster ls|get": read,
    "oc worker ls|get": read,
    "oc cluster config": local,
    "oc cluster rm": destroy,
    "oc worker rm|reload|replace": destroy,
    "is instances|instance|instance-profiles|instance-profile|images|image|keys|key|vpcs|vpc|subnets|subnet|volumes|volume|volume-profiles|snapshots|snapshot":
      read,
    "is floating-ips|floating-ip|security-groups|security-group|security-group-rules|security-group-rule|load-balancers|load-balancer|public-gateways|public-gateway|network-acls|network-acl|regions|zones|target|vpn-gateways|vpn-gateway|bare-metal-servers|bare-metal-server|dedicated-hosts":
      read,
    "is instance-start|instance-stop|instance-reboot|instance-create|instance-update|volume-create|vpc-create|subnet-create|key-create|floating-ip-reserve|security-group-rule-add":
      change,
    "is instance-delete|volume-delete|vpc-delete|subnet-delete|key-delete|floating-ip-release|security-group-delete|security-group-rule-delete|image-delete|snapshot-delete|load-balancer-delete":
      destroy,
    "is instance-initialization-values": secret,
    "is instance-console": remote,
    "cos buckets|objects|list-objects|list-buckets|object-head|head-object|bucket-head|head-bucket|bucket-location-get|bucket-lifecycle-configuration-get":
      read,
    "cos object-put|put-object|upload|bucket-create|create-bucket|copy-object|object-copy": change,
    "cos object-get|get-object|download": local,
    "cos object-delete|delete-object|objects-delete|delete-objects|bucket-delete|delete-bucket|bucket-lifecycle-configuration-put": destroy,
    "cr images|namespaces|quota|info|image-list|namespace-list|image-inspect|image-digests|retention-policies": read,
    "cr image-rm|namespace-rm|image-prune-untagged|retention-run|trash-empty": destroy,
    "cr login|region-set": local,
    "cr namespace-add|image-tag|retention-policy-set|image-restore": change,
    "ce project list": read,
    "ce application list|get": read,
    "ce job list|get": read,
    "code-engine project list": read,
    "plugin list|show|repos|repo-plugins|search": read,
    "plugin install|uninstall|update|repo-add|repo-remove": local,
    "target|login|logout|config|update|api": local,
  },
  examples: {
    "ibmcloud ks cluster ls": "safe",
    "ibmcloud is instances --output JSON": "safe",
    "ibmcloud resource service-instances -g shop": "safe",
    "ibmcloud resource service-key k": "caution",
    "ibmcloud is instance-stop i": "caution",
    "ibmcloud ks cluster rm -c shop": "dangerous",
    "ibmcloud is instance-delete i": "dangerous",
    "ibmcloud iam oauth-tokens": "caution",
  },
  nearMisses: ["ibmcloud", "ibmcloud frob list", "ibmcloud is instance-delete list", "ibmcloud ks cluster config -c shop"],
});
