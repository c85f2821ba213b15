// Edits the command of a step. The verdict on the new text is shown while typing; sending it makes a new digest and a new decision.
import { type FormEvent, useId, useState } from "react";
import { useStepDecision } from "../../api/executions.ts";
import { useVerdict } from "../../api/operations.ts";
import { reasonMarks } from "../../text/layout-command.ts";
import { Button } from "../../ui/button.tsx";
import { CommandText } from "../../ui/command-text.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../ui/field.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { useDebounced } from "../editor/use-debounced.ts";
import type { DecisionProps } from "./decision-props.ts";

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

export const EditForm = ({ executionId, step, refusal, onClose }: DecisionProps & { readonly onClose: () => void }) => {
  const modify = useStepDecision("modifyStep", executionId, step.id);
  const id = useId();
  const [command, setCommand] = useState(step.command ?? "");
  const [reason, setReason] = useState("");
  const settled = useDebounced(command, VERDICT_DELAY_MS);
  const unchanged = command === step.command || command.trim() === "" ? "Change the command first." : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    modify.mutate({ command, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) });
  };
  return (
    <form onSubmit={submit} className="space-y-3 rounded-md border border-line bg-surface-0 p-4">
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
        onChange={(event) => setCommand(event.target.value)}
        className={`${INPUT_LOOK} font-mono text-code`}
      />
      {command.trim() !== "" && <Verdict command={settled} settled={settled === command} />}
      <Field label="Why change it? (optional)" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      <p className="text-small text-ink-faint">Sending it runs nothing. You see the new verdict and decide then.</p>
      {modify.isError && <ErrorNotice error={modify.error} what="Not changed. The step is as it was." />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" refusal={refusal ?? unchanged} busy={modify.isPending && "Checking…"}>
          Use this command
        </Button>
        <Button onClick={onClose}>Keep the old one</Button>
      </div>
    </form>
  );
};
