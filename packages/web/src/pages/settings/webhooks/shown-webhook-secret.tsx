// The secret of a webhook that was just made. It stands here once.
import type { CallAnswer } from "@dd0c/protocol/http";
import { CopyButton } from "../../../ui/copy-button.tsx";

export const ShownWebhookSecret = ({ made }: { readonly made: CallAnswer<"createWebhookEndpoint"> }) => (
  <div role="status" className="w-full space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
    <p>
      This is the secret of <span className="break-all">{made.url}</span>. It is shown once. The receiver verifies every delivery with it.
    </p>
    <code className="block font-mono text-code break-all text-ink-strong">{made.secret}</code>
    <CopyButton text={made.secret} label="Copy the secret" />
  </div>
);
