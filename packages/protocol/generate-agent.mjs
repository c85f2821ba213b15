// Generates src/agent/generated/ from src/agent/agent.proto with buf and ts-proto, offline, from this folder's own settings.
// `node generate-agent.mjs [OUT_FOLDER]`: without an argument the committed folder is replaced; the freshness test passes a temporary one.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "src/agent/generated"));
const require = createRequire(import.meta.url);
const bin = (name, file) => join(dirname(require.resolve(`${name}/package.json`)), file);

const template = {
  version: "v2",
  plugins: [
    {
      local: [process.execPath, bin("ts-proto", "protoc-gen-ts_proto")],
      out,
      strategy: "all",
      opt: [
        "env=node",
        "esModuleInterop=true",
        "importSuffix=.ts",
        "outputServices=grpc-js",
        "oneof=unions-value",
        "enumsAsLiterals=true",
        "removeEnumPrefix=true",
        "unrecognizedEnum=false",
        "outputJsonMethods=false",
        "useExactTypes=false",
        "useReadonlyTypes=true",
        "exportCommonSymbols=false",
        "annotateFilesWithVersion=false",
      ],
    },
  ],
};

rmSync(out, { recursive: true, force: true });
for (const args of [["lint"], ["generate", "--template", JSON.stringify(template)]]) {
  const run = spawnSync(process.execPath, [bin("@bufbuild/buf", "bin/buf"), ...args], { cwd: here, stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
