// Tenants that are to be locked and whose record is not written yet: locked for this process, and for the one that comes after it.
// In: a tenant and a cause, before anybody is asked. Out: who is locked and why. In memory at once, then in a flushed file, as the panic flag.
// It never forgets a cause that no record has, and a file that cannot be read stops the start: nobody could say who is locked.
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "@dd0c/core";
import type { Cause } from "./party-cause.ts";

export interface Suspicion {
  readonly tenantId: string;
  readonly cause: Cause;
}

export interface Suspects {
  readonly has: (tenantId: string) => boolean;
  /** In force when it returns, also where the disk refuses: then for as long as this process lives. */
  readonly add: (suspicion: Suspicion) => void;
  /** The database has it on record now. */
  readonly settle: (suspicion: Suspicion) => void;
  readonly open: () => readonly Suspicion[];
}

export const keyOfSuspicion = ({ tenantId, cause }: Suspicion): string => JSON.stringify([tenantId, cause.cause, cause.key]);

function isSuspicion(value: unknown): value is Suspicion {
  const { tenantId, cause } = value as { readonly tenantId?: unknown; readonly cause?: Partial<Cause> | null };
  return typeof tenantId === "string" && typeof cause?.cause === "string" && typeof cause.key === "string";
}

function readFile(file: string): readonly Suspicion[] {
  try {
    const stored = JSON.parse(readFileSync(file, "utf8")) as unknown;
    if (Array.isArray(stored) && stored.every(isSuspicion)) return stored;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
  }
  throw new AppError("CONFIG_INVALID", `${file} holds which tenants are locked and cannot be read. Look into it before you start again.`);
}

function writeFile(file: string, suspicions: readonly Suspicion[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(`${file}.new`, "w", 0o600);
  try {
    writeSync(handle, JSON.stringify(suspicions));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.new`, file);
}

/** @throws AppError CONFIG_INVALID for a file that cannot be read */
export function openSuspects(file: string, onFault: (error: unknown) => void): Suspects {
  const open = new Map(readFile(file).map((suspicion) => [keyOfSuspicion(suspicion), suspicion]));
  const keep = (): void => {
    try {
      writeFile(file, [...open.values()]);
    } catch (error) {
      onFault(error);
    }
  };
  return {
    has: (tenantId) => [...open.values()].some((suspicion) => suspicion.tenantId === tenantId),
    add: (suspicion) => {
      if (open.has(keyOfSuspicion(suspicion))) return;
      open.set(keyOfSuspicion(suspicion), suspicion);
      keep();
    },
    settle: (suspicion) => {
      if (open.delete(keyOfSuspicion(suspicion))) keep();
    },
    open: () => [...open.values()],
  };
}
