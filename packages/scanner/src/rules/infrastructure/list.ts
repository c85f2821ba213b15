// Rules of tools that plan, provision and configure infrastructure, and of service and secret stores.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { consul, consulTools } from "./consul.ts";
import { nomad } from "./nomad.ts";
import { terraform } from "./terraform.ts";
import { vault } from "./vault.ts";

export const infrastructureRules: readonly ProgramRule[] = [consul, consulTools, nomad, terraform, vault];
