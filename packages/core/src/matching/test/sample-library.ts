// A small library for the tests of matching: pages in the words of their kind, none of them anybody's own.
import { createMatchLibrary, type MatchLibrary } from "../match-library.ts";
import type { MatchRunbook } from "../types.ts";

const page = (id: string, title: string, meaning: string, remedy = "Look at the logs."): MatchRunbook => ({
  id,
  fileName: `${id}.md`,
  title,
  text: `# ${title}\n\n## Meaning\n\n${meaning}\n\n## Mitigation\n\n${remedy}\n`,
  service: null,
  team: null,
  tags: [],
  urls: [`https://wiki.example/runbooks/${id}`],
});

export const sampleRunbooks: readonly MatchRunbook[] = [
  page(
    "KubePodCrashLooping",
    "KubePodCrashLooping",
    "A container of the pod exits soon after its start, and kubelet restarts it again (CrashLoopBackOff).",
  ),
  page("KubePodNotReady", "KubePodNotReady", "A pod has been in a non-ready state for longer than a quarter of an hour."),
  page("KubeNodeNotReady", "KubeNodeNotReady", "The node is not ready: its kubelet does not report to the control plane."),
  page("etcdNoLeader", "etcdNoLeader", "The etcd cluster has no leader; every write fails until one is elected."),
  page("etcdMembersDown", "etcdMembersDown", "One or more members of the etcd cluster are down."),
  page("etcdHighFsyncDurations", "etcdHighFsyncDurations", "Writing the WAL of etcd to disk (fsync) takes too long."),
  page(
    "NodeFilesystemAlmostOutOfSpace",
    "NodeFilesystemAlmostOutOfSpace",
    "The filesystem of a host has almost no disk space left.",
    "Run `df -h`.",
  ),
  page("NodeFilesystemFilesFillingUp", "NodeFilesystemFilesFillingUp", "The filesystem of a host runs out of inodes."),
  page("KubeletClientCertificateExpiration", "KubeletClientCertificateExpiration", "The client certificate of a kubelet expires soon."),
  page("AlertmanagerFailedReload", "AlertmanagerFailedReload", "Alertmanager could not reload its configuration."),
  page("PrometheusRuleFailures", "PrometheusRuleFailures", "Prometheus fails to evaluate rules."),
  page("CephOSDNearFull", "CephOSDNearFull", "A storage device (OSD) of the Ceph cluster is nearly full."),
  page("ThanosRuleQueueIsDroppingAlerts", "ThanosRuleQueueIsDroppingAlerts", "The Thanos ruler drops alerts because its queue is full."),
  page("payment-latency", "Payments are slow", "Checkout is slow: requests to payment-svc take longer than a second."),
];

export const sampleLibrary = (): MatchLibrary => createMatchLibrary(sampleRunbooks);
