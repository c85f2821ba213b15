// A page that failed to draw or to load its code. Executions go on; only this view is gone.
import { Button } from "../ui/button.tsx";

export const PageFailure = ({ error }: { readonly error: unknown }) => (
  <main className="mx-auto max-w-2xl space-y-4 px-4 py-10">
    <h1 className="text-page">This page could not be shown</h1>
    <p>Running steps are not affected. Load the page again; if it stays, send this line to your admin.</p>
    <code className="block font-mono text-small break-all text-ink-faint">
      {error instanceof Error ? error.message : "unknown failure"}
    </code>
    <Button look="primary" onClick={() => window.location.reload()}>
      Load again
    </Button>
  </main>
);
