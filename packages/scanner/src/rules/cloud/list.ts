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

export const cloudRules: readonly ProgramRule[] = [
  aws,
  awsVault,
  az,
  bq,
  cdk,
  chamber,
  copilot,
  eb,
  ecsCli,
  gcloud,
  gsutil,
  s3cmd,
  s5cmd,
  sam,
  saml2aws,
];
