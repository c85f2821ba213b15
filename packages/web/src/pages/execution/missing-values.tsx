// Values that a step needs and that the run was to show: a person types them, or copies them from the output of a step before.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

interface MissingValuesProps {
  readonly execution: WireExecution;
  readonly step: WireStepExecution;
}

/** The last step that printed something before this one. */
const sourceOf = ({ execution, step }: MissingValuesProps): WireStepExecution | undefined =>
  execution.steps
    .slice(
      0,
      execution.steps.findIndex(({ id }) => id === step.id),
    )
    .findLast((each) => each.stdout_sha256 !== null);

const ValueForm = ({ execution, step, name }: MissingValuesProps & { readonly name: string }) => {
  const set = useExecutionDecision("setVariable", execution.id);
  const refused = useWriteRefusal(execution, "operator");
  const from = sourceOf({ execution, step });
  const [value, setValue] = useState("");
  const [copied, setCopied] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate({ name, value, ...(copied && from !== undefined ? { copied_from: from.id } : {}) });
  };
  const description = execution.variables.find((variable) => variable.name === name)?.description;
  return (
    <form onSubmit={submit} className="space-y-3">
      <Field
        label={<code className="font-mono">{name}</code>}
        hint={description ?? undefined}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        className="font-mono"
        onChange={(event) => setValue(event.target.value)}
        onPaste={() => setCopied(from !== undefined)}
      />
      {from !== undefined && (
        <label className="flex min-h-11 items-center gap-3">
          <input type="checkbox" checked={copied} onChange={(event) => setCopied(event.target.checked)} />
          Copied from the output of step {from.label}
        </label>
      )}
      {set.isError && <ErrorNotice error={set.error} what="The value was not taken." />}
      <Button
        type="submit"
        look="primary"
        refusal={refused ?? (value === "" ? "Enter the value first." : null)}
        busy={set.isPending && "Filling in…"}
      >
        Fill it in
      </Button>
    </form>
  );
};

export const MissingValues = ({ execution, step }: MissingValuesProps) => {
  const [name] = step.missing_variables;
  if (name === undefined || step.actions.length === 0) return null;
  return (
    <section aria-label="A value is missing" className="space-y-2 rounded-md border border-line-strong bg-surface-0 p-3">
      <p className="font-semibold text-ink-strong">This step needs a value that the run was to show.</p>
      <ValueForm key={name} execution={execution} step={step} name={name} />
    </section>
  );
};
