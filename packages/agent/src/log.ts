// The agent's log: one JSON object per line on stderr. In: an event name and facts. It must never be given command text, output,
// environment values or secrets; what ran is in the journal and in the server's audit log.

type LogLevel = "info" | "warn" | "error";

export type Log = (level: LogLevel, event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;

/** @param write takes one line with its newline */
export function jsonLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, facts = {}) => write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...facts })}\n`);
}
