// A deadline that stands still while the step is frozen.
// In: milliseconds and what to do at the end. Out: nothing, until the time is over. It must never fire twice or while paused.

export interface Deadline {
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** Starts at once; `timeoutMs` counts only the time in which it is not paused. */
export function startDeadline(timeoutMs: number, onExpired: () => void): Deadline {
  let remainingMs = timeoutMs;
  let startedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const resume = (): void => {
    if (over || timer !== undefined) return;
    startedAt = performance.now();
    timer = setTimeout(() => {
      over = true;
      onExpired();
    }, remainingMs);
  };
  const pause = (): void => {
    if (over || timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    remainingMs = Math.max(0, remainingMs - (performance.now() - startedAt));
  };
  resume();
  return {
    pause,
    resume,
    cancel: () => {
      pause();
      over = true;
    },
  };
}
