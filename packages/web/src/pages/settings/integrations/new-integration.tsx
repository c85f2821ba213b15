// Makes an integration and shows its secret once. PagerDuty makes its own secret, which is pasted here.
import type { WireIntegration } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useCreateIntegration } from "../../../api/integrations.ts";
import { SOURCE_NAME } from "../../../text/alert-words.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../../ui/field.tsx";
import { ShownSecret } from "./shown-secret.tsx";

type Kind = WireIntegration["kind"];

const KINDS: readonly Kind[] = ["alertmanager", "pagerduty", "opsgenie", "grafana", "dd0c-alert", "generic"];

const HOW: Readonly<Record<Kind, string>> = {
  alertmanager: "Give the secret as credentials of http_config.authorization.",
  pagerduty:
    "PagerDuty makes the secret when you add the webhook subscription: make this first for its address, then rotate to PagerDuty's secret.",
  opsgenie: "Add the custom header Authorization: Bearer and the secret. Jira Service Management works the same.",
  grafana: "Set the HMAC secret, and X-Grafana-Alerting-Timestamp as its timestamp header.",
  "dd0c-alert": "dd0c/alert signs with the secret by itself.",
  generic: "Send it as a bearer token, or sign as Standard Webhooks. A mapping reads any JSON.",
};

export const NewIntegration = () => {
  const create = useCreateIntegration();
  const [kind, setKind] = useState<Kind>("alertmanager");
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ kind, name: name.trim() }, { onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <label className="block">
        <span className="mb-1 block font-medium text-ink-strong">Where alerts come from</span>
        <select
          className={INPUT_LOOK}
          value={kind}
          onChange={(event) => setKind(KINDS.find((each) => each === event.target.value) ?? "generic")}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {SOURCE_NAME[each]}
            </option>
          ))}
        </select>
      </label>
      <Field
        label="Its name"
        hint={HOW[kind]}
        value={name}
        maxLength={100}
        placeholder="Alertmanager Europe"
        onChange={(event) => setName(event.target.value)}
      />
      {create.isError && <ErrorNotice error={create.error} what="No integration was made." />}
      <Button type="submit" refusal={name.trim() === "" ? "Give it a name first." : null} busy={create.isPending && "Making it…"}>
        Connect
      </Button>
      {create.data !== undefined && <ShownSecret made={create.data} />}
    </form>
  );
};
