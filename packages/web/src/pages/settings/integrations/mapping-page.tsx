// The mapping of a generic integration: paths on one side, a pasted sample and what becomes of it on the other. Nothing is stored until it is saved.
import type { WireIntegration, WireTriedMap } from "@dd0c/protocol/http";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useIntegrations, useSaveAlertMap, useTryAlertMap } from "../../../api/integrations.ts";
import { useRoleRefusal } from "../../../api/session.ts";
import { Button } from "../../../ui/button.tsx";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Field, INPUT_LOOK } from "../../../ui/field.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Prose } from "../../../ui/prose.tsx";
import { MAP_FIELDS, type MapField, mapOf, type MapTexts, textsOf } from "./map-fields.ts";

const EXAMPLE = `{
  "event": { "ref": "batch-2291", "text": "nightly-export is late", "level": "P2" },
  "tags": { "namespace": "exports" }
}`;

interface FieldsProps {
  readonly texts: MapTexts;
  readonly problems: WireTriedMap["field_problems"];
  readonly onChange: (name: string, text: string) => void;
}

const FieldList = ({ fields, texts, problems, onChange }: FieldsProps & { readonly fields: readonly MapField[] }) =>
  fields.map(({ name, meaning }) => (
    <Field
      key={name}
      label={<code className="font-mono">{name}</code>}
      hint={problems.some(({ field }) => field === name) ? "This cannot be used: see what came of the try." : meaning}
      value={texts[name] ?? ""}
      spellCheck={false}
      autoCapitalize="off"
      className="font-mono"
      placeholder={name === "title" ? "$.event.text | /summary | =Something is late" : ""}
      onChange={(event) => onChange(name, event.target.value)}
    />
  ));

/** Those that most systems have stand open; the others where one of them is used, or where a person looks for them. */
const Fields = (props: FieldsProps) => {
  const rare = MAP_FIELDS.filter((field) => field.rare === true);
  return (
    <div className="space-y-4">
      <FieldList {...props} fields={MAP_FIELDS.filter((field) => field.rare !== true)} />
      <details open={rare.some(({ name }) => (props.texts[name] ?? "") !== "")}>
        <summary className="chevron flex min-h-11 items-center gap-1 text-accent">{rare.map(({ name }) => name).join(", ")}</summary>
        <div className="space-y-4 pt-2">
          <FieldList {...props} fields={rare} />
        </div>
      </details>
    </div>
  );
};

const Tried = ({ tried }: { readonly tried: WireTriedMap }) => (
  <div role="status" className="space-y-3">
    {tried.problem !== null && (
      <p className="font-semibold text-ink-strong">
        <Prose text={tried.problem} links={false} />
      </p>
    )}
    {tried.field_problems.length > 0 && (
      <ul className="list-disc space-y-1 pl-5">
        {tried.field_problems.map(({ field, problem }) => (
          <li key={`${field} ${problem}`} className="break-words">
            <code className="font-mono">{field}</code>: <Prose text={problem} links={false} />
          </li>
        ))}
      </ul>
    )}
    {tried.alerts.map((alert, at) => (
      <article key={`${alert.alert_id} ${at}`} className="rounded-lg border border-line-strong bg-surface-1 p-4">
        <p className="font-semibold break-words text-ink-strong">
          <Prose text={alert.title ?? alert.alert_id} links={false} />
        </p>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {[
            ["what", alert.change] as const,
            ["alert_id", alert.alert_id] as const,
            ...Object.entries(alert.fields),
            ...Object.entries(alert.labels),
          ].map(([name, value], row) => (
            <div key={`${name} ${row}`} className="contents">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="min-w-0 break-words text-ink-strong">
                <Prose text={value} links={false} />
              </dd>
            </div>
          ))}
        </dl>
      </article>
    ))}
  </div>
);

const MappingForm = ({ integration }: { readonly integration: WireIntegration }) => {
  const [texts, setTexts] = useState<MapTexts>(() => textsOf(integration.alert_map));
  const [sample, setSample] = useState(EXAMPLE);
  const attempt = useTryAlertMap();
  const save = useSaveAlertMap(integration.id);
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <section className="space-y-4">
        <p>
          Write where each field stands: <code className="font-mono">$.a.b</code>, <code className="font-mono">/a/b</code>, or{" "}
          <code className="font-mono">=text</code>. Several, separated by a bar: the first that is there counts. Leave everything empty to
          read our own form.
        </p>
        <Fields
          texts={texts}
          problems={attempt.data?.field_problems ?? []}
          onChange={(name, text) => setTexts((known) => ({ ...known, [name]: text }))}
        />
        {save.isError && <ErrorNotice error={save.error} what="Not saved. The mapping before still holds." />}
        {save.isSuccess && <p role="status">Saved. The next message is read with it.</p>}
        <Button look="primary" busy={save.isPending && "Saving…"} onClick={() => save.mutate(mapOf(texts))}>
          Save the mapping
        </Button>
      </section>
      <section className="space-y-4">
        <label className="block">
          <span className="mb-1 block font-medium text-ink-strong">A message of the other system</span>
          <textarea
            className={`${INPUT_LOOK} min-h-60 font-mono text-code`}
            spellCheck={false}
            value={sample}
            onChange={(event) => setSample(event.target.value)}
          />
        </label>
        <Button busy={attempt.isPending && "Trying…"} onClick={() => attempt.mutate({ alert_map: mapOf(texts), sample })}>
          Try it
        </Button>
        {attempt.isError && <ErrorNotice error={attempt.error} what="It could not be tried. Nothing was stored." />}
        {attempt.data !== undefined && <Tried tried={attempt.data} />}
      </section>
    </div>
  );
};

export const MappingPage = () => {
  const { integrationId } = useParams({ from: "/integrations/$integrationId/mapping" });
  const refusal = useRoleRefusal("admin");
  const integrations = useIntegrations(refusal === null);
  const integration = integrations.data?.items.find(({ id }) => id === integrationId);
  return (
    <>
      <PageHeader
        title="Mapping"
        note={integration?.name}
        actions={
          <ButtonLink to="/settings" hash="integrations">
            Integrations
          </ButtonLink>
        }
      />
      {refusal !== null && <p className="text-ink-faint">{refusal}</p>}
      {refusal === null && integrations.isPending && <Loading what="the mapping" />}
      {integrations.isError && (
        <ErrorNotice error={integrations.error} what="The mapping could not be read." onRetry={() => void integrations.refetch()} />
      )}
      {integrations.data !== undefined && integration === undefined && <p>There is no such integration any more.</p>}
      {integration !== undefined && <MappingForm integration={integration} />}
    </>
  );
};
