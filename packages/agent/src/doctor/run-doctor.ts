// `agent doctor`: looks at everything that an agent needs, in the order in which it needs it, and says what is wrong and how to mend it.
// Exit 0: nothing is wrong (there may be warnings), 1: something is, 2: wrong usage. It changes nothing and prints no secret.

import { parseArgs } from "node:util";
import { AppError } from "@dd0c/core";
import { type AgentConfig, loadConfig } from "../config.ts";
import { honourProxy } from "../proxy.ts";
import { answerFindings, askServer } from "./ask-server.ts";
import { checkHost } from "./check-host.ts";
import { checkCertificate, checkIdentity } from "./check-identity.ts";
import { checkJournal } from "./check-journal.ts";
import { checkServer } from "./check-server.ts";
import { type Finding, ok, problem } from "./finding.ts";

interface Arguments {
  readonly config: string;
  readonly json: boolean;
}

function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { config: { type: "string" }, json: { type: "boolean" } } });
    return values.config === undefined ? undefined : { config: values.config, json: values.json === true };
  } catch {
    return undefined;
  }
}

function readConfig(file: string): AgentConfig | Finding {
  try {
    return loadConfig(file);
  } catch (error) {
    const message = error instanceof AppError ? error.message : "The file cannot be read.";
    return problem("CONFIG", message, "Correct agent.json; docs/agent.md describes every field. Nothing else was looked at.");
  }
}

/** Everything that was looked at. @param file path of agent.json */
export async function examine(file: string): Promise<readonly Finding[]> {
  const config = readConfig(file);
  if ("level" in config) return [config];
  honourProxy(process.env);
  const { findings: who, identity } = checkIdentity(config.dataFolder);
  const { findings: way, isReached } = await checkServer(config.server, identity);
  const answer = identity !== undefined && isReached ? await askServer(config.server, identity) : undefined;
  const certificate = identity === undefined ? [] : [checkCertificate(identity, Date.now() + (answer?.skewMs ?? 0))];
  return [
    ok("CONFIG", `${file} is readable, complete and written by nobody else.`),
    ...who,
    ...certificate,
    ...way,
    ...(answer === undefined ? [] : answerFindings(answer)),
    ...(await checkJournal(config.dataFolder)),
    ...checkHost(config),
  ];
}

const signs = { ok: "  ok     ", warning: "! warning", problem: "x problem" } as const;

const line = ({ code, level, message, remedy }: Finding): string =>
  `${signs[level]} ${code}: ${message}${remedy === null ? "" : `\n          ${remedy}`}\n`;

/** @returns the exit code; undefined on wrong usage */
export async function doctor(args: readonly string[]): Promise<number | undefined> {
  const given = readArguments(args);
  if (given === undefined) return undefined;
  const findings = await examine(given.config);
  const problems = findings.filter(({ level }) => level === "problem").length;
  process.stdout.write(given.json ? `${JSON.stringify({ problems, findings }, null, 2)}\n` : findings.map(line).join(""));
  return problems === 0 ? 0 : 1;
}
