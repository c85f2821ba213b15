// What the parser found beside the steps: questions to the author, warnings, variables, prerequisites, rollback commands.
import type { WireParsedRunbook } from "@dd0c/protocol/http";
import type { ReactNode } from "react";
import { countWord } from "../text/words.ts";
import { CommandText } from "../ui/command-text.tsx";
import { Prose } from "../ui/prose.tsx";

interface FindingsProps {
  readonly parsed: WireParsedRunbook;
  readonly onShowLine: (line: number) => void;
}

const Group = ({ title, open, children }: { readonly title: string; readonly open: boolean; readonly children: ReactNode }) => (
  <details open={open} className="border-t border-line">
    <summary className="chevron flex min-h-11 items-center gap-2 font-medium text-ink-strong">{title}</summary>
    <ul className="space-y-2 pb-3 pl-5">{children}</ul>
  </details>
);

const LineLink = ({ line, onShowLine }: { readonly line: number | undefined; readonly onShowLine: (line: number) => void }) =>
  line === undefined ? null : (
    <button type="button" onClick={() => onShowLine(line)} className="ml-2 min-h-6 text-small text-accent underline">
      line {line}
    </button>
  );

const SOURCES = { alert: "from the alert", runtime: "found while running", manual: "you type it" } as const;

export const Findings = ({ parsed, onShowLine }: FindingsProps) => {
  const { ambiguities, warnings, variables, prerequisites, rollback } = parsed;
  return (
    <div>
      {ambiguities.length > 0 && (
        <Group open title={countWord(ambiguities.length, "question")}>
          {ambiguities.map((item) => (
            <li key={`${item.step_order}-${item.issue}`}>
              <span className="font-medium text-ink-strong">Step {item.step_order}: </span>
              <Prose text={item.issue} />
              {item.suggestion !== undefined && (
                <p className="text-small text-ink-faint">
                  <Prose text={item.suggestion} />
                </p>
              )}
            </li>
          ))}
        </Group>
      )}
      {warnings.length > 0 && (
        <Group open title={countWord(warnings.length, "warning")}>
          {warnings.map((item) => (
            <li key={`${item.code}-${item.line}-${item.message}`}>
              <Prose text={item.message} />
              <LineLink line={item.line} onShowLine={onShowLine} />
            </li>
          ))}
        </Group>
      )}
      {variables.length > 0 && (
        <Group open={false} title={countWord(variables.length, "variable")}>
          {variables.map((item) => (
            <li key={item.name}>
              <code className="font-mono text-code text-ink-strong">{item.name}</code>
              <span className="text-small text-ink-faint">
                {" "}
                {item.secret === true ? "a secret: the agent resolves it, it is never shown" : SOURCES[item.source]}
                {item.field !== undefined && ` (${item.field})`}
              </span>
              {item.description !== undefined && (
                <p className="text-small">
                  <Prose text={item.description} />
                </p>
              )}
            </li>
          ))}
        </Group>
      )}
      {prerequisites.length > 0 && (
        <Group open={false} title={countWord(prerequisites.length, "prerequisite")}>
          {prerequisites.map((item) => (
            <li key={item.description}>
              <Prose text={item.description} />
              <LineLink line={item.line} onShowLine={onShowLine} />
            </li>
          ))}
        </Group>
      )}
      {rollback.length > 0 && (
        <Group open={false} title={countWord(rollback.length, "rollback command")}>
          {rollback.map((item) => (
            <li key={`${item.line}-${item.text}`}>
              <CommandText command={item.text} />
              <span className="text-small text-ink-faint">
                {item.step_order === null ? "for the runbook as a whole" : `undoes step ${item.step_order}`}
              </span>
              <LineLink line={item.line} onShowLine={onShowLine} />
            </li>
          ))}
        </Group>
      )}
    </div>
  );
};
