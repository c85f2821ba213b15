// kubeadm: makes this machine a node of a cluster, and keeps its certificates and tokens.
import { type CommandRule, program } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets } from "./cluster-words.ts";

const read = freeRead("reads how the cluster is set up");
const shown = freeRead("prints credentials of a cluster", { sensitive: true });
const targets: CommandRule["targets"] = (inv) =>
  inv.operands.length > 0 ? namedTargets("cluster")(inv) : [{ kind: "cluster", name: "kubeadm" }];

const change = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets, noInverse: "what was there before is not recorded", ...more });
const destroy = (why: string): CommandRule => freeChange(why, { risk: "dangerous", targets });

export const kubeadm = program({
  names: "kubeadm",
  source: "kubernetes.io/docs/reference/setup-tools/kubeadm, 1.34",
  style: "go",
  risk: bareRisk,
  why: "sets up the nodes of a cluster",
  values: "-v|--v --rootfs",
  flags: "--skip-headers",
  optional: "-h|--help --version",
  options: { "--kubeconfig": { kind: "read", risk: "safe" } },
  verbs: {
    "version|help|completion": read,
    "certs check-expiration": read,
    "token list": freeRead("prints the tokens that let nodes join", { sensitive: true }),
    "token generate": read,
    "token create": change("makes a token and prints it", { sensitive: true, noInverse: "kubeadm token delete ends it" }),
    "token delete": destroy("takes a token away"),
    "upgrade plan|diff": read,
    "upgrade apply|node": destroy("replaces the control plane with another version"),
    "config print|validate": read,
    "config images list": read,
    "config images pull": change("downloads images"),
    "config migrate": read,
    "kubeconfig user": shown,
    "certs renew": change("replaces certificates"),
    "certs certificate-key": read,
    "certs generate-csr": change("writes files"),
    "init|join": destroy("makes this machine a node of a cluster"),
    reset: destroy("takes this machine out of its cluster and deletes its state"),
  },
  examples: {
    "kubeadm certs check-expiration": "safe",
    "kubeadm upgrade plan --kubeconfig /etc/kubernetes/admin.conf": "caution",
    "kubeadm token list": "caution",
    "kubeadm token create --print-join-command": "caution",
    "kubeadm certs renew all": "caution",
    "kubeadm reset -f": "dangerous",
    "kubeadm upgrade apply v1.34.1": "dangerous",
  },
  nearMisses: ["kubeadm init", "kubeadm join 1.2.3.4", "kubeadm token delete x", "kubeadm config images pull"],
});
