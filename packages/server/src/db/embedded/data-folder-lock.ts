// In: a data folder. Out: the exclusive right to open the database in it, or who holds it.
// PGlite has no lock of its own and two openers lose data. A lock left by a dead process is taken over; a live one never is.
import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, readlinkSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who holds a data folder. `nonce` is unique per holder. */
type LockHolder = {
  nonce: string;
  pid: number;
  /** Start time of the process in clock ticks since boot, or "" where the system does not tell. */
  startTime: string;
  bootId: string;
  /** Process id namespace; "" where there is none. Process ids of another namespace mean nothing here. */
  pidNamespace: string;
  /** The server that started the holder; shown to people. */
  parentPid: number;
};

type LockResult = { ok: true; lock: DataFolderLock } | { ok: false; holder: LockHolder };
export type DataFolderLock = { release(): void };

const lockName = "database.lock";
const touchEveryMs = 2_000;
const staleAfterMs = 10_000;

/** Takes the lock. A holder that is provably gone is replaced; otherwise the answer names the holder. */
export function lockDataFolder(folder: string, parentPid: number): LockResult {
  const path = join(folder, lockName);
  const mine = thisProcess(parentPid);
  const draft = `${path}.${mine.nonce}`;
  writeFileSync(draft, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
  try {
    for (;;) {
      if (tryLink(draft, path)) return { ok: true, lock: hold(path, mine) };
      const current = readHolder(path);
      if (current === undefined) continue;
      if (isAlive(path, current)) return { ok: false, holder: current };
      const rival = takeOver(path, draft, mine, current);
      if (rival === "won") return { ok: true, lock: hold(path, mine) };
      if (rival !== "retry") return { ok: false, holder: rival };
    }
  } finally {
    removeFile(draft);
  }
}

/**
 * Exactly one process may replace a dead holder: the one that links `claim-<nonce of the dead one>` first. A claimant that died itself is
 * replaced the same way, through a claim on its own nonce. The lock is read again after the claim, because a quicker claimant may be done.
 */
function takeOver(path: string, draft: string, mine: LockHolder, dead: LockHolder): "won" | "retry" | LockHolder {
  let target = dead;
  const claims: string[] = [];
  for (;;) {
    const claim = `${path}.claim-${target.nonce}`;
    claims.push(claim);
    if (tryLink(draft, claim)) break;
    const claimant = readHolder(claim);
    if (claimant === undefined) return "retry";
    if (isAlive(claim, claimant)) return claimant;
    target = claimant;
  }
  if (readHolder(path)?.nonce !== dead.nonce) {
    removeFile(claims[claims.length - 1] ?? "");
    return "retry";
  }
  const replacement = `${draft}.next`;
  writeFileSync(replacement, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
  renameSync(replacement, path);
  for (const claim of claims) removeFile(claim);
  return "won";
}

function hold(path: string, mine: LockHolder): DataFolderLock {
  const timer = setInterval(() => touch(path), touchEveryMs);
  timer.unref();
  return {
    release: () => {
      clearInterval(timer);
      if (readHolder(path)?.nonce === mine.nonce) removeFile(path);
    },
  };
}

function isAlive(path: string, holder: LockHolder): boolean {
  if (holder.bootId !== bootId() || holder.pidNamespace !== pidNamespace()) return ageMs(path) < staleAfterMs;
  return isRunning(holder.pid, holder.startTime);
}

/** Whether the process runs and is the same one that was recorded (process ids are reused). */
export function isRunning(pid: number, startTime: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== "EPERM") return false;
  }
  return startTime === "" || processStartTime(pid) === startTime;
}

function thisProcess(parentPid: number): LockHolder {
  return {
    nonce: randomUUID(),
    pid: process.pid,
    startTime: processStartTime(process.pid),
    bootId: bootId(),
    pidNamespace: pidNamespace(),
    parentPid,
  };
}

function processStartTime(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return afterName[0] === "Z" ? "gone" : (afterName[19] ?? "");
}

function bootId(): string {
  return readText("/proc/sys/kernel/random/boot_id").trim();
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function readHolder(path: string): LockHolder | undefined {
  const text = readText(path);
  return text === "" ? undefined : (JSON.parse(text) as LockHolder);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The folder was removed under us; the database will say so.
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
