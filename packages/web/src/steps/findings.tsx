// What the parser found beside the steps: questions to the author, warnings, variables, prerequisites, rollback commands.
// To read; the editor has its own questions, which can be answered. Stands inside a linked area.
import type { WireParsedRunbook } from "@dd0c/protocol/http";
import { type ReactNode, useState } from "react";
import { countWord } from "../text/words.ts";
import { CommandText } from "../ui/command-text.tsx";
import { Prose } from "../ui/prose.tsx";
import { ShowLines } from "./show-lines.tsx";

type Parsed = { readonly parsed: WireParsedRunbook };

interface FindingGroupProps {
  /** "variable": names the group for `openGroup`. */
  readonly name: string;
  readonly title: string;
  /** Counts when it appears; later it is the reader's. */
  readonly open: boolean;
  readonly children: ReactNode;
}

/** Opens a group, shows it and gives its title the focus. */
export const openGroup = (name: string): void => {
  const group = document.querySelector<HTMLDetailsElement>(`details[data-group="${name}"]`);
  if (group === null) return;
  group.open = true;
  group.querySelector("summary")?.focus({ preventScroll: true });
  group.scrollIntoView({ block: "start" });
};

export const FindingGroup = ({ name, title, open, children }: FindingGroupProps) => {
  const [opened] = useState(open);
  return (
    <details open={opened} data-group={name} className="scroll-mt-28 border-t border-line">
      <summary className="chevron flex min-h-11 items-center gap-2 font-medium text-ink-strong">{title}</summary>
      <ul className="space-y-2 pb-3 pl-5">{children}</ul>
    </details>
  );
};

const SOURCES = { alert: "from the alert", runtime: "found while running", manual: "you type it" } as const;

type Origin = Pick<WireParsedRunbook["variables"][number], "source" | "field" | "secret" | "from_step">;

/** Where a value comes from, in words. */
export const describeSource = ({ source, field, secret, from_step: step }: Origin): string => {
  if (secret === true) return "a secret: the agent resolves it, it is never shown";
  const where = source === "runtime" && step !== undefined ? `step ${step}` : field;
  return `${SOURCES[source]}${where === undefined ? "" : ` (${where})`}`;
};

export const Warnings = ({ parsed: { warnings } }: Parsed) =>
  warnings.length === 0 ? null : (
    <FindingGroup open name="warning" title={countWord(warnings.length, "warning")}>
      {warnings.map((item) => (
        <li key={`${item.code}-${item.line}-${item.message}`} className="flex flex-wrap gap-x-2">
          <Prose text={item.message} />
          {item.line !== undefined && <ShowLines range={[item.line, item.line]} />}
        </li>
      ))}
    </FindingGroup>
  );

export const Prerequisites = ({ parsed: { prerequisites } }: Parsed) =>
  prerequisites.length === 0 ? null : (
    <FindingGroup open={false} name="prerequisite" title={countWord(prerequisites.length, "prerequisite")}>
      {prerequisites.map((item) => (
        <li key={`${item.line}-${item.description}`} className="flex flex-wrap gap-x-2">
          <Prose text={item.description} />
          <ShowLines range={[item.line, item.line]} />
        </li>
      ))}
    </FindingGroup>
  );

export const RollbackCommands = ({ parsed: { rollback } }: Parsed) =>
  rollback.length === 0 ? null : (
    <FindingGroup open={false} name="rollback command" title={countWord(rollback.length, "rollback command")}>
      {rollback.map((item) => (
        <li key={`${item.line}-${item.text}`}>
          <CommandText command={item.text} />
          <span className="mr-2 text-small text-ink-faint">
            {item.step_order === null ? "for the runbook as a whole" : `undoes step ${item.step_order}`}
          </span>
          <ShowLines range={[item.line, item.end_line ?? item.line]} />
        </li>
      ))}
    </FindingGroup>
  );

const Variables = ({ parsed: { variables } }: Parsed) =>
  variables.length === 0 ? null : (
    <FindingGroup open={false} name="variable" title={countWord(variables.length, "variable")}>
      {variables.map((item) => (
        <li key={item.name}>
          <code className="font-mono text-code text-ink-strong">{item.name}</code>
          <span className="text-small text-ink-faint"> {describeSource(item)}</span>
          {item.description !== undefined && (
            <p className="text-small">
              <Prose text={item.description} />
            </p>
          )}
        </li>
      ))}
    </FindingGroup>
  );

const OpenQuestions = ({ parsed }: Parsed) => {
  const open = parsed.ambiguities.filter(({ clarification }) => clarification === undefined);
  return open.length === 0 ? null : (
    <FindingGroup open name="question" title={countWord(open.length, "open question")}>
      {open.map((item) => (
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
    </FindingGroup>
  );
};

export const Findings = ({ parsed }: Parsed) => (
  <div>
    <OpenQuestions parsed={parsed} />
    <Warnings parsed={parsed} />
    <Variables parsed={parsed} />
    <Prerequisites parsed={parsed} />
    <RollbackCommands parsed={parsed} />
  </div>
);
