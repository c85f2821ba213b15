// Names of cached answers. Every hook reads and invalidates through these, never through literals.

export const keys = {
  session: ["session"],
  settings: ["settings"],
  apiKeys: ["api-keys"],
  runbooks: ["runbooks"],
  runbookList: (service: string | undefined) => ["runbooks", "list", service ?? ""],
  runbook: (id: string) => ["runbooks", id],
  runbookVersions: (id: string) => ["runbooks", id, "versions"],
  runbookVersion: (id: string, version: number) => ["runbooks", id, "versions", version],
  preview: (text: string) => ["preview", text],
  verdict: (command: string) => ["verdict", command],
  scannerTest: (command: string) => ["scanner-test", command],
  executions: ["executions"],
  executionList: (runbookId: string | undefined, status: string | undefined) => ["executions", "list", runbookId ?? "", status ?? ""],
  execution: (id: string) => ["executions", id],
  stepOutputs: (id: string) => ["executions", id, "output"],
  stepOutput: (id: string, stepId: string) => ["executions", id, "output", stepId],
  agents: ["agents"],
  panic: ["panic"],
  audit: (filter: Readonly<Record<string, string | undefined>>) => ["audit", filter],
} as const;
