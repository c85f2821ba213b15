// The latest questions that left for the language model: when, what for, how much, by which prompt. Never their text.
import type { WireModelSettings } from "@dd0c/protocol/http";
import { Moment } from "../../ui/moment.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { Table } from "../../ui/table.tsx";
import { formatBytes, formatCost, formatTokens, PURPOSES, shortHash } from "./model-words.ts";

type Call = WireModelSettings["calls"][number];

/** Below the table's breakpoint each value stands behind its column's name. */
const Name = ({ children }: { readonly children: string }) => <span className="text-ink-faint md:hidden">{children} </span>;

const maskedWords = (count: number): string => (count === 0 ? "" : `, ${count} ${count === 1 ? "secret" : "secrets"} masked`);

const Row = ({ call }: { readonly call: Call }) => (
  <tr className={TABLE_ROW}>
    <td className={`${CELL} text-small`}>
      <Moment iso={call.called_at} />
    </td>
    <td className={CELL}>
      {PURPOSES[call.purpose]}
      <span className="block text-small break-all text-ink-faint">{call.model}</span>
    </td>
    <td className={CELL}>
      <Name>Sent</Name>
      {formatBytes(call.sent_bytes)}
      {maskedWords(call.masked_secrets)}
    </td>
    <td className={CELL}>
      <Name>Tokens</Name>
      {formatTokens(call.input_tokens)} in, {formatTokens(call.output_tokens)} out{call.estimated ? " (estimated)" : ""}
    </td>
    <td className={CELL}>
      <Name>Cost</Name>
      {formatCost(call.cost_usd)}
    </td>
    <td className={CELL}>
      <Name>Prompt</Name>
      <code className="font-mono text-small">{shortHash(call.prompt_sha256)}</code>
    </td>
    <td className={CELL}>
      <Name>Outcome</Name>
      {call.outcome}
      <span className="block text-small text-ink-faint">
        {call.duration_ms} ms{call.attempts > 1 ? `, ${call.attempts} attempts` : ""}
      </span>
    </td>
  </tr>
);

export const ModelCalls = ({ calls }: { readonly calls: readonly Call[] }) => (
  <section className="space-y-2" aria-labelledby="model-calls">
    <h3 id="model-calls" className="text-base font-semibold text-ink-strong">
      Latest calls
    </h3>
    {calls.length === 0 ? (
      <p className="text-ink-faint">None yet.</p>
    ) : (
      <Table heads={["When", "What for", "Sent", "Tokens", "Cost", "Prompt", "Outcome"]} labelledBy="model-calls">
        {calls.map((call) => (
          <Row key={call.id} call={call} />
        ))}
      </Table>
    )}
  </section>
);
