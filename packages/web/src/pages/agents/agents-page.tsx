// Agents: what each is, how it stands, what its own file allows. Truth over comfort: unreachable since when, not a green dot.
import type { WireAgent } from "@dd0c/protocol/http";
import { useState } from "react";
import { useAgents } from "../../api/agents.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { RiskBadge } from "../../ui/risk-badge.tsx";
import { Table } from "../../ui/table.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { AgentDetails } from "./agent-details.tsx";
import { EnrolAgent } from "./enrol-agent.tsx";

const STATUS: Readonly<Record<WireAgent["status"], string>> = {
  online: "● online",
  offline: "○ unreachable",
  blocked: "■ blocked",
  revoked: "✕ revoked",
};

const Heartbeat = ({ agent }: { readonly agent: WireAgent }) => {
  if (agent.last_heartbeat === null) return "never heard of";
  return (
    <>
      {agent.status === "online" ? "heard of " : "last heard of "}
      <Age sinceMs={Date.parse(agent.last_heartbeat)} />
      {agent.status !== "online" && (
        <>
          {", "}
          <Moment iso={agent.last_heartbeat} />
        </>
      )}
    </>
  );
};

const Row = ({ agent, onOpen }: { readonly agent: WireAgent; readonly onOpen: () => void }) => (
  <tr className={TABLE_ROW}>
    <td className={`${CELL} font-medium text-ink-strong`}>{agent.name}</td>
    <td className={CELL}>
      <span className="text-ink-strong">{STATUS[agent.status]}</span>
      {agent.panic_state === "halted" && <span className="font-semibold text-ink-strong">, halted</span>}
      <span className="block text-small text-ink-faint">
        <Heartbeat agent={agent} />
      </span>
      {agent.status_reason !== null && <span className="block max-w-prose text-small">{agent.status_reason}</span>}
    </td>
    <td className={CELL}>
      <span className="mr-2 text-small text-ink-faint md:hidden">runs at most</span>
      {agent.ceiling === null ? <span className="text-ink-faint">not reported</span> : <RiskBadge risk={agent.ceiling} />}
    </td>
    <td className={`${CELL} text-small`}>
      <span className="text-ink-faint md:hidden">version </span>
      {agent.version ?? "not reported"}
      {agent.pattern_version !== null && <span className="block text-ink-faint">patterns {agent.pattern_version}</span>}
    </td>
    <td className={`${CELL} text-small`}>
      <span className="text-ink-faint md:hidden">certificate until </span>
      {agent.certificate_expires_at === null ? "no certificate" : <Moment iso={agent.certificate_expires_at} />}
    </td>
    <td className={CELL}>
      <Button onClick={onOpen} aria-label={`Manage ${agent.name}: limits, program and certificates`}>
        Manage
      </Button>
    </td>
  </tr>
);

const AgentTable = ({ agents }: { readonly agents: readonly WireAgent[] }) => {
  const [openId, setOpenId] = useState<string | null>(null);
  const open = agents.find(({ id }) => id === openId);
  return (
    <>
      <Table heads={["Agent", "State", "Runs at most", "Version", "Certificate until", "Manage"]}>
        {agents.map((agent) => (
          <Row key={agent.id} agent={agent} onOpen={() => setOpenId(agent.id)} />
        ))}
      </Table>
      <Modal title={open?.name ?? "Agent"} open={open !== undefined} onClose={() => setOpenId(null)}>
        {open !== undefined && <AgentDetails agent={open} />}
      </Modal>
    </>
  );
};

export const AgentsPage = () => {
  const agents = useAgents();
  return (
    <>
      <PageHeader
        title="Agents"
        note="An agent runs in your network, dials out, and checks every command again. What it may run at most stands in its own file; the server cannot raise it."
      />
      {agents.isPending && <Loading what="agents" />}
      {agents.isError && <ErrorNotice error={agents.error} what="Agents could not be listed." onRetry={() => void agents.refetch()} />}
      {agents.data?.items.length === 0 && <Empty title="No agent yet">Enrol one below. It needs a one-time token and opens no port.</Empty>}
      {agents.data !== undefined && agents.data.items.length > 0 && <AgentTable agents={agents.data.items} />}
      <EnrolAgent />
    </>
  );
};
