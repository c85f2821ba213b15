// Stops everything: always in the header, held for one second (or shift+P held). A failed attempt stays on the screen.
import { useEffect, useRef } from "react";
import { usePanic, useSwitchPanic } from "../api/operations.ts";
import { useRoleRefusal } from "../api/session.ts";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { isTyping } from "./hotkey-map.ts";
import { useHold } from "./use-hold.ts";

const REASON = "Stopped from the web";

const useShiftP = (begin: () => void, cancel: () => void, enabled: boolean): void => {
  const latest = useRef({ begin, cancel });
  latest.current = { begin, cancel };
  useEffect(() => {
    if (!enabled) return;
    const down = (event: KeyboardEvent): void => {
      if (event.key === "P" && event.shiftKey && !event.repeat && !isTyping(event.target)) latest.current.begin();
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === "p" || event.key === "Shift") latest.current.cancel();
    };
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
    };
  }, [enabled]);
};

/** While everything is stopped the header says so on every screen, however far the reader has scrolled. */
const StoppedSign = () => (
  <a
    href="#stopped"
    className="inline-flex min-h-11 items-center gap-2 rounded-md bg-ink-strong px-3 font-semibold whitespace-nowrap text-surface-0"
  >
    <span aria-hidden="true" className="size-3 bg-surface-0" />
    Stopped
  </a>
);

export const PanicButton = () => {
  const panic = usePanic();
  const stop = useSwitchPanic("panicOn");
  const refusal = useRoleRefusal("operator");
  const hold = useHold(() => stop.mutate(REASON));
  useShiftP(hold.begin, hold.cancel, refusal === null && panic.data?.on !== true);

  if (panic.data?.on === true) return <StoppedSign />;
  if (refusal !== null) return <span className="text-small text-ink-faint">Stop everything: needs operator</span>;
  const words = stop.isPending ? "Stopping…" : hold.holding ? "Keep holding" : "Stop everything";
  return (
    <>
      <button
        type="button"
        {...hold.handlers}
        aria-describedby="panic-hint"
        className="relative min-h-11 touch-none overflow-hidden rounded-md border-2 border-ink-strong px-3 font-semibold text-ink-strong select-none"
      >
        {hold.holding && <span aria-hidden="true" className="hold-fill absolute inset-0 bg-mark" />}
        <span className="relative inline-flex items-center gap-2 whitespace-nowrap">
          <span aria-hidden="true" className="size-3 bg-ink-strong" />
          {words}
        </span>
      </button>
      <span id="panic-hint" className="sr-only">
        Hold for one second. Stops every running step on every agent.
      </span>
      {stop.isError && (
        <div className="fixed inset-x-2 top-16 z-50 mx-auto max-w-xl">
          <ErrorNotice
            error={stop.error}
            what="The stop is not confirmed. Steps may still be running."
            onRetry={() => stop.mutate(REASON)}
          />
        </div>
      )}
    </>
  );
};
