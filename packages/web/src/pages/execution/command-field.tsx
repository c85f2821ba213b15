// A command as a person types it, with the verdict on it. What counts is the verdict that the server makes when the text is sent.
import { useId } from "react";
import { useVerdict } from "../../api/operations.ts";
import { reasonMarks } from "../../text/layout-command.ts";
import { CommandText } from "../../ui/command-text.tsx";
import { INPUT_LOOK } from "../../ui/field.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { useDebounced } from "../editor/use-debounced.ts";

const VERDICT_DELAY_MS = 250;

const Verdict = ({ command, settled }: { readonly command: string; readonly settled: boolean }) => {
  const verdict = useVerdict(command);
  if (verdict.isError) return <p className="text-small">The verdict is not available now. It is made when you send the edit.</p>;
  const { data } = verdict;
  return (
    <div className="min-h-24 space-y-2">
      <p className="flex min-h-8 items-center gap-2 text-small text-ink-faint">
        {!settled || verdict.isFetching || data === undefined ? "Checking…" : <RiskBadge risk={data.risk} />}
      </p>
      {data !== undefined && (
        <>
          <CommandText command={command} marks={verdict.isPlaceholderData ? [] : reasonMarks(data.scanner.reasons)} />
          <ul>
            {data.scanner.reasons
              .filter((reason) => reason.risk === data.risk && data.risk !== "safe")
              .map((reason) => (
                <li key={`${reason.rule_id}-${reason.span.start}`}>
                  <Prose text={reason.message} />
                </li>
              ))}
          </ul>
        </>
      )}
    </div>
  );
};

export const CommandField = ({ command, onChange }: { readonly command: string; readonly onChange: (command: string) => void }) => {
  const id = useId();
  const settled = useDebounced(command, VERDICT_DELAY_MS);
  return (
    <>
      <label htmlFor={id} className="block font-medium text-ink-strong">
        Command
      </label>
      <textarea
        id={id}
        value={command}
        rows={3}
        autoFocus
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        onChange={(event) => onChange(event.target.value)}
        className={`${INPUT_LOOK} font-mono text-code`}
      />
      {command.trim() !== "" && <Verdict command={settled} settled={settled === command} />}
    </>
  );
};
