// /invitation/:token: opening the link shows whom it is for and changes nothing, so that programs which look at links cannot use it up; the
// button on that page accepts it and signs in. The token is never logged.
import { AppError } from "@dd0c/core";
import { ROLE_MEANING } from "@dd0c/protocol/http";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ShownInvitation } from "../app/accept-invitation.ts";
import type { Caller } from "../identity/caller.ts";
import type { SignInClient } from "../identity/identity.ts";
import { escaped, sendBarePage } from "./bare-page.ts";
import type { CheckLimit } from "./rate-limits.ts";

export const invitationPagePath = "/invitation/:token";

export interface InvitationDoor {
  readonly read: (token: string) => Promise<ShownInvitation | null>;
  /** Values of Set-Cookie; null where the link is no good. */
  readonly accept: (token: string, client: SignInClient) => Promise<string[] | null>;
}

const refused = `<p>A link works once, for three days, and until an admin takes it back. Nobody was signed in.</p>
<p>Ask an admin of your organisation for a new one.</p>`;

const described = ({ name, email }: ShownInvitation): string => escaped(email === null || email === name ? name : `${name} (${email})`);

const whoIsHere = (caller: Caller | null): string =>
  caller?.via === "web"
    ? `<p class="note">This browser is signed in as ${escaped(caller.name)}. Going on signs it in as the person below instead.</p>\n`
    : "";

function bodyOf(invitation: ShownInvitation, caller: Caller | null): string {
  const { invitedBy, role, forMember, expiresAt } = invitation;
  const what = forMember === null ? `invites you as <strong>${role}</strong>` : "made this link for you";
  const may = forMember === null ? `You may then ${ROLE_MEANING[role]}.` : "It signs you in with the role that you have.";
  return `${whoIsHere(caller)}<p>${escaped(invitedBy)} ${what}. ${may}</p>
<p>For: ${described(invitation)}</p>
<form method="post"><button type="submit">${forMember === null ? "Accept and sign in" : "Sign in"}</button></form>
<p class="faint">The link works once, until ${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC. What you do is recorded under this name.</p>`;
}

const titleOf = ({ forMember, tenantName }: ShownInvitation): string =>
  `${forMember === null ? "Join" : "Sign in to"} ${escaped(tenantName)}`;

const clientOf = (request: FastifyRequest): SignInClient => ({ ip: request.ip, userAgent: request.headers["user-agent"] ?? "" });

/** Throws ORIGIN_REFUSED (through the route) where another site sends the form: nobody is signed in without having seen this page. */
export function mountInvitations(app: FastifyInstance, door: InvitationDoor, limit: CheckLimit, allowedOrigins: ReadonlySet<string>): void {
  app.get<{ Params: { token: string } }>(invitationPagePath, { onRequest: [limit] }, async (request, reply) => {
    const invitation = await door.read(request.params.token);
    if (invitation === null) return sendBarePage(reply, 410, "This link is no longer valid", refused);
    return sendBarePage(reply, 200, titleOf(invitation), bodyOf(invitation, request.caller));
  });
  void app.register(async (forms) => {
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser("*", { parseAs: "string", bodyLimit: 1_000 }, (_request, _body, done) => done(null, undefined));
    forms.post<{ Params: { token: string } }>(invitationPagePath, { onRequest: [limit] }, async (request, reply) => {
      if (!allowedOrigins.has(request.headers.origin ?? "")) throw new AppError("ORIGIN_REFUSED");
      const cookies = await door.accept(request.params.token, clientOf(request));
      if (cookies === null) return sendBarePage(reply, 410, "This link is no longer valid", refused);
      return reply.header("cache-control", "no-store").header("set-cookie", cookies).redirect("/", 303);
    });
  });
}
