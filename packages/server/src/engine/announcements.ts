// Signed announcements made before they are needed: the whole plan is rendered and scanned while people read the first step, not while
// the process that they approved waits. In: runs that have started and wait. Out: the frame, as it would be made at that moment.
import { announcementBytes, announcementOf, type ExecutionState } from "@dd0c/core";
import type { ServerFrame } from "@dd0c/protocol/agent";
import { findListing } from "../db/index.ts";
import type { EngineContext } from "./engine-context.ts";
import { loadMaterial, prepareAll } from "./prepare-execution.ts";

export type Frame = NonNullable<ServerFrame["frame"]>;

export interface Announcements {
  /** Makes it soon, once in a run's life. Nobody waits; what fails is made again when it is needed. */
  readonly prepare: (state: ExecutionState) => void;
  /** The prepared one, or one made now. Given out once: the next stream's is made when it is needed. */
  readonly take: (state: ExecutionState) => Promise<Frame>;
}

/** Runs whose announcement is kept ready; the one that waits for longest goes first, and is made when it is needed. */
const maxReady = 100;

/** Everything in it is of the moment of the start, so that a second announcement is the same one. */
export async function announceFrame(engine: EngineContext, state: ExecutionState): Promise<Frame> {
  const { mode, material } = await engine.db.withTenant(state.tenantId, async (tx) => ({
    mode: (await findListing(tx, state.id))?.governanceMode ?? "strict",
    material: await loadMaterial(tx, state.versionId),
  }));
  const prepared = await prepareAll(engine.scanner, state, material);
  const announcement = announcementOf(state, prepared, mode, state.startedAtMs ?? state.createdAtMs);
  return { $case: "announce", value: { executionId: state.id, announcement: engine.engineKey.sign(announcementBytes(announcement)) } };
}

/** The first of its keys goes when there are too many. */
function shorten(kept: Pick<Map<string, unknown> | Set<string>, "size" | "keys" | "delete">): void {
  const [oldest] = kept.keys();
  if (kept.size > maxReady && oldest !== undefined) kept.delete(oldest);
}

/** @param make renders, scans and signs the plan */
export function createAnnouncements(make: (state: ExecutionState) => Promise<Frame>): Announcements {
  const ready = new Map<string, Promise<Frame>>();
  const met = new Set<string>();
  const keyOf = (state: ExecutionState): string => `${state.id}:${state.agentId ?? ""}`;

  return {
    prepare: (state) => {
      const key = keyOf(state);
      if (met.has(key)) return;
      shorten(met.add(key));
      setImmediate(() => {
        const frame = make(state);
        shorten(ready.set(key, frame));
        frame.catch(() => ready.delete(key));
      });
    },
    take: (state) => {
      const key = keyOf(state);
      const frame = ready.get(key);
      ready.delete(key);
      shorten(met.add(key));
      return frame === undefined ? make(state) : frame.catch(() => make(state));
    },
  };
}
