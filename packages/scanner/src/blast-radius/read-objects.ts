// Lines of kubectl's columns -> the objects in them. Kinds, namespaces and names hold no blanks; a line of another number of words is not understood.
import type { Listed } from "./read-twin.ts";

const none = "<none>";

type Thing = Listed["things"][number];

/** Lines of as many words as there are columns; undefined if one has more or fewer. */
function columns(lines: readonly string[], count: number): readonly (readonly string[])[] | undefined {
  const rows = lines.map((line) => line.trim().split(/\s+/));
  return rows.every((row) => row.length === count) ? rows : undefined;
}

function thing([kind = "", namespace = "", name = ""]: readonly string[]): Thing {
  return namespace === none ? { kind, name } : { kind, name, namespace };
}

export function readObjects(lines: readonly string[]): Listed | undefined {
  const rows = columns(lines, 3);
  if (rows === undefined || rows.some(([kind, , name]) => kind === none || name === none)) return undefined;
  const things = rows.map(thing);
  const [kind, ...more] = new Set(things.map((each) => each.kind));
  return { what: kind === undefined || more.length > 0 ? "objects" : plural(kind), things };
}

/** A drain leaves mirror pods alone, and pods of daemon sets too unless it is forced and their set is gone. */
export function readPods(lines: readonly string[], daemonPods: "stay" | "go"): Listed | undefined {
  const rows = columns(lines, 5);
  if (rows === undefined) return undefined;
  const leaving = rows.filter(([, , , owners = "", mirror]) => {
    const isDaemonPod = owners.split(",").includes("DaemonSet");
    return mirror === none && (daemonPods === "go" || !isDaemonPod);
  });
  return { what: "pods", things: leaving.map(thing) };
}

/** "Deployment" -> "deployments", "NetworkPolicy" -> "networkpolicies", "Ingress" -> "ingresses". */
function plural(kind: string): string {
  const name = kind.toLowerCase();
  if (name === "endpoints") return name;
  if (/(s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
