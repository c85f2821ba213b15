// Rules of tools that plan, provision and configure infrastructure, and of service and secret stores.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { ansibleConfig, ansibleDoc, ansibleGalaxy, ansibleInventory, ansibleLint, ansibleVault } from "./ansible-tools.ts";
import { ansible, ansibleElsewhere, ansiblePlaybook } from "./ansible.ts";
import { consul, consulTools } from "./consul.ts";
import { etcdctl, etcdutl } from "./etcd.ts";
import { nomad } from "./nomad.ts";
import { pulumi } from "./pulumi.ts";
import { salt, saltKey, saltRun } from "./salt.ts";
import { terraform } from "./terraform.ts";
import { vault } from "./vault.ts";

export const infrastructureRules: readonly ProgramRule[] = [
  ansible,
  ansibleConfig,
  ansibleDoc,
  ansibleElsewhere,
  ansibleGalaxy,
  ansibleInventory,
  ansibleLint,
  ansiblePlaybook,
  ansibleVault,
  consul,
  consulTools,
  etcdctl,
  etcdutl,
  nomad,
  pulumi,
  salt,
  saltKey,
  saltRun,
  terraform,
  vault,
];
