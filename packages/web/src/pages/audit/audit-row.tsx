// One audit event: a line that opens to everything it holds, hashes included.
import type { WireAuditEvent } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { revealAsText } from "@dd0c/protocol/http";
import { describeActor } from "../../text/words.ts";
import { Moment } from "../../ui/moment.tsx";

const Hashes = ({ event }: { readonly event: WireAuditEvent }) => (
  <dl className="grid gap-x-4 font-mono text-small sm:grid-cols-[auto_1fr]">
    <dt className="text-ink-faint">hash</dt>
    <dd className="break-all">{event.hash}</dd>
    <dt className="text-ink-faint">previous</dt>
    <dd className="break-all">{event.prev_hash}</dd>
    <dt className="text-ink-faint">recorded</dt>
    <dd>
      <Moment iso={event.recorded_at} />
      {event.late && ", late: it came from a journal after the fact"}
    </dd>
  </dl>
);

const Links = ({ event }: { readonly event: WireAuditEvent }) => (
  <p className="flex flex-wrap gap-4">
    {event.execution_id !== null && (
      <>
        <Link to="/executions/$executionId" params={{ executionId: event.execution_id }} className="text-accent underline">
          Open the execution
        </Link>
        <Link to="/audit" search={{ execution_id: event.execution_id }} className="text-accent underline">
          Only this execution
        </Link>
      </>
    )}
    {event.runbook_id !== null && (
      <Link to="/runbooks/$runbookId" params={{ runbookId: event.runbook_id }} className="text-accent underline">
        Open the runbook
      </Link>
    )}
  </p>
);

interface AuditRowProps {
  readonly event: WireAuditEvent;
  /** Agent ids to names; an agent that is gone keeps its id. */
  readonly agentNames: ReadonlyMap<string, string>;
}

export const AuditRow = ({ event, agentNames }: AuditRowProps) => (
  <li id={`event-${event.seq}`} className="border-b border-line last:border-b-0">
    <details>
      <summary data-nav-item className="chevron flex min-h-11 flex-wrap items-center gap-x-3 px-3 py-2">
        <span className="w-12 text-right text-small text-ink-faint">{event.seq}</span>
        <span className="font-mono text-code text-ink-strong">{event.type}</span>
        <span className="text-small text-ink-normal">
          {describeActor({ ...event.actor, name: event.actor.name ?? agentNames.get(event.actor.id) ?? null })}
        </span>
        {event.late && <span className="text-small text-ink-faint">late</span>}
        <span className="ml-auto text-small text-ink-faint">
          <Moment iso={event.occurred_at} />
        </span>
      </summary>
      <div className="space-y-3 px-4 pb-4">
        <pre
          className="output-frame max-h-96 overflow-auto rounded-md border border-line bg-surface-0 p-3 font-mono text-small break-words whitespace-pre-wrap"
          tabIndex={0}
        >
          {revealAsText(JSON.stringify(event.data, null, 2), "prose")}
        </pre>
        <Hashes event={event} />
        <Links event={event} />
      </div>
    </details>
  </li>
);
