// What went wrong, what that means, what to do next, and the code with the request id to copy.
import { ApiError } from "@dd0c/protocol/http";
import { adviseOnError } from "../text/advise-on-error.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Prose } from "./prose.tsx";

export const ErrorNotice = ({
  error,
  what,
  onRetry,
}: {
  readonly error: unknown;
  readonly what: string;
  readonly onRetry?: (() => void) | undefined;
}) => {
  const answered = error instanceof ApiError;
  const { message, next, code, requestId } = adviseOnError(answered ? error : null);
  // Without an answer nobody knows what a decision did; only a read, which can be tried again, has surely failed.
  const headline = answered || onRetry !== undefined ? what : "It is not known what happened.";
  return (
    <div role="alert" className="rounded-lg border-2 border-line-strong bg-surface-1 p-4">
      <p className="font-semibold text-ink-strong">{headline}</p>
      <p className="mt-1">
        <Prose text={`${message} ${next}`} />
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <code className="font-mono text-small break-all text-ink-faint">
          {code}
          {requestId !== "" && ` · request ${requestId}`}
        </code>
        <CopyButton look="plain" label="Copy" text={`${code} ${requestId} ${message}`} />
        {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
      </div>
    </div>
  );
};
