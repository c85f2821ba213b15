// The parts of a runbook page, as they appear in its address.

export const RUNBOOK_TABS = ["steps", "versions", "runs", "suggestions", "trust"] as const;
