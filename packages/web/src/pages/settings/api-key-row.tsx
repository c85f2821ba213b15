// One API key with its role and last use; revoking takes two presses.
import type { WireApiKey } from "@dd0c/protocol/http";
import { useState } from "react";
import { useRevokeApiKey } from "../../api/operations.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

export const ApiKeyRow = ({ apiKey }: { readonly apiKey: WireApiKey }) => {
  const revoke = useRevokeApiKey();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-3 last:border-b-0">
      <div className="min-w-0">
        <p className="font-medium text-ink-strong">{apiKey.name}</p>
        <p className="text-small text-ink-faint">
          <span className="font-mono">{apiKey.prefix}…</span>, {apiKey.role},{" "}
          {apiKey.last_used_at === null ? (
            "never used"
          ) : (
            <>
              used <Age sinceMs={Date.parse(apiKey.last_used_at)} />
            </>
          )}
        </p>
      </div>
      {asking ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => revoke.mutate(apiKey.id)} busy={revoke.isPending && "Revoking…"}>
            Revoke {apiKey.name} for good
          </Button>
          <Button look="plain" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      ) : (
        <Button onClick={() => setAsking(true)} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      )}
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not revoked. The key still works." />}
    </li>
  );
};
