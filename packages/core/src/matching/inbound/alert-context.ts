// What a run takes along from its alert, and which of its variables the alert can fill. Names on the left are those a runbook's variables refer to.
// Everything here was chosen by an outsider: what may fill in by itself is decided later, by ruling 23 (execution/variable-value.ts).
import type { InboundAlert } from "./inbound-alert.ts";

export interface AlertValue {
  readonly value: string;
  /** Where it stands in the alert: "service", "label namespace". */
  readonly from: string;
}

type Known = Pick<InboundAlert, "facts" | "region" | "environment" | "deployment" | "deployedAt">;

const simple = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** Other words for the fields. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  service: ["service", "servicename", "app", "application", "appname"],
  region: ["region", "awsregion"],
  environment: ["environment", "env", "stage"],
  deployment: ["deployment", "release", "version"],
  deployed_at: ["deployedat"],
  severity: ["severity"],
  team: ["team"],
  alert_name: ["alertname", "alert"],
};

/** The alert's own fields by our names; what it does not say is left out. */
export function alertFields({ facts, region, environment, deployment, deployedAt }: Known): Readonly<Record<string, string>> {
  const fields = {
    service: facts.service,
    region,
    environment,
    deployment,
    deployed_at: deployedAt,
    severity: facts.severity,
    team: facts.team,
    alert_name: facts.name,
    title: facts.title,
    description: facts.description,
  };
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null));
}

/**
 * The value for a runbook's variable: the field that the runbook names, else a label of the variable's own name, else the field that its name means.
 * @param field as the runbook has it ("service"); undefined where it names none
 */
export function valueFor(alert: Known, name: string, field: string | undefined): AlertValue | undefined {
  const fields = alertFields(alert);
  const labels = new Map(Object.entries(alert.facts.labels).map(([label, value]) => [simple(label), { label, value }]));
  const wanted = field === undefined ? [simple(name)] : [simple(field), simple(name)];
  for (const word of wanted) {
    const own = Object.keys(fields).find((each) => simple(each) === word);
    if (own !== undefined) return fieldValue(fields, own);
    // A label of exactly that name says more than a field that usually means it.
    const label = labels.get(word);
    if (label !== undefined) return { value: label.value, from: `label ${label.label}` };
    const meant = Object.keys(meanings).find((each) => meanings[each]?.includes(word));
    const value = meant === undefined ? undefined : fieldValue(fields, meant);
    if (value !== undefined) return value;
  }
  return undefined;
}

const fieldValue = (fields: Readonly<Record<string, string>>, name: string): AlertValue | undefined => {
  const value = fields[name];
  return value === undefined ? undefined : { value, from: name };
};
