// What holds a command back on an agent's host, as the agent itself said when it connected. The server knows nothing else of it.
import type { WireAgent } from "@dd0c/protocol/http";
import type { ReactNode } from "react";
import { formatSize } from "../../text/format-size.ts";
import { formatDuration } from "../../text/format-time.ts";

type Host = NonNullable<WireAgent["host"]>;

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="grid grid-cols-[6.5rem_1fr] items-baseline gap-x-3 border-b border-line px-3 py-1.5 last:border-b-0">
    <dt className="text-small text-ink-faint">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </div>
);

function processesOf({ limits, as_root }: Host): string {
  if (limits === null || limits.processes === null) return "as many as its account may have";
  return `${limits.processes} in its account${as_root ? "; root is not held to it" : ""}`;
}

const Limits = ({ host }: { readonly host: Host }) => {
  const { limits } = host;
  if (limits === null) return <Fact name="Limits">none: its file gives them up</Fact>;
  return (
    <>
      <Fact name="Processor time">{formatDuration(limits.cpu_seconds * 1_000)}</Fact>
      <Fact name="Memory">{formatSize(limits.memory_bytes)}</Fact>
      <Fact name="Processes">{processesOf(host)}</Fact>
      <Fact name="Open files">{limits.open_files}</Fact>
    </>
  );
};

function accountOf({ run_as, as_root }: Host): string {
  if (run_as !== null) return `${run_as}, and not the agent's own`;
  return as_root ? "the agent's own: root" : "the agent's own, so they can read its keys and its journal";
}

function sandboxOf({ sandbox, no_sandbox_because, sandbox_except }: Host): string {
  if (sandbox) return `for what only reads${sandbox_except.length === 0 ? "" : `, except ${sandbox_except.join(", ")}`}`;
  return no_sandbox_because === null ? "none: its file turns it off" : `none: ${no_sandbox_because}`;
}

export const HostFacts = ({ agent: { host, name } }: { readonly agent: WireAgent }) => (
  <section className="space-y-2">
    <h3 className="font-semibold text-ink-strong">What holds commands back on its host</h3>
    {host === null ? (
      <p>Not said. {name} has not connected yet, or is of a release that does not say it; its log does.</p>
    ) : (
      <>
        <p className="text-small">
          As the agent said when it connected. Its own file decides; nobody can change it from here. Time, memory and files are for each
          process.
        </p>
        <dl className="rounded-lg border border-line">
          <Fact name="Account">{accountOf(host)}</Fact>
          <Fact name="Sandbox">{sandboxOf(host)}</Fact>
          <Limits host={host} />
          <Fact name="Output kept">{formatSize(host.max_stream_bytes)} per stream</Fact>
        </dl>
      </>
    )}
  </section>
);
