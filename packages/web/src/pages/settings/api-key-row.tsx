// One API key with its role and last use; revoking takes two presses.
import type { WireApiKey } from "@dd0c/protocol/http";
import { useRevokeApiKey } from "../../api/operations.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { TwoPresses } from "../../ui/two-presses.tsx";
import { LastUsed } from "./last-used.tsx";
import { LIST_ROW } from "./listed-part.tsx";

export const ApiKeyRow = ({ apiKey }: { readonly apiKey: WireApiKey }) => {
  const revoke = useRevokeApiKey();
  return (
    <li className={LIST_ROW}>
      <div className="min-w-0">
        <p className="font-medium text-ink-strong">{apiKey.name}</p>
        <p className="text-small text-ink-faint">
          <span className="font-mono">{apiKey.prefix}…</span>, {apiKey.role}, <LastUsed at={apiKey.last_used_at} />
        </p>
      </div>
      <TwoPresses
        label="Revoke"
        spoken={`Revoke ${apiKey.name}`}
        confirm={`Revoke ${apiKey.name} for good`}
        busy={revoke.isPending && "Revoking…"}
        onConfirm={() => revoke.mutate(apiKey.id)}
      />
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not revoked. The key still works." />}
    </li>
  );
};
