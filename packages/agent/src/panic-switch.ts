// Panic on this host: everything stops in the moment the word arrives, and nothing starts until a server says that it is over.
// In: what the server says. Out: frozen or thawed processes and an acknowledgement. On by default: silence is no permission.

import type { Log } from "./log.ts";
import type { Outbox } from "./outbox.ts";
import type { StepRunner } from "./step-runner.ts";

export interface PanicSwitch {
  isOn(): boolean;
  /** Acts before it returns, and acknowledges with the number of steps. */
  set(on: boolean, panicId: string): void;
}

export interface PanicOptions {
  readonly runner: () => Pick<StepRunner, "freeze" | "thaw">;
  readonly outbox: Outbox;
  /** Called after the processes have been stopped. */
  readonly onPanic: () => void;
  /** Called last: keeps on disk what was said. */
  readonly keep: (on: boolean) => void;
  readonly log: Log;
  readonly now: () => number;
}

export function panicSwitch(options: PanicOptions): PanicSwitch {
  let isOn = true;
  let wasTold = false;
  return {
    isOn: () => isOn,
    set(on, panicId) {
      const isNews = on !== isOn || !wasTold;
      isOn = on;
      wasTold = true;
      const steps = on ? options.runner().freeze() : options.runner().thaw();
      if (on) options.onPanic();
      if (isNews) options.log("warn", on ? "panic" : "panic_lifted", { steps });
      options.outbox.mention(undefined, { $case: "panicAck", value: { panicId, on, steps, agentTimeMs: options.now() } });
      options.keep(on);
    },
  };
}
