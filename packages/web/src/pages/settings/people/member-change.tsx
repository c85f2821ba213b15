// What an admin does about one member: another role, a new link to sign in with, the end of the membership.
import type { WireMember } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useChangeRole, useCreateSignInLink, useEndSlackLink, useRemoveMember } from "../../../api/members.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { TwoPresses } from "../../../ui/two-presses.tsx";
import { RoleSelect } from "./role-select.tsx";
import { ShownLink } from "./shown-link.tsx";

export interface MemberProps {
  readonly member: WireMember;
  readonly myself: boolean;
  /** An organisation keeps one admin. */
  readonly onlyAdmin: boolean;
}

const ONLY_ADMIN = "Make somebody else an admin first.";

const RoleForm = ({ member, myself, onlyAdmin, onDone }: MemberProps & { readonly onDone: () => void }) => {
  const change = useChangeRole(member.id, myself);
  const [role, setRole] = useState(member.role);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(role, { onSuccess: onDone });
  };
  const refusal = role === member.role ? "Choose another role first." : onlyAdmin ? ONLY_ADMIN : null;
  return (
    <form onSubmit={submit} className="space-y-3">
      <RoleSelect value={role} onChange={setRole} />
      {change.isError && <ErrorNotice error={change.error} what="The role is what it was." />}
      <Button type="submit" refusal={refusal} busy={change.isPending && "Changing it…"}>
        {myself ? "Change my own role" : "Change the role"}
      </Button>
    </form>
  );
};

const SignInAgain = ({ member }: MemberProps) => {
  const create = useCreateSignInLink();
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <p>A session ends after some days. A new link signs {member.name} in again; one that is still open stops working.</p>
      {create.isError && <ErrorNotice error={create.error} what="No link was made." />}
      <Button onClick={() => create.mutate(member.id)} busy={create.isPending && "Making the link…"}>
        Make a sign-in link
      </Button>
      {create.data !== undefined && <ShownLink link={create.data} />}
    </div>
  );
};

const SlackLink = ({ member: { id, name, slack } }: MemberProps) => {
  const end = useEndSlackLink();
  if (slack === null) return null;
  const user = slack.name === null ? slack.user_id : `@${slack.name}`;
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <p>
        Whoever uses {user} in Slack acts as {name}, with this role. Taking the link away ends that at once; <code>/dd0c link</code> makes a
        new one.
      </p>
      {end.isError && <ErrorNotice error={end.error} what="The link is still there." />}
      <TwoPresses
        label="Take the Slack link away"
        confirm={`Yes, end the link of ${user}`}
        keep="Keep it"
        busy={end.isPending && "Taking it away…"}
        onConfirm={() => end.mutate(id)}
      />
    </div>
  );
};

const Remove = ({ member, myself, onlyAdmin }: MemberProps) => {
  const remove = useRemoveMember(member.id, myself);
  const whom = myself ? "myself" : member.name;
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <p>
        Removing ends every session at once. What {myself ? "you" : member.name} did stays on record, and API keys stay: revoke those that{" "}
        {myself ? "you know" : "they know"}.
      </p>
      {remove.isError && <ErrorNotice error={remove.error} what={`${member.name} is still a member.`} />}
      <TwoPresses
        label={`Remove ${whom}`}
        confirm={`Yes, remove ${whom}`}
        keep={myself ? "Stay" : "Keep them"}
        refusal={onlyAdmin ? ONLY_ADMIN : null}
        busy={remove.isPending && "Removing…"}
        onConfirm={() => remove.mutate(undefined)}
      />
    </div>
  );
};

export const MemberChange = (props: MemberProps & { readonly onDone: () => void }) => (
  <div className="space-y-4">
    {props.myself && <p className="border-l-4 border-line-strong pl-3 font-medium text-ink-strong">This is you.</p>}
    <RoleForm {...props} />
    <SignInAgain {...props} />
    <SlackLink {...props} />
    <Remove {...props} />
  </div>
);
