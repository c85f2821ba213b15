// A real PostgreSQL for tests: an own cluster in a temporary folder, reached by unix socket only, one cloned database per caller.
// In: nothing. Out: addresses of the unprivileged login role and of the superuser. Fails, with the package's name, where PostgreSQL is missing.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { migrate } from "../src/db/migrate.ts";
import { bootstrapSql, readMigrations } from "../src/db/migration-files.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const templateName = "dd0c_template";

export type TestCluster = {
  /** A fresh database with all migrations. */
  createDatabase(): Promise<{ url: string; superuserUrl: string }>;
  /** A fresh database without anything of ours. */
  createEmptyDatabase(): Promise<{ url: string; superuserUrl: string }>;
  /** SIGKILL, and up again with what was committed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

type Account = { uid?: number; gid?: number };

/** Starts a cluster. `durable` keeps fsync on, for measuring. */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<TestCluster> {
  const binaries = findBinaries();
  const account = serverAccount();
  const folder = mkdtempSync(join(tmpdir(), "dd0c-pg-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  cpSync(initialisedCluster(binaries, account), data, { recursive: true });
  own(folder, account);
  const launch = (): ChildProcess =>
    spawn(join(binaries, "postgres"), serverArguments(data, folder, options.durable ?? false), {
      ...account,
      cwd: folder,
      stdio: "ignore",
    });
  let server = launch();
  const kill = (): void => void server.kill("SIGQUIT");
  process.once("exit", kill);
  const address = (user: string, database: string): string => `postgres://${user}@/${database}?host=${encodeURIComponent(folder)}`;
  await untilUp(address("postgres", "postgres"), server);
  await run(address("postgres", "postgres"), `CREATE DATABASE ${templateName}`);
  await prepareTemplate(address("postgres", templateName));
  const create = async (template: string): Promise<{ url: string; superuserUrl: string }> => {
    const name = `t_${randomUUID().replaceAll("-", "")}`;
    await run(address("postgres", "postgres"), `CREATE DATABASE ${name} TEMPLATE ${template}`);
    return { url: address("dd0c_login", name), superuserUrl: address("postgres", name) };
  };
  return {
    createDatabase: () => create(templateName),
    createEmptyDatabase: () => create("template0"),
    restart: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await ended;
      // Its children end a moment later; until then they hold what a successor needs, which then ends at once.
      const isUp = async (): Promise<boolean> => {
        server = launch();
        return untilUp(address("postgres", "postgres"), server).then(
          () => true,
          () => false,
        );
      };
      while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      process.removeListener("exit", kill);
      server.kill("SIGQUIT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries(): string {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  if (newest === undefined || newest < 15) throw new Error("PostgreSQL 15 is not installed: apt-get install postgresql (npm test does it)");
  return `/usr/lib/postgresql/${newest}/bin`;
}

/** initdb and postgres refuse to run as root. */
function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function own(path: string, account: Account): void {
  if (account.uid === undefined || account.gid === undefined) return;
  chownSync(path, account.uid, account.gid);
  for (const entry of readdirSync(path, { recursive: true, encoding: "utf8" })) chownSync(join(path, entry), account.uid, account.gid);
}

/** initdb takes seconds, a copy does not: the result is kept per version, outside the repository's tracked files. */
function initialisedCluster(binaries: string, account: Account): string {
  const key = createHash("sha256").update(`${binaries} 1`).digest("hex").slice(0, 12);
  const kept = join(root, ".cache/test", `pg-${key}`);
  if (existsSync(kept)) return kept;
  const folder = mkdtempSync(join(tmpdir(), "dd0c-initdb-"));
  own(folder, account);
  const data = join(folder, "data");
  const flags = ["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(join(binaries, "initdb"), flags, { ...account, cwd: folder, stdio: "ignore" });
  mkdirSync(join(root, ".cache/test"), { recursive: true });
  const draft = `${kept}.${randomUUID()}`;
  cpSync(data, draft, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, kept);
  } catch {
    // Another test process was faster.
    rmSync(draft, { recursive: true, force: true });
  }
  return kept;
}

function serverArguments(data: string, socketFolder: string, durable: boolean): string[] {
  const settings = ["listen_addresses=", `unix_socket_directories=${socketFolder}`, "max_connections=60", "shared_buffers=32MB"];
  const relaxed = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  return ["-D", data, ...[...settings, ...(durable ? [] : relaxed)].flatMap((setting) => ["-c", setting])];
}

async function untilUp(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await run(url, "SELECT 1");
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function prepareTemplate(url: string): Promise<void> {
  await run(url, bootstrapSql());
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await migrate(client, readMigrations());
  } finally {
    await client.end();
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
