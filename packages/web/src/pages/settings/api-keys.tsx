// API keys for machines. A key can read and start; it can never approve. The secret is shown once.
import { useApiKeys } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { ApiKeyRow } from "./api-key-row.tsx";
import { NewApiKey } from "./new-api-key.tsx";

export const ApiKeys = () => {
  const role = useRoleRefusal("admin");
  const apiKeys = useApiKeys(role === null);
  return (
    <section className="space-y-4">
      <h2 className="text-title">API keys</h2>
      <p>For scripts. A key never approves, confirms, edits or resumes: only people do.</p>
      {role !== null && <p className="text-ink-faint">{role}</p>}
      {role === null && apiKeys.isPending && <Loading what="API keys" />}
      {apiKeys.isError && <ErrorNotice error={apiKeys.error} what="API keys could not be listed." onRetry={() => void apiKeys.refetch()} />}
      {apiKeys.data?.items.length === 0 && <p className="text-ink-faint">No key yet.</p>}
      {apiKeys.data !== undefined && apiKeys.data.items.length > 0 && (
        <ul className="rounded-lg border border-line bg-surface-1">
          {apiKeys.data.items.map((apiKey) => (
            <ApiKeyRow key={apiKey.id} apiKey={apiKey} />
          ))}
        </ul>
      )}
      {role === null && <NewApiKey />}
    </section>
  );
};
