// What ran by itself and what people decided: the last seven days, and the weeks before.
import type { WireGovernance } from "@dd0c/protocol/http";
import { useGovernance } from "../../api/governance.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { Table } from "../../ui/table.tsx";

type Report = WireGovernance["last_seven_days"];

const COLUMNS: readonly { readonly name: string; readonly value: (report: Report) => string | number }[] = [
  { name: "Share", value: ({ auto_share_percent: share }) => (share === null ? "none ran" : `${share}\u00a0%`) },
  { name: "Automatic", value: ({ auto }) => auto },
  { name: "Approved", value: ({ approved }) => approved },
  { name: "Typed", value: ({ typed }) => typed },
  { name: "Refused", value: ({ rejected, refused_by_agent: byAgent }) => (byAgent === 0 ? rejected : `${rejected}, ${byAgent} by agents`) },
  { name: "Blocked", value: ({ blocked }) => blocked },
  { name: "Trust lost", value: ({ downgrades }) => downgrades },
  { name: "Policy changes", value: ({ overrides }) => overrides },
];

const day = (iso: string): string => iso.slice(0, 10);

const Row = ({ name, report }: { readonly name: string; readonly report: Report }) => (
  <tr className={TABLE_ROW}>
    <th scope="row" className={`${CELL} text-left text-small font-medium whitespace-nowrap text-ink-strong`}>
      {name}
    </th>
    {COLUMNS.map((column) => (
      <td key={column.name} className={`${CELL} text-small tabular-nums`}>
        <span className="text-ink-faint md:hidden">{column.name} </span>
        {column.value(report)}
      </td>
    ))}
  </tr>
);

const HEADS = ["Week", ...COLUMNS.map(({ name }) => name)];

const Weeks = ({ governance }: { readonly governance: WireGovernance }) => (
  <Table heads={HEADS} labelledBy="governance-report">
    <Row name="Last 7 days" report={governance.last_seven_days} />
    {governance.weeks.map((week) => (
      <Row key={week.from} name={day(week.from)} report={week} />
    ))}
  </Table>
);

export const GovernanceReport = () => {
  const governance = useGovernance();
  return (
    <section className="space-y-4">
      <h2 id="governance-report" className="text-title">
        Governance, week by week
      </h2>
      <p>
        Counted from the audit log. The share is that of automatic steps among all that ran. Weeks are named by their Monday, 00:00 UTC, and
        recorded when they are over.
      </p>
      {governance.isPending && <Loading what="the governance report" />}
      {governance.isError && (
        <ErrorNotice error={governance.error} what="The report could not be read." onRetry={() => void governance.refetch()} />
      )}
      {governance.data !== undefined && <Weeks governance={governance.data} />}
    </section>
  );
};
