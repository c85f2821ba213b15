// The fields of a webhook, for a new one and for a change.
import type { CallAnswer, WireWebhookEndpoint } from "@dd0c/protocol/http";
import { type FormEvent, type ReactNode, useState } from "react";
import { Field } from "../../../ui/field.tsx";
import { EventChoice } from "./event-choice.tsx";

export interface WebhookTexts {
  readonly url: string;
  readonly description: string;
  readonly event_types: string[];
}

interface WebhookFormProps {
  readonly types: CallAnswer<"listWebhookEndpoints">["event_types"];
  readonly before?: WireWebhookEndpoint;
  readonly onSubmit: (texts: WebhookTexts) => void;
  /** The buttons; told why nothing can be sent yet. */
  readonly children: (refusal: string | null) => ReactNode;
}

export const WebhookForm = ({ types, before, onSubmit, children }: WebhookFormProps) => {
  const [url, setUrl] = useState(before?.url ?? "");
  const [description, setDescription] = useState(before?.description ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(before?.event_types ?? []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit({ url: url.trim(), description: description.trim(), event_types: [...chosen] });
  };
  return (
    <form onSubmit={submit} className="w-full space-y-4">
      <Field
        label="Address"
        hint="https only. Addresses inside the server's own network must be allowed by its operator."
        type="url"
        value={url}
        maxLength={2_000}
        autoComplete="off"
        spellCheck={false}
        placeholder="https://hooks.example.com/dd0c"
        onChange={(event) => setUrl(event.target.value)}
      />
      <Field
        label="What it is for"
        value={description}
        maxLength={200}
        autoComplete="off"
        placeholder="Status page"
        onChange={(event) => setDescription(event.target.value)}
      />
      <EventChoice types={types} chosen={chosen} onChange={setChosen} />
      {children(url.trim() === "" ? "Enter an address first." : null)}
    </form>
  );
};
