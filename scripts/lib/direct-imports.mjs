// For esbuild: `dd0c match` takes what it needs of core from the one stage that it uses. In a program of one file the entry of a package evaluates
// every module behind it, the parser among them, and a cold start would wait for it. The sources keep to the entries; this is of the build alone.
import { readFileSync } from "node:fs";

const entry = 'from "@dd0c/core"';
const stage = 'from "../../../core/src/matching/index.ts"';

export const directImports = {
  name: "direct-imports",
  setup(hooks) {
    hooks.onLoad({ filter: /packages\/cli\/src\/commands\/match\.ts$/ }, ({ path }) => ({
      // A name that the stage does not have fails the build.
      contents: readFileSync(path, "utf8").replace(entry, stage),
      loader: "ts",
    }));
  },
};
