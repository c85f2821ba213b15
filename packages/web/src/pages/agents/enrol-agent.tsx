// A one-time token for a new agent, shown once.
import { type FormEvent, useState } from "react";
import { useCreateEnrolmentToken } from "../../api/agents.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { Moment } from "../../ui/moment.tsx";

export const EnrolAgent = () => {
  const create = useCreateEnrolmentToken();
  const role = useRoleRefusal("admin");
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(name.trim());
  };
  return (
    <section className="mt-10 max-w-2xl space-y-4">
      <h2 className="text-title">Enrol an agent</h2>
      <form onSubmit={submit} className="space-y-4">
        <Field
          label="Name of the new agent"
          value={name}
          maxLength={100}
          disabled={role !== null}
          onChange={(event) => setName(event.target.value)}
        />
        {create.isError && <ErrorNotice error={create.error} what="No token was made." />}
        <Button
          type="submit"
          busy={create.isPending && "Making a token…"}
          refusal={role ?? (name.trim() === "" ? "Name the agent first." : null)}
        >
          Make a one-time token
        </Button>
      </form>
      {create.data !== undefined && (
        <div role="status" className="space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
          <p>
            Run this where the agent will live. It is shown once and works until <Moment iso={create.data.expires_at} />.
          </p>
          <code className="block font-mono text-code break-all text-ink-strong">{create.data.command}</code>
          <CopyButton text={create.data.command} label="Copy the command" />
        </div>
      )}
    </section>
  );
};
