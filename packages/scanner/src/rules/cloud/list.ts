// Rules of clients of cloud providers.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { aws } from "./aws/aws.ts";
import { awsVault, chamber, saml2aws } from "./aws/credential-wrappers.ts";
import { cdk, copilot, eb, ecsCli, sam } from "./aws/deployment-tools.ts";
import { s3cmd, s5cmd } from "./aws/s3-clients.ts";
import { az } from "./az/az.ts";
import { bq } from "./gcloud/bq.ts";
import { gcloud } from "./gcloud/gcloud.ts";
import { gsutil } from "./gcloud/gsutil.ts";
import { cf, fly, heroku } from "./others/app-hosts.ts";
import { doctl } from "./others/digitalocean.ts";
import { netlify, vercel, wrangler } from "./others/edge-hosts.ts";
import { ibmcloud } from "./others/ibmcloud.ts";
import { openstack } from "./others/openstack.ts";
import { aliyun, oci } from "./others/oracle-alibaba.ts";
import { civo, hcloud, linode, scw } from "./others/small-clouds.ts";

export const cloudRules: readonly ProgramRule[] = [
  aliyun,
  aws,
  awsVault,
  az,
  bq,
  cdk,
  cf,
  chamber,
  civo,
  copilot,
  doctl,
  eb,
  ecsCli,
  fly,
  gcloud,
  gsutil,
  hcloud,
  heroku,
  ibmcloud,
  linode,
  netlify,
  oci,
  openstack,
  s3cmd,
  s5cmd,
  sam,
  saml2aws,
  scw,
  vercel,
  wrangler,
];
