// One command of a step: its text, its risk with the reasons behind it, and the exact lines it came from.
import type { WireClassifiedCommand, WireParsedStep } from "@dd0c/protocol/http";
import { type ReactNode, useState } from "react";
import { reasonMarks } from "../text/layout-command.ts";
import { CommandText } from "../ui/command-text.tsx";
import { RiskBadge } from "../ui/risk-badge.tsx";
import { holdsLine, linesOfCommand, writeLines } from "./link-lines.ts";
import { ShowLines } from "./show-lines.tsx";
import { Why } from "./why.tsx";

interface CommandRowProps {
  readonly command: WireClassifiedCommand;
  readonly source: WireParsedStep["commands"][number] | undefined;
  /** The line that the caret is on, where there is one. */
  readonly selectedLine: number | null;
  /** What is still to be said about it: a second key that is awaited. */
  readonly note?: ReactNode;
  /** Its question stands beside it and says what was answered. */
  readonly asked: boolean;
}

/** Below this the parser itself calls the line a guess. */
const UNSURE_BELOW = 0.5;

const Doubt = ({ source, asked }: Pick<CommandRowProps, "source" | "asked">) => {
  if (source?.accepted === true)
    return asked ? null : <p className="text-small text-ink-normal">The text only mentions it; its author made it a step.</p>;
  if ((source?.confidence ?? 1) >= UNSURE_BELOW) return null;
  return (
    <p className="text-small text-ink-normal">
      It is not certain that this line is a command ({Math.round((source?.confidence ?? 0) * 100)} % sure).
    </p>
  );
};

/** In a list that is made anew with every key, reasons are drawn for what is unfolded only. */
const Judgement = ({
  command,
  note,
  late,
}: {
  readonly command: WireClassifiedCommand;
  readonly note: ReactNode;
  readonly late: boolean;
}) => {
  const [open, setOpen] = useState(false);
  return (
    <details className="border-t border-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-why className="chevron flex min-h-9 flex-wrap items-center gap-2 py-1 pr-24 pl-3 pointer-coarse:min-h-11">
        <RiskBadge risk={command.classification.risk} />
        {!command.classification.scanner.runnable && <span className="text-small text-ink-normal">you run it yourself</span>}
        {note}
        <span className="text-small text-ink-faint">why</span>
      </summary>
      <div className="px-3 pt-1 pb-3">{(open || !late) && <Why command={command.command} classification={command.classification} />}</div>
    </details>
  );
};

export const CommandRow = ({ command, source, selectedLine, note, asked }: CommandRowProps) => {
  const range = source === undefined ? null : linesOfCommand(source);
  const selected = range !== null && holdsLine(range, selectedLine);
  return (
    <>
      <div
        data-lines={range === null ? undefined : writeLines(range)}
        className={`rounded-md border bg-surface-0 ${selected ? "border-accent" : "border-line"}`}
      >
        <div className="px-3 py-2">
          <CommandText command={command.command} marks={reasonMarks(command.classification.scanner.reasons)} />
        </div>
        <div className="relative">
          <Judgement command={command} note={note} late={asked} />
          {range !== null && (
            <div className="absolute top-0.5 right-2 flex min-h-9 items-center pointer-coarse:min-h-11">
              <ShowLines range={range} />
            </div>
          )}
        </div>
      </div>
      <Doubt source={source} asked={asked} />
    </>
  );
};
