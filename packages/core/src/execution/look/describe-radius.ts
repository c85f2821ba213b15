// What would be touched, in one line of plain words, the same on every face: "12 pods in pay and shop". Pure.
import type { Radius } from "@dd0c/scanner";

const namesShown = 3;

/** "pay", "pay and shop", "a, b, c and 4 more". */
function joined(names: readonly string[]): string {
  const shown = names.slice(0, namesShown);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

/** "rows of orders" -> "row of orders". */
function singular(what: string): string {
  const [first = "", ...rest] = what.split(" ");
  const one = first
    .replace(/ies$/, "y")
    .replace(/sses$/, "ss")
    .replace(/([^s])s$/, "$1");
  return [one, ...rest].join(" ");
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

export function describeRadius({ what, count, namespaces }: Pick<Radius, "what" | "count" | "namespaces">): string {
  const noun = count === 1 ? singular(what) : what;
  return `${grouped(count)} ${noun}${namespaces.length === 0 ? "" : ` in ${joined(namespaces)}`}`;
}
