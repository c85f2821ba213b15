// Rules of clients of clusters and container engines.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { kubectx, kubens } from "./cluster-switches.ts";
import { docker, dockerCompose } from "./docker.ts";
import { kubectl } from "./kubectl.ts";
import { kubetail, stern } from "./log-followers.ts";

export const kubernetesRules: readonly ProgramRule[] = [docker, dockerCompose, kubectl, kubectx, kubens, kubetail, stern];
