// Rules of clients of clusters and container engines.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { argocd } from "./argocd.ts";
import { kubectx, kubens } from "./cluster-switches.ts";
import { dockerCompose } from "./compose.ts";
import { docker, nerdctl } from "./docker.ts";
import { flux } from "./flux.ts";
import { helm, helmfile } from "./helm.ts";
import { kubectl } from "./kubectl.ts";
import { kubetail, stern } from "./log-followers.ts";
import { calicoctl, cilium, hubble, istioctl, linkerd } from "./meshes.ts";
import { podman } from "./podman.ts";
import { crictl, ctr } from "./runtimes.ts";
import { velero } from "./velero.ts";

export const kubernetesRules: readonly ProgramRule[] = [
  argocd,
  calicoctl,
  cilium,
  crictl,
  ctr,
  docker,
  dockerCompose,
  flux,
  helm,
  helmfile,
  hubble,
  istioctl,
  kubectl,
  kubectx,
  kubens,
  kubetail,
  linkerd,
  nerdctl,
  podman,
  stern,
  velero,
];
