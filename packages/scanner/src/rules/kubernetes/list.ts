// Rules of clients of clusters and container engines.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { argocd } from "./argocd.ts";
import { dockerMachine, eksctl, k9s, kops, rancher } from "./cluster-keepers.ts";
import { k3d, k3s, kind, microk8s, minikube } from "./cluster-makers.ts";
import { kubectx, kubens } from "./cluster-switches.ts";
import { dockerCompose } from "./compose.ts";
import { docker, nerdctl } from "./docker.ts";
import { flux } from "./flux.ts";
import { helm, helmfile } from "./helm.ts";
import { grype, kubeScore, kubeconform, popeye, trivy } from "./image-scanners.ts";
import { kubeadm } from "./kubeadm.ts";
import { kubectl } from "./kubectl.ts";
import { kustomize } from "./kustomize.ts";
import { kubetail, stern } from "./log-followers.ts";
import { calicoctl, cilium, hubble, istioctl, linkerd } from "./meshes.ts";
import { oc } from "./oc.ts";
import { argo, argoRollouts, cmctl, kn, skaffold, telepresence, tilt, tkn } from "./pipelines.ts";
import { podman } from "./podman.ts";
import { buildah, cosign, crane, dive, oras, regctl, skopeo } from "./registries.ts";
import { crictl, ctr } from "./runtimes.ts";
import { kubeseal, sops } from "./sealed-secrets.ts";
import { velero } from "./velero.ts";

export const kubernetesRules: readonly ProgramRule[] = [
  argo,
  argocd,
  argoRollouts,
  buildah,
  calicoctl,
  cilium,
  cmctl,
  cosign,
  crane,
  crictl,
  ctr,
  dive,
  docker,
  dockerCompose,
  dockerMachine,
  eksctl,
  flux,
  grype,
  helm,
  helmfile,
  hubble,
  istioctl,
  k3d,
  k3s,
  k9s,
  kind,
  kn,
  kops,
  kubeadm,
  kubeconform,
  kubectl,
  kubectx,
  kubens,
  kubeScore,
  kubeseal,
  kubetail,
  kustomize,
  linkerd,
  microk8s,
  minikube,
  nerdctl,
  oc,
  oras,
  podman,
  popeye,
  rancher,
  regctl,
  skaffold,
  skopeo,
  sops,
  stern,
  telepresence,
  tilt,
  tkn,
  trivy,
  velero,
];
