// Handlers for the people of an organisation. The secret of a link leaves once, in the answer that created it.
import { deedOf } from "../../app/audit-draft.ts";
import { endMembership, giveRole } from "../../app/change-members.ts";
import type { AppContext } from "../../app/context.ts";
import { createSignInLink, type IssuedInvitation, inviteMember, invitationPath, withdrawInvitation } from "../../app/invitations.ts";
import { type MemberNames, memberNames } from "../../app/read-runbooks.ts";
import { endSlackLink } from "../../app/slack-link.ts";
import { type InvitationRecord, listInvitations, listMembers, type MemberRecord } from "../../db/index.ts";
import type { Caller } from "../../identity/caller.ts";
import { shownEmail } from "../../identity/no-mail.ts";
import type { Handlers } from "../call.ts";

type MemberHandlers = Pick<
  Handlers,
  | "listMembers"
  | "changeMemberRole"
  | "removeMember"
  | "endSlackLink"
  | "createSignInLink"
  | "listInvitations"
  | "inviteMember"
  | "revokeInvitation"
>;

const wireSlack = ({ slackUserId, slackName, slackLinkedAt }: MemberRecord) =>
  slackUserId === null ? null : { user_id: slackUserId, name: slackName, since: slackLinkedAt?.toISOString() ?? null };

const wireMember = (member: MemberRecord) => ({
  id: member.userId,
  name: member.name,
  email: shownEmail(member.email),
  role: member.role,
  since: member.createdAt.toISOString(),
  slack: wireSlack(member),
});

const wireInvitation = (invitation: InvitationRecord, names: MemberNames) => ({
  id: invitation.id,
  name: invitation.name,
  email: shownEmail(invitation.email),
  role: invitation.role,
  for_member: invitation.forMember,
  invited_by: names.get(invitation.createdBy) ?? "an admin",
  created_at: invitation.createdAt.toISOString(),
  expires_at: invitation.expiresAt.toISOString(),
});

/** `pageUrl`: the origin that people open, once it is known. */
export function memberHandlers(app: AppContext, pageUrl: () => string): MemberHandlers {
  const deed = (caller: Caller) => deedOf(caller, app.clock.now());
  const issued = ({ invitation, token }: IssuedInvitation, caller: Caller) => ({
    ...wireInvitation(invitation, new Map([[caller.userId, caller.name]])),
    url: `${pageUrl()}${invitationPath(token)}`,
  });

  return {
    listMembers: async ({ caller }) => ({ items: (await app.db.readTenant(caller.tenantId, listMembers)).map(wireMember) }),

    changeMemberRole: async ({ caller, params, body }) =>
      wireMember(await giveRole(app, deed(caller), { userId: params.id, role: body.role, myself: body.myself === true })),

    removeMember: async ({ caller, params, query }) => {
      await endMembership(app, deed(caller), { userId: params.id, myself: query.myself === "true" });
      return undefined;
    },

    endSlackLink: async ({ caller, params }) => {
      await endSlackLink(app, deed(caller), params.id);
      return undefined;
    },

    createSignInLink: async ({ caller, params }) => issued(await createSignInLink(app, deed(caller), params.id), caller),

    listInvitations: async ({ caller }) =>
      app.db.readTenant(caller.tenantId, async (tx) => {
        const names = await memberNames(tx);
        return { items: (await listInvitations(tx, new Date(app.clock.now()))).map((each) => wireInvitation(each, names)) };
      }),

    inviteMember: async ({ caller, body: { email, name, role } }) =>
      issued(await inviteMember(app, deed(caller), { email, name, role }), caller),

    revokeInvitation: async ({ caller, params }) => {
      await withdrawInvitation(app, deed(caller), params.id);
      return undefined;
    },
  };
}
