// Rules of tools that plan, provision and configure infrastructure, and of service and secret stores.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { boundary, tctl, tsh } from "./access-brokers.ts";
import { cloudAgents, cloudInit } from "./agents.ts";
import { airflow, prefect } from "./airflow.ts";
import { ansibleConfig, ansibleDoc, ansibleGalaxy, ansibleInventory, ansibleLint, ansibleVault } from "./ansible-tools.ts";
import { ansible, ansibleElsewhere, ansiblePlaybook } from "./ansible.ts";
import { chefClient, chefServer, knife } from "./chef.ts";
import { consul, consulTools } from "./consul.ts";
import { lowLevelContainers, lxc, multipass } from "./container-hosts.ts";
import { etcdctl, etcdutl } from "./etcd.ts";
import { infracost, policyCheckers, tflint } from "./file-checkers.ts";
import { flink, hbase, hdfs } from "./hadoop.ts";
import { packer, vagrant } from "./image-makers.ts";
import { guestMakers, guestTools, virsh } from "./libvirt.ts";
import { nomad } from "./nomad.ts";
import { pvesh, pveTools, qm } from "./proxmox.ts";
import { pulumi } from "./pulumi.ts";
import { bolt, facter, puppet, puppetserver } from "./puppet.ts";
import { salt, saltKey, saltRun } from "./salt.ts";
import { jobControls, queueReports, sacctmgr, scontrol } from "./schedulers.ts";
import { age, bitwarden, doppler, onePassword } from "./secret-clients.ts";
import { terraform } from "./terraform.ts";
import { terragrunt } from "./terragrunt.ts";
import { vault } from "./vault.ts";
import { virtualBox } from "./virtualbox.ts";
import { esxcli, govc, vimCmd, xen } from "./vmware.ts";

export const infrastructureRules: readonly ProgramRule[] = [
  age,
  airflow,
  ansible,
  ansibleConfig,
  ansibleDoc,
  ansibleElsewhere,
  ansibleGalaxy,
  ansibleInventory,
  ansibleLint,
  ansiblePlaybook,
  ansibleVault,
  bitwarden,
  bolt,
  boundary,
  chefClient,
  chefServer,
  cloudAgents,
  cloudInit,
  consul,
  consulTools,
  doppler,
  esxcli,
  etcdctl,
  etcdutl,
  facter,
  flink,
  govc,
  guestMakers,
  guestTools,
  hbase,
  hdfs,
  infracost,
  jobControls,
  knife,
  lowLevelContainers,
  lxc,
  multipass,
  nomad,
  onePassword,
  packer,
  policyCheckers,
  prefect,
  pulumi,
  puppet,
  puppetserver,
  pvesh,
  pveTools,
  qm,
  queueReports,
  sacctmgr,
  salt,
  saltKey,
  saltRun,
  scontrol,
  tctl,
  terraform,
  terragrunt,
  tflint,
  tsh,
  vagrant,
  vault,
  vimCmd,
  virsh,
  virtualBox,
  xen,
];
