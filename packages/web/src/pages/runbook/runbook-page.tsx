// One runbook: its steps and where each came from, versions, runs, trust. The tab lives in the address.
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Tabs } from "radix-ui";
import { useRunbook } from "../../api/runbooks.ts";
import { RUNBOOK_TABS } from "../../shell/runbook-tabs.ts";
import { TRUST_LEVEL } from "../../text/words.ts";
import { Age } from "../../ui/age.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { PageStatus } from "../../ui/page-status.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { RunsTab } from "./runs-tab.tsx";
import { StartCopilot } from "./start-copilot.tsx";
import { StepsTab } from "./steps-tab.tsx";
import { SuggestionsTab } from "./suggestions-tab.tsx";
import { TrustTab } from "./trust-tab.tsx";
import { VersionsTab } from "./versions-tab.tsx";

const TAB_NAMES: Readonly<Record<(typeof RUNBOOK_TABS)[number], string>> = {
  steps: "Steps",
  versions: "Versions",
  runs: "Runs",
  suggestions: "Suggestions",
  trust: "Trust",
};

export const RunbookPage = () => {
  const { runbookId } = useParams({ from: "/runbooks/$runbookId" });
  const { tab = "steps", version } = useSearch({ from: "/runbooks/$runbookId" });
  const navigate = useNavigate({ from: "/runbooks/$runbookId" });
  const runbook = useRunbook(runbookId);
  if (runbook.data === undefined) {
    const retry = (): void => void runbook.refetch();
    return (
      <PageStatus title="Runbook" subject="the runbook" failure="This runbook could not be opened." error={runbook.error} onRetry={retry} />
    );
  }
  const { data } = runbook;
  return (
    <>
      <PageHeader
        title={data.title}
        note={
          <>
            Version {data.version}, changed <Age sinceMs={Date.parse(data.updated_at)} />
            {data.service_tag !== null && `, service ${data.service_tag}`}, trust {TRUST_LEVEL[data.trust_level]?.name}
            {data.governance_override === "strict" && ", locked to strict"}
            {data.policy_lock !== null && ", locked by its own policy"}
            {data.review.required && !data.review.done && ", waits for a review"}
          </>
        }
        actions={
          <>
            <ButtonLink to="/runbooks/$runbookId/edit" params={{ runbookId }}>
              Edit
            </ButtonLink>
            <StartCopilot runbook={data} />
          </>
        }
      />
      <Tabs.Root
        value={tab}
        onValueChange={(value) => void navigate({ search: { tab: RUNBOOK_TABS.find((known) => known === value) }, replace: true })}
      >
        <Tabs.List aria-label="Parts of this runbook" className="mb-6 flex gap-1 overflow-x-auto border-b border-line">
          {RUNBOOK_TABS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="min-h-11 border-b-2 border-transparent px-4 text-ink-normal data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink-strong"
            >
              {TAB_NAMES[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="steps">
          <StepsTab runbook={data} />
        </Tabs.Content>
        <Tabs.Content value="versions">
          <VersionsTab runbook={data} chosen={version} />
        </Tabs.Content>
        <Tabs.Content value="runs">
          <RunsTab runbookId={runbookId} />
        </Tabs.Content>
        <Tabs.Content value="suggestions">
          <SuggestionsTab runbook={data} />
        </Tabs.Content>
        <Tabs.Content value="trust">
          <TrustTab key={`${data.trust_level}-${data.governance_override}-${JSON.stringify(data.policy_lock)}`} runbook={data} />
        </Tabs.Content>
      </Tabs.Root>
    </>
  );
};
