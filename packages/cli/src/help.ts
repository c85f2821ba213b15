// The page printed by `dd0c --help`.
export const helpText = `dd0c: runbooks as a copilot

  dd0c scan "COMMAND"            what the command would do, and why we think so
      --json                     the verdict for machines
  dd0c scan --jsonl              one {"cmd": ...} per line in, one verdict per line out
  dd0c parse PATH...|-           the steps of runbooks, with what each command would do
      --json, --markdown         the structure for machines, as clean Markdown
      --lint, --watch            what the author should look at again, print again on change
      --distil                   a draft runbook out of an incident chat or review (Markdown, or --json)
  dd0c match --library DIR       which runbook of a folder fits an alert, how surely, and why; alerts come as lines of JSON
      --jsonl                    one answer per line for machines
  dd0c run FILE                  walk a runbook on this machine, step by step (more: dd0c run --help)
      --dry-run                  what would run, ask or be blocked, and why; nothing is executed
  dd0c verify-audit FILE...      prove an audit export, or archives in order: OK, or what is broken and where
      --witness FILE, --key ID   compare with kept checkpoints or an agent's data, trust these keys only
  dd0c panic on [--reason TEXT]  stop everything; says of each agent whether it confirmed
  dd0c panic status              whether everything is stopped, per agent
  dd0c panic off                 prints where a signed-in person lifts the stop; a key cannot
      --json                     the state for machines
                                 asks DD0C_URL with DD0C_API_KEY or DD0C_API_KEY_FILE
  dd0c serve                     start the server (settings: docs/configuration.md)
  dd0c agent [start]             start an agent: --config FILE [--enroll-token-file FILE]
  dd0c agent doctor              what keeps an agent from working, and how to mend it: --config FILE [--json]
  dd0c agent resume EXECUTION    go on with a run at its agent's host while no server is there: --config FILE

Exit codes: 0 done, 1 a negative answer or findings, 2 wrong usage or unreadable input, 3 nothing to do found in a runbook,
            4 the server was not reached, 5 the server refused the key. dd0c run has codes of its own (dd0c run --help).
`;
