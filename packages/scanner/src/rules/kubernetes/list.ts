// Rules of clients of clusters and container engines.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { kubectx, kubens } from "./cluster-switches.ts";
import { dockerCompose } from "./compose.ts";
import { docker, nerdctl } from "./docker.ts";
import { helm, helmfile } from "./helm.ts";
import { kubectl } from "./kubectl.ts";
import { kubetail, stern } from "./log-followers.ts";
import { podman } from "./podman.ts";

export const kubernetesRules: readonly ProgramRule[] = [
  docker,
  dockerCompose,
  helm,
  helmfile,
  kubectl,
  kubectx,
  kubens,
  kubetail,
  nerdctl,
  podman,
  stern,
];
