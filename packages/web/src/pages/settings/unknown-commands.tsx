// What the scanner met and has no rule for: where coverage should grow. Programs and counts, never arguments.
import type { WireUnknownCommands } from "@dd0c/protocol/http";
import { useUnknownCommands } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { Table } from "../../ui/table.tsx";

type Item = WireUnknownCommands["items"][number];

const REASONS: Readonly<Record<string, string>> = {
  program: "no rule for the program",
  sub_command: "a sub-command its rule does not list",
  option: "an option its rule does not list",
  operand: "an operand its rule does not list",
  shell: "a construct or variable of the shell",
  other: "a closer reading failed",
};

const Row = ({ item }: { readonly item: Item }) => (
  <tr className={TABLE_ROW}>
    <td className={`${CELL} font-mono font-medium break-all text-ink-strong`}>{item.program}</td>
    <td className={CELL}>{REASONS[item.reason] ?? item.reason}</td>
    <td className={CELL}>
      {item.seen}
      <span className="md:hidden"> times</span>
    </td>
    <td className={`${CELL} text-small`}>
      <span className="text-ink-faint md:hidden">last </span>
      <Moment iso={item.last_seen} />
    </td>
  </tr>
);

export const UnknownCommands = () => {
  const role = useRoleRefusal("author");
  const unknown = useUnknownCommands(role === null);
  return (
    <section className="space-y-4">
      <h2 className="text-title">Commands the scanner does not know</h2>
      <p>Seen in saved runbooks and in questions about commands. Unknown commands always ask; only their programs are kept.</p>
      {role !== null && <p className="text-ink-faint">{role}</p>}
      {role === null && unknown.isPending && <Loading what="unknown commands" />}
      {unknown.isError && (
        <ErrorNotice error={unknown.error} what="Unknown commands could not be listed." onRetry={() => void unknown.refetch()} />
      )}
      {unknown.data?.items.length === 0 && <p className="text-ink-faint">None yet: everything seen so far has a rule.</p>}
      {unknown.data !== undefined && unknown.data.items.length > 0 && (
        <Table heads={["Program", "What is missing", "Times", "Last seen"]}>
          {unknown.data.items.map((item) => (
            <Row key={`${item.program} ${item.reason}`} item={item} />
          ))}
        </Table>
      )}
    </section>
  );
};
