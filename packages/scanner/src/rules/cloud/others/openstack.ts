// openstack: nouns of one to three words with a verb behind them; what stands behind the verb are names.
import { program } from "../../../rule.ts";
import { nounVerb, read, remote, secret } from "./noun-verb.ts";

export const openstack = program({
  names: "openstack",
  source: "python-openstackclient 8.2 command list",
  style: "long",
  globals: "anywhere",
  why: "works with OpenStack",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  flags: "--help|-h --version -v|--verbose -q|--quiet --debug --timing --insecure --long --all-projects --all",
  values:
    "-f|--format -c|--column --os-cloud --os-region-name --os-project-name --os-project-id --os-interface --os-compute-api-version --project --host --status " +
    "--name --limit --sort --sort-column --max-width --server --network --property --image --flavor --user --domain",
  options: {
    "--os-auth-url|--os-cacert|--os-endpoint|--os-url|--log-file": {
      risk: "unknown",
      why: "sends the credentials elsewhere, or writes a log",
    },
    "--os-password|--os-token": { risk: "caution", sensitive: true, why: "names a password or token" },
  },
  verbs: { "help|complete|module list|command list": read },
  otherVerb: nounVerb({
    nouns:
      "access accelerator address aggregate application association attachment auto availability backup baremetal binding block catalog cluster coe compute " +
      "configuration consistency console consumer container credential credentials database dns domain ec2 endpoint event extension federation firewall flavor " +
      "floating flow forwarding gnocchi group host hypervisor identity image implied instance ip ipsec job key keypair level limit limits listener loadbalancer " +
      "local location log mapping member metadata metering metric migration module nat network node nodegroup object orchestration pair peer placement policy " +
      "pool port profile project protocol provider qos quota range rating rbac recordset region registered remote request resource role router rule secret " +
      "security segment server service set share snapshot stack stats store subnet swift tag task template token transfer trunk trust type types usage user " +
      "versions view volume vpn workflow zone topology history record status message worker statistics agent container-infra healthmonitor l7policy l7rule driver",
    read: "list show stats get contains ls members find check summary",
    change:
      "create set add start stop pause unpause suspend resume lock unlock reboot resize shelve unshelve rescue unrescue migrate evacuate accept confirm " +
      "save import upload associate attach store sync restart grow update snapshot backup",
    destroy:
      "delete remove unset rebuild reset revert purge abort cleanup cancel disassociate detach restore failover revoke force-delete dissociate abandon prune",
    named: {
      "token issue": secret,
      "token revoke": { ...remote, why: "revokes a token" },
      "console url show": secret,
      "ec2 credentials list|show|create": secret,
      "credential list|show": secret,
      "secret get": secret,
      "server ssh": remote,
      "object save": { ...remote, risk: "caution", why: "writes an object to a file", noInverse: "what it overwrites is not kept" },
      "image save": { ...remote, risk: "caution", why: "writes an image to a file", noInverse: "what it overwrites is not kept" },
      "role add": { ...remote, why: "changes who may do what" },
    },
  }),
  examples: {
    "openstack server list --all-projects -f json": "safe",
    "openstack --os-cloud prod security group rule list web": "safe",
    "openstack console log show web-1": "safe",
    "openstack server stop web-1": "caution",
    "openstack server delete web-1": "dangerous",
    "openstack token issue": "caution",
    "openstack role add --user u --project p admin": "dangerous",
    "openstack --os-auth-url https://x.example server list": "unknown",
    "openstack --os-token t server list": "caution",
  },
  nearMisses: ["openstack", "openstack server delete list", "openstack frob list", "openstack server frob list"],
});
