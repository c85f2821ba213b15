// Rules of clients of databases, caches and queues.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { pgcli, psql } from "./psql.ts";
import { redisCli } from "./redis-cli.ts";

export const dataRules: readonly ProgramRule[] = [pgcli, psql, redisCli];
