// Tells the other replicas of a tenant that is to be locked, before the database has it on record: they hold it locked too, in memory.
// In: this replica's own suspects. Out: the same, knowing the others' too. Whoever told us and fell silent is stood in for: we lock it ourselves.
import type { Bus } from "../ports.ts";
import { keyOfSuspicion, type Suspicion, type Suspects } from "./suspects.ts";

interface Word {
  readonly kind: "add" | "settle";
  readonly suspicion: Suspicion;
}

const topic = "suspects";
/** The record is usually there within milliseconds. */
const recordWithinMs = 10_000;

/** @param standIn locks the tenant here, on record; called where the replica that knew first did not get that far */
export function shareSuspects(own: Suspects, bus: Bus, standIn: (suspicion: Suspicion) => void): Suspects & { readonly stop: () => void } {
  const foreign = new Map<string, { readonly tenantId: string; readonly timer: NodeJS.Timeout }>();
  const say = (word: Word): void => bus.publish(topic, JSON.stringify(word));
  const forget = (key: string): void => {
    clearTimeout(foreign.get(key)?.timer);
    foreign.delete(key);
  };
  const hear = (message: string): void => {
    const { kind, suspicion } = JSON.parse(message) as Word;
    const key = keyOfSuspicion(suspicion);
    if (kind === "settle") return forget(key);
    if (foreign.has(key) || own.open().some((each) => keyOfSuspicion(each) === key)) return;
    const timer = setTimeout(() => {
      standIn(suspicion);
      forget(key);
    }, recordWithinMs);
    foreign.set(key, { tenantId: suspicion.tenantId, timer });
  };
  const unsubscribe = bus.lookAgainMs === undefined ? () => undefined : bus.subscribe(topic, hear);
  return {
    has: (tenantId) => own.has(tenantId) || [...foreign.values()].some((each) => each.tenantId === tenantId),
    add: (suspicion) => {
      own.add(suspicion);
      say({ kind: "add", suspicion });
    },
    settle: (suspicion) => {
      own.settle(suspicion);
      say({ kind: "settle", suspicion });
    },
    open: own.open,
    stop: () => {
      unsubscribe();
      for (const key of [...foreign.keys()]) forget(key);
    },
  };
}
