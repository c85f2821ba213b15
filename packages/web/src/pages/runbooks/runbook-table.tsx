// Runbooks with their risk make-up, trust, freshness and last run. One table: its rows become blocks on a phone.
import type { WireRunbookSummary } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { TRUST_LEVEL } from "../../text/words.ts";
import { Age } from "../../ui/age.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { Table } from "../../ui/table.tsx";
import { StatusWord } from "../executions/status-word.tsx";

const LastRun = ({ run }: { readonly run: WireRunbookSummary["last_run"] }) => {
  if (run === null) return <span className="text-ink-faint">never run</span>;
  return (
    <Link
      to="/executions/$executionId"
      params={{ executionId: run.execution_id }}
      className="text-accent underline-offset-4 hover:underline"
    >
      <StatusWord status={run.status} /> <Age sinceMs={Date.parse(run.at)} />
    </Link>
  );
};

const Row = ({ runbook }: { readonly runbook: WireRunbookSummary }) => (
  <tr className={TABLE_ROW}>
    <td className={`${CELL} md:w-1/3`}>
      <Link
        data-nav-item
        to="/runbooks/$runbookId"
        params={{ runbookId: runbook.id }}
        className="block py-1 font-medium text-ink-strong underline-offset-4 hover:underline"
      >
        <Prose text={runbook.title} />
      </Link>
      {runbook.service_tag !== null && <span className="text-small text-ink-faint">{runbook.service_tag}</span>}
    </td>
    <td className={CELL}>
      <RiskCounts counts={runbook.counts} />
    </td>
    <td className={CELL}>
      <span className="text-small">
        <span className="text-ink-faint md:hidden">trust </span>
        {TRUST_LEVEL[runbook.trust_level]?.name}
        {runbook.governance_override === "strict" && <span className="block text-ink-faint">locked to strict</span>}
      </span>
    </td>
    <td className={`${CELL} text-small`}>
      <span className="text-ink-faint">v{runbook.version}, </span>
      <Age sinceMs={Date.parse(runbook.updated_at)} />
    </td>
    <td className={`${CELL} text-small`}>
      {runbook.last_run !== null && <span className="text-ink-faint md:hidden">last run </span>}
      <LastRun run={runbook.last_run} />
    </td>
  </tr>
);

export const RunbookTable = ({ runbooks }: { readonly runbooks: readonly WireRunbookSummary[] }) => (
  <Table heads={["Runbook", "Steps by risk", "Trust", "Changed", "Last run"]}>
    {runbooks.map((runbook) => (
      <Row key={runbook.id} runbook={runbook} />
    ))}
  </Table>
);
