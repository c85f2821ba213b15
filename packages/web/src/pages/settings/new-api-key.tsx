// Makes an API key and shows its secret once.
import { type FormEvent, useId, useState } from "react";
import { useCreateApiKey } from "../../api/operations.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../ui/field.tsx";

const ROLES = ["viewer", "operator", "author"] as const;
const MEANING: Readonly<Record<(typeof ROLES)[number], string>> = {
  viewer: "viewer: read everything",
  operator: "operator: also start executions, abort, and stop everything",
  author: "author: also write runbooks",
};

export const NewApiKey = () => {
  const create = useCreateApiKey();
  const id = useId();
  const [name, setName] = useState("");
  const [role, setRole] = useState<(typeof ROLES)[number]>("viewer");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ name: name.trim(), role }, { onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Field label="Name of the new key" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      <div>
        <label htmlFor={id} className="mb-1 block font-medium text-ink-strong">
          Role
        </label>
        <select
          id={id}
          className={INPUT_LOOK}
          value={role}
          onChange={(event) => setRole(ROLES.find((known) => known === event.target.value) ?? "viewer")}
        >
          {ROLES.map((value) => (
            <option key={value} value={value}>
              {MEANING[value]}
            </option>
          ))}
        </select>
      </div>
      {create.isError && <ErrorNotice error={create.error} what="No key was made." />}
      <Button type="submit" refusal={name.trim() === "" ? "Name the key first." : null} busy={create.isPending && "Making a key…"}>
        Make a key
      </Button>
      {create.data !== undefined && (
        <div role="status" className="space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
          <p>This is the key of {create.data.name}. It is shown once.</p>
          <code className="block font-mono text-code break-all text-ink-strong">{create.data.key}</code>
          <CopyButton text={create.data.key} label="Copy the key" />
        </div>
      )}
    </form>
  );
};
