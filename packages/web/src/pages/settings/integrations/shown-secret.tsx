// A secret that was just made, with the address that it belongs to. It stands here once.
import type { CallAnswer } from "@dd0c/protocol/http";
import { addressOf } from "../../../api/integrations.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";

export const ShownSecret = ({ made }: { readonly made: CallAnswer<"createIntegration"> }) => (
  <div role="status" className="w-full space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
    <p>This is the secret of {made.name}. It is shown once.</p>
    <code className="block font-mono text-code break-all text-ink-strong">{made.secret}</code>
    <CopyButton text={made.secret} label="Copy the secret" />
    <p>The address to call:</p>
    <code className="block font-mono text-code break-all text-ink-strong">{addressOf(made.path)}</code>
    <CopyButton text={addressOf(made.path)} label="Copy the address" />
  </div>
);
