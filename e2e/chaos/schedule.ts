// Which fault comes when: a seed and a number of steps go in, a list of faults with their places comes out. Pure: the same seed gives the
// same list on every machine. What a fault does is in faults.ts; whether this host can do it is asked there and told, not guessed here.

export type Topology = "single" | "replicas";

export type FaultKind =
  | "server killed"
  | "database killed"
  | "bus killed"
  | "agent killed"
  | "connection dropped"
  | "connection delayed"
  | "connection half open"
  | "agent's disk full"
  | "server's disk full"
  | "server's clock jumped"
  | "agent's clock jumped"
  | "delivered twice"
  | "delivered late"
  | "journal replaced";

export interface Fault {
  /** It comes when this many steps were approved. */
  readonly atStep: number;
  readonly kind: FaultKind;
  /** Whom it meets, where there are several; taken modulo their number. */
  readonly target: number;
  /** From 0 to 1: how long, how far, which of two ways. */
  readonly amount: number;
}

/** At least one fault in so many steps. */
export const stepsPerFault = 10;

/** How often each kind comes in one round of the deck. */
const deck: Readonly<Record<FaultKind, number>> = {
  "server killed": 2,
  "database killed": 2,
  "bus killed": 2,
  "agent killed": 4,
  "connection dropped": 4,
  "connection delayed": 3,
  "connection half open": 2,
  "agent's disk full": 2,
  "server's disk full": 1,
  "server's clock jumped": 1,
  "agent's clock jumped": 1,
  "delivered twice": 2,
  "delivered late": 2,
  "journal replaced": 2,
};

/** Faults that a topology has no place for. */
const absent: Readonly<Record<Topology, readonly FaultKind[]>> = { single: ["bus killed"], replicas: ["server's disk full"] };

/** mulberry32: small, the same everywhere, good enough to shuffle with. @returns numbers from 0 to 1, 1 excluded */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [all[at], all[other]];
    if (one !== undefined && two !== undefined) [all[at], all[other]] = [two, one];
  }
  return all;
}

/** Every kind once before any comes again, then by weight: a short run meets as many kinds as it has faults. */
function* drawn(topology: Topology, random: () => number): Generator<FaultKind, never> {
  const kinds = (Object.keys(deck) as FaultKind[]).filter((kind) => !absent[topology].includes(kind));
  yield* shuffled(kinds, random);
  const again = kinds.flatMap((kind) => Array.from({ length: deck[kind] - 1 }, () => kind));
  for (;;) {
    yield* shuffled(again, random);
    yield* shuffled(kinds, random);
  }
}

/**
 * One fault in each ten steps, somewhere in them.
 * @param seed any unsigned 32-bit number
 */
export function scheduleOf(seed: number, steps: number, topology: Topology): readonly Fault[] {
  const random = randomFrom(seed);
  const kinds = drawn(topology, random);
  return Array.from({ length: Math.max(1, Math.floor(steps / stepsPerFault)) }, (_, round) => ({
    atStep: Math.min(steps, round * stepsPerFault + 1 + Math.floor(random() * (stepsPerFault - 1))),
    kind: kinds.next().value,
    target: Math.floor(random() * 1_000),
    amount: random(),
  }));
}
