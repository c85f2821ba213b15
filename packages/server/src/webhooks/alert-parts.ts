// What the parts that work on alerts share. Made once by create-alerts.ts.
import type { EngineContext } from "../engine/engine-context.ts";

export interface AlertParts extends Pick<EngineContext, "db" | "clock" | "newId" | "logger" | "worker" | "announceTo"> {
  readonly engine: EngineContext;
  /** How many offers of one tenant are posted within a minute; the others wait for their turn. */
  readonly offersPerMinute: number;
}
