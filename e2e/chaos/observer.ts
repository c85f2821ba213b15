// What the product acknowledged, written down at the moment in which it was acknowledged: every event that the API showed, with its place and
// hash, and every decision that was answered with yes. Afterwards all of it must stand in the audit export, as it was.
import type { Client, WireAuditEvent, WireExecution } from "@dd0c/protocol/http";
import type { World } from "./world/world.ts";

export interface Acknowledged {
  /** Place in the tenant's chain -> hash. */
  readonly events: ReadonlyMap<number, string>;
  /** "execution step type": facts that an answer stood for. */
  readonly facts: ReadonlySet<string>;
  /** Execution -> number of its events. */
  readonly lengths: ReadonlyMap<string, number>;
  /** A place that was shown with two hashes. */
  readonly rewritten: ReadonlySet<number>;
}

export interface Observer extends Acknowledged {
  /** A snapshot came, by a page's stream or as an answer. */
  saw(execution: WireExecution): void;
  /** An answer said that this was done. */
  acknowledged(execution: string, step: string, type: string): void;
  /** Reads the newest events until it knows the rest. */
  look(): Promise<void>;
  /** Looks again and again until stopped. */
  start(): void;
  stop(): Promise<void>;
}

const lookEveryMs = 300;
const page = 200;

/** A step's end as a page shows it, and the event that stands behind it. */
const ends: Partial<Record<WireExecution["steps"][number]["status"], string>> = {
  outcome_unknown: "step.outcome_unknown",
};

export const factOf = (execution: string, step: string, type: string): string => `${execution} ${step} ${type}`;

export function observer(world: World): Observer {
  const events = new Map<number, string>();
  const facts = new Set<string>();
  const lengths = new Map<string, number>();
  const rewritten = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const note = ({ seq, hash }: WireAuditEvent): boolean => {
    const known = events.get(seq);
    if (known !== undefined && known !== hash) rewritten.add(seq);
    if (known === undefined) events.set(seq, hash);
    return known === undefined;
  };
  const readNew = async (person: Client): Promise<void> => {
    let cursor: string | undefined;
    do {
      const { items, next_cursor } = await person.call("listAudit", {
        query: { limit: page, ...(cursor === undefined ? {} : { cursor }) },
      });
      const fresh = items.filter(note).length;
      cursor = fresh === items.length ? (next_cursor ?? undefined) : undefined;
    } while (cursor !== undefined);
  };
  const look = async (): Promise<void> => readNew(await world.person());
  const again = (): void => {
    timer = setTimeout(() => {
      // A server that is down has acknowledged nothing.
      looking = look()
        .catch(() => undefined)
        .finally(again);
    }, lookEveryMs);
  };
  return {
    events,
    facts,
    lengths,
    rewritten,
    saw(execution) {
      lengths.set(execution.id, Math.max(lengths.get(execution.id) ?? 0, execution.last_seq));
      for (const step of execution.steps) {
        const type = ends[step.status] ?? (step.exit_code === null ? undefined : "step.executed");
        if (type !== undefined) facts.add(factOf(execution.id, step.id, type));
      }
    },
    acknowledged: (execution, step, type) => void facts.add(factOf(execution, step, type)),
    look,
    start: again,
    async stop() {
      clearTimeout(timer);
      await looking;
      clearTimeout(timer);
    },
  };
}
