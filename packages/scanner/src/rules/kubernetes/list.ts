// Rules of clients of clusters and container engines.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { docker, dockerCompose } from "./docker.ts";
import { kubectl } from "./kubectl.ts";

export const kubernetesRules: readonly ProgramRule[] = [docker, dockerCompose, kubectl];
