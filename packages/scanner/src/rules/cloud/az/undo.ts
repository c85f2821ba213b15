// az change -> the command that undoes it, or the read whose output must be captured first. Rows are data.
// A row is used only when every word of the call is written out and every option is one that the row carries over.
import type { Invocation, OptionUse } from "../../../invocation.ts";
import { quoteWord } from "../../../quote.ts";
import type { Inverse } from "../../../types.ts";

/** Commands that undo each other with the same options. */
const pairs: readonly (readonly [groups: string, one: string, other: string])[] = [
  ["vm", "start", "stop"],
  ["vmss", "start", "stop"],
  ["aks", "start", "stop"],
  ["aks nodepool", "start", "stop"],
  ["webapp", "start", "stop"],
  ["functionapp", "start", "stop"],
  ["logicapp", "start", "stop"],
  ["container", "start", "stop"],
  ["containerapp revision", "activate", "deactivate"],
  ["mysql flexible-server", "start", "stop"],
  ["postgres flexible-server", "start", "stop"],
  ["sql mi", "start", "stop"],
  ["network application-gateway", "start", "stop"],
  ["kusto cluster", "start", "stop"],
  ["synapse sql pool", "pause", "resume"],
  ["stream-analytics job", "start", "stop"],
  ["spring app", "start", "stop"],
  ["datafactory trigger", "start", "stop"],
  ["synapse trigger", "start", "stop"],
  ["ml compute", "start", "stop"],
  ["vm disk", "attach", "detach"],
];

/** Changes that one direction undoes. */
const oneWay: Readonly<Record<string, string>> = {
  "vm deallocate": "vm start",
  "vmss deallocate": "vmss start",
  "containerapp revision deactivate": "containerapp revision activate",
  "webapp deployment slot swap": "webapp deployment slot swap",
  "functionapp deployment slot swap": "functionapp deployment slot swap",
};

interface Capture {
  /** The option that the change sets. */
  readonly sets: string;
  /** The read, and the field that it prints. */
  readonly read: string;
  readonly field: string;
}

/** Changes of one setting whose old value is read first. */
const captures: Readonly<Record<string, Capture>> = {
  "aks scale": { sets: "--node-count", read: "aks show", field: "agentPoolProfiles[0].count" },
  "aks nodepool scale": { sets: "--node-count", read: "aks nodepool show", field: "count" },
  "vmss scale": { sets: "--new-capacity", read: "vmss show", field: "sku.capacity" },
  "vm resize": { sets: "--size", read: "vm show", field: "hardwareProfile.vmSize" },
  "appservice plan update": { sets: "--number-of-workers", read: "appservice plan show", field: "sku.capacity" },
  "containerapp update": { sets: "--image", read: "containerapp show", field: "properties.template.containers[0].image" },
  "sql db update": { sets: "--service-objective", read: "sql db show", field: "currentServiceObjectiveName" },
};

const opposites: ReadonlyMap<string, string> = new Map([
  ...pairs.flatMap(([groups, one, other]): [string, string][] => [
    [`${groups} ${one}`, `${groups} ${other}`],
    [`${groups} ${other}`, `${groups} ${one}`],
  ]),
  ...Object.entries(oneWay),
]);

/** Options that say which thing, and are the same for the way back. */
const places: ReadonlySet<string> = new Set(
  "--resource-group --name --ids --subscription --cluster-name --server --vm-name --workspace-name --factory-name --slot --target-slot --revision --app --disk".split(
    " ",
  ),
);
const silent: ReadonlySet<string> = new Set(["--output", "--only-show-errors", "--verbose", "--yes", "--no-wait"]);

function nameOf(use: OptionUse): string {
  return use.spec.names[0] ?? "";
}

/** The options that say which thing, as text; undefined when another one is given than `except`. */
function placeOf(inv: Invocation, except: string | undefined): string | undefined {
  let text = "";
  for (const use of inv.options) {
    const name = nameOf(use);
    if (silent.has(name) || name === except) continue;
    if (!places.has(name) || use.value?.shape !== "literal") return undefined;
    text += ` ${name} ${quoteWord(use.value.text)}`;
  }
  return text;
}

/** The way back from a change; undefined when no row fits all that was typed. */
export function azInverse(inv: Invocation): Inverse | undefined {
  if (inv.unlisted.length > 0 || inv.operands.length > 0) return undefined;
  const command = inv.path.join(" ");
  if (command === "account set") return oldSubscription(inv);
  const opposite = opposites.get(command);
  if (opposite !== undefined) {
    const place = placeOf(inv, undefined);
    return place === undefined ? undefined : { kind: "command", command: `az ${opposite}${place}` };
  }
  const row = captures[command];
  return row === undefined || !inv.has(row.sets) ? undefined : captured(inv, command, row);
}

function captured(inv: Invocation, command: string, row: Capture): Inverse | undefined {
  const place = placeOf(inv, row.sets);
  if (place === undefined) return undefined;
  return {
    kind: "capture",
    capture: `az ${row.read}${place} --query ${quoteWord(row.field)} --output tsv`,
    command: `az ${command}${place} ${row.sets} {capture}`,
  };
}

function oldSubscription(inv: Invocation): Inverse | undefined {
  const known = inv.options.every((use) => silent.has(nameOf(use)) || nameOf(use) === "--subscription" || nameOf(use) === "--server");
  return known
    ? { kind: "capture", capture: "az account show --query id --output tsv", command: "az account set --subscription {capture}" }
    : undefined;
}
