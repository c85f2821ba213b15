// What docker, podman and systemctl print about named things -> the containers or units that a change would touch.
import type { Listed } from "./read-twin.ts";

const stopped: ReadonlySet<string> = new Set(["created", "configured", "initialized", "exited", "stopped", "dead"]);

/** Lines `ID STATE NAME`; one container may be named twice, by its id and its name. */
export function readContainers(lines: readonly string[], only: "all" | "running"): Listed | undefined {
  const rows = lines.map((line) => /^([0-9a-f]{12,64}) ([a-z]+) \/?([\w.,/-]+)$/.exec(line.trim()));
  const containers = new Map<string, { readonly kind: string; readonly name: string }>();
  for (const row of rows) {
    const [, id, state, name] = row ?? [];
    if (id === undefined || state === undefined || name === undefined) return undefined;
    if (only === "all" || !stopped.has(state)) containers.set(id, { kind: "container", name });
  }
  return { what: "containers", things: [...containers.values()] };
}

const idle: ReadonlySet<string> = new Set(["inactive", "failed"]);
const identity: ReadonlySet<string> = new Set(["Id", "LoadState", "ActiveState"]);

/** Blocks of properties, a blank line between them. Undefined where a unit would take others along, or is a group of units. */
export function readUnits(stdout: string, only: "loaded" | "running"): Listed | undefined {
  const units = new Map<string, { readonly kind: string; readonly name: string }>();
  for (const block of stdout.split(/\n\s*\n/).filter((text) => text.trim() !== "")) {
    const unit = readUnit(block);
    if (unit === undefined) return undefined;
    const { name, kind, load, active } = unit;
    const isTouched = only === "running" ? !idle.has(active) : load === "loaded";
    if (isTouched) units.set(name, { kind, name });
  }
  return { what: "units", things: [...units.values()] };
}

function readUnit(
  block: string,
): { readonly name: string; readonly kind: string; readonly load: string; readonly active: string } | undefined {
  const lines = block
    .trim()
    .split("\n")
    .map((line) => /^(\w+)=(.*)$/.exec(line));
  if (lines.includes(null)) return undefined;
  const values = new Map(lines.map((line) => [line?.[1] ?? "", line?.[2] ?? ""]));
  const takesOthers = [...values].some(([name, value]) => !identity.has(name) && value !== "");
  const [name, load, active] = [values.get("Id"), values.get("LoadState"), values.get("ActiveState")];
  const kind = /\.(service|socket|timer|path)$/.exec(name ?? "")?.[1];
  if (takesOthers || name === undefined || load === undefined || active === undefined || kind === undefined) return undefined;
  return { name, kind, load, active };
}
