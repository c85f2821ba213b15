// Shapes for the people of an organisation: members, invitations, and the links that are shown once.
import { z } from "zod";
import { isoTime, role, uuid } from "./primitives.ts";

/** Text that a person reads in one line: no control characters, nothing that turns the direction of writing. */
const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "It holds a character that cannot be seen.");

export const invitationRequest = z
  .object({
    email: z.email().max(254).optional(),
    name: oneLine(100).optional(),
    role,
  })
  .refine(({ email, name }) => email !== undefined || name !== undefined, {
    path: ["email"],
    message: "An e-mail address or a name is needed.",
  });

export const member = z.object({
  id: uuid,
  name: z.string(),
  /** Null for somebody who was invited by name. */
  email: z.string().nullable(),
  role,
  since: isoTime,
  /** The Slack user who acts as this member; `name` and `since` are null for links of earlier releases. */
  slack: z.object({ user_id: z.string(), name: z.string().nullable(), since: isoTime.nullable() }).nullable(),
});

export const invitation = z.object({
  id: uuid,
  name: z.string(),
  email: z.string().nullable(),
  role,
  /** The member whom this link signs in; null where it makes a new one. */
  for_member: uuid.nullable(),
  invited_by: z.string(),
  created_at: isoTime,
  expires_at: isoTime,
});

/** The link is a secret: whoever has it becomes this person, once. */
export const createdInvitation = invitation.extend({ url: z.string() });

/** `myself` says that a change of one's own role is meant. */
export const roleRequest = z.object({ role, myself: z.boolean().optional() });

export type WireMember = z.infer<typeof member>;
export type WireInvitation = z.infer<typeof invitation>;
