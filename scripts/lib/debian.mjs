// Debian packages that tests use: a real PostgreSQL, a real browser, a real sandbox. Installed once, only where something is missing.
import { existsSync, readdirSync } from "node:fs";
import { run } from "./run.mjs";

const hasPostgres = () =>
  existsSync("/usr/lib/postgresql") &&
  readdirSync("/usr/lib/postgresql").some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`));

const NEEDED = [
  { name: "postgresql", present: hasPostgres },
  { name: "redis-server", present: () => existsSync("/usr/bin/redis-server") },
  { name: "chromium", present: () => existsSync("/usr/bin/chromium") },
  { name: "curl", present: () => existsSync("/usr/bin/curl") },
  { name: "jq", present: () => existsSync("/usr/bin/jq") },
  { name: "bubblewrap", present: () => existsSync("/usr/bin/bwrap") },
  { name: "prometheus-alertmanager", present: () => existsSync("/usr/bin/prometheus-alertmanager") },
  { name: "faketime", present: () => existsSync("/usr/bin/faketime") },
  { name: "kubernetes-client", present: () => existsSync("/usr/bin/kubectl") },
];

/** Installs what is missing with apt-get; without root or apt it says which packages to install by hand. */
export const ensureDebianPackages = async (say) => {
  const missing = NEEDED.filter(({ present }) => !present()).map(({ name }) => name);
  if (missing.length === 0) return;
  say(`Installing Debian packages for the tests: ${missing.join(" ")} ...`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const args of [
    ["apt-get", "update", "-qq"],
    ["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...missing],
  ]) {
    const [command, ...rest] = [...prefix, ...args];
    const { code, output } = await run(command, rest, { quiet: true, env });
    if (code !== 0)
      throw new Error(`${output}\nThe tests need these Debian packages: ${missing.join(" ")}. Install them and run npm test again.`);
  }
};
