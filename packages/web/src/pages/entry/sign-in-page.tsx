// What a visitor without a session sees: how to get a sign-in link. Links work once.
import { Link } from "@tanstack/react-router";
import { PageHeader } from "../../ui/page-header.tsx";

const reasonFrom = (search: string): string | null => {
  const reason = new URLSearchParams(search).get("error");
  return reason === null ? null : "That link was used before or is too old. Each link works once.";
};

export const SignInPage = () => {
  const reason = reasonFrom(window.location.search);
  return (
    <main className="mx-auto max-w-2xl px-4 py-12">
      <p className="mb-8 font-mono font-semibold text-ink-strong">dd0c/run</p>
      <PageHeader title="Sign in" note="You need a one-time sign-in link." />
      {reason !== null && (
        <p role="alert" className="mb-6 rounded-lg border-2 border-line-strong bg-surface-1 p-4 text-ink-strong">
          {reason}
        </p>
      )}
      <div className="space-y-6">
        <section className="space-y-2">
          <h2 className="text-title">On your own machine</h2>
          <p>
            Stop the server with Ctrl-C and start it again. It prints a fresh link; open it in this browser. Runbooks, executions and the
            audit log are kept.
          </p>
          <code className="block rounded-md border border-line bg-surface-1 p-3 font-mono text-code text-ink-strong">npm start</code>
        </section>
        <section className="space-y-2">
          <h2 className="text-title">In a team</h2>
          <p>Ask an admin of your organisation for a link. They make one under Settings, People.</p>
        </section>
        <section className="space-y-2">
          <h2 className="text-title">Without signing in</h2>
          <p>Paste a runbook and see its steps, each command with its risk. Nothing is stored and nothing runs.</p>
          <p>
            <Link to="/try" className="inline-flex min-h-11 items-center text-accent underline">
              Try it with a runbook
            </Link>
          </p>
        </section>
      </div>
    </main>
  );
};
