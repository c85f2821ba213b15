// Says which alerts belong to which runbook. What came along from an alert's page stands in the form already.
import { type FormEvent, useState } from "react";
import { useAddMapping } from "../../api/alert-mappings.ts";
import { useRunbooks } from "../../api/runbooks.ts";
import type { MappingsSearch } from "../../shell/search-params.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../ui/field.tsx";
import { CRITERIA_FIELDS, criteriaOf, criteriaRefusal, type CriteriaTexts, noTexts } from "./criteria-texts.ts";

interface RunbookChoiceProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
}

const RunbookChoice = ({ value, onChange }: RunbookChoiceProps) => {
  const runbooks = useRunbooks();
  const items = runbooks.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="space-y-1">
      <label className="block">
        <span className="mb-1 block font-medium text-ink-strong">They get this runbook</span>
        <select className={INPUT_LOOK} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">choose one</option>
          {items.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {runbooks.hasNextPage && (
        <Button look="plain" onClick={() => void runbooks.fetchNextPage()} busy={runbooks.isFetchingNextPage && "Loading…"}>
          List more runbooks
        </Button>
      )}
      {runbooks.isError && (
        <ErrorNotice error={runbooks.error} what="Runbooks could not be listed." onRetry={() => void runbooks.refetch()} />
      )}
    </div>
  );
};

interface FieldsProps {
  readonly fields: typeof CRITERIA_FIELDS;
  readonly texts: CriteriaTexts;
  readonly change: (part: Partial<CriteriaTexts>) => void;
}

const Fields = ({ fields, texts, change }: FieldsProps) =>
  fields.map(({ name, label, hint }) => (
    <Field
      key={name}
      label={label}
      hint={hint}
      value={texts[name]}
      maxLength={500}
      spellCheck={false}
      autoCapitalize="off"
      onChange={(event) => change({ [name]: event.target.value })}
    />
  ));

const textsFrom = ({ name, service }: MappingsSearch): CriteriaTexts => ({ ...noTexts, name: name ?? "", service: service ?? "" });

export const NewMapping = ({ given }: { readonly given: MappingsSearch }) => {
  const add = useAddMapping();
  const [texts, setTexts] = useState(() => textsFrom(given));
  const [runbookId, setRunbookId] = useState(given.runbook ?? "");
  const change = (part: Partial<CriteriaTexts>): void => setTexts((known) => ({ ...known, ...part }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const criteria = criteriaOf(texts);
    if (criteria !== null) add.mutate({ runbook_id: runbookId, criteria }, { onSuccess: () => setTexts(noTexts) });
  };
  const refusal = criteriaRefusal(texts) ?? (runbookId === "" ? "Choose a runbook first." : null);
  return (
    <form onSubmit={submit} className="space-y-4">
      <p>Alerts that say all of this; leave empty what does not matter.</p>
      <Fields fields={CRITERIA_FIELDS.filter(({ rare }) => rare !== true)} texts={texts} change={change} />
      <details>
        <summary className="chevron flex min-h-11 items-center gap-1 text-accent">Team, source, labels</summary>
        <div className="space-y-4 pt-2">
          <Fields fields={CRITERIA_FIELDS.filter(({ rare }) => rare === true)} texts={texts} change={change} />
          <label className="block">
            <span className="mb-1 block font-medium text-ink-strong">Labels</span>
            <textarea
              className={`${INPUT_LOOK} min-h-20 font-mono text-code`}
              spellCheck={false}
              autoCapitalize="off"
              value={texts.labels}
              placeholder="namespace=payments"
              onChange={(event) => change({ labels: event.target.value })}
            />
          </label>
        </div>
      </details>
      <RunbookChoice value={runbookId} onChange={setRunbookId} />
      {add.isError && <ErrorNotice error={add.error} what="No mapping was made." />}
      {add.isSuccess && <p role="status">Mapped. The next alert like this gets that runbook.</p>}
      <Button type="submit" look="primary" refusal={refusal} busy={add.isPending && "Mapping…"}>
        Map these alerts
      </Button>
    </form>
  );
};
