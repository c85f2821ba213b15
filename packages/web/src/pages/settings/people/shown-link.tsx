// A link that is a secret, shown once: for whom, until when, and what having it means.
import type { CallAnswer } from "@dd0c/protocol/http";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Moment } from "../../../ui/moment.tsx";

export const ShownLink = ({ link }: { readonly link: CallAnswer<"inviteMember"> }) => (
  <div role="status" className="space-y-2 rounded-lg border border-line-strong bg-surface-1 p-4">
    <p>
      This is the link for {link.name}. It is shown once and works once, until <Moment iso={link.expires_at} />. Send it to {link.name}{" "}
      alone: whoever uses it is {link.name} here.
    </p>
    <code className="block font-mono text-code break-all text-ink-strong">{link.url}</code>
    <CopyButton text={link.url} label="Copy the link" />
  </div>
);
