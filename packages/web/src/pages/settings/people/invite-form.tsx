// Invites a person: an address or a name, a role, and the link to send them.
import type { WireRole } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useInviteMember } from "../../../api/members.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Field } from "../../../ui/field.tsx";
import { RoleSelect } from "./role-select.tsx";
import { ShownLink } from "./shown-link.tsx";

export const InviteForm = () => {
  const invite = useInviteMember();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<WireRole>("approver");
  const given = { ...(name.trim() !== "" && { name: name.trim() }), ...(email.trim() !== "" && { email: email.trim() }) };
  const clear = (): void => {
    setName("");
    setEmail("");
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate({ ...given, role }, { onSuccess: clear });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <h3 className="text-base font-semibold text-ink-strong">Invite somebody</h3>
      <Field label="Name" value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.target.value)} />
      <Field
        label="E-mail address"
        hint="One of the two is enough. Nothing is sent: you get a link to pass on."
        type="email"
        value={email}
        maxLength={254}
        autoComplete="off"
        onChange={(event) => setEmail(event.target.value)}
      />
      <RoleSelect value={role} onChange={setRole} />
      {invite.isError && <ErrorNotice error={invite.error} what="Nobody was invited." />}
      <Button
        type="submit"
        refusal={Object.keys(given).length === 0 ? "Enter a name or an address first." : null}
        busy={invite.isPending && "Making the link…"}
      >
        Make an invitation link
      </Button>
      {invite.data !== undefined && <ShownLink link={invite.data} />}
    </form>
  );
};
