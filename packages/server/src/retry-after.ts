// A Retry-After header goes in, milliseconds from now come out: whole seconds or an HTTP date (RFC 9110, 10.2.3). Undefined for anything else.

const dayMs = 86_400_000;

/** @returns 0 up to a day: nobody is waited for longer on their own word */
export function readRetryAfterMs(value: string | null | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? "";
  if (text === "") return undefined;
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(dayMs, Math.max(0, waitMs));
}
