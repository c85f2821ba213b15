// How far a chaos run is: steps taken, approved, and the place of the next fault, which nobody runs far ahead of.
// Shared by lanes and faults; holds numbers and names only.
import type { WireExecution } from "@dd0c/protocol/http";
import { stepsPerFault } from "./schedule.ts";

export interface Progress {
  /** Reserves a run's steps. False: there are none left. */
  take(steps: number): boolean;
  began(execution: string): void;
  approved(step: string): void;
  ended(execution: WireExecution): void;
  refused(code: string): void;
  /** Resolves when the run has not left the next fault behind. */
  mayApprove(): Promise<void>;
  /** The place of the next fault; infinity after the last. */
  nextFaultAt(step: number): void;
  /** Resolves when so many steps were approved, or the lanes are done. */
  reached(step: number): Promise<void>;
  lanesDone(): void;
  readonly started: readonly string[];
  readonly over: ReadonlyMap<string, WireExecution>;
  readonly refusals: ReadonlyMap<string, number>;
  readonly approvals: () => number;
}

const lookMs = 20;

export function progressOf(steps: number): Progress {
  let left = steps;
  let faultAt = Number.POSITIVE_INFINITY;
  let done = false;
  const approved = new Set<string>();
  const started: string[] = [];
  const over = new Map<string, WireExecution>();
  const refusals = new Map<string, number>();

  const when = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((wait) => setTimeout(wait, lookMs));
  };
  return {
    take(wanted) {
      if (left <= 0) return false;
      left -= wanted;
      return true;
    },
    began: (execution) => void started.push(execution),
    approved: (step) => void approved.add(step),
    ended: (execution) => void over.set(execution.id, execution),
    refused: (code) => void refusals.set(code, (refusals.get(code) ?? 0) + 1),
    mayApprove: () => when(() => approved.size < faultAt + stepsPerFault),
    nextFaultAt: (step) => void (faultAt = step),
    reached: (step) => when(() => done || approved.size >= step),
    lanesDone: () => void (done = true),
    started,
    over,
    refusals,
    approvals: () => approved.size,
  };
}
