// The page printed by `dd0c run --help`.
import { exitCodes } from "@dd0c/executor";

const codes = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padStart(4)}  ${meaning}`);

export const runHelp = `dd0c run: walk a runbook on this machine, with no server, account or configuration

  dd0c run FILE                  every step is shown in full and asks; dangerous ones make you type the name
      --governance audit         steps that are proven to only read run by themselves (default: strict, all ask)
      --var NAME=VALUE           a value of the runbook, known from the start; may stand several times
      --dry-run                  what would run, ask or be blocked, and why; nothing is executed or written
      --resume                   go on with the newest unfinished run of FILE
      --record FOLDER            where the record of the run is kept (default: ~/.local/state/dd0c/runs/...)

Commands run as programs with arguments, never through a shell. What cannot run so is yours to copy, run and report.
The record is a chain of hashes: dd0c verify-audit FOLDER/audit.jsonl proves it.
Without a terminal nothing that needs a person is done.

Exit codes:
${codes.join("\n")}
`;
