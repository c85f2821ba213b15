// gcloud change -> the command that undoes it, or the read whose output must be captured first. Rows are data.
// A row is used only when every word of the call is written out and every option is one that the row carries over.
import type { Invocation, OptionUse } from "../../../invocation.ts";
import { quoteWord, quoteWords } from "../../../quote.ts";
import type { Inverse } from "../../../types.ts";
import { trackless } from "./targets.ts";

/** Commands that undo each other with the same words. Behind the groups: one command and the other. */
const pairs: readonly (readonly [groups: string, one: string, other: string])[] = [
  ["compute instances", "start", "stop"],
  ["compute instances", "suspend", "resume"],
  ["compute instances", "add-tags", "remove-tags"],
  ["compute instances", "attach-disk", "detach-disk"],
  ["compute instances", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["compute backend-services", "add-backend", "remove-backend"],
  ["compute target-pools", "add-instances", "remove-instances"],
  ["compute instance-groups unmanaged", "add-instances", "remove-instances"],
  ["projects", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["organizations", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["iam service-accounts", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["iam service-accounts", "enable", "disable"],
  ["iam service-accounts keys", "enable", "disable"],
  ["secrets", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["secrets versions", "enable", "disable"],
  ["storage buckets", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["run services", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["pubsub topics", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["pubsub subscriptions", "add-iam-policy-binding", "remove-iam-policy-binding"],
  ["kms keys versions", "enable", "disable"],
  ["scheduler jobs", "pause", "resume"],
  ["tasks queues", "pause", "resume"],
  ["eventarc pipelines", "pause", "resume"],
  ["app versions", "start", "stop"],
  ["workstations", "start", "stop"],
  ["notebooks instances", "start", "stop"],
  ["workbench instances", "start", "stop"],
  ["dataproc clusters", "start", "stop"],
  ["compute tpus tpu-vm", "start", "stop"],
];

interface Capture {
  /** The option that the change sets. */
  readonly sets: string;
  /** Groups and command of the read, and the field that it prints. */
  readonly read: string;
  readonly field: string;
}

/** Changes of one setting whose old value is read first. */
const captures: Readonly<Record<string, readonly Capture[]>> = {
  "compute instance-groups managed resize": [{ sets: "--size", read: "compute instance-groups managed describe", field: "targetSize" }],
  "compute instances set-machine-type": [{ sets: "--machine-type", read: "compute instances describe", field: "machineType.basename()" }],
  "sql instances patch": [
    { sets: "--tier", read: "sql instances describe", field: "settings.tier" },
    { sets: "--activation-policy", read: "sql instances describe", field: "settings.activationPolicy" },
    { sets: "--availability-type", read: "sql instances describe", field: "settings.availabilityType" },
  ],
  "run services update": [{ sets: "--image", read: "run services describe", field: "spec.template.spec.containers[0].image" }],
  "run deploy": [{ sets: "--image", read: "run services describe", field: "spec.template.spec.containers[0].image" }],
  "pubsub subscriptions modify-push-config": [
    { sets: "--push-endpoint", read: "pubsub subscriptions describe", field: "pushConfig.pushEndpoint" },
  ],
  "compute url-maps set-default-service": [
    { sets: "--default-service", read: "compute url-maps describe", field: "defaultService.basename()" },
  ],
  "redis instances update": [{ sets: "--size", read: "redis instances describe", field: "memorySizeGb" }],
  "dns managed-zones update": [{ sets: "--description", read: "dns managed-zones describe", field: "description" }],
};

const opposites: ReadonlyMap<string, string> = new Map(
  pairs.flatMap(([groups, one, other]): [string, string][] => [
    [`${groups} ${one}`, `${groups} ${other}`],
    [`${groups} ${other}`, `${groups} ${one}`],
  ]),
);

/** Options that say where, and are the same for the way back. */
const places: ReadonlySet<string> = new Set(["--project", "--zone", "--region", "--location", "--cluster", "--account", "--configuration"]);
const silent: ReadonlySet<string> = new Set(["--quiet", "--async", "--format", "--verbosity"]);
const carried: ReadonlySet<string> = new Set(
  "--member --role --tags --disk --instance-group --instances --instance --key --keyring --secret --iam-account --service --topic --description --mode".split(
    " ",
  ),
);

function isWrittenOut(inv: Invocation): boolean {
  const words = [...inv.operands, ...inv.options.flatMap((use) => use.value ?? [])];
  return inv.unlisted.length === 0 && words.every((arg) => arg.shape === "literal");
}

function render(use: OptionUse): string {
  const name = use.spec.names[0] ?? "";
  return use.value === undefined ? ` ${name}` : ` ${name}=${quoteWord(use.value.text)}`;
}

/** The options that stay, as text; undefined when one is neither a place, nor silent, nor `kept`. */
function options(inv: Invocation, kept: (name: string) => boolean): string | undefined {
  let text = "";
  for (const use of inv.options) {
    const name = use.spec.names[0] ?? "";
    if (silent.has(name)) continue;
    if (!places.has(name) && !kept(name)) return undefined;
    text += render(use);
  }
  return text;
}

function operands(inv: Invocation): string {
  return quoteWords(inv.operands.map((arg) => arg.text));
}

/** The way back from a change; undefined when no row fits all that was typed. */
export function gcloudInverse(inv: Invocation): Inverse | undefined {
  if (!isWrittenOut(inv)) return undefined;
  const command = trackless(inv.path).join(" ");
  const track = inv.path.length > trackless(inv.path).length ? `${inv.path[0]} ` : "";
  if (command === "config set") return oldSetting(inv);
  const opposite = opposites.get(command);
  if (opposite !== undefined) {
    const kept = options(inv, (name) => carried.has(name));
    return kept === undefined ? undefined : { kind: "command", command: `gcloud ${track}${opposite} ${operands(inv)}${kept}` };
  }
  const row = captures[command]?.find((each) => inv.has(each.sets));
  return row === undefined ? undefined : captured(inv, `${track}${command}`, row, track);
}

function captured(inv: Invocation, command: string, row: Capture, track: string): Inverse | undefined {
  const others = inv.options.filter((use) => use.spec.names[0] !== row.sets);
  const known = others.every((use) => places.has(use.spec.names[0] ?? "") || silent.has(use.spec.names[0] ?? ""));
  if (!known || inv.operands.length !== 1) return undefined;
  const where = others
    .filter((use) => places.has(use.spec.names[0] ?? ""))
    .map(render)
    .join("");
  const name = operands(inv);
  return {
    kind: "capture",
    capture: `gcloud ${track}${row.read} ${name}${where} --format=${quoteWord(`value(${row.field})`)}`,
    command: `gcloud ${command} ${name} ${row.sets}={capture}${where}`,
  };
}

function oldSetting(inv: Invocation): Inverse | undefined {
  const name = inv.operand(0);
  if (name === undefined || inv.operands.length !== 2 || inv.options.some((use) => use.spec.names[0] !== "--quiet")) return undefined;
  return {
    kind: "capture",
    capture: `gcloud config get-value ${quoteWord(name)}`,
    command: `gcloud config set ${quoteWord(name)} {capture}`,
  };
}
