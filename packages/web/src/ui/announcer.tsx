// The live region: what changes without the reader's doing is said here once. Output of commands never goes through it.
import { useSyncExternalStore } from "react";

let current = "";
const listeners = new Set<() => void>();

/** Says `text` to assistive technology; the same sentence twice is said once. */
export const announce = (text: string): void => {
  if (text === current) return;
  current = text;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const Announcer = () => {
  const text = useSyncExternalStore(subscribe, () => current);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-announcer>
      {text}
    </div>
  );
};
