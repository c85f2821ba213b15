// For esbuild: the lists of rules that the scanner's registry names are evaluated when they are first asked for, not when a program starts.
// `() => textRules` becomes `() => require("./rules/text/list.ts").textRules`; the bundler turns that into a function which runs the files once.
import { readFileSync } from "node:fs";

const imported = /^import \{ (\w+Rules) \} from ("\.\/rules\/\w+\/list\.ts");$/gm;

/** The registry's text with its imports of lists moved to where they are used. */
export const withLazyRules = (text) => {
  const lists = [...text.matchAll(imported)];
  const without = text.replace(imported, "");
  return lists.reduce((rest, [, name, path]) => rest.replace(`() => ${name},`, `() => require(${path}).${name},`), without);
};

export const lazyRules = {
  name: "lazy-rules",
  setup(hooks) {
    hooks.onLoad({ filter: /packages\/scanner\/src\/registry\.ts$/ }, ({ path }) => ({
      contents: withLazyRules(readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};
