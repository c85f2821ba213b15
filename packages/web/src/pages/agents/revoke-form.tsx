// Revoking a certificate, or an agent with all of them: asks for a reason, says what follows, and takes a second press.
import { type FormEvent, useState } from "react";
import { useRevokeAgent } from "../../api/agents.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Field } from "../../ui/field.tsx";

interface RevokeFormProps {
  readonly agentId: string;
  readonly serial?: string;
  /** What is revoked, as on the button. */
  readonly what: string;
  readonly consequence: string;
}

export const RevokeForm = ({ agentId, serial, what, consequence }: RevokeFormProps) => {
  const role = useRoleRefusal("admin");
  const revoke = useRevokeAgent();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  if (!asking)
    return (
      <Button onClick={() => setAsking(true)} refusal={role} aria-label={`Revoke ${what}`}>
        Revoke
      </Button>
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    revoke.mutate({ agentId, reason: reason.trim(), ...(serial === undefined ? {} : { serial }) });
  };
  return (
    <form onSubmit={submit} className="w-full space-y-3">
      <p>{consequence}</p>
      <Field
        autoFocus
        label="Reason, for the record"
        value={reason}
        maxLength={2_000}
        onChange={(event) => setReason(event.target.value)}
      />
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not revoked. It still lets the agent in." />}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look="dangerous"
          busy={revoke.isPending && "Revoking…"}
          refusal={reason.trim() === "" ? "Say why first." : null}
        >
          Revoke {what} for good
        </Button>
        <Button look="plain" onClick={() => setAsking(false)}>
          Keep it
        </Button>
      </div>
    </form>
  );
};
