// What an alert can be about, beside systems: one thing per line, its name, then words for the same; `~` marks what is only near to it.
// General knowledge of operations; nothing here comes from one library of runbooks.
export const things = `
host: node, host, machine, worker, server, ~instance, ~box, ~hypervisor
pod: pod, ~container, ~workload
container: container, ~pod
controlplane: control plane, master, masters, ~apiserver
workload: workload, deployment, application, app, service
deployment: deployment, ~replicaset, ~workload
replicaset: replica, replicas, ~standby, ~copy
statefulset: statefulset, stateful set, ~stateful
daemonset: daemonset, daemon set
cronjob: cronjob, cron, scheduled job, schedule
job: job, task, batch, ~worker
hpa: hpa, horizontal pod autoscaler, autoscaling, autoscaler, autoscale, ~scale
pdb: pdb, pod disruption budget, disruption budget, ~disruption, ~evict
namespace: namespace, project, tenant
quota: quota, limit, ~ceiling
taint: taint, cordon, unschedulable
drain: drain, evict, eviction, evacuate
placement: schedule, scheduling, scheduled, placement, assign, place
rollout: rollout, roll out, rolled out, update, upgrade, revision, generation
upgrade: upgrade, update, version, release
image: image, image tag, imagestream, image stream, tag
pull: pull, import, fetch, download
registry: registry, image store
pv: persistent volume, persistentvolume, pvc, pv, volume, claim, persistent volume claim
provision: provision, provisioning, provisioner
disk: disk, drive, ssd, hdd, block device, ~volume, ~storage
storage: storage, store, ~disk, ~volume, ~capacity
filesystem: filesystem, file system, partition, mount, mountpoint, ~disk, ~volume, root disk, root partition
space: space, disk space, free space, bytes, ~capacity, ~storage
inode: inode, ~small files
filedescriptor: file descriptor, descriptor, file handle, open files, fd, nofile, emfile, file-max, ulimit
raid: raid, array, mdadm, md
memory: memory, ram, heap, rss, ~oom, ~swap
oom: oom, out of memory, oomkilled, outofmemory, memory exhaustion, killed by memory
swap: swap, thrashing, major fault
cpu: cpu, processor, core, vcpu, ~load
load: load, load average
cpurequest: request, requests, reservation, commitment, committed
network: network, networking, traffic, connectivity, ~packet
nic: interface, nic, eth0, network card, ens5, bond, ~link
packet: packet, frame, datagram, skb
mtu: mtu, jumbo frame, jumbo
mac: mac, mac address, hardware address, ~duplicate address
port: port, socket
connection: connection, session, client, ~socket
connectionpool: connection pool, pool, pooler, pgbouncer
firewall: firewall, network policy, netpol, networkpolicy, policy, acl, security group
dns: dns, name resolution, resolver, resolution, servfail, nxdomain, name lookup, lookup, nameserver
loadbalancer: load balancer, lb, elb, alb, haproxy, target group
ingress: ingress, edge, router, route, ~gateway
gateway: gateway, nat, egress
http5xx: 5xx, 500, 502, 503, 504, server error, ~error ratio
http4xx: 4xx, 400, 404, not found
http403: 403, forbidden, unauthorized, 401, permission denied, ~denied
http429: 429, too many requests, rate limit, throttle
request: request, call, query, rpc, grpc
api: api, endpoint
aggregatedapi: aggregated api, apiservice, metrics api, v1beta1
webhook: webhook, admission
slo: slo, error budget, availability objective, objective, burn, burn rate
certificate: certificate, cert, tls, ssl, x509, ca, certificate authority, ~credential
tls: tls, ssl, tls version, ~legacy tls
clientcertificate: client certificate, client cert, kubeconfig, ~credential
signer: signer, signing
credential: credential, token, secret, password, key, account key, api key
account: account, api user, service account, user, machine account
login: login, sign in, logon, authentication, signin, signed in, logged in, signs in, log in, sso
blocked: blocked, locked, banned, suspended
leak: leak, leaked, exposed, compromised
audit: audit, audit log
config: config, configuration, settings, cr, custom resource, ~file
reload: reload, reloaded, accept, apply
reconcile: reconcile, reconciliation, sync, controller loop, ~control
operator: operator, controller
leader: leader, leader election, election, leaderless, elected, leading
quorum: quorum, majority, consensus, insufficient members
member: member, peer, ~node
primary: primary, master, leader, writer
replica: replica, standby, secondary, slave, follower, read replica, replicated, under-replicated
replication: replication, replicate, subscription, publication, ~standby
failover: failover, fail over, switchover, ha, high availability, ~standby, ~redundancy
transaction: transaction, ~subtransaction, ~savepoint, txid, xid, transaction id
lock: lock, deadlock, blocked query
bloat: bloat, vacuum, autovacuum, repack
checksum: checksum, corruption, corrupt, damaged, integrity
backup: backup, snapshot, dump, restore
wal: wal, write ahead log, journal, fsync
fsync: fsync, disk sync, wal fsync, ~slow disk
compaction: compaction, compact, defragmentation, defrag
retention: retention, garbage collection, gc, cleanup, ~purge
blob: blob, layer, object
bucket: bucket, object storage, object store
queue: queue, backlog, pending, enqueued, waiting
jobqueue: background job, worker queue, sidekiq
mirror: mirror, mirroring, sync job
repository: repository, repo, git
build: build, ci, pipeline, runner
email: email, mail, e-mail, newsletter, subscriber
publish: publish, publishing, published, publication, announcement
document: document, content, article, page
alerting: alert, notification, notify, page
notification: notification, delivery, integration, receiver, slack, pagerduty
metric: metric, sample, series, time series
scrape: scrape, scraping, target, exporter, up == 0
target: target, endpoint, exporter
rule: rule, recording rule, rule group, rule evaluation
evaluation: evaluation, evaluate, evaluated, iteration
remotewrite: remote write, remote storage, long term store, long term storage, remote_write, ~shipping
ingest: ingest, ingestion, append, samples
tsdb: tsdb, block, head
bodysize: body size, payload size, response size, payload, ~too large
heartbeat: heartbeat, watchdog, deadman, dead man, dead mans switch, ~keepalive
logs: log, logging, log store, log delivery
flow: flow, flow record, flowlogs, netflow
dashboard: dashboard, panel
clock: clock, time sync, ntp, system time, time source, clock skew, offset, ~drift
skew: skew, drift, offset, deviation
kernel: kernel, sysctl, os, operating system
reboot: reboot, boot, restart
osimage: os image, rpm-ostree, ostree, pivot
power: power, ups, mains, battery
temperature: temperature, thermal, fan, overheating
vm: vm, vmi, virtual machine, virtualmachine, guest, virtualmachineinstance
migration: migration, migrate, live migration, live-migrated, migratable
machinetype: machine type, machinetype
template: template, templates
hypervisor: kvm, hypervisor, libvirt, qemu
importer: import, importer, data import
function: function, serverless, lambda
table: table, index, tablespace
capacity: capacity, throughput, provisioned, provisioned capacity
user: user, customer, visitor, client
traffic: traffic, requests per second, visits, rps, load
payment: payment, checkout, order, invoice
search: search, index, shard
cache: cache, caching, cached
monitor: mon, monitor, quorum
manager: mgr, manager
pg: placement group, pgs
recovery: recovery, rebalance, backfill, healing, rebuild
process: process, daemon, service, pid
component: component, agent, sidecar
encryption: encryption, encrypted, decrypt, kms, encryption key
device: device, gpu, hardware
pleg: pleg, relist, pod lifecycle event generator
startup: startup, start up, start, launch, boot
telemetry: telemetry, usage report
resource: resource, object, crd, custom resource definition
northbound: northbound, nbdb, nb db
southbound: southbound, sbdb, sb db
textfile: textfile, text file
zone: zone, availability zone, az, failure domain, rack
proposal: proposal, raft
commit: commit, commit duration
timestamp: timestamp, out of order
shard: shard, sharding
bonding: bonding, bonding interface, link aggregation, lacp
io: io, iops, io wait, disk io, throughput
pagefault: page fault, major fault, major pages
unit: systemd unit, systemd service, service unit
probe: probe, readiness, liveness, readiness probe, health check, healthcheck
permission: permission, access denied, rbac, iam policy, role binding, grant
subnet: subnet, vpc, route table, peering
scalinggroup: auto scaling group, autoscaling group, asg, scale out
cost: cost, billing, spend, invoice
storageclass: storage class, storageclass
version: version, versions, release
eviction: eviction, evict, evicted
bucketpolicy: bucket policy, acl
attack: ddos, denial of service, flood, ransomware, ransom
patch: patch, cve, vulnerability
crd: crd, custom resource definition, conversion webhook
`;
