// The page printed by `ddoc-parse --help`.
export const ddocParseHelp = `ddoc-parse: what a runbook tells you to run, and what it would do

  ddoc-parse PATH...             the steps of files, of all runbooks below folders, or of standard input (-)
      --json                     the structure for machines; with several files one object per line
      --markdown                 the same runbook as clean, structured Markdown
      --lint                     what the author should look at again: file:line:column: severity CODE message
      --lint --json              the same, one object per file
      --max-warnings N           with --lint: so many warnings are allowed (0)
      --distil                   a draft runbook out of an incident chat or review, as Markdown or --json;
                                 what was left out, and why, goes to the standard error
      --watch                    print again whenever a file changes; Ctrl-C ends
      --help, --version

Folders: .md .markdown .txt .html .htm .erb .adoc .rst; hidden folders and node_modules are skipped.
Nothing is ever executed, sent or stored. Colours only on a terminal, and none with NO_COLOR.

Exit codes: 0 done, 1 findings, 2 wrong usage or unreadable input, 3 nothing to do found.
`;
