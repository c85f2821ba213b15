// Severities of all senders on one scale of five. What nobody knows is medium: it is neither hidden nor shouted.

export type Severity = "critical" | "high" | "medium" | "low" | "info";

const words: Readonly<Record<Severity, readonly string[]>> = {
  critical: ["p1", "critical", "page", "sev1", "fatal", "emergency", "disaster"],
  high: ["p2", "error", "major", "high", "sev2"],
  medium: ["p3", "warning", "warn", "medium", "moderate", "sev3", "average"],
  low: ["p4", "minor", "low", "sev4"],
  info: ["p5", "info", "none", "informational", "sev5"],
};

const known = new Map(Object.entries(words).flatMap(([severity, names]) => names.map((name) => [name, severity as Severity] as const)));

export const readSeverity = (raw: string | null): Severity => known.get(raw?.trim().toLowerCase() ?? "") ?? "medium";
