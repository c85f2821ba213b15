// Lines of find -> the paths in them. A name may hold a line break: what follows it is no line of its own unless it looks like one,
// so that such a name may raise the count and can never lower it.
import type { Listed } from "./read-twin.ts";

const kinds: Readonly<Record<string, string>> = { f: "files", d: "directories", l: "links" };

/** `link`: a path behind which nobody looked; undefined where it is a link. */
export function readPaths(lines: readonly string[], link: string | null): Listed | undefined {
  const entries = lines.flatMap((line) => {
    const [, type, path] = /^([a-zA-Z?]) (.+)$/.exec(line) ?? [];
    return type === undefined || path === undefined ? [] : [{ type, path }];
  });
  const first = lines[0] ?? "";
  if ((first !== "" && entries[0]?.path !== first.slice(2)) || entries.some(({ type, path }) => type === "l" && path === link))
    return undefined;
  return { what: "paths", things: entries.map(({ type, path }) => ({ kind: kinds[type] ?? "special files", name: path })) };
}
