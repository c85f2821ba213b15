// The language model in the settings: which one, where it is, what it saw and cost this month, and an admin's choice about it.
import type { WireModelSettings } from "@dd0c/protocol/http";
import { useModelSettings } from "../../api/model-review.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ModelCalls } from "./model-calls.tsx";
import { ModelForm } from "./model-form.tsx";
import { describeState, formatCost, formatTokens, shortHash } from "./model-words.ts";

const Facts = ({ settings: { model, usage, retired_at } }: { readonly settings: WireModelSettings }) => (
  <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
    <dt className="text-ink-faint">Model</dt>
    <dd className="break-all">{model.name}</dd>
    <dt className="text-ink-faint">Provider</dt>
    <dd className="break-all">
      {model.provider}
      {model.address === null ? "" : ` at ${model.address}`}
    </dd>
    {retired_at !== null && (
      <>
        <dt className="text-ink-faint">Retired</dt>
        <dd>
          <Moment iso={retired_at} />
        </dd>
      </>
    )}
    <dt className="text-ink-faint">Prompts</dt>
    <dd>{model.prompts.map(({ name, sha256 }) => `${name} ${shortHash(sha256)}`).join(", ")}</dd>
    <dt className="text-ink-faint">{usage.month}</dt>
    <dd>
      {usage.models.length === 0 && "nothing used yet"}
      {usage.models.map((used) => (
        <span key={used.model} className="block">
          {used.model}: {formatTokens(used.calls)} {used.calls === 1 ? "call" : "calls"},{" "}
          {formatTokens(used.input_tokens + used.output_tokens)} tokens, {formatCost(used.cost_usd)}
        </span>
      ))}
    </dd>
  </dl>
);

/** A change of the settings makes the form anew. */
const versionOf = ({ model, monthly_tokens }: WireModelSettings): string => `${model.state} ${model.name ?? ""} ${monthly_tokens}`;

const Configured = ({ settings }: { readonly settings: WireModelSettings }) => (
  <>
    <Facts settings={settings} />
    <ModelForm key={versionOf(settings)} settings={settings} />
    <ModelCalls calls={settings.calls} />
  </>
);

export const ModelSection = () => {
  const settings = useModelSettings();
  return (
    <section className="space-y-4">
      <h2 className="text-title">Model</h2>
      {settings.isPending && <Loading what="the model" />}
      {settings.isError && (
        <ErrorNotice error={settings.error} what="The model could not be read." onRetry={() => void settings.refetch()} />
      )}
      {settings.data !== undefined && <p>{describeState(settings.data.model.state)}</p>}
      {settings.data !== undefined && settings.data.model.state !== "not_configured" && <Configured settings={settings.data} />}
    </section>
  );
};
