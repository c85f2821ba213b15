// Executions, newest first: what ran, how it ended, who started it.
import type { WireExecutionSummary } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { runLength } from "../../text/mttr-words.ts";
import { countWord, describeActor } from "../../text/words.ts";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { Table } from "../../ui/table.tsx";
import { StatusWord } from "./status-word.tsx";

const progress = (execution: WireExecutionSummary): string =>
  [
    `${execution.steps_executed} of ${execution.steps_total} run`,
    execution.steps_skipped > 0 ? `${execution.steps_skipped} skipped` : null,
    execution.steps_failed > 0 ? `${execution.steps_failed} failed` : null,
  ]
    .filter((part) => part !== null)
    .join(", ");

const Row = ({ execution }: { readonly execution: WireExecutionSummary }) => (
  <tr className={TABLE_ROW}>
    <td className={`${CELL} md:w-1/3`}>
      <Link
        data-nav-item
        to="/executions/$executionId"
        params={{ executionId: execution.id }}
        className="block py-1 font-medium text-ink-strong underline-offset-4 hover:underline"
      >
        <Prose text={execution.runbook_title} /> <span className="text-small text-ink-faint">v{execution.runbook_version}</span>
      </Link>
    </td>
    <td className={CELL}>
      <StatusWord status={execution.status} />
    </td>
    <td className={`${CELL} text-small`}>{progress(execution)}</td>
    <td className={`${CELL} text-small`}>
      <Moment iso={execution.started_at} />
      {runLength(execution) !== null && <span className="text-ink-faint"> took {runLength(execution)}</span>}
    </td>
    <td className={`${CELL} text-small`}>{describeActor(execution.triggered_by)}</td>
  </tr>
);

interface ExecutionTableProps {
  readonly executions: readonly WireExecutionSummary[];
  readonly label: string;
}

export const ExecutionTable = ({ executions, label }: ExecutionTableProps) => (
  <Table heads={["Runbook", "Status", "Steps", "Started", "By"]} label={`${label}: ${countWord(executions.length, "execution")}`}>
    {executions.map((execution) => (
      <Row key={execution.id} execution={execution} />
    ))}
  </Table>
);
