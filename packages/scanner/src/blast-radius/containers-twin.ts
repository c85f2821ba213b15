// docker and podman: rm, stop, kill, restart, pause of containers by name -> inspect of the same names, which finds them as the change would;
// by one filter, or docker's prune -> ps with that filter. Volumes, links and everything "all" or "latest" have no twin.
import { programName } from "../registry.ts";
import { hasOption, type OptionTable, optionTable, readOptions, splitAtVerb } from "./read-options.ts";
import type { Draft, Reading } from "./types.ts";

interface ContainerVerb {
  readonly table: OptionTable;
  readonly only: Extract<Reading, { kind: "containers" }>["only"];
}

const filters = "--filter";
const stop = optionTable({ drop: `-t|--time|--timeout -s|--signal ${filters}` });
const verbs: ReadonlyMap<string, ContainerVerb> = new Map([
  ["rm", { table: optionTable({ drop: filters, dropFlags: "-f|--force" }), only: "all" }],
  ["stop", { table: stop, only: "running" }],
  ["restart", { table: stop, only: "all" }],
  ["kill", { table: optionTable({ drop: "-s|--signal" }), only: "running" }],
  ["pause", { table: optionTable({}), only: "running" }],
  ["unpause", { table: optionTable({}), only: "running" }],
  ["prune", { table: optionTable({ drop: filters, dropFlags: "-f|--force" }), only: "all" }],
]);

const places: ReadonlyMap<string, OptionTable> = new Map([
  ["docker", optionTable({ keep: "-c|--context" })],
  ["podman", optionTable({})],
]);

const firstWords: ReadonlySet<string> = new Set(["container", ...verbs.keys()].filter((word) => word !== "prune"));
const listed = "{{.ID}} {{.State}} {{.Names}}";
const inspected = "{{.Id}} {{.State.Status}} {{.Name}}";
const name = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

export function containersTwin([word = "", ...args]: readonly string[]): Draft | undefined {
  const program = programName(word) ?? "";
  const place = places.get(program);
  const split = place === undefined ? undefined : splitAtVerb(args, place, firstWords, "go");
  if (split === undefined) return undefined;
  const [verb = "", ...rest] = split.verb === "container" ? split.rest : [split.verb, ...split.rest];
  const rule = verbs.get(verb);
  if (rule === undefined) return undefined;
  const command = containerList([word, ...split.before], program, verb, readOptions(rest, rule.table, "go"));
  return command === undefined ? undefined : { commands: [command], reading: { kind: "containers", only: rule.only } };
}

function containerList(
  client: readonly string[],
  program: string,
  verb: string,
  read: ReturnType<typeof readOptions>,
): readonly string[] | undefined {
  if (read === undefined) return undefined;
  const chosen = read.options.filter((option) => option.name === filters).map(({ value }) => value ?? "");
  if (verb === "prune") return program === "docker" ? pruned(client, read.operands, chosen, hasOption(read, "-f")) : undefined;
  if (chosen.length > 0) return program === "podman" ? filtered(client, read.operands, chosen) : undefined;
  const isNamed = read.operands.length > 0 && read.operands.every((operand) => name.test(operand));
  return isNamed ? [...client, "container", "inspect", "--format", inspected, ...read.operands] : undefined;
}

const byLabel = /^label=[\w./-]+(=[\w./:@-]*)?$/;

/** podman takes a filter in place of names; two of them are joined in ways that differ between keys. */
function filtered(client: readonly string[], operands: readonly string[], chosen: readonly string[]): readonly string[] | undefined {
  const [filter = "", ...more] = chosen;
  return operands.length > 0 || more.length > 0 || !byLabel.test(filter) ? undefined : list(client, [filter]);
}

/** What does not run. `until` is no filter of ps, and `label!` neither. */
function pruned(
  client: readonly string[],
  operands: readonly string[],
  chosen: readonly string[],
  isForced: boolean,
): readonly string[] | undefined {
  if (operands.length > 0 || !isForced || chosen.length > 1 || !chosen.every((filter) => byLabel.test(filter))) return undefined;
  return list(client, ["status=created", "status=exited", "status=dead", ...chosen]);
}

const list = (client: readonly string[], by: readonly string[]): readonly string[] => [
  ...client,
  "ps",
  "-a",
  "--no-trunc",
  ...by.map((filter) => `--filter=${filter}`),
  "--format",
  listed,
];
