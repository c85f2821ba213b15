// On or off, which of the offered models, and how many tokens a month. Each change needs a reason, which the audit log keeps.
import type { WireModelSettings } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useUpdateModelSettings } from "../../api/model-review.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { type Choice, ChoiceGroup } from "../../ui/choice-group.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { formatTokens } from "./model-words.ts";

const SWITCH: readonly Choice<"on" | "off">[] = [
  {
    value: "on",
    name: "On",
    meaning: "Text of runbooks, with known secrets masked, is sent to the provider when they are saved or reviewed.",
  },
  { value: "off", name: "Off", meaning: "Nothing is sent." },
];

const modelChoices = ({ offered }: WireModelSettings): readonly Choice<string>[] =>
  offered.map((model, index) => ({
    value: model,
    name: model,
    meaning: index === 0 ? "This server's default." : "Offered by this server.",
  }));

interface Draft {
  readonly power: "on" | "off";
  readonly model: string;
  readonly tokens: string;
}

const draftOf = (settings: WireModelSettings): Draft => ({
  power: settings.model.state === "on" ? "on" : "off",
  model: settings.model.name ?? "",
  tokens: String(settings.monthly_tokens),
});

const isNumber = (text: string): boolean => /^\d{1,15}$/.test(text.trim());

const refusalOf = (role: string | null, changed: boolean, draft: Draft, reason: string): string | null => {
  if (role !== null) return role;
  if (!isNumber(draft.tokens)) return "Tokens a month must be a whole number.";
  if (!changed) return "Nothing is changed yet.";
  return reason.trim() === "" ? "Write a reason first." : null;
};

export const ModelForm = ({ settings }: { readonly settings: WireModelSettings }) => {
  const update = useUpdateModelSettings();
  const role = useRoleRefusal("admin");
  const before = draftOf(settings);
  const [draft, setDraft] = useState(before);
  const [reason, setReason] = useState("");
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const changed = draft.power !== before.power || draft.model !== before.model || draft.tokens.trim() !== before.tokens;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    update.mutate({
      ...(draft.power === before.power ? {} : { enabled: draft.power === "on" }),
      ...(draft.model === before.model ? {} : { model: draft.model }),
      ...(draft.tokens.trim() === before.tokens ? {} : { monthly_tokens: Number(draft.tokens) }),
      reason: reason.trim(),
    });
  };
  const disabled = role !== null;
  return (
    <form onSubmit={submit} className="space-y-6">
      <ChoiceGroup
        legend="Ask the model?"
        choices={SWITCH}
        value={draft.power}
        onChange={(power) => change({ power })}
        disabled={disabled}
      />
      {settings.offered.length > 1 && (
        <ChoiceGroup
          legend="Which model"
          choices={modelChoices(settings)}
          value={draft.model}
          onChange={(model) => change({ model })}
          disabled={disabled}
        />
      )}
      <Field
        label="Tokens a month"
        hint={`At most ${formatTokens(settings.monthly_tokens_ceiling)}. When they are used up the model is silent until the next month, and nothing counts as safe.`}
        inputMode="numeric"
        value={draft.tokens}
        disabled={disabled}
        onChange={(event) => change({ tokens: event.target.value })}
      />
      <Field
        label="Reason"
        hint="Kept in the audit log."
        value={reason}
        disabled={disabled}
        onChange={(event) => setReason(event.target.value)}
      />
      {update.isError && <ErrorNotice error={update.error} what="Nothing was changed." />}
      <Button type="submit" look="primary" busy={update.isPending && "Saving…"} refusal={refusalOf(role, changed, draft, reason)}>
        Save model
      </Button>
    </form>
  );
};
