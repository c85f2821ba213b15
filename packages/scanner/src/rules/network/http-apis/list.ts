// Every row of the tables of HTTP control APIs.
import type { ApiRule } from "./api-rule.ts";
import { monitoringApis } from "./monitoring.ts";
import { orchestrationApis } from "./orchestration.ts";
import { searchApis } from "./search.ts";
import { serverApis } from "./servers.ts";
import { serviceApis } from "./services.ts";

export type { ApiRule } from "./api-rule.ts";

export const apiRules: readonly ApiRule[] = [...searchApis, ...monitoringApis, ...orchestrationApis, ...serverApis, ...serviceApis];
