// Panic on this host: everything stops in the moment the word arrives, and nothing starts until a server says that it is over.
// In: what the server says. Out: frozen or thawed processes and an acknowledgement. On by default: silence is no permission.

import type { Log } from "./log.ts";
import type { TakeNote } from "./notes.ts";
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
  readonly note: TakeNote;
  /** Called last: keeps on disk what was said. */
  readonly keep: (on: boolean) => void;
  readonly log: Log;
  readonly now: () => number;
}

export function panicSwitch(options: PanicOptions): PanicSwitch {
  let isOn = true;
  let wasTold = false;
  let last = "";
  return {
    isOn: () => isOn,
    set(on, panicId) {
      const isNews = on !== isOn || !wasTold;
      // That somebody lifted it is the server's word alone: the log must have who it was.
      if (!on && wasTold && isOn) options.note("panic_lifted", { panic: last });
      isOn = on;
      wasTold = true;
      if (on) last = panicId;
      const steps = on ? options.runner().freeze() : options.runner().thaw();
      if (on) options.onPanic();
      if (isNews) options.log("warn", on ? "panic" : "panic_lifted", { steps });
      options.outbox.mention(undefined, { $case: "panicAck", value: { panicId, on, steps, agentTimeMs: options.now() } });
      options.keep(on);
    },
  };
}
