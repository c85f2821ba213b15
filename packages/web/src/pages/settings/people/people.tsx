// People: who is in the organisation and what each may do, links that nobody has used yet, and the way in for one more.
import type { WireInvitation, WireMember } from "@dd0c/protocol/http";
import { useState } from "react";
import { useInvitations, useMembers, useRevokeInvitation } from "../../../api/members.ts";
import { useRoleRefusal, useSession } from "../../../api/session.ts";
import { Button } from "../../../ui/button.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Modal } from "../../../ui/modal.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { TwoPresses } from "../../../ui/two-presses.tsx";
import { List, LIST_ROW, ListedPart } from "../listed-part.tsx";
import { InviteForm } from "./invite-form.tsx";
import { MemberChange, type MemberProps } from "./member-change.tsx";
import { Person } from "./person.tsx";

/** Whoever has that Slack account acts as this member. */
const SlackUser = ({ slack: { user_id, name, since } }: { readonly slack: NonNullable<WireMember["slack"]> }) => (
  <>
    , in Slack {name === null ? user_id : `@${name} (${user_id})`}
    {since !== null && (
      <>
        {" since "}
        <Moment iso={since} />
      </>
    )}
  </>
);

const MemberRow = (props: MemberProps) => {
  const { member, myself } = props;
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <li className={LIST_ROW}>
      <Person person={member} mark={myself ? "(you)" : undefined}>
        {member.slack !== null && <SlackUser slack={member.slack} />}
      </Person>
      <Button onClick={() => setOpen(true)} aria-label={`Change ${member.name}`}>
        Change
      </Button>
      <Modal title={member.name} open={open} onClose={close}>
        <MemberChange {...props} onDone={close} />
      </Modal>
    </li>
  );
};

const InvitationRow = ({ invitation }: { readonly invitation: WireInvitation }) => {
  const revoke = useRevokeInvitation();
  const { id, name, for_member, expires_at, invited_by } = invitation;
  return (
    <li className={LIST_ROW}>
      <Person person={invitation} mark={for_member === null ? "(invited)" : "(sign-in link)"}>
        , until <Moment iso={expires_at} />, by {invited_by}
      </Person>
      <TwoPresses
        label="Revoke"
        spoken={`Revoke the link for ${name}`}
        confirm={`Revoke the link for ${name}`}
        busy={revoke.isPending && "Revoking…"}
        onConfirm={() => revoke.mutate(id)}
      />
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not revoked. The link may still work." />}
    </li>
  );
};

const OpenLinks = () => {
  const invitations = useInvitations(true);
  return (
    <>
      {invitations.isError && (
        <ErrorNotice error={invitations.error} what="Open links could not be listed." onRetry={() => void invitations.refetch()} />
      )}
      {invitations.data !== undefined && invitations.data.items.length > 0 && (
        <section className="space-y-2">
          <h3 className="text-base font-semibold text-ink-strong">Links that nobody has used yet</h3>
          <List>
            {invitations.data.items.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </List>
        </section>
      )}
    </>
  );
};

export const People = () => {
  const refusal = useRoleRefusal("admin");
  const me = useSession().data?.user.id;
  const members = useMembers(refusal === null);
  const admins = members.data?.items.filter(({ role }) => role === "admin") ?? [];
  return (
    <ListedPart
      title="People"
      intro="Who signs in here, and what they may do. A change counts at once, also where somebody is signed in already."
      plural="members"
      empty="Nobody."
      refusal={refusal}
      list={members}
      row={(member) => (
        <MemberRow
          key={member.id}
          member={member}
          myself={member.id === me}
          onlyAdmin={admins.length === 1 && admins[0]?.id === member.id}
        />
      )}
    >
      <OpenLinks />
      <InviteForm />
    </ListedPart>
  );
};
