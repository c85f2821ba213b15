// AWS operations that change something although their verb says less: work that is handed out or begun, rights, what records the account, losses for good.
// Data only, as "service operation|operation", written from the service models of botocore 1.43.

/** How a named change is treated. */
export type NamedChange =
  | "issue"
  | "outfileChange"
  | "open"
  | "take"
  | "start"
  | "create"
  | "local"
  | "alter"
  | "destroy"
  | "rights"
  | "hide"
  | "remote";

export const namedChanges: Readonly<Record<NamedChange, readonly string[]>> = {
  // Hands out rights that were not there before.
  issue: [
    "sts assume-role|assume-role-with-saml|assume-role-with-web-identity",
    "deadline assume-fleet-role-for-read|assume-fleet-role-for-worker|assume-queue-role-for-read|assume-queue-role-for-user",
    "deadline assume-queue-role-for-worker",
    "eks-auth assume-role-for-pod-identity",
    "lakeformation assume-decorated-role-with-saml",
    "workmail assume-impersonation-role",
    "kms generate-data-key|generate-data-key-pair|generate-data-key-without-plaintext|generate-data-key-pair-without-plaintext",
    "devicefarm create-test-grid-url",
    "mwaa create-cli-token|create-web-login-token",
    "appstream create-streaming-url",
    "sagemaker create-presigned-domain-url|create-presigned-notebook-instance-url",
    "gamelift request-upload-credentials",
    "sso-oidc create-token|create-token-with-iam",
  ],
  outfileChange: [
    "appconfig create-hosted-configuration-version",
    "bedrock-agentcore invoke-agent-runtime",
    "bedrock-runtime invoke-model",
    "iot-data update-thing-shadow",
    "lambda invoke",
    "lex-runtime post-content|put-session",
    "lexv2-runtime put-session|recognize-utterance",
    "neptune-graph execute-query",
    "neptunedata execute-gremlin-explain-query|execute-gremlin-profile-query|execute-open-cypher-explain-query",
    "runtime.sagemaker invoke-endpoint",
    "sagemaker-runtime invoke-endpoint",
  ],
  // Lets others in from the network: dangerous when it lets everybody in.
  open: [
    "ec2 authorize-security-group-ingress|modify-security-group-rules|authorize-client-vpn-ingress|create-network-acl-entry",
    "ec2 replace-network-acl-entry",
    "rds authorize-db-security-group-ingress",
    "redshift authorize-cluster-security-group-ingress",
    "elasticache authorize-cache-security-group-ingress",
  ],
  // Hands out work or messages: others do not see them for a while, and receive counts go up.
  take: [
    "sqs receive-message",
    "codepipeline poll-for-jobs|poll-for-third-party-jobs",
    "datapipeline poll-for-task",
    "stepfunctions get-activity-task",
    "swf poll-for-activity-task|poll-for-decision-task",
  ],
  // Begins something although the name says that it only looks.
  start: [
    "apigateway test-invoke-authorizer|test-invoke-method",
    "apigatewayv2 preview-portal",
    "cloudformation detect-stack-drift|detect-stack-resource-drift|detect-stack-set-drift",
    "cognito-idp get-user-attribute-verification-code",
    "elasticbeanstalk request-environment-info",
    "iam generate-credential-report|generate-service-last-accessed-details|generate-organizations-access-report",
    "sagemaker get-scaling-configuration-recommendation",
    "servicecatalog generate",
    "support refresh-trusted-advisor-check",
    "ecs deploy",
    "ecr start-lifecycle-policy-preview",
    "bedrock-agent-runtime retrieve-and-generate",
    "lexv2-runtime recognize-text",
    "qapps predict-q-app",
    "meteringmarketplace resolve-customer",
  ],
  create: [
    "cognito-identity get-id",
    "cloudformation package",
    "deploy push|register|install",
    "emr put|create-default-roles",
    "iam upload-server-certificate",
  ],
  // Changes files of the machine that the command runs on.
  local: ["codeartifact login", "eks update-kubeconfig", "gamelift get-game-session-log", "sso login|logout"],
  alter: [
    "cloudformation cancel-update-stack",
    "ec2 revoke-security-group-ingress|revoke-security-group-egress",
    "elb deregister-instances-from-load-balancer",
    "elbv2 deregister-targets",
    "iam update-access-key",
    "license-manager check-in-license",
    "resiliencehub resolve-app-version-resources",
    "support resolve-case",
    "storagegateway retrieve-tape-archive|retrieve-tape-recovery-point",
    "kms re-encrypt",
    "payment-cryptography-data re-encrypt-data|translate-pin-data|translate-key-material",
    "cognito-sync bulk-publish",
    "sqs change-message-visibility|change-message-visibility-batch",
    "ddb put",
    "ds connect-directory",
    "kms cancel-key-deletion",
    "cloudtrail start-logging",
  ],
  // Cannot be taken back, whatever the verb.
  destroy: [
    "account put-alternate-contact|start-primary-email-update",
    "acm revoke-certificate",
    "backup put-backup-vault-lock-configuration",
    "cloudformation deploy|execute-change-set|execute-stack-refactor|update-stack|update-stack-set|update-stack-instances|rollback-stack",
    "cloudformation stop-stack-set-operation",
    "cognito-idp admin-user-global-sign-out|global-sign-out|admin-set-user-password|forgot-password|change-password",
    "discovery start-batch-delete-configuration-task",
    "ds restore-from-snapshot",
    "ec2 lock-snapshot|modify-reserved-instances|replace-root-volume|create-replace-root-volume-task",
    "ecr put-lifecycle-policy",
    "eks update-cluster-version",
    "elasticache test-failover|decrease-replica-count",
    "emr restore-from-hbase-backup",
    "fsx restore-volume-from-snapshot|detach-and-delete-s3-access-point|release-file-system-nfs-v3-locks",
    "glacier initiate-vault-lock|complete-vault-lock",
    "kinesis decrease-stream-retention-period",
    "kms schedule-key-deletion|disconnect-custom-key-store|update-primary-region",
    "lightsail close-instance-public-ports",
    "logs put-retention-policy",
    "medialive start-delete-monitor-deployment",
    "mpa start-active-approval-team-deletion",
    "neptunedata execute-fast-reset",
    "networkmanager execute-core-network-change-set",
    "organizations close-account",
    "personalize create-data-deletion-job",
    "route53domains register-domain|transfer-domain|transfer-domain-to-another-aws-account|push-domain|renew-domain",
    "s3api put-bucket-lifecycle|put-bucket-lifecycle-configuration|put-object-lock-configuration|put-object-retention|put-object-legal-hold",
    "savingsplans create-savings-plan|return-savings-plan",
    "securityhub batch-disable-standards",
    "transfer start-remote-delete",
    "workspaces restore-workspace|rebuild-workspaces|migrate-workspace",
    "ec2 detach-internet-gateway|disassociate-route-table|replace-network-acl-association|move-byoip-cidr-to-ipam",
    "dynamodb update-time-to-live",
  ],
  // Changes who may do what.
  rights: [
    "cognito-idp admin-add-user-to-group|set-user-pool-mfa-config",
    "ec2 modify-image-attribute|modify-snapshot-attribute|modify-fpga-image-attribute|create-network-interface-permission",
    "ec2 associate-iam-instance-profile|replace-iam-instance-profile-association|disable-image-block-public-access",
    "ec2 disable-snapshot-block-public-access|enable-serial-console-access|disable-ebs-encryption-by-default",
    "ec2 modify-instance-metadata-options|create-key-pair|import-key-pair",
    "eks create-access-entry|update-access-entry|associate-access-policy|disassociate-access-policy|create-pod-identity-association",
    "iot attach-policy|create-policy|create-policy-version|set-default-policy-version|attach-principal-policy|detach-policy",
    "lambda create-function-url-config|update-function-url-config",
    "lightsail put-instance-public-ports|open-instance-public-ports|set-resource-access-for-bucket|create-bucket-access-key",
    "rds modify-db-snapshot-attribute|modify-db-cluster-snapshot-attribute|add-role-to-db-instance|add-role-to-db-cluster",
    "redshift authorize-data-share|authorize-endpoint-access|authorize-snapshot-access",
    "s3api put-bucket-acl|put-object-acl|put-public-access-block|put-bucket-ownership-controls",
    "s3control put-public-access-block|create-access-grant|create-access-grants-location",
    "sts assume-root",
    "workspaces authorize-ip-rules",
    "glacier set-vault-access-policy",
    "docdb modify-db-cluster-snapshot-attribute",
    "neptune modify-db-cluster-snapshot-attribute",
    "ec2-instance-connect send-ssh-public-key|send-serial-console-ssh-public-key",
  ],
  // Stops what records or watches, so that nobody sees what comes next.
  hide: [
    "cloudtrail stop-logging|update-trail|put-event-selectors|put-insight-selectors|stop-event-data-store-ingestion",
    "configservice stop-configuration-recorder|put-configuration-recorder",
    "detective stop-monitoring-member",
    "guardduty stop-monitoring-members|disassociate-members|update-detector|create-filter|update-ip-set",
    "inspector2 disable|disable-delegated-admin-account",
    "macie2 disable-macie|disable-organization-admin-account",
    "securityhub disable-security-hub|disable-organization-admin-account|disable-import-findings-for-product",
    "securitylake update-data-lake",
  ],
  // Runs commands elsewhere or opens a way in.
  remote: [
    "ssm start-session|resume-session|start-automation-execution|create-association|create-association-batch",
    "ssm update-association|start-associations-once|start-change-request-execution",
    "ec2-instance-connect ssh|open-tunnel",
    "emr ssh|socks|get",
    "iotsecuretunneling open-tunnel",
  ],
};
