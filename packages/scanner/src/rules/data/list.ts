// Rules of clients of databases, caches and queues.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { mongosh } from "./mongosh.ts";
import { mysql } from "./mysql.ts";
import { mysqladmin } from "./mysqladmin.ts";
import { pgcli, psql } from "./psql.ts";
import { redisBenchmark, redisCli } from "./redis-cli.ts";
import { duckdb, sqlite3 } from "./sqlite.ts";

export const dataRules: readonly ProgramRule[] = [duckdb, mongosh, mysql, mysqladmin, pgcli, psql, redisBenchmark, redisCli, sqlite3];
