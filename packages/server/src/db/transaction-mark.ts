// Remembers, along the asynchronous call chain, that a transaction's work is running. Read before any other connection is taken.
import { AsyncLocalStorage } from "node:async_hooks";
import { invariant } from "@dd0c/core";

/** `open` turns false when the work ends; what it started, and outlives it, may take connections again. */
const current = new AsyncLocalStorage<{ open: boolean }>();

/** Throws (a bug) inside a transaction's work. */
export function refuseInsideTransaction(): void {
  invariant(current.getStore()?.open !== true, "a connection was asked for inside a transaction");
}

/** Runs the work of one transaction. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await current.run(mark, work);
  } finally {
    mark.open = false;
  }
}
