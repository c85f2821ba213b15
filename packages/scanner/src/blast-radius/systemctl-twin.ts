// systemctl stop, restart, try-restart -> systemctl show of the same units and patterns, which expands them as the change would.
// What the units would take along is asked too: where there is any, the reader says nothing.
import { keptWords, optionTable, readOptions, splitAtVerb } from "./read-options.ts";
import type { Draft } from "./types.ts";

const manager = optionTable({
  keepFlags: "--user --system",
  dropFlags: "--no-block -q|--quiet --no-pager --no-ask-password --no-legend",
});

const verbs: ReadonlyMap<string, "loaded" | "running"> = new Map([
  ["stop", "running"],
  ["try-restart", "running"],
  ["restart", "loaded"],
]);

/** Units that stop or start together with the unit. */
export const followers: readonly string[] = [
  "RequiredBy",
  "RequisiteOf",
  "BoundBy",
  "ConsistsOf",
  "PropagatesStopTo",
  "PropagatesReloadTo",
];

const properties = ["Id", "LoadState", "ActiveState", ...followers].join(",");

/** Names and patterns that systemd takes as they are; paths and signs that it would escape are left out. */
const unit = /^[A-Za-z0-9_*?[][A-Za-z0-9:_.@*?[\]-]*$/;
/** What `show` would take for the number of a job or of a start. */
const notName = /^(\d+|[0-9a-f]{32})$/;
/** Groups of units, what is mounted, and a template without its instance. */
const reaching = /\.(target|slice|scope|mount|automount|swap|device)$|@(\.[a-z]+)?$/;

export function systemctlTwin([program = "systemctl", ...args]: readonly string[]): Draft | undefined {
  const split = splitAtVerb(args, manager, new Set(verbs.keys()), "gnu");
  const only = split === undefined ? undefined : verbs.get(split.verb);
  const read = split === undefined ? undefined : readOptions(split.rest, manager, "gnu");
  if (split === undefined || only === undefined || read === undefined || read.operands.length === 0) return undefined;
  if (!read.operands.every((name) => unit.test(name) && !notName.test(name) && !reaching.test(name))) return undefined;
  const argv = [program, ...split.before, ...keptWords(read), "show", "--no-pager", `--property=${properties}`, "--", ...read.operands];
  return { commands: [argv], reading: { kind: "units", only } };
}
