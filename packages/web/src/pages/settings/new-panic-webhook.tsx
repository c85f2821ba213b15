// Makes a panic webhook and shows its secret once, with a call to try it with.
import { type FormEvent, useState } from "react";
import { panicWebhookUrl, useCreatePanicWebhook } from "../../api/panic-webhooks.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";

const callOf = (id: string, secret: string): string => `curl -X POST -H "Authorization: Bearer ${secret}" ${panicWebhookUrl(id)}`;

export const NewPanicWebhook = () => {
  const create = useCreatePanicWebhook();
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(name.trim(), { onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label="Where the new webhook is used"
        value={name}
        maxLength={100}
        placeholder="Red button, operations room"
        onChange={(event) => setName(event.target.value)}
      />
      {create.isError && <ErrorNotice error={create.error} what="No webhook was made." />}
      <Button type="submit" refusal={name.trim() === "" ? "Say first where it is used." : null} busy={create.isPending && "Making it…"}>
        Make a panic webhook
      </Button>
      {create.data !== undefined && (
        <div role="status" className="space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
          <p>This is the secret of {create.data.name}. It is shown once.</p>
          <code className="block font-mono text-code break-all text-ink-strong">{create.data.secret}</code>
          <CopyButton text={create.data.secret} label="Copy the secret" />
          <p>The call that stops everything:</p>
          <code className="block font-mono text-code break-all text-ink-strong">{callOf(create.data.id, create.data.secret)}</code>
          <CopyButton text={callOf(create.data.id, create.data.secret)} label="Copy the call" />
        </div>
      )}
    </form>
  );
};
