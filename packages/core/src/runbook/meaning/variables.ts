// Collects the variables of a runbook from the placeholders of its commands: one entry per name, asked once, with where its value comes from.
// Commands in reading order go in; a `$VAR` that an earlier command assigned is no question, unless it was assigned a placeholder.

import type { RunbookVariable, VariableSource } from "../types.ts";
import { findPlaceholders, type Placeholder } from "./placeholders.ts";
import type { CommandLanguage } from "../types.ts";

export interface VariableUse {
  readonly text: string;
  readonly language: CommandLanguage;
  readonly line: number;
}

export interface CollectedVariables {
  readonly variables: readonly RunbookVariable[];
  /** Names used by each entry of the input, in the same order. */
  readonly used: readonly (readonly string[])[];
}

const ASSIGNED =
  /(?:^|[\s;&|({])(?:export\s+|local\s+|declare\s+(?:-\w+\s+)*|readonly\s+|set\s+-x\s+)?([A-Za-z_]\w*)\+?=(?!=)|\bfor\s+(\w+)\s+in\b|\bread\s+(?:-\w+\s+)*(\w+)|\bselect\s+(\w+)\s+in\b|(?:^|[;\n])\s*\$([A-Za-z_]\w*)\s*=/g;

const ALERT_FIELDS: ReadonlyMap<string, string> = new Map(
  [
    ["service", "service", "svc", "service_name", "app", "application"],
    ["namespace", "namespace", "ns", "pod_namespace"],
    ["pod", "pod", "pod_name", "podname"],
    ["node", "node", "node_name", "nodename", "worker_node"],
    ["instance", "instance", "instance_name", "host", "hostname", "host_name", "server", "fqdn"],
    ["cluster", "cluster", "cluster_name", "clustername", "cluster_id"],
    ["region", "region", "aws_region"],
    ["deployment", "deployment", "deployment_name", "deploy"],
    ["container", "container", "container_name"],
    ["environment", "environment", "env", "stage"],
    ["job", "job", "job_name"],
    ["persistentvolumeclaim", "pvc", "pvc_name", "persistentvolumeclaim"],
    ["statefulset", "statefulset", "sts"],
    ["device", "device", "mountpoint"],
  ].flatMap(([field, ...names]) => names.map((name) => [name, field ?? name] as const)),
);

const SECRET = /pass(?:word|wd|phrase)?$|secret|token|api[_-]?key|private[_-]?key|credential/i;
const RUNTIME =
  /(?:^|[_-])(?:pid|old|previous|revision|snapshot|snapshot_id|backup|digest|timestamp|leader|primary|replica|member_id|run_id|request_id|query_id|osd|id)(?:$|[_-])/i;

/** @param prose - the whole text, for sentences like "where `<x>` is the leader" */
export function collectVariables(uses: readonly VariableUse[], prose: string): CollectedVariables {
  const explained = explanations(prose);
  const byName = new Map<string, Mutable<RunbookVariable>>();
  const assigned = new Set<string>();
  const used: string[][] = [];
  for (const use of uses) {
    const names = new Set<string>();
    const assignedHere = new Set(assignments(use.text));
    for (const placeholder of findPlaceholders(use.text, use.language)) {
      if (placeholder.style === "shell" && (assigned.has(placeholder.name) || assignedHere.has(placeholder.name))) continue;
      if (placeholder.style === "capitals" && assignedHere.has(placeholder.name)) continue;
      names.add(register(byName, placeholder, use.line, explained));
    }
    for (const name of assignedHere) assigned.add(name);
    used.push([...names]);
  }
  return { variables: [...byName.values()], used };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function assignments(text: string): readonly string[] {
  return [...text.matchAll(ASSIGNED)].map((match) => match.slice(1).find((name) => name !== undefined) ?? "");
}

/** `<pod>` and `<POD>` stay two questions only when their names differ in more than case of the same style. */
function register(
  byName: Map<string, Mutable<RunbookVariable>>,
  placeholder: Placeholder,
  line: number,
  explained: ReadonlyMap<string, string>,
): string {
  const known = byName.get(placeholder.name);
  if (known !== undefined) {
    if (!known.placeholders.includes(placeholder.text)) known.placeholders = [...known.placeholders, placeholder.text];
    return known.name;
  }
  byName.set(placeholder.name, makeVariable(placeholder, line, explained.get(placeholder.text) ?? null));
  return placeholder.name;
}

function makeVariable(placeholder: Placeholder, line: number, description: string | null): Mutable<RunbookVariable> {
  const { name, text, choices } = placeholder;
  const field = alertField(name);
  const source: VariableSource = field !== null ? "alert" : RUNTIME.test(name) ? "runtime" : "manual";
  return {
    name,
    placeholder: text,
    placeholders: [text],
    source,
    ...(field === null ? {} : { field }),
    ...(description === null ? {} : { description }),
    ...(choices === undefined ? {} : { choices }),
    ...(SECRET.test(name) ? { secret: true } : {}),
    line,
  };
}

function alertField(name: string): string | null {
  const plain = name
    .toLowerCase()
    .replace(/-/g, "_")
    .replace(/^(?:your|my|the|target|affected|value_of)_/, "")
    .replace(/_(?:label_)?(?:from_alert|here)$/, "");
  return ALERT_FIELDS.get(plain) ?? ALERT_FIELDS.get(plain.replace(/_label$/, "")) ?? null;
}

const EXPLAINED =
  /\b(?:replac(?:e|ing)\s+[`"']?(<[^<>\n]{1,80}>|[^\s`"'<>]{1,80})[`"']?\s+(?:with|by)|where\s+[`"']?(<[^<>\n]{1,80}>|[^\s`"'<>]{1,80})[`"']?\s+is)\s+([^.\n]{3,120})/gi;

/** "replace `X` with ...", "where X is ...": what the prose says about each spelling, up to the end of the sentence. */
function explanations(prose: string): ReadonlyMap<string, string> {
  return new Map([...prose.matchAll(EXPLAINED)].map((match) => [match[1] ?? match[2] ?? "", (match[3] ?? "").trim()] as const).reverse());
}
