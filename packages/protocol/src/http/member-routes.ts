// Endpoints for the people of an organisation: who is in it, who may join, in which role. Admins in a signed-in session only.
import { z } from "zod";
import * as m from "./members.ts";
import { uuid } from "./primitives.ts";
import { route } from "./route.ts";

const id = z.object({ id: uuid });

export const memberRoutes = {
  listMembers: route({
    method: "GET",
    path: "/members",
    summary: "Members of the organisation",
    access: "admin",
    humanOnly: true,
    status: 200,
    response: z.object({ items: z.array(m.member) }),
    limit: "read",
  }),
  changeMemberRole: route({
    method: "PUT",
    path: "/members/:id",
    summary: "Give a member another role, effective at once",
    access: "admin",
    humanOnly: true,
    params: id,
    body: m.roleRequest,
    status: 200,
    response: m.member,
    limit: "write",
  }),
  removeMember: route({
    method: "DELETE",
    path: "/members/:id",
    summary: "End a membership and its sessions",
    access: "admin",
    humanOnly: true,
    params: id,
    query: z.object({ myself: z.literal("true").optional() }),
    status: 204,
    limit: "write",
  }),
  createSignInLink: route({
    method: "POST",
    path: "/members/:id/sign-in-links",
    summary: "One-time sign-in link for a member, shown once",
    access: "admin",
    humanOnly: true,
    params: id,
    status: 201,
    response: m.createdInvitation,
    limit: "write",
  }),
  listInvitations: route({
    method: "GET",
    path: "/invitations",
    summary: "Links that nobody has used yet",
    access: "admin",
    humanOnly: true,
    status: 200,
    response: z.object({ items: z.array(m.invitation) }),
    limit: "read",
  }),
  inviteMember: route({
    method: "POST",
    path: "/invitations",
    summary: "Invite a person; the one-time link is shown once",
    access: "admin",
    humanOnly: true,
    body: m.invitationRequest,
    status: 201,
    response: m.createdInvitation,
    limit: "write",
  }),
  revokeInvitation: route({
    method: "DELETE",
    path: "/invitations/:id",
    summary: "Make a link useless",
    access: "admin",
    humanOnly: true,
    params: id,
    status: 204,
    limit: "write",
  }),
} as const;
