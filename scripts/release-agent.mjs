// Builds the agent's release: one executable per architecture, signed, with everything inside. `npm run release:agent [-- --arch x64] [--out DIR]`
// Node.js and postject come from the npm registry at exactly these versions, here and nowhere else; the key is RELEASE_KEY_FILE (Ed25519, PEM).
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { copyFileSync, chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync, appendFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { importSource } from "./generate.mjs";
import { root } from "./lib/freshness.mjs";
import { lazyRules } from "./lib/lazy-rules.mjs";
import { run } from "./lib/run.mjs";

const nodeVersion = "24.21.0";
const postject = "postject@1.0.0-alpha.6";
const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const cache = join(root, ".cache", "release");

const { values } = parseArgs({
  options: {
    arch: { type: "string", multiple: true },
    out: { type: "string", default: join(root, "release") },
    "this-node": { type: "boolean" },
  },
});
const arches = values.arch ?? ["x64", "arm64"];
const out = resolve(values.out);

const must = async (command, args, options = {}) => {
  const { code, output } = await run(command, args, { quiet: true, ...options });
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}:\n${output}`);
  return output;
};

/** The official build of Node.js for an architecture, as the npm package that carries it. Its integrity is npm's to check. */
const nodeBinary = async (arch) => {
  const folder = join(cache, `node-${nodeVersion}-${arch}`);
  const binary = join(folder, "package", "bin", "node");
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const archive = join(cache, `node-linux-${arch}-${nodeVersion}.tgz`);
  if (!existsSync(archive)) await must("npm", ["pack", "--silent", "--pack-destination", cache, `node-linux-${arch}@${nodeVersion}`]);
  await must("tar", ["xzf", archive, "-C", folder, "package/bin/node"]);
  return binary;
};

const injector = async () => {
  const entry = join(cache, "tools", "node_modules", "postject", "dist", "cli.js");
  if (!existsSync(entry))
    await must("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", join(cache, "tools"), postject], { cwd: cache });
  return entry;
};

/** Without a key file the release is for trying out: its key is made now and forgotten. */
const signingKey = () => {
  const file = process.env.RELEASE_KEY_FILE;
  if (file !== undefined) return createPrivateKey(readFileSync(file, "utf8"));
  process.stderr.write("RELEASE_KEY_FILE is not set: signed with a key of the moment, not for release.\n");
  return generateKeyPairSync("ed25519").privateKey;
};

/** One CommonJS file: what Node takes as the main program of an executable. */
const bundle = async () => {
  const main = join(cache, "agent.cjs");
  await build({
    entryPoints: ["packages/agent/src/main.ts"],
    outfile: main,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "error",
    absWorkingDir: root,
    // No file lies beside the program: whoever looks for one finds none.
    define: { "import.meta.url": JSON.stringify("file:///dd0c-agent/main.js") },
    plugins: [lazyRules],
  });
  return main;
};

/** The preparation has no machine code in it, so that one is good for every architecture of the same Node.js. */
const preparation = async (main, key, node) => {
  const keyFile = join(cache, "release-key.pem");
  writeFileSync(keyFile, createPublicKey(key).export({ type: "spki", format: "pem" }));
  const output = join(cache, "agent.blob");
  const config = join(cache, "sea.json");
  const assets = { "libpg-query.wasm": join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"), "release-key": keyFile };
  writeFileSync(
    config,
    JSON.stringify({ main, output, assets, disableExperimentalSEAWarning: true, useSnapshot: false, useCodeCache: false }),
  );
  await must(node, ["--experimental-sea-config", config]);
  return output;
};

const { releaseMark, releaseStatement } = await importSource("packages/agent/src/release/release-trailer.ts");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

mkdirSync(cache, { recursive: true });
mkdirSync(out, { recursive: true });
const key = signingKey();
const builder = values["this-node"] ? process.execPath : await nodeBinary("x64");
const blob = await preparation(await bundle(), key, builder);
const tool = await injector();
const sums = [];
for (const arch of arches) {
  const name = `dd0c-agent-linux-${arch}`;
  const file = join(out, name);
  copyFileSync(values["this-node"] ? process.execPath : await nodeBinary(arch), file);
  chmodSync(file, 0o755);
  await must(process.execPath, [tool, file, "NODE_SEA_BLOB", blob, "--sentinel-fuse", fuse]);
  appendFileSync(file, Buffer.concat([releaseMark, sign(null, releaseStatement(sha256(readFileSync(file))), key)]));
  sums.push(`${sha256(readFileSync(file))}  ${name}\n`);
  process.stdout.write(`${file} ${Math.round(statSync(file).size / 2 ** 20)} MB\n`);
}
writeFileSync(join(out, "SHA256SUMS"), sums.join(""));
writeFileSync(join(out, "SHA256SUMS.sig"), `${sign(null, Buffer.from(sums.join("")), key).toString("base64")}\n`);
writeFileSync(join(out, "release-key.pem"), createPublicKey(key).export({ type: "spki", format: "pem" }));
process.stdout.write(sums.join(""));
