// What this run did beside its runbook and where its time went; the way to what several runs suggest. "Not observed" is never "nothing".
import type { WireDivergence } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { type DivergenceLine, divergenceLines, timeShares } from "../../text/divergence-words.ts";
import { formatDuration } from "../../text/format-time.ts";
import { CommandText } from "../../ui/command-text.tsx";
import { Prose } from "../../ui/prose.tsx";

const SHARE_LOOK: Readonly<Record<string, string>> = {
  running: "bg-accent-fill",
  "waiting for people": "bg-mark",
  "waiting for the agent": "bg-surface-2",
};

const Times = ({ times }: { readonly times: WireDivergence["times"] }) => {
  const shares = timeShares(times);
  return (
    <div className="space-y-2">
      <p>
        {shares.length === 0 ? "It took no time that could be measured" : shares.map(({ words }) => words).join(", ")}
        {times.before_start_ms > 1_000 && `; started ${formatDuration(times.before_start_ms)} after it was offered`}.
      </p>
      <div aria-hidden="true" className="flex h-3 overflow-hidden rounded-sm border border-line">
        {shares.map(({ name, percent }) => (
          <div
            key={name}
            className={`min-w-0.5 border-r border-line last:border-r-0 ${SHARE_LOOK[name]}`}
            style={{ width: `${percent}%` }}
          />
        ))}
      </div>
    </div>
  );
};

const Line = ({ line }: { readonly line: DivergenceLine }) => (
  <li className="space-y-2 border-b border-line p-3 last:border-b-0">
    <p>
      <span className="font-medium text-ink-strong">
        {line.kind}
        {line.label !== null && (
          <>
            {": "}
            <a href={`#step-${line.label}`} className="text-accent underline underline-offset-4">
              step {line.label}
            </a>
          </>
        )}
      </span>
      {line.text !== "" && (
        <>
          {". "}
          <Prose text={line.text} />
        </>
      )}
    </p>
    {line.commands.map(({ name, command }) => (
      <div key={name} className="text-small text-ink-faint">
        {name}: <CommandText command={command} />
      </div>
    ))}
  </li>
);

export const BesideRunbook = ({ divergence }: { readonly divergence: WireDivergence }) => {
  const lines = divergenceLines(divergence);
  return (
    <section className="space-y-3" aria-label="Beside the runbook">
      <h2 className="text-title">Beside the runbook</h2>
      <Times times={divergence.times} />
      {lines.length === 0 ? (
        <p>The run followed its runbook.</p>
      ) : (
        <ul className="rounded-lg border border-line bg-surface-1">
          {lines.map((line) => (
            <Line key={line.key} line={line} />
          ))}
        </ul>
      )}
      {divergence.unlisted_actions === null && (
        <p className="text-ink-faint">Commands outside this run: not observed. Nobody entered or declared one.</p>
      )}
      <p data-no-print>
        <Link
          to="/runbooks/$runbookId"
          params={{ runbookId: divergence.runbook_id }}
          search={{ tab: "suggestions" }}
          className="text-accent underline underline-offset-4"
        >
          What the runs of this runbook suggest
        </Link>
      </p>
    </section>
  );
};
