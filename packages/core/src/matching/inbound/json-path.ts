// Paths into a JSON value: JSONPath without filters and scripts (`$.a.b`, `$['a b']`, `$.list[0]`, `$.list[*].name`, `$..name`), or a JSON
// Pointer (`/a/b`, RFC 6901). Nothing a tenant writes is run, and no path looks at more than a fixed number of values.

type Piece =
  | { readonly kind: "child"; readonly name: string }
  | { readonly kind: "index"; readonly at: number }
  | { readonly kind: "all" | "deep" };

const maxLength = 500;
const maxPieces = 32;
const maxValues = 10_000;

const token = /^(?:\.\.|\.(\*|[\p{L}_$@][\p{L}\p{N}_$@-]*)|\[(\*|-?\d{1,9}|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\])/u;

function pieceOf(bracket: string): Piece {
  if (bracket === "*") return { kind: "all" };
  if (/^-?\d+$/.test(bracket)) return { kind: "index", at: Number(bracket) };
  return { kind: "child", name: bracket.slice(1, -1).replace(/\\(.)/g, "$1") };
}

const namedPiece = (name: string): Piece => (name === "*" ? { kind: "all" } : { kind: "child", name });

/** `..name` is read as "everything below" and then `.name`. */
const afterDeep = (rest: string): string => (rest.startsWith("..[") ? rest.slice(2) : `.${rest.slice(2)}`);

function readJsonPath(path: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let rest = path.slice(1);
  while (rest !== "") {
    const [whole, name = "", bracket] = token.exec(rest) ?? [];
    if (whole === undefined || pieces.length >= maxPieces) return null;
    const isDeep = whole === "..";
    pieces.push(isDeep ? { kind: "deep" } : bracket === undefined ? namedPiece(name) : pieceOf(bracket));
    rest = isDeep ? afterDeep(rest) : rest.slice(whole.length);
    if (rest === ".") return null;
  }
  return pieces;
}

const readPointer = (path: string): readonly Piece[] =>
  path
    .split("/")
    .slice(1)
    .map((part) => ({ kind: "child", name: part.replaceAll("~1", "/").replaceAll("~0", "~") }));

/** Null: the text is no path that we read. */
export function readPath(path: string): readonly Piece[] | null {
  if (path.length > maxLength) return null;
  if (path.startsWith("/")) return readPointer(path);
  return path.startsWith("$") ? readJsonPath(path) : null;
}

export const isPath = (path: string): boolean => readPath(path) !== null;

const members = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : typeof value === "object" && value !== null ? Object.values(value) : [];

function childOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return /^\d{1,9}$/.test(name) && Number(name) < value.length ? [value[Number(name)]] : [];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
  return [(value as Readonly<Record<string, unknown>>)[name]];
}

function below(value: unknown): readonly unknown[] {
  const found: unknown[] = [value];
  for (let at = 0; at < found.length && found.length < maxValues; at += 1)
    found.push(...members(found[at]).slice(0, maxValues - found.length));
  return found;
}

/** What each of these values leads to, until there are enough: ten thousand trees of ten thousand values are never gathered. */
function gather(values: readonly unknown[], from: (value: unknown) => readonly unknown[]): readonly unknown[] {
  const found: unknown[] = [];
  for (const value of values) {
    if (found.length >= maxValues) break;
    for (const each of from(value)) found.push(each);
  }
  return found.slice(0, maxValues);
}

function step(values: readonly unknown[], piece: Piece): readonly unknown[] {
  switch (piece.kind) {
    case "child":
      return gather(values, (value) => childOf(value, piece.name));
    case "index":
      return gather(values, (value) => (Array.isArray(value) && value.at(piece.at) !== undefined ? [value.at(piece.at)] : []));
    case "all":
      return gather(values, members);
    case "deep":
      return gather(values, below);
  }
}

/** Every value at the path, in document order; none for a path that leads nowhere or is none. */
export function valuesAt(root: unknown, path: string): readonly unknown[] {
  const pieces = readPath(path);
  if (pieces === null) return [];
  return pieces.reduce<readonly unknown[]>((values, piece) => step(values, piece), [root]);
}
