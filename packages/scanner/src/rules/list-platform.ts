// Rules of clients that talk to something else: clusters, clouds, databases, queues, repositories.
// One import and one entry per rule file, in alphabetical order.
import type { ProgramRule } from "../rule.ts";
import { aws } from "./aws.ts";
import { docker, dockerCompose } from "./docker.ts";
import { git } from "./git.ts";
import { kubectl } from "./kubectl.ts";
import { psql } from "./psql.ts";
import { redisCli } from "./redis-cli.ts";

export const platformRules: readonly ProgramRule[] = [aws, docker, dockerCompose, git, kubectl, psql, redisCli];
