// What an integration's provider is told when a run is over: off until an admin turns it on. The token is typed here and never shown again.
import type { WireIntegration } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useRemoveClosing, useSetClosing } from "../../../api/integrations.ts";
import { sourceName } from "../../../text/alert-words.ts";
import { Button } from "../../../ui/button.tsx";
import { ChoiceGroup } from "../../../ui/choice-group.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Field } from "../../../ui/field.tsx";
import { TwoPresses } from "../../../ui/two-presses.tsx";
import { CLOSING_FACTS, type ClosingTexts, resolveChoices, sentOf, textsOf } from "./closing-texts.ts";

interface ClosingFormProps {
  readonly integration: WireIntegration;
  readonly kind: keyof typeof CLOSING_FACTS;
  readonly onDone: () => void;
}

const TurnOff = ({ integration }: { readonly integration: WireIntegration }) => {
  const remove = useRemoveClosing();
  return (
    <>
      <TwoPresses
        label="Turn it off"
        confirm="Turn it off and forget the token"
        keep="Leave it on"
        busy={remove.isPending && "Turning off…"}
        onConfirm={() => remove.mutate(integration.id)}
      />
      {remove.isError && <ErrorNotice error={remove.error} what="Not turned off." />}
    </>
  );
};

interface PartProps {
  readonly texts: ClosingTexts;
  readonly change: (part: Partial<ClosingTexts>) => void;
}

const Address = ({ kind, texts, change, hasToken }: PartProps & Pick<ClosingFormProps, "kind"> & { readonly hasToken: boolean }) => {
  const { addresses, nameLabel, nameHint, tokenHint } = CLOSING_FACTS[kind];
  return (
    <>
      <div>
        <Field
          label="API address"
          value={texts.apiUrl}
          spellCheck={false}
          autoCapitalize="off"
          inputMode="url"
          className="font-mono"
          placeholder={addresses[0]?.url ?? "https://alert.example.com"}
          onChange={(event) => change({ apiUrl: event.target.value })}
        />
        <div className="mt-1 flex flex-wrap gap-x-2">
          {addresses.map(({ name, url }) => (
            <Button key={url} look="plain" onClick={() => change({ apiUrl: url })}>
              {name}
            </Button>
          ))}
        </div>
      </div>
      {nameLabel !== null && (
        <Field
          label={nameLabel}
          hint={nameHint}
          value={texts.actsAs}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ actsAs: event.target.value })}
        />
      )}
      <Field
        label="API token"
        hint={hasToken ? `${tokenHint} Leave it empty to keep the one before, at the same address.` : tokenHint}
        type="password"
        value={texts.token}
        autoComplete="off"
        onChange={(event) => change({ token: event.target.value })}
      />
    </>
  );
};

export const ClosingForm = ({ integration, kind, onDone }: ClosingFormProps) => {
  const save = useSetClosing(integration.id);
  const [texts, setTexts] = useState(() => textsOf(integration.closing, kind));
  const change = (part: Partial<ClosingTexts>): void => setTexts((known) => ({ ...known, ...part }));
  const provider = sourceName(kind);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(sentOf(texts), { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="w-full space-y-4 border-t border-line pt-3" aria-label={`When a run is over: ${integration.name}`}>
      <p>
        When a run that one of these alerts led to is over, {provider} can be told: which runbook, how it ended, its steps, who, how long,
        and a link. No command and no output leaves.
      </p>
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" checked={texts.note} onChange={(event) => change({ note: event.target.checked })} />
        <span className="text-ink-strong">Add a note</span>
      </label>
      <ChoiceGroup
        legend={`Resolve it in ${provider}`}
        choices={resolveChoices(provider)}
        value={texts.resolve}
        onChange={(resolve) => change({ resolve })}
      />
      <Address kind={kind} texts={texts} change={change} hasToken={integration.closing !== null} />
      {save.isError && <ErrorNotice error={save.error} what="Not saved. What stood before still holds." />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={save.isPending && "Saving…"}>
          Save
        </Button>
        <Button look="plain" onClick={onDone}>
          Cancel
        </Button>
        {integration.closing !== null && <TurnOff integration={integration} />}
      </div>
    </form>
  );
};
