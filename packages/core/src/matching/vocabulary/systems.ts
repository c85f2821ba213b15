// Names of systems and their other spellings. A runbook about one system is no answer to an alert about another, however alike the words around it.
// One system per line: its name, then what else it is called; `~` marks words that only hint at it.
// General knowledge of operations; nothing here comes from one library of runbooks.
export const systems = `
kubernetes: kubernetes, k8s, kube, ~openshift, ~ocp, ~eks, ~gke, ~aks, ~rke, ~kubectl, ~k3s
openshift: openshift, ocp, okd
etcd: etcd, ~kv store, ~key value store
apiserver: apiserver, kube-apiserver, api server, kubeapi, ~control plane, ~kubernetes api
controllermanager: controller manager, kcm, kube-controller-manager
scheduler: scheduler, kube-scheduler
kubelet: kubelet, node agent, ~kubernetes agent
kubeproxy: kube-proxy, kubeproxy
coredns: coredns, core dns, kube-dns, ~cluster dns
containerd: containerd, cri, crio, docker, dockerd, moby, podman, runc, crun, ~container runtime
kubestatemetrics: kube-state-metrics, ksm
autoscaler: cluster-autoscaler, karpenter
velero: velero
argocd: argocd, argo cd
argoworkflows: argo workflows, argo rollouts
flux: flux, fluxcd, kustomization
helm: helm, tiller
kyverno: kyverno
gatekeeper: gatekeeper, opa
certmanager: cert-manager, certmanager, acme, letsencrypt, lets encrypt
externaldns: external-dns, externaldns
externalsecrets: external-secrets, externalsecret
istio: istio, istiod, pilot
linkerd: linkerd
envoy: envoy
cilium: cilium, hubble
calico: calico, felix
ovn: ovn, ovs, openvswitch, ovnkube, ovn-kubernetes, northd, ~overlay network
metallb: metallb
multus: multus
ipsec: ipsec, ~vpn
netobserv: netobserv, network observability, flowlogs, flowcollector, ~network flow, ~ebpf
kubevirt: kubevirt, virt-handler, virt-api, virt-controller, virt-operator, virt-launcher, hco, hyperconverged, openshift virtualization, cnv, ~virtual machine, ~vmi, ~vm, ~guest
cdi: cdi, containerized data importer, ~data import, ~data volume
ssp: ssp, ~template validator
kubemacpool: kubemacpool
machineconfig: machine config, mco, mcd, mcc, mcp, machineconfig, machine config operator, machine config daemon, machine config controller, machine config pool
clusterversion: cluster version operator, cvo, clusterversion
telemeter: telemeter, telemetry client
imageregistry: image registry, container registry, docker registry, ~harbor, ~quay, ~registry
harbor: harbor
quay: quay
nmstate: nmstate
prometheus: prometheus, prom, promql, ~recording rule, ~scrape, ~tsdb, ~remote write, ~rule group, ~metrics server
prometheusoperator: prometheus operator, servicemonitor, podmonitor, prometheusrule
alertmanager: alertmanager, ~alert delivery
thanos: thanos
cortex: cortex, mimir
victoriametrics: victoriametrics, vmagent, vmalert
nodeexporter: node exporter, node_exporter, textfile collector
blackbox: blackbox exporter
grafana: grafana
loki: loki, promtail, lokistack
tempo: tempo, jaeger, zipkin
opentelemetry: opentelemetry, otel, otelcol
datadog: datadog
newrelic: newrelic, new relic
cloudwatch: cloudwatch
sentry: sentry
elasticsearch: elasticsearch, opensearch, elastic, ~elk, ~kibana
logstash: logstash
fluentd: fluentd, fluentbit, fluent bit, vector, pubsubbeat, filebeat, ~log collector, ~log forwarder, ~log shipper, ~clusterlogforwarder
splunk: splunk
graylog: graylog
solr: solr
postgres: postgres, postgresql, pg, psql, pgsql, pgdata, ~wal, ~xid, ~autovacuum, ~subtransaction
patroni: patroni, ~repmgr
pgbouncer: pgbouncer, ~connection pooler
cnpg: cnpg, cloudnativepg, cloud native pg, cloudnative pg
mysql: mysql, mariadb, innodb, percona, galera
oracle: oracle, tablespace
sqlserver: mssql, sql server, sqlserver
db2: db2
mongodb: mongodb, mongo, mongod, replica set rs0
cassandra: cassandra, scylla, scylladb
cockroach: cockroachdb, cockroach
clickhouse: clickhouse
couchdb: couchdb
redis: redis, keydb, valkey, sentinel
memcached: memcached
dynamodb: dynamodb
influxdb: influxdb
neo4j: neo4j
snowflake: snowflake
druid: druid
hadoop: hadoop, hdfs, namenode, datanode, yarn
spark: spark
flink: flink
airflow: airflow, dag
kafka: kafka, kafka connect, redpanda, ~consumer group, ~broker
zookeeper: zookeeper
rabbitmq: rabbitmq, rabbit
activemq: activemq, artemis
nats: nats, jetstream
pulsar: pulsar
kinesis: kinesis, firehose
snowplow: snowplow
pubsub: pubsub, pub sub
sqs: sqs
sns: sns
consul: consul
nomad: nomad
vault: vault, hashicorp vault
keycloak: keycloak
ldap: ldap, freeipa, openldap
activedirectory: active directory, domain controller, adfs
haproxy: haproxy
nginx: nginx
traefik: traefik
apache: apache, httpd
caddy: caddy
varnish: varnish
squid: squid
tomcat: tomcat, jetty
php: php, php fpm, phpfpm
jvm: jvm, java, heap dump
rails: rails, puma, unicorn
sidekiq: sidekiq, ~background job
celery: celery
postfix: postfix, exim, sendmail, smtp, dovecot, ~mail queue
bind: named, unbound, powerdns, ~bind9
ceph: ceph, osd, rados, rbd, cephfs, mds, rgw, ~odf, ~ocs, ~rook
odf: odf, ocs, openshift data foundation
noobaa: noobaa, objectbucketclaim, obc, object bucket claim
gluster: gluster, glusterfs
longhorn: longhorn
minio: minio
netapp: netapp, ontap, trident
zfs: zfs, zpool
nfs: nfs
lvm: lvm
mdadm: mdadm, raid, md array
smart: smartctl, smartmon
aws: aws, amazon
ec2: ec2
rds: rds, aurora
lambda: lambda
fargate: fargate, ecs, ecs task
eks: eks
elb: elb, alb, nlb, target group, elastic load balancer
acm: acm, aws certificate manager
iam: iam, access key, ~leaked key, ~assume role
s3: s3
cloudfront: cloudfront
route53: route53
apigateway: api gateway, apigw
ebs: ebs
efs: efs
elasticache: elasticache
redshift: redshift
stepfunctions: step functions
gcp: gcp, google cloud, gcs, gce
bigquery: bigquery
cloudsql: cloudsql, cloud sql
cloudnat: cloud nat, nat gateway, ~nat
azure: azure
cosmosdb: cosmosdb, cosmos db
cloudflare: cloudflare
fastly: fastly
akamai: akamai
gitlab: gitlab
gitaly: gitaly, ~praefect, ~git storage
praefect: praefect, ~gitaly, ~virtual storage
workhorse: workhorse
github: github
gitea: gitea
jenkins: jenkins
cirunner: gitlab runner, ci runner, ~ci job, ~ci build, ~pipeline runner
artifactory: artifactory, nexus
sonarqube: sonarqube
chef: chef, knife
puppet: puppet
ansible: ansible
salt: salt master, saltstack, salt minion
terraform: terraform
kms: kms, key management, encryption key server, ~key server, ~encryption key
vmware: vmware, esxi, vcenter, vsphere
openstack: openstack, nova, neutron, cinder
proxmox: proxmox
windows: windows
systemd: systemd, journald
chrony: chrony, chronyd, ntp, ntpd, timesyncd
conntrack: conntrack, nf_conntrack, netfilter, iptables, nftables
sshd: sshd, ssh
cups: cups, print queue
ups: ups, mains power
bgp: bgp, ospf, ~peer session
juniper: juniper, junos
freeswitch: freeswitch, asterisk, sip
sap: sap, hana
stripe: stripe
twilio: twilio, sendgrid, mailgun
salesforce: salesforce
`;
