// Rules of clients of cloud providers.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { aws } from "./aws/aws.ts";
import { awsVault, chamber, saml2aws } from "./aws/credential-wrappers.ts";
import { cdk, copilot, eb, ecsCli, sam } from "./aws/deployment-tools.ts";
import { s3cmd, s5cmd } from "./aws/s3-clients.ts";
import { az } from "./az/az.ts";
import { gcloud } from "./gcloud/gcloud.ts";

export const cloudRules: readonly ProgramRule[] = [
  aws,
  awsVault,
  az,
  cdk,
  chamber,
  copilot,
  eb,
  ecsCli,
  gcloud,
  s3cmd,
  s5cmd,
  sam,
  saml2aws,
];
