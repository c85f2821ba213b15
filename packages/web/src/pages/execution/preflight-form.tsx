// Before anything runs: fill the variables, confirm the prerequisites, begin. Values from an alert show where they came from.
import type { WireExecution } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useExecutionDecision } from "../../api/executions.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { countWord } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Prose } from "../../ui/prose.tsx";
import { NextSteps } from "./next-steps.tsx";
import { PreflightFacts } from "./preflight-facts.tsx";
import { VariableField } from "./variable-field.tsx";

const preflightRefusal = (
  execution: WireExecution,
  role: string | null,
  values: Readonly<Record<string, string>>,
  confirmed: readonly string[],
): string | null => {
  if (role !== null) return role;
  if (execution.panic) return "Everything is stopped.";
  const empty = execution.variables.filter((variable) => !variable.may_wait && (values[variable.name] ?? "").trim() === "");
  if (empty.length > 0) return `Fill in ${empty.map((variable) => variable.name).join(", ")}.`;
  const open = execution.checklist.filter((item) => !confirmed.includes(item.id)).length;
  return open === 0 ? null : `${countWord(open, "prerequisite")} not confirmed.`;
};

/** What may be filled in without anybody typing it. */
const knownValues = (execution: WireExecution): Record<string, string> =>
  Object.fromEntries(execution.variables.map(({ name, value, needs_typing }) => [name, needs_typing ? "" : (value ?? "")]));

/** Only what a person typed: a value that came from the alert and was left alone keeps saying so. */
const typedValues = (execution: WireExecution, values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== knownValues(execution)[name]));

export const PreflightForm = ({ execution }: { readonly execution: WireExecution }) => {
  const confirm = useExecutionDecision("confirmPreflight", execution.id);
  const role = useRoleRefusal("operator");
  const [values, setValues] = useState(() => knownValues(execution));
  const [confirmed, setConfirmed] = useState(() => execution.checklist.filter((item) => item.confirmed).map((item) => item.id));
  const toggle = (id: string, on: boolean): void =>
    setConfirmed((before) => (on ? [...before, id] : before.filter((known) => known !== id)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate({ variables: typedValues(execution, values), confirmed: [...confirmed] });
  };
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <form onSubmit={submit} className="space-y-6 rounded-lg border border-line-strong bg-surface-1 p-4 sm:p-6">
        <h2 className="text-title">Before the first step</h2>
        <PreflightFacts execution={execution} />
        {execution.variables.length > 0 && (
          <div className="space-y-4">
            {execution.variables.map((variable) => (
              <VariableField
                key={variable.name}
                variable={variable}
                value={values[variable.name] ?? ""}
                onChange={(value) => setValues((before) => ({ ...before, [variable.name]: value }))}
              />
            ))}
          </div>
        )}
        {execution.checklist.length > 0 && (
          <fieldset className="space-y-3">
            <legend className="mb-2 font-semibold text-ink-strong">Confirm each</legend>
            {execution.checklist.map((item) => (
              <label key={item.id} className="flex min-h-11 items-center gap-3">
                <input type="checkbox" checked={confirmed.includes(item.id)} onChange={(event) => toggle(item.id, event.target.checked)} />
                <Prose text={item.description} />
              </label>
            ))}
          </fieldset>
        )}
        {execution.variables.length === 0 && execution.checklist.length === 0 && (
          <p>Nothing to fill in. Press Begin to go to the first step.</p>
        )}
        {confirm.isError && <ErrorNotice error={confirm.error} what="Not started. Nothing ran." />}
        <Button
          type="submit"
          look="primary"
          refusal={preflightRefusal(execution, role, values, confirmed)}
          busy={confirm.isPending && "Starting…"}
        >
          Begin
        </Button>
      </form>
      <NextSteps steps={execution.steps} title="Steps" />
    </div>
  );
};
