// What the last runs suggest about this runbook's text, and what people decided before.
import type { WireRunbook, WireSuggestions } from "@dd0c/protocol/http";
import { useSuggestions } from "../../api/divergence.ts";
import { describeActor } from "../../text/words.ts";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RunLinks, SuggestionCard } from "./suggestion-card.tsx";

type Decided = WireSuggestions["decided"][number];

const DecidedRow = ({ decided }: { readonly decided: Decided }) => (
  <li className="space-y-1 border-b border-line p-3 last:border-b-0">
    <p>
      <span className="font-medium text-ink-strong">
        {decided.decision === "applied" ? `Applied as version ${decided.version ?? ""}` : "Dismissed"}
      </span>{" "}
      by {describeActor(decided.decided_by)}, <Moment iso={decided.decided_at} />
    </p>
    <p>
      <Prose text={decided.summary} links={false} />
    </p>
    {decided.reason !== null && (
      <p>
        Reason: <Prose text={decided.reason} />
      </p>
    )}
    <RunLinks runs={decided.runs} />
  </li>
);

export const SuggestionsTab = ({ runbook }: { readonly runbook: WireRunbook }) => {
  const suggestions = useSuggestions(runbook.id);
  const retry = (): void => void suggestions.refetch();
  if (suggestions.isPending) return <Loading what="suggestions" />;
  if (suggestions.isError) return <ErrorNotice error={suggestions.error} what="Suggestions could not be read." onRetry={retry} />;
  const { version, runs_considered: runs, items, decided } = suggestions.data;
  // Their lines are those of one version.
  const shown = version === runbook.version ? items : [];
  return (
    <div className="max-w-4xl space-y-6">
      <p>
        From the last {runs === 1 ? "run" : `${runs} runs`} of this runbook. A suggestion needs at least three runs that agree, is shown as
        a change of the text, and changes nothing until you apply it; the new version is classified and reviewed like any other.
      </p>
      {shown.length === 0 ? (
        <Empty title="Nothing to suggest">
          {runs === 0 ? "This runbook was not run yet." : "The runs do not agree about anything that differs from the text."}
        </Empty>
      ) : (
        <ul className="space-y-4">
          {shown.map((item) => (
            <SuggestionCard key={item.key} runbook={runbook} item={item} />
          ))}
        </ul>
      )}
      {decided.length > 0 && (
        <section className="space-y-2">
          <h2 className="text-title">Decided</h2>
          <ul className="rounded-lg border border-line bg-surface-1">
            {decided.map((each) => (
              <DecidedRow key={`${each.key}${each.decided_at}`} decided={each} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
};
