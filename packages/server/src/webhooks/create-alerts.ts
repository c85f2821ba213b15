// Puts together what takes alerts in, reads them, matches them and posts offers. Made by the engine, which the offers become runs of.
import type { EngineContext } from "../engine/engine-context.ts";
import { createAlertWorker } from "./alert-worker.ts";
import { createIntake, type Intake } from "./intake.ts";
import { createMatcher } from "./match-alerts.ts";
import type { Seal } from "./seal.ts";

export interface AlertsPart {
  readonly intake: Intake;
  readonly start: () => void;
  /** What is under way is finished, what was accepted and not read yet is read by the next server. */
  readonly stop: () => Promise<void>;
}

export interface AlertOptions {
  readonly seal: Seal;
  readonly offersPerMinute: number;
}

const wakeTopic = "alerts";

export function createAlerts(engine: EngineContext, { seal, offersPerMinute }: AlertOptions): AlertsPart {
  const parts = { ...engine, engine, offersPerMinute };
  // Another replica may be idle while this one takes in a storm.
  const wakeAll = (): void => {
    worker.wake();
    engine.bus.publish(wakeTopic, "");
  };
  const intake = createIntake({ db: engine.db, clock: engine.clock, newId: engine.newId, seal, onStored: wakeAll });
  const worker = createAlertWorker(parts, intake, createMatcher(parts));
  let unsubscribe: (() => void) | undefined;
  return {
    intake,
    start: () => {
      if (engine.bus.lookAgainMs !== undefined) unsubscribe = engine.bus.subscribe(wakeTopic, () => worker.wake());
      worker.start();
    },
    stop: async () => {
      unsubscribe?.();
      await worker.stop();
    },
  };
}
