// The words of gcloud that name a group of commands. Data, one line per product. A command line is read word by word, and the first word that is no
// group here is the command: so no word stands here that is a command anywhere (a test holds this against verbs.ts). Words that are both are paths, below.

const words: readonly string[] = [
  // The client itself
  "config configurations auth application-default enterprise-certificate-config components repositories meta topics survey emulators cloud-shell",
  // Access, organisation, audit
  "access-approval access-context-manager authorized-orgs cloud-bindings levels perimeters policies supported-services supported-permissions",
  "projects organizations resource-manager folders liens org-policies tags bindings holds values keys essential-contacts billing accounts budgets",
  "assured workloads violations audit-manager audit-reports audit-scopes enrollments asset feeds saved-queries policy-intelligence policy-troubleshoot",
  "iam roles service-accounts workload-identity-pools workforce-pools providers namespaces managed-identities subjects sessions simulator",
  "oauth-clients scim-tenants principal-access-boundary-policies policy-bindings access-policies identity groups memberships iap tcp tunnels web",
  "oauth-brands brands dest-groups quotas preferences adjuster recommender insights recommendations insight-type-config recommender-config",
  "scc findings sources assets notifications muteconfigs bqexports custom-modules sha etd manage postures posture-deployments posture-templates",
  "service-extensions security-centers effective-custom-modules remediation-intents web-security-scanner scan-configs scan-runs",
  "pam entitlements grants support cases attachments comments privileged-access",
  // Secrets and keys
  "secrets versions locations kms keyrings import-jobs ekm-connections ekm-config key-handles autokey-config inventory",
  "privateca pools roots subordinates certificates templates certificate-manager maps entries dns-authorizations issuance-configs trust-configs",
  "publicca external-account-keys ssm confidential-computing",
  // Compute
  "compute accelerator-types addresses backend-buckets backend-services commitments disk-types disks disk-settings external-vpn-gateways",
  "firewall-policies firewall-rules forwarding-rules future-reservations global-operations health-checks http-health-checks https-health-checks",
  "images packages instance-groups managed unmanaged all-instances-config instance-configs rolling-action resize-requests instance-templates",
  "instance-template instances network-interfaces ops-agents os-inventory bulk interconnects macsec cross-site-networks wire-groups wires",
  "machine-images machine-types network-attachments network-edge-security-services network-endpoint-groups network-firewall-policies",
  "network-profiles networks peerings subnets vpc-access operations org-security-policies organization-firewall-policies os-config os-login",
  "ssh-keys os-upgrade patch-deployments patch-jobs patch-policies guest-policies inventories os-policy-assignments os-policy-assignment-reports",
  "vulnerability-reports packet-mirrorings project-info project-zonal-metadata public-advertised-prefixes public-delegated-prefixes regions",
  "region-operations reservations blocks sub-blocks resource-policies routers nats routes route-policies bgp-routes security-policies rules",
  "preconfigured-expression-sets associations service-attachments shared-vpc associated-projects snapshots instant-snapshots",
  "instant-snapshot-groups snapshot-settings sole-tenancy node-groups node-templates node-types ssl-certificates ssl-policies storage-pools",
  "storage-pool-types target-grpc-proxies target-http-proxies target-https-proxies target-instances target-pools target-ssl-proxies",
  "target-tcp-proxies target-vpn-gateways tpus tpu-vm tpu-types queued-resources execution-groups accelerators url-maps",
  "vpn-gateways vpn-tunnels zones zone-operations consistency-groups rollout-plans capacity-plans host-errors interconnect-groups",
  "interconnect-attachment-groups disk-config health-sources health-aggregation-policies composite-health-checks zone-vm-extension-policies",
  "multi-mig region-health-sources global-vm-extension-policies preview-features vm-extension-policies",
  // Containers
  "container clusters node-pools binauthz attestors attestations continuous-validation policy ai profiles model-server-versions",
  "aws azure attached bare-metal vmware admin-clusters fleet hub features config-management cloudservicemesh",
  "identity-service mesh multi-cluster-services policycontroller policycontent bundles content workload-identity scopes rbacrolebindings",
  "app-operator-teams rollouts rolloutsequences rolloutsequence membershipbindings fleetpackages resource-bundles clusterupgrade",
  "dataplane-v2-encryption memberships-bindings backup-restore backup-plans backup-channels backups volume-backups restore-plans restore-channels",
  "restores volume-restores backup-plan-bindings restore-plan-bindings fleetobservability workload-certificate multi-cluster-ingress",
  "artifacts apt docker vulnerabilities files generic go googet kfp npm python sbom vpcsc-config yum ruby",
  "maven kubeflow package-groups version-policies",
  // Serverless, build, deploy
  "app firebase android ios locales orientations domain-mappings logs services functions event-types runtimes jobs executions",
  "revisions tasks queues cmek-config multi-region-services worker-pools presets integrations builds triggers worker-pool connections source repos",
  "automations automation-runs job-runs releases targets custom-target-types delivery-pipelines deploy-policies scheduler pubsub",
  "subscriptions schemas lite-operations lite-reservations lite-subscriptions lite-topics message-transforms eventarc channels",
  "channel-connections google-channels google-api-sources message-buses pipelines audit-logs-provider service-names method-names",
  "workflows api-gateway apis api-configs gateways apigee applications archives developers environments products deployments apihub api-hub",
  "endpoints configs service-directory infra-manager previews resource-changes resource-drifts terraform-versions resources deployment-manager",
  "manifests types type-providers composite-types design-center spaces shared-templates application-templates developer-connect git-repository-links",
  "account-connectors workstations parametermanager parameters apphub service-projects discovered-services discovered-workloads boundary",
  "service-management service-usage consumer-management vpc-peerings peered-dns-domains api-keys consumer-policies mcp",
  // Data
  "sql databases flags ssl server-ca-certs server-certs client-certs ssl-certs tiers users backup-runs entra-id-certs",
  "spanner instance-partitions database-roles backup-schedules rows samples ddl bigtable app-profiles tables",
  "hot-tablets authorized-views materialized-views logical-views schema-bundles firestore indexes composite fields",
  "user-creds ttls datastore alloydb supported-flags redis memcache memorystore acl-policies token-auth-users backup-collections",
  "dataflow flex-template metrics messages yaml dataproc autoscaling-policies batches workflow-templates",
  "session-templates dataplex lakes data-scans datascans entry-groups entry-types aspect-types",
  "glossaries terms categories data-products datasets data-taxonomies attribute-bindings attributes encryption-config metadata-jobs entry-links",
  "entry-link-types governance-rules data-assets data-catalog crawlers tag-templates taxonomies policy-tags data-fusion metastore federations",
  "migrations datastream connection-profiles private-connections stream-objects streams database-migration migration-jobs conversion-workspaces",
  "bq composer user-workloads-config-maps user-workloads-secrets web-server composer-images managed-flink",
  "bigquery looker lustre netapp active-directories backup-policies backup-vaults kms-configs quota-rules replications volumes",
  "host-groups filestore backup-dr management-servers data-sources backup-plan-associations data-source-references trial managed-kafka",
  "consumer-groups acls connect-clusters connectors schema-registries modes contexts oracle-database autonomous-databases",
  "cloud-exadata-infrastructures cloud-vm-clusters db-nodes db-servers db-system-shapes gi-versions odb-networks odb-subnets exadb-vm-clusters",
  "exascale-db-storage-vaults agents agent-pools event-stream storage buckets anywhere-caches hmac managed-folders objects",
  "batch-operations intelligence-configs intelligence-findings inventory-reports dataset-configs storage-insights report-configs",
  "life-sciences genomics healthcare consent-stores dicom-stores fhir-stores hl7v2-stores annotation-stores data-mapper-workspaces timeseriesinsights",
  // Networks
  "dns managed-zones record-sets transaction response-policies dns-keys changes active-directory domains trusts",
  "registrations contacts management-settings network-connectivity hubs route-tables spokes linked-interconnect-attachments",
  "linked-router-appliances linked-vpc-network linked-vpn-tunnels linked-producer-vpc-network gateway-advertised-routes policy-based-routes",
  "internal-ranges regional-endpoints service-connection-maps service-connection-policies service-classes service-connection-tokens transports",
  "multicloud-data-transfer-configs destinations multicloud-data-transfer-supported-services remote-transport-profiles automated-dns-records",
  "network-management connectivity-tests vpc-flow-logs-configs network-monitoring-providers monitoring-points network-paths web-paths",
  "network-security address-groups org-address-groups authorization-policies authz-policies backend-authentication-configs client-tls-policies",
  "dns-threat-detectors firewall-attachments firewall-endpoint-associations firewall-endpoints gateway-security-policies",
  "intercept-deployment-groups intercept-deployments intercept-endpoint-group-associations intercept-endpoint-groups mirroring-deployment-groups",
  "mirroring-deployments mirroring-endpoint-group-associations mirroring-endpoint-groups mirroring-endpoints partner-sse-gateways",
  "partner-sse-realms sac-attachments sac-realms security-profile-groups security-profiles threat-prevention custom-intercept custom-mirroring",
  "url-filtering wildfire-analysis wildfire server-tls-policies tls-inspection-policies ull-mirroring-collectors ull-mirroring-engines",
  "ull-mirroring-infras url-lists secure-access-connect network-services agent-gateways authz-extensions edge-cache-keysets edge-cache-origins",
  "edge-cache-services endpoint-policies grpc-routes http-routes lb-edge-extensions lb-route-extensions lb-traffic-extensions meshes",
  "multicast-consumer-associations multicast-domain-activations multicast-domain-groups multicast-domains multicast-group-consumer-activations",
  "multicast-group-producer-activations multicast-group-range-activations multicast-group-ranges multicast-producer-associations route-views",
  "service-bindings service-lb-policies tcp-routes tls-routes wasm-plugins vpn telco-automation edge-cloud networking",
  "bgp private-clouds dns-bind-permission external-addresses external-access-rules hcx activationkeys logging-servers",
  "management-dns-zone-bindings network-peerings network-policies announcements upgrades identity-sources",
  "bms luns nfs-shares os-images provisioning-configs provisioning-quotas storage-volumes",
  // Observability
  "logging links resource-descriptors sinks views settings cmek-settings log-scopes recent-queries monitoring",
  "channel-descriptors dashboards metrics-scopes monitored-projects snoozes uptime trace traces error-reporting events",
  "observability trace-scopes debug logpoints telemetry analytics",
  // Machine learning
  "ai-platform models ml ml-engine language speech video vision translate product-sets custom-jobs hp-tuning-jobs",
  "index-endpoints model-garden model-monitoring-jobs tensorboards tensorboard-experiments tensorboard-runs tensorboard-time-series",
  "persistent-resources serverless-ray-jobs notebooks workbench schedules colab notebook-executions runtime-templates gemini",
  "code-assist code-repository-indexes repository-groups code-tools-settings data-sharing-with-google-settings gemini-gcp-enablement-settings",
  "logging-settings release-channel-settings setting-bindings cloud-quotas agent-registry reasoning-engines vector-search collections",
  "media livestream media-assets transcoder job-templates lifecycle scheduling migration vms image-imports image-import-jobs machine-image-imports",
  "target-projects cutover-jobs disk-migrations utilization-reports source-details immersive-stream xr game iot registries",
  "credentials devices states edge-containers machines vpn-connections service-account",
  "anthos config-controller datapol blockchain-node-engine",
  "blockchain-nodes cloudasset dlp job-triggers stored-info-types text orgs saas-runtime saas unit-kinds units unit-operations tenants flag-groups saas-releases",
];

/** Groups whose name is a command elsewhere, as full paths without the release track. */
const paths: readonly string[] = [
  "run",
  "deploy",
  "transfer",
  "firebase test",
  "sql export",
  "sql import",
  "dataproc jobs submit",
  "dataproc batches submit",
  "ai-platform jobs submit",
  "metastore services export",
  "metastore services import",
  "healthcare dicom-stores import",
  "healthcare dicom-stores export",
  "healthcare fhir-stores import",
  "healthcare fhir-stores export",
  "healthcare hl7v2-stores import",
  "healthcare hl7v2-stores export",
  "domains registrations configure",
  "domains registrations authorization-code",
  "access-context-manager perimeters dry-run",
  "container fleet ingress",
  "container hub ingress",
];

const names: ReadonlySet<string> = new Set(words.flatMap((line) => line.split(" ")));
const fullPaths: ReadonlySet<string> = new Set(paths);

/** All group words, for the test that none of them is a command. */
export const groupNames: readonly string[] = [...names];

/** Whether `word` behind the groups `before` is one more group. */
export function isGroup(before: string, word: string): boolean {
  return names.has(word) || fullPaths.has(before === "" ? word : `${before} ${word}`);
}
