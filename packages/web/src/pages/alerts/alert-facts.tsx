// What the alert says: where, since which deploy, links, labels. All of it was written by outsiders: shown as text, links only where a person presses.
import type { WireAlert } from "@dd0c/protocol/http";
import { Prose } from "../../ui/prose.tsx";

const Rows = ({ entries }: { readonly entries: readonly (readonly [string, string])[] }) => (
  <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1">
    {entries.map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="break-words text-ink-faint">
          <Prose text={name} links={false} />
        </dt>
        <dd className="min-w-0 break-words text-ink-strong">
          <Prose text={value} links={false} />
        </dd>
      </div>
    ))}
  </dl>
);

const known = (alert: WireAlert): readonly (readonly [string, string])[] => {
  const severity = alert.raw_severity === null ? alert.severity : `${alert.severity} (“${alert.raw_severity}”)`;
  const entries: readonly (readonly [string, string | null])[] = [
    ["name", alert.name],
    ["service", alert.service],
    ["environment", alert.environment],
    ["region", alert.region],
    ["team", alert.team],
    ["deployment", alert.deployment],
    ["deployed at", alert.deployed_at],
    ["severity", severity],
  ];
  return entries.filter((entry): entry is readonly [string, string] => entry[1] !== null);
};

const linksOf = ({ links, runbook_url: runbook }: WireAlert) =>
  runbook === null ? links : [{ title: "runbook_url", url: runbook }, ...links];

const Links = ({ alert }: { readonly alert: WireAlert }) => (
  <ul className="space-y-1">
    {linksOf(alert).map(({ title, url }) => (
      <li key={`${title ?? ""} ${url}`} className="break-all">
        <a href={url} target="_blank" rel="noreferrer noopener" className="inline-block py-1 text-accent underline underline-offset-4">
          {title ?? url}
        </a>{" "}
        <span className="text-small text-ink-faint">{url}</span>
      </li>
    ))}
  </ul>
);

export const AlertFacts = ({ alert }: { readonly alert: WireAlert }) => (
  <section className="space-y-4" aria-labelledby="facts">
    <h2 id="facts" className="text-title">
      What it says
    </h2>
    {alert.is_partial && (
      <p className="text-ink-faint">The sender gives less than it knows: details and the runbook’s address are not in its messages.</p>
    )}
    {alert.description !== null && (
      <p className="break-words">
        <Prose text={alert.description} links={false} />
      </p>
    )}
    <Rows entries={known(alert)} />
    {linksOf(alert).length > 0 && <Links alert={alert} />}
    {Object.keys(alert.labels).length > 0 && (
      <details>
        <summary className="min-h-11 py-2 text-accent">Labels</summary>
        <Rows entries={Object.entries(alert.labels)} />
      </details>
    )}
  </section>
);
