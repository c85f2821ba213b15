// Under which rules the run will go, and whether its agent is there, before anything runs.
import type { WireExecution } from "@dd0c/protocol/http";
import { GOVERNANCE, TRUST_LEVEL } from "../../text/words.ts";

const agentWords = ({ agent_name, agent_online }: WireExecution): string =>
  agent_online ? `${agent_name}, connected` : `${agent_name}, not connected: the run can begin and waits until it is`;

export const PreflightFacts = ({ execution }: { readonly execution: WireExecution }) => (
  <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
    <dt className="text-ink-faint">Agent</dt>
    <dd className="text-ink-strong">{agentWords(execution)}</dd>
    <dt className="text-ink-faint">Governance</dt>
    <dd className="text-ink-strong">{GOVERNANCE[execution.governance_mode].name}</dd>
    <dt className="text-ink-faint">Trust</dt>
    <dd className="text-ink-strong">{TRUST_LEVEL[execution.trust_level]?.name ?? execution.trust_level}</dd>
  </dl>
);
