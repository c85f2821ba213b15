// One runbook that was found: how sure, why, what it holds, and what the alert fills in.
import type { WireAlertMatch } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { percent } from "../../text/alert-words.ts";
import { revealAsText } from "@dd0c/protocol/http";
import { Prose } from "../../ui/prose.tsx";
import { RiskCounts } from "../../ui/risk-counts.tsx";

type Variable = WireAlertMatch["variables"][number];

const Filled = ({ variable }: { readonly variable: Variable }) => (
  <div className="contents">
    <dt className="font-mono text-code break-words text-ink-faint">{variable.name}</dt>
    <dd className="min-w-0 break-words">
      {variable.value === null ? (
        <span className="text-ink-faint">asked at the start</span>
      ) : (
        <>
          <code className="font-mono text-code break-all text-ink-strong">{revealAsText(variable.value, "command")}</code>{" "}
          <span className="text-small text-ink-faint">
            from the alert: {variable.from}
            {variable.needs_typing && "; no plain word, so you type it"}
          </span>
        </>
      )}
    </dd>
  </div>
);

interface AlertMatchProps {
  readonly match: WireAlertMatch;
  readonly best: boolean;
  /** What can be done with it. */
  readonly children: ReactNode;
}

export const AlertMatch = ({ match, best, children }: AlertMatchProps) => (
  <article className={`space-y-3 rounded-lg border bg-surface-1 p-4 ${best ? "border-line-strong" : "border-line"}`}>
    <div>
      <h3 className="font-semibold break-words text-ink-strong">
        <Link to="/runbooks/$runbookId" params={{ runbookId: match.runbook_id }} className="inline-block py-1 underline underline-offset-4">
          <Prose text={match.runbook_title ?? ""} links={false} />
        </Link>
      </h3>
      <p className="text-small text-ink-faint">{percent(match.confidence)} sure</p>
    </div>
    <RiskCounts counts={match.counts} />
    <ul className="list-disc space-y-1 pl-5">
      {match.reasons.map((reason, at) => (
        <li key={`${reason.signal}-${at}`} className="break-words">
          <Prose text={reason.text} links={false} />
        </li>
      ))}
    </ul>
    {best && match.variables.length > 0 && (
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {match.variables.map((variable) => (
          <Filled key={variable.name} variable={variable} />
        ))}
      </dl>
    )}
    {children}
  </article>
);
